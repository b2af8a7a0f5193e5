"""What comes in at /v1: models of requests that refuse what they do not know. What goes out lives in
`outputs.py`.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.service import Given

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


class BeginIn(_In):
    """A conversation to begin."""

    flow: Annotated[str, Field(max_length=100)]
    language: Language | None = None
    country: Country | None = None


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
    """One edit of a note's sentence: keep it or leave it out, or show the words as they were typed."""

    id: Annotated[str, Field(max_length=200)]
    keep: bool | None = None
    as_typed: bool | None = None

    @model_validator(mode="after")
    def _is_one_edit(self) -> "EditIn":
        if (self.keep is None) == (self.as_typed is None):
            raise PydanticCustomError("one_edit", "one edit")
        return self

    def what(self) -> str:
        """The edit for the service."""
        if self.keep is not None:
            return "keep" if self.keep else "out"
        return "as_typed" if self.as_typed else "as_composed"


class NoteIn(_In):
    """Edits of a note, in order; of two for one sentence the later counts."""

    version: Version | None = None
    edits: Annotated[list[EditIn], Field(max_length=200)]


REQUESTS: tuple[type[_In], ...] = (
    BeginIn, ChangeIn, AnswerIn, BackIn, SettingsIn, ResumeIn, EditIn, NoteIn,
)  # fmt: skip
FIELDS = frozenset(
    {name for model in REQUESTS for name in model.model_fields}
    | {"id", "question_id", "flow", "length", "tone", "if-match", "if-none-match", "idempotency-key"}
)
"""The names of our own fields: no other name of a request is ever repeated."""
