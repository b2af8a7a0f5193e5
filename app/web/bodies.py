"""What comes in at /v1: models of requests that refuse what they do not know. What goes out lives in
`outputs.py`.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.engine import Entry, Length, State, Tone
from app.engine.editing import EditKind
from app.engine.nets import Certainty, Route
from app.engine.safety import Finding
from app.engine.state import Given as Answered
from app.service import Given, HeldFile, LineEdit, NoteEdits

EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)
LONGEST_KEPT = 10_000  # characters of any text that a conversation holds
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """A typed text as it enters: line ends as LF, other control characters as U+FFFD, all else kept."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


Text = Annotated[str, AfterValidator(clean)]
Value = Annotated[str, Field(max_length=200)]
Version = Annotated[int, Field(ge=1, le=2**53 - 1, description="The version that the request was made for.")]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Country = Annotated[str, Field(pattern=r"^[A-Za-z]{2}$", description="ISO 3166, two letters.")]
CountryOrNone = Annotated[
    str,
    Field(pattern=r"^([A-Za-z]{2})?$", description="ISO 3166, of a country with helplines; empty clears it."),
]


class _In(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, regex_engine="rust-regex"
    )


Id = Annotated[str, Field(pattern=r"^[a-z0-9_./:]{1,300}$")]
Name = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_/-]{1,100}$")]
MeantKey = Annotated[str, Field(pattern=r"^[a-z0-9_/|+=.:-]{1,2000}$")]
Digest = Annotated[str, Field(pattern=r"^[a-z0-9_=]{1,300}$")]


class FoundIn(_In):
    """What the net heard in words that were not kept."""

    family: Name
    route: Route
    certainty: Certainty
    question: Name | None
    page: Name | None
    digest: Digest

    def finding(self) -> Finding:
        """The same for the engine."""
        return Finding(
            self.family, self.route, self.certainty, self.question, self.page, (0, 0), self.digest, ""
        )


class GivenIn(_In):
    """An answer as it is kept: values of options, `own_words` for words beside them, the words."""

    values: Annotated[list[Value], Field(max_length=100, repr=False)]
    text: Annotated[Text | None, Field(max_length=LONGEST_KEPT, repr=False)]
    skipped: bool = False


class EntryIn(_In):
    """One answer of a conversation in a file, with what was heard beside it."""

    key: Id
    given: Annotated[GivenIn | None, Field(repr=False)] = None
    beside: Annotated[list[FoundIn], Field(max_length=200)] = []
    undone: bool = False
    over: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")] = ""

    def entry(self) -> Entry:
        """The same for the engine, which checks it against the flow."""
        given, found = self.given, tuple(each.finding() for each in self.beside)
        kept = None if given is None else Answered(tuple(given.values), given.text, given.skipped)
        return Entry(kept, found, undone=self.undone, over=self.over)


class ConversationIn(_In):
    """A conversation in a file: everything that is needed to go on."""

    format: Literal[1]
    revision: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    language: Language
    country: Country | None = None
    keep_for: Annotated[int, Field(ge=1, le=90)] | None = None
    entries: Annotated[list[EntryIn], Field(max_length=2000)]
    meanings: Annotated[dict[MeantKey, Annotated[str, Field(max_length=100)]], Field(max_length=2000)] = {}
    edits: Annotated[dict[Id, Literal["keep", "out"]], Field(max_length=2000)] = {}
    as_typed: Annotated[list[Id], Field(max_length=2000)] = []
    order: Annotated[list[Id], Field(max_length=2000)] = []

    @model_validator(mode="after")
    def _holds_each_answer_once(self) -> "ConversationIn":
        if len({entry.key for entry in self.entries}) != len(self.entries):
            raise PydanticCustomError("once", "each answer once")
        return self

    def claimed(self) -> State:
        """The state that the file claims."""
        return State(
            self.revision,
            language=self.language,
            country=self.country.upper() if self.country else None,
            keep_for=self.keep_for,
            entries={each.key: each.entry() for each in self.entries},
            meanings=self.meanings,
            edits=self.edits,
            as_typed=tuple(self.as_typed),
            order=tuple(self.order),
        )


class File(BaseModel):
    """The file of a conversation, as its export gave it. What only a person reads in it is passed over."""

    model_config = ConfigDict(
        extra="ignore", strict=True, frozen=True, hide_input_in_errors=True, regex_engine="rust-regex"
    )

    format: Literal[1]
    flow: Annotated[str, Field(max_length=100)]
    conversation: Annotated[ConversationIn, Field(repr=False)]

    def held(self) -> HeldFile:
        """The file for the service."""
        return HeldFile(self.flow, self.conversation.claimed())


class BeginIn(_In):
    """A conversation to begin."""

    flow: Annotated[str, Field(max_length=100)]
    language: Language | None = None
    country: Country | None = None
    earlier: Annotated[
        File | None,
        Field(
            repr=False, description="The export of an earlier conversation, for a flow that `takes` from it."
        ),
    ] = None


class ChangeIn(_In):
    """An answer: an option's `value`, or `values`, or words, or words beside them, or `skipped`."""

    version: Version | None = None
    value: Annotated[Value | None, Field(repr=False)] = None
    values: Annotated[list[Value] | None, Field(repr=False, max_length=100)] = None
    text: Annotated[Text | None, Field(repr=False)] = None
    skipped: bool = False

    @model_validator(mode="after")
    def _answers_in_one_way(self) -> "ChangeIn":
        chosen = (self.value is not None) + (self.values is not None)
        ways = chosen or self.text is not None
        if chosen > 1 or bool(ways) == self.skipped:
            raise PydanticCustomError("one_answer", "one way of answering")
        return self

    def given(self) -> Given:
        """The answer for the service."""
        values = None if self.values is None else tuple(self.values)
        return Given(value=self.value, values=values, text=self.text, skipped=self.skipped)


class AnswerIn(ChangeIn):
    """An answer to the question that is asked now."""

    question_id: Annotated[str, Field(max_length=200)]


class BackIn(_In):
    """One step back; without a version, from wherever the conversation stands."""

    version: Version | None = None


class SettingsIn(_In):
    """What to change about a conversation; `keep_for` in days after the last turn. An empty `country`
    clears it; what is null or absent stays."""

    version: Version | None = None
    language: Language | None = None
    country: CountryOrNone | None = None
    keep_for: Annotated[int, Field(ge=1, le=90)] | None = None


class ResumeIn(_In):
    """A resume code as typed: blanks, hyphens and case do not matter."""

    code: Annotated[str, Field(max_length=100, repr=False)]


class EditIn(_In):
    """One edit of a note's sentence, for every length and tone that has it; null takes that edit back."""

    id: Annotated[str, Field(max_length=200)]
    text: Annotated[
        Text | None, Field(repr=False, description="Other words for it. A blank text leaves it out.")
    ] = None
    keep: Annotated[bool | None, Field(description="In the note, or left out.")] = None
    as_typed: Annotated[bool | None, Field(description="Our changes in these words taken back.")] = None
    to_you: Annotated[
        bool | None, Field(description='Whether "she" in it is the therapist, where that was not clear.')
    ] = None
    place: Annotated[
        int | None, Field(ge=1, le=1_000, description="Among what is printed at this length, from 1.")
    ] = None

    @model_validator(mode="after")
    def _is_one_edit(self) -> "EditIn":
        if len(self.model_fields_set - {"id"}) != 1:
            raise PydanticCustomError("one_edit", "one edit")
        return self

    def edit(self) -> LineEdit:
        """The edit for the service."""
        what = next(kind for kind in EDIT_KINDS if kind in self.model_fields_set)
        return LineEdit(self.id, what, getattr(self, what))


class ShareIn(_In):
    """A link to make: the note as it stands in this length and tone, for so many days. `pin`: six digits are
    made, and opening asks for them. `max_views`: how often it opens, as often as wanted where absent."""

    length: Length
    tone: Tone
    expires_in: Literal[1, 7, 30] = 7
    max_views: Annotated[int, Field(ge=1, le=1000)] | None = None
    pin: bool = False


class OpenIn(_In):
    """What opening a link needs beside its token: the six digits, where the link has some."""

    pin: Annotated[str | None, Field(pattern=r"^[0-9]{6}$", repr=False)] = None


class NoteIn(_In):
    """Edits of a note, in order; of two of one kind for one sentence the later counts."""

    version: Version | None = None
    edits: Annotated[list[EditIn], Field(max_length=200)] = []
    as_composed: Annotated[bool, Field(description="Take back every edit there was, first.")] = False
    unsent: Annotated[
        Text | None,
        Field(repr=False, description="What the client would say if nobody ever read it; null deletes it."),
    ] = None

    def sent(self) -> NoteEdits:
        """The edits for the service."""
        unsent = (self.unsent or "") if "unsent" in self.model_fields_set else None
        return NoteEdits(tuple(each.edit() for each in self.edits), self.as_composed, unsent)


REQUESTS: tuple[type[BaseModel], ...] = (
    BeginIn, ChangeIn, AnswerIn, BackIn, SettingsIn, ResumeIn, EditIn, NoteIn, ShareIn, OpenIn,
    File, ConversationIn, EntryIn, GivenIn, FoundIn,
)  # fmt: skip
FIELDS = frozenset(
    {name for model in REQUESTS for name in model.model_fields}
    | {"id", "question_id", "flow", "share", "length", "tone", "if-match", "if-none-match", "idempotency-key"}
)
"""The names of our own fields: no other name of a request is ever repeated."""
