"""The grammar of `flow.yaml`, and what `note.yaml` (`note_grammar.py`) has in common with it.

Only what can stand where; what names mean is decided in `checking.py`. `schemas.py` draws from it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from app.engine.nets import Route
from app.flows.fitting import STEP_KINDS
from app.flows.reading import Word

YesNo = Literal["yes", "no"]


class Strict(BaseModel):
    """Knows its keys and no others, and prints no values."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _text_or_list(value: object) -> str | None:
    if isinstance(value, Word | list):
        return "<list>" if isinstance(value, list) else "<text>"
    return None


def text_or_keys(value: object) -> str | None:
    if isinstance(value, Word | dict):
        return "<keys>" if isinstance(value, dict) else "<text>"
    return None


def _last_or_not(value: object) -> str:
    return "<else>" if isinstance(value, dict) and "else" in value else "<if>"


class IfText(Strict):
    """A text for where its condition is true."""

    if_: Word = Field(alias="if")
    text: Word


class ElseText(Strict):
    """The text for where no condition is true."""

    else_: Word = Field(alias="else")


class IfGo(Strict):
    """A step to go to where the condition is true."""

    if_: Word = Field(alias="if")
    go: Word


class ElseGo(Strict):
    """The step to go to where no condition is true."""

    else_: Word = Field(alias="else")


Single = Annotated[Word, Tag("<text>")]
TextLine = Annotated[
    Annotated[IfText, Tag("<if>")] | Annotated[ElseText, Tag("<else>")], Discriminator(_last_or_not)
]
GoLine = Annotated[
    Annotated[IfGo, Tag("<if>")] | Annotated[ElseGo, Tag("<else>")], Discriminator(_last_or_not)
]
GoLines = Annotated[list[GoLine], Field(min_length=1)]
TextLines = Annotated[list[TextLine], Field(min_length=1), Tag("<list>")]
Text = Annotated[Single | TextLines, Discriminator(_text_or_list)]
Next = Annotated[Single | Annotated[GoLines, Tag("<list>")], Discriminator(_text_or_list)]
ListOfWords = Annotated[list[Word], Field(min_length=1), Tag("<list>")]
Domain = Annotated[Single | ListOfWords, Discriminator(_text_or_list)]
Given = Annotated[Word, WithJsonSchema({"type": ["string", "integer"]})]


class Door(Strict):
    """The flow's place on the front page; a `quiet` one is a plain link below the others."""

    label: Word
    line: Word
    order: int = Field(ge=1)
    quiet: YesNo = "no"


class Variable(Strict):
    """What an answer is kept as. `of` is a shared list or the values themselves."""

    type: Literal["text", "one", "many", "yes_no", "number"]
    of: Domain | None = None
    from_: int | None = Field(None, alias="from")
    to: int | None = None
    private_unless: Word | None = None


class Step(Strict):
    """What all steps may carry."""

    next: Next | None = None


class ForOneStep(Step):
    """`only_for`: where the note goes to the therapist, or where it is the client's own record."""

    only_for: Literal["therapist", "self"] | None = None


class SayStep(ForOneStep):
    """The bot speaks and goes on. `shows`: shared rows that are said after it, for the client's country."""

    say: Text
    shows: Literal["regulators"] | None = None


class QuestionStep(ForOneStep):
    """What all questions may carry. `heading` names the answer in the review."""

    saves: Word | None = None
    hint: Text | None = None
    why: Word | None = None
    skip: Word | None = None
    heading: Word | None = None


class AskStep(QuestionStep):
    """A question for free text; `max_length` in characters."""

    ask: Text
    understand: Word | None = None
    max_length: int = Field(4000, ge=1, le=8000)
    examples: Word | None = None


class FullOption(Strict):
    """An option with more than a label. `route`: choosing it raises this route of the safety net."""

    label: Word
    group: Word | None = None
    if_: Word | None = Field(None, alias="if")
    route: Route | None = None


Option = Annotated[Single | Annotated[FullOption, Tag("<keys>")], Discriminator(text_or_keys)]


class OptionsStep(QuestionStep):
    """`closer_to` names a variable: offered is what was picked there, and the closer words of it."""

    options: Annotated[dict[Word, Option], Field(min_length=1)] | None = None
    heard_in: Word | None = None
    closer_to: Word | None = None
    show: int | None = Field(None, ge=1)
    own_words: YesNo = "yes"
    again: Word | None = None


class ChooseStep(OptionsStep):
    """A question for one of several values."""

    choose: Text


class PickStep(OptionsStep):
    """A question for any number of values; `none` excludes the others."""

    pick: Text
    none: Word | None = None


class ScaleStep(QuestionStep):
    """A whole number; `low` and `high` label the ends."""

    scale: Text
    from_: int | None = Field(None, alias="from")
    to: int | None = None
    low: Word | None = None
    high: Word | None = None


class ConfirmStep(QuestionStep):
    """A question for yes or no, with their labels."""

    confirm: Text
    yes: Word | None = None
    no: Word | None = None


class BranchStep(Strict):
    """Decides where to go without asking."""

    branch: GoLines


class SetStep(Step):
    """Gives a variable a value, or adds one to a number (`tries + 1`)."""

    set: Annotated[dict[Word, Given], Field(min_length=1, max_length=1)]


class CallStep(ForOneStep):
    """Goes through another flow. `with`: its variable from ours; `saves`: ours from its."""

    call: Word
    with_: dict[Word, Word] = Field({}, alias="with")
    saves: dict[Word, Word] = {}


class EndStep(Strict):
    """The end of the flow."""

    end: Literal["note", "safe_exit", "return"]


def _kind(value: object) -> str | None:
    """The first key that names a kind of step."""
    keys = value if isinstance(value, dict) else ()
    return next((f"<{key}>" for key in keys if key in STEP_KINDS), None)


AnyStep = Annotated[
    Annotated[SayStep, Tag("<say>")]
    | Annotated[AskStep, Tag("<ask>")]
    | Annotated[ChooseStep, Tag("<choose>")]
    | Annotated[PickStep, Tag("<pick>")]
    | Annotated[ScaleStep, Tag("<scale>")]
    | Annotated[ConfirmStep, Tag("<confirm>")]
    | Annotated[BranchStep, Tag("<branch>")]
    | Annotated[SetStep, Tag("<set>")]
    | Annotated[CallStep, Tag("<call>")]
    | Annotated[EndStep, Tag("<end>")],
    Discriminator(_kind),
]


class FlowFile(Strict):
    """`flow.yaml`: how a conversation goes. The first step is the start."""

    format: int = Field(ge=1, le=1)
    flow: Word
    title: Word
    minutes: int = Field(ge=1, le=60)
    door: Door | None = None
    parts: list[Word] = []
    vars: dict[Word, Variable] = {}
    takes: list[Word] = []
    returns: list[Word] = []
    steps: Annotated[dict[Word, AnyStep], Field(min_length=1)]
