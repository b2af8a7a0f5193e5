"""/v1: the note of a conversation, at any time, and the client's edits of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from app.engine import Length, Note, Tone
from app.web import bodies, drawing, outputs, shapes
from app.web.deps import IfMatch, IfNoneMatch, Repeats, Talks, TheNotes, Who, is_known, needed_version
from app.web.outputs import as_json, tag
from app.web.reading import JsonRoute

router = APIRouter(prefix="/v1/conversations/{id}", route_class=JsonRoute)
HowLong = Annotated[Length, Query(description="How long: to say, to send, or to hand over.")]
HowPut = Annotated[Tone, Query(description="What the frames sound like; facts and quoted words stay.")]


class MarkdownResponse(PlainTextResponse):
    """Named for the documentation."""

    media_type = "text/markdown"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The note that was asked for, or None where the caller has it, and its ETag."""

    note: Note | None
    headers: dict[str, str]

    def sent(self, write: Callable[[Note], str], kind: str) -> Response:
        """The response, as `write` puts the note."""
        if self.note is None:
            return Response(status_code=304, headers=self.headers)
        return Response(write(self.note), headers=self.headers, media_type=kind)


async def _drawn(
    talks: Talks,
    notes: TheNotes,
    who: Who,
    length: HowLong = "letter",
    tone: HowPut = "plain",
    known: IfNoneMatch = None,
) -> Drawn:
    """Should the conversation move on between the two readings, the ETag is the older one: a later
    edit by it is refused, never lost."""
    headers = tag((await talks.look(who)).turn.version)
    if is_known(headers["ETag"], known):
        return Drawn(None, headers)
    return Drawn(await notes.note(who, length, tone), headers)


TheNote = Annotated[Drawn, Depends(_drawn)]


@router.get("/note", operation_id="show_note", response_model=shapes.NoteOut)
async def show_note(drawn: TheNote) -> Response:
    """The note as it stands, with whose words each part is."""
    return drawn.sent(outputs.note_as_json, "application/json")


@router.get("/note.html", operation_id="show_note_as_page", response_class=HTMLResponse)
async def show_note_as_page(drawn: TheNote) -> Response:
    """The note as a page to print."""
    page = drawing.templates.get_template("printed_note.html")
    return drawn.sent(lambda note: page.render(note=note), "text/html")


@router.get("/note.txt", operation_id="show_note_as_text", response_class=PlainTextResponse)
async def show_note_as_text(drawn: TheNote) -> Response:
    """The note as plain text."""
    return drawn.sent(Note.text, "text/plain")


@router.get("/note.md", operation_id="show_note_as_markdown", response_class=MarkdownResponse)
async def show_note_as_markdown(drawn: TheNote) -> Response:
    """The note as Markdown."""
    return drawn.sent(Note.markdown, "text/markdown")


@router.patch("/note", operation_id="edit_note", response_model=shapes.EditedOut)
async def edit_note(
    notes: TheNotes,
    who: Who,
    body: bodies.NoteIn,
    repeat: Repeats,
    length: HowLong = "letter",
    tone: HowPut = "plain",
    if_match: IfMatch = None,
) -> Response:
    """Keep sentences, leave them out, or show words as they were typed."""
    version = needed_version(body.version, if_match)
    edits = {edit.id: edit.what() for edit in body.edits}
    note, turn = await notes.edit(who, version, edits, length, tone, repeat)
    told: shapes.EditedOut = {"note": outputs.note_out(note), "turn": outputs.turn_out(turn)}
    return as_json(told, headers=tag(turn.version))
