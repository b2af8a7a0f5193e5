"""How a page's form is read: plain form fields into a checked model, and nothing of it repeated."""

from typing import Annotated, Literal, TypeVar
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.engine import Length, Tone
from app.service import Given, Repeat
from app.web.bodies import Text
from app.web.limits import BodyTooLarge
from app.web.problems import Refusal
from app.web.sizes import Size

MOST_FIELDS = 200  # who ticks every feeling there is sends some seventy
Value = Annotated[str, Field(max_length=200)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class BeginForm(_Form):
    """Begin: `key` makes a second press the same."""

    key: Annotated[str, Field(max_length=100)]


class TurnForm(_Form):
    """An answer on a page: the option whose button was pressed, ticked values, words, or what else to do;
    a size of text is set with the words still in their box."""

    version: Annotated[int, Field(ge=1, le=2**53 - 1)]
    key: Annotated[str, Field(max_length=100)]
    question: Value = ""
    do: Literal["next", "back", "skip", Size] = "next"
    value: Value | None = None
    values: list[Value] = []
    text: Annotated[Text | None, Field(repr=False)] = None

    def given(self) -> Given:
        """The answer for the service. An empty box beside options is none; alone it is an empty answer."""
        if self.do == "skip":
            return Given(skipped=True)
        words = self.text if self.text and self.text.strip() else None
        values = tuple(dict.fromkeys(self.values)) or None
        if self.value is None and values is None and words is None:
            return Given(text="")
        return Given(value=self.value, values=values, text=words)


class NoteForm(_Form):
    """Edits of the note: with `do`, lines to `keep`, or what becomes of the line `sentence` or of what nobody
    reads; a change in the client's words to `undo`, or to make again (`compose`); a line in which "she" is
    the therapist (`them`) or somebody else (`other`)."""

    version: Annotated[int, Field(ge=1, le=2**53 - 1)]
    key: Annotated[str, Field(max_length=100)]
    do: Literal["", "add", "text", "back", "out", "keep", "up", "down", "afresh", "unsent"] = ""
    keep: list[Value] = []
    sentence: Value = ""
    text: Annotated[Text | None, Field(repr=False)] = None
    undo: Value | None = None
    compose: Value | None = None
    them: Value | None = None
    other: Value | None = None


class ShareForm(_Form):
    """A link to make: of the note in this length and tone, for so many days, with six numbers or without."""

    length: Length = "letter"
    tone: Tone = "plain"
    days: Literal["1", "7", "30"] = "7"
    pin: Literal["", "yes"] = ""


class ReminderForm(_Form):
    """A reminder to make, beside the note in this length and tone: a day and a time, as fields have them."""

    length: Length = "letter"
    tone: Tone = "plain"
    date: Annotated[str, Field(max_length=20)] = ""
    time: Annotated[str, Field(max_length=20)] = ""


class OpenForm(_Form):
    """A link to open: its key, or the whole link; the six numbers; with `take`, the note as a file."""

    key: Annotated[str, Field(max_length=1000, repr=False)] = ""
    pin: Annotated[str, Field(max_length=100, repr=False)] = ""
    take: Literal["", "text", "pdf"] = ""


class CodeForm(_Form):
    """A resume code as typed."""

    code: Annotated[str, Field(max_length=100, repr=False)] = ""


class FileForm(_Form):
    """A file to open: `key` makes a second sending the same."""

    key: Annotated[str, Field(max_length=100)] = ""


class CountryForm(_Form):
    """A country for the helplines, empty for none; `then` leads back to a turn that is a page of help."""

    country: Annotated[str, Field(max_length=2)] = ""
    then: Literal["", "turn"] = ""


F = TypeVar("F", bound=_Form)


async def read(request: Request, model: type[F]) -> F:
    """The form of a request. Raises Refusal where it is none of ours."""
    lists = {name for name, known in model.model_fields.items() if known.annotation == list[Value]}
    sent = await fields_of(request)
    try:
        return model.model_validate({k: v if k in lists else v[-1] for k, v in sent.items()})
    except ValidationError:
        raise Refusal("invalid-request") from None


async def fields_of(request: Request) -> dict[str, list[str]]:
    """The fields of a request's body, by name. Raises Refusal where it is no form."""
    body = await request.body()
    try:
        return parse_qs(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Refusal("invalid-request") from None


async def read_file(request: Request) -> tuple[FileForm, bytes]:
    """The form that sends one file, and the file. It stays in memory: the cap on bodies is below the size
    from which a part is written to disk. Raises Refusal where it is no such form."""
    try:
        async with request.form(max_files=1, max_fields=5) as sent:
            file, key = sent.get("file"), sent.get("key")
            content = await file.read() if isinstance(file, UploadFile) else b""
            return FileForm.model_validate({"key": key if isinstance(key, str) else ""}), content
    except BodyTooLarge:
        raise
    except (HTTPException, ValidationError):
        raise Refusal("invalid-request") from None


async def repeat_of(request: Request, key: str) -> Repeat:
    """What makes a second sending of the same form count once."""
    return Repeat(key, f"{request.method}|{request.url.path}|".encode() + await request.body())
