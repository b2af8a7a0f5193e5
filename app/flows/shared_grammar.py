"""The grammar of the files in `_shared/`: lists, lexicons, the safety net and its texts, commands.

Only what can stand where; help and what stands beside a note are in `help_grammar.py`. Lexicons and
safety families have names of their own at the top of the file; reading puts them under `concepts` and
`families` first.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from app.engine.nets import Route
from app.flows.grammar import Strict, YesNo
from app.flows.reading import Word

Phrases = list[Word]
Kinds = list[Word]


def _listed(value: Any) -> Any:
    """A list of one may be written without its brackets."""
    return [value] if isinstance(value, Word) else value


OneOrMore = Annotated[list[Word], BeforeValidator(_listed), Field(min_length=1)]


class SharedValue(Strict):
    """A value of a shared list. `word`: what `{…|list}` says in a sentence; `line`, `more`: its
    sentences in a note; `asks`: examples of what to ask for; `family`: closer words may belong to it."""

    label: Word
    word: Word | None = None
    group: Word | None = None
    general: YesNo = "no"
    family: YesNo = "no"
    line: Word | None = None
    more: list[Word] = Field(default=[])
    asks: list[Word] = Field(default=[])


class ListFile(Strict):
    """`concerns.yaml`, `feelings.yaml`: values with their labels and lines, in order."""

    groups: dict[Word, Word] = Field(default={})
    when_nothing_heard: list[Word] = Field(default=[])
    own_words_line: Word | None = None
    values: Annotated[dict[Word, SharedValue], Field(min_length=1)]


class Examples(Strict):
    """What must be heard, and what must not."""

    yes: list[Word] = Field(default=[])
    no: list[Word] = Field(default=[])


class Concept(Strict):
    """How a language says a value: said to be so, said not to be so, hinted at, and what is none of it."""

    any: Phrases = Field(default=[])
    denied: Phrases = Field(default=[])
    weak: Phrases = Field(default=[])
    not_: Phrases = Field(default=[], alias="not")
    general: YesNo = "no"
    alone: YesNo = "no"
    examples: Examples = Examples()


class LexiconFile(Strict):
    """`concerns.en.yaml`, `feelings.en.yaml`: word classes, and the sayings of each value."""

    classes: dict[Word, list[Word]] = Field(default={})
    concepts: dict[Word, Concept] = Field(default={})


class ClassesFile(Strict):
    """`classes.en.yaml`: words that mean much the same, and sayings that mark their clause."""

    marks: dict[Word, list[Word]] = Field(default={})
    classes: dict[Word, list[Word]] = Field(default={})


class PointsFile(Strict):
    """`points.en.yaml`: what a script proposed, by concern, as lines of cues with as many points."""

    points: dict[Word, Word] = Field(default={})


class Signature(Strict):
    """Who read the points of which concerns, and when."""

    by: Word | None = None
    on: Word | None = None
    read: list[Word] = Field(default=[])


Worth = Annotated[int, Field(ge=0, le=12)]


class SignedFile(Strict):
    """`points.en.signed.yaml`: cues struck out, and cues whose points people set."""

    signed: Signature = Signature()
    strike: list[Word] = Field(default=[])
    set: dict[Word, dict[Word, Worth]] = Field(default={})


class Family(Strict):
    """One way of saying one thing that must not be missed, with its reason and examples."""

    route: Route
    certainty: Literal["explicit", "unclear"]
    question: Word | None = None
    page: Word | None = None
    level: Literal["blurred", "stop"] | None = None
    slots: dict[Word, Word] = Field(default={})
    any: Annotated[Phrases, Field(min_length=1)]
    not_: Phrases = Field(default=[], alias="not")
    skip: list[Word] = Field(default=[])
    why: Word
    examples: Examples


class Router(Strict):
    """What makes a hit of the net count less."""

    effect: Literal["none", "unclear"]
    question: Word | None = None
    touching: Phrases = Field(default=[])
    before: Phrases = Field(default=[])
    after: Phrases = Field(default=[])
    near: Phrases = Field(default=[])
    stop: Phrases = Field(default=[])
    but_not: Phrases = Field(default=[])
    unless: Phrases = Field(default=[])
    scope: Literal["clause", "sentence", "around"] = "clause"
    even_cancels: YesNo = "no"
    routes: list[Route] = Field(default=[])
    only: list[Word] = Field(default=[])


class NetFile(Strict):
    """`safety.en.yaml`: word classes, what people under 18 say of themselves, routers in order, families."""

    classes: dict[Word, list[Word]] = Field(default={})
    under_18: Phrases = Field(default=[])
    routers: dict[Word, Router] = Field(default={})
    families: dict[Word, Family] = Field(default={})


class SafetyWordsFile(Strict):
    """`safety.words.en.yaml`: classes of words for the learned half of the net."""

    words: Annotated[dict[Word, list[Word]], Field(min_length=1)]


class ForEachRoute(Strict):
    """One text for each route."""

    crisis_self: Word
    crisis_other: Word
    danger: Word
    misconduct: Word


class SafetyPointsFile(Strict):
    """`safety.points.en.yaml`: the points that were proposed, and how rare cues are, a line for each."""

    points: Word


class SafetySignedFile(Strict):
    """`safety.points.en.signed.yaml`: what people decided about the points."""

    signed: dict[Word, Word] = Field(default={})
    thresholds: ForEachRoute
    questions: ForEachRoute
    instead: dict[Route, dict[Word, list[Word]]] = Field(default={})
    strike: list[Word] = Field(default=[])
    set: dict[Word, dict[Route, Word]] = Field(default={})


class PlainLanguage(Strict):
    """Plain danger in one language."""

    negation: list[Word] = Field(default=[])
    not_after: list[Word] = Field(default=[])
    unspaced: YesNo = "no"
    crisis_self: list[Word] = Field(default=[])
    danger: list[Word] = Field(default=[])


class PlainFile(Strict):
    """`safety.plain.yaml`: plain danger, by language."""

    languages: dict[Word, PlainLanguage] = Field(default={})


class Ordinary(Strict):
    """One kind of saying that must not be heard."""

    why: Word
    sentences: list[Word]


class Saying(Ordinary):
    """One that must be heard. `happens`: its route's page at once, or the one question."""

    route: Route
    happens: Literal["page", "asked"]


class Accepted(Ordinary):
    """Sentences of a kind that come out wrong, what happens with them, and why that is accepted."""

    kind: Word
    route: Route | None = None
    happens: Literal["page", "asked", "nothing"]


class CorpusFile(Strict):
    """`safety.corpus.en.yaml`: what the net must hear, must not, and where it is known to err."""

    heard: dict[Word, Saying] = Field(default={})
    not_heard: dict[Word, Ordinary] = Field(default={})
    false_alarms: list[Accepted] = Field(default=[])
    misses: list[Accepted] = Field(default=[])


class SafetyOptionIn(Strict):
    """An answer to a check or a page. `call`: a flow to go through before the talk leads on."""

    label: Word
    line: Word | None = None
    means: Word | None = None
    route: Route | None = None
    page: Word | None = None
    ends: YesNo = "no"
    call: Word | None = None
    grants: Literal["note_to_therapist"] | None = None


class CheckIn(Strict):
    """The one question about unclear words."""

    say: Word
    choose: Word
    options: Annotated[dict[Word, SafetyOptionIn], Field(min_length=1)]


class PageIn(Strict):
    """What a route shows at once. Without a question it has that of its route's first page."""

    say: OneOrMore
    contacts: Kinds
    question: Word | None = None
    options: dict[Word, SafetyOptionIn] = Field(default={})


def _one_or_several(value: object) -> str:
    return "<page>" if isinstance(value, dict) and "say" in value else "<pages>"


Pages = Annotated[
    Annotated[PageIn, Tag("<page>")] | Annotated[dict[Word, PageIn], Field(min_length=1), Tag("<pages>")],
    Discriminator(_one_or_several),
]


class TellThemIn(Strict):
    """Before a note, after words about not wanting to live: may the therapist know?"""

    confirm: Word
    hint: Word
    yes: Word
    no: Word
    line: Word


class SafetyFile(Strict):
    """`safety.yaml`: the checks, the pages by route and name, and the texts around them."""

    words: dict[Word, Word]
    checks: dict[Word, CheckIn]
    pages: dict[Route, Pages]
    tell_them: TellThemIn
    outside_view: Word


class CommandsFile(Strict):
    """`commands.en.yaml`: words that steer, that say nothing, yes and no, and no names."""

    classes: dict[Word, list[Word]] = Field(default={})
    commands: dict[Word, Phrases]
    nothing: Phrases
    yes: Phrases
    no: Phrases
    no_name: list[Word] = Field(default=[])
