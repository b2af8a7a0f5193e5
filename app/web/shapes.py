"""The shapes of what goes out of /v1, for the documentation, the tests and the type checker.

Typed dictionaries: they have no defaults and cost nothing on the way out. What is empty goes out as
null; alternatives that are not taken are absent. What fills them lives in `outputs.py`.
"""

from datetime import datetime
from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict


@with_config(ConfigDict(extra="forbid"))
class _Out(TypedDict):
    pass


Span = tuple[int, int]


class MessageOut(_Out):
    id: str
    text: str
    own: Annotated[list[Span], Field(description="The client's words in the text: code points from, to.")]
    speaker: Literal["bot", "client"]
    language: Annotated[
        str | None, Field(description="BCP 47, where it is another one than the conversation's.")
    ]


class OptionOut(_Out):
    value: str
    label: str
    group: str | None
    more: Annotated[bool, Field(description='Shown after the first few, behind "more".')]


class PrefillOut(_Out):
    value: NotRequired[str]
    values: NotRequired[list[str]]
    text: NotRequired[str]


class QuestionOut(_Out):
    id: Annotated[str, Field(description="The answer's key.")]
    kind: Literal["ask", "choose", "pick", "scale", "confirm"]
    saves: Annotated[str | None, Field(description="The flow's variable that the answer is kept as.")]
    prompt: str
    own: list[Span]
    hint: str | None
    why: str | None
    skip: Annotated[str | None, Field(description="The words that skip this question.")]
    options: list[OptionOut]
    none: Annotated[str | None, Field(description="The label of a `pick` with nothing picked.")]
    own_words: Annotated[bool, Field(description="Whether `text` may stand beside or instead of options.")]
    low: str | None
    high: str | None
    max_length: Annotated[int | None, Field(description="Of a text, in characters.")]
    prefill: PrefillOut | None


class ProgressOut(_Out):
    step: int
    of: int


class ContactOut(_Out):
    name: str
    call: str | None
    text_chat: str | None
    hours: str | None
    site: str | None


class SupportOut(_Out):
    shown: Annotated[bool, Field(description="Show it with the turn: a page of help, or a way to it.")]
    route: str | None
    contacts: list[ContactOut]


class TurnOut(_Out):
    version: int
    messages: list[MessageOut]
    question: Annotated[QuestionOut | None, Field(description="null exactly when `finished`.")]
    progress: ProgressOut
    can_go_back: bool
    can_skip: bool
    finished: bool
    support: SupportOut


class AnswerOut(_Out):
    question_id: str
    saves: str | None
    value: NotRequired[str]
    values: NotRequired[list[str]]
    text: NotRequired[str]
    skipped: NotRequired[Literal[True]]
    counts: Annotated[bool, Field(description="On the path that the conversation took.")]


class FlowOut(_Out):
    id: str
    title: str
    languages: list[str]
    minutes: int
    revision: str
    takes: Annotated[list[str], Field(description="Variables that it takes from an earlier conversation.")]


class FlowsOut(_Out):
    flows: list[FlowOut]


class OpenedOut(_Out):
    id: str
    token: Annotated[str, Field(description="The one credential; shown once.")]
    expires_at: datetime
    turn: TurnOut


class ImportedOut(OpenedOut):
    questions_changed: Annotated[bool, Field(description="Whether the flow is another one since.")]
    left_out: Annotated[int, Field(description="How many answers fit none of its questions any more.")]


class ConversationOut(_Out):
    turn: TurnOut
    answers: list[AnswerOut]
    expires_at: datetime


class NextOut(_Out):
    turn: TurnOut


class ChangedOut(_Out):
    turn: TurnOut
    no_longer_counts: Annotated[list[str], Field(description="Question ids; back if the path comes back.")]


class SettingsOut(_Out):
    turn: TurnOut
    expires_at: datetime


class CodeOut(_Out):
    code: str
    expires_at: datetime


class ShareMadeOut(_Out):
    id: str
    url: Annotated[str, Field(description="The link; its key stands after the `#`. Shown once.")]
    qr_svg: Annotated[str, Field(description="The link as a code to scan: an SVG with black on white.")]
    pin: Annotated[str | None, Field(description="Six digits to tell the reader apart from the link.")]
    expires_at: datetime


class ShareOut(_Out):
    id: str
    expires_at: datetime
    opens: Annotated[int, Field(description="How often it was opened; no time, no place.")]
    max_views: int | None
    pin: Annotated[bool, Field(description="Whether opening asks for six digits.")]


class SharesOut(_Out):
    shares: list[ShareOut]


class CopyOut(_Out):
    sealed: Annotated[str, Field(description="The copy in base64url, sealed with the link's key.")]
    expires_at: datetime


class ErasedOut(_Out):
    last_traces_within: Annotated[int, Field(description="Seconds until the last traces are gone too.")]


class ChangeOut(_Out):
    rule: str
    at: Annotated[int, Field(description="Code point of the answer as typed.")]
    was: str
    now: str


class PartOut(_Out):
    by: Literal["own", "chosen", "confirmed", "offered"]
    text: str
    source: NotRequired[Annotated[str | None, Field(description="Place of an author's text.")]]
    answer: NotRequired[str]
    span: NotRequired[Span]
    changes: NotRequired[list[ChangeOut]]


class SentenceOut(_Out):
    id: str
    text: str
    paragraph: int
    state: Literal["in", "offered", "out"]
    as_typed: bool
    parts: list[PartOut]


class DoubtOut(_Out):
    id: str
    forms: Annotated[list[str], Field(description="The words in question, as typed.")]


class NoteOut(_Out):
    note: str
    to: Literal["therapist", "self", "other"]
    revision: str
    language: str
    length: Literal["opener", "message", "letter"]
    tone: Literal["soft", "plain", "firm", "polite"]
    answers: Annotated[dict[str, str], Field(description="The words as typed, by the answer's key.")]
    sentences: list[SentenceOut]
    doubts: Annotated[
        list[DoubtOut], Field(description="Sentences left as typed until `to_you` says who is meant.")
    ]


class EditedOut(_Out):
    note: NoteOut
    turn: TurnOut


class StatusOut(_Out):
    status: Literal["ok"]


class FaultOut(_Out):
    pointer: str
    message: str


class ProblemOut(_Out):
    type: str
    title: str
    status: int
    detail: NotRequired[str]
    instance: NotRequired[str]
    errors: NotRequired[list[FaultOut]]
    turn: NotRequired[TurnOut]
