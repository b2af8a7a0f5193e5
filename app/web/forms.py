"""How a page's form is read: plain form fields into a checked model, and nothing of it repeated."""

from typing import Annotated, Literal, TypeVar
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.service import Given, Repeat
from app.web.bodies import Text
from app.web.problems import Refusal

MOST_FIELDS = 200  # who ticks every feeling there is sends some seventy
Value = Annotated[str, Field(max_length=200)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class BeginForm(_Form):
    """Begin: `key` makes a second press the same."""

    key: Annotated[str, Field(max_length=100)]


class TurnForm(_Form):
    """An answer on a page: the option whose button was pressed, ticked values, words, or what else to do."""

    version: Annotated[int, Field(ge=1, le=2**53 - 1)]
    key: Annotated[str, Field(max_length=100)]
    question: Value = ""
    do: Literal["next", "back", "skip"] = "next"
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
    """Edits of the note: with `do`, the lines that are `out` of it, or lines to `keep`; a change in the
    client's words to `undo`, or to make again (`compose`)."""

    version: Annotated[int, Field(ge=1, le=2**53 - 1)]
    key: Annotated[str, Field(max_length=100)]
    do: Literal["", "leave_out", "add"] = ""
    out: list[Value] = []
    keep: list[Value] = []
    undo: Value | None = None
    compose: Value | None = None


class CodeForm(_Form):
    """A resume code as typed."""

    code: Annotated[str, Field(max_length=100, repr=False)] = ""


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


async def repeat_of(request: Request, key: str) -> Repeat:
    """What makes a second sending of the same form count once."""
    return Repeat(key, f"{request.method}|{request.url.path}|".encode() + await request.body())
