"""/v1: the note of a conversation, at any time, and the client's edits of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from app.engine import Doubt, Length, Note, Tone
from app.service import Looked
from app.web import bodies, drawing, outputs, paper, shapes, showing_paper
from app.web.deps import Help, IfMatch, IfNoneMatch, Repeats, Talks, TheNotes, Who, is_known, needed_version
from app.web.outputs import as_json, tag
from app.web.reading import JsonRoute
from app.web.views_paper import PaperSize, PaperView, Print

router = APIRouter(prefix="/v1/conversations/{id}", route_class=JsonRoute)
HowLong = Annotated[Length, Query(description="How long: to say, to send, or to hand over.")]
HowPut = Annotated[Tone, Query(description="What the frames sound like; facts and quoted words stay.")]

WhichSheet = Annotated[
    Print,
    Query(alias="print", description="The note, in large print too; the page to keep; the questions alone."),
]
WhatPaper = Annotated[PaperSize, Query(alias="paper", description="A4, or US Letter.")]


class PdfResponse(Response):
    """Named for the documentation."""

    media_type = "application/pdf"


class MarkdownResponse(PlainTextResponse):
    """Named for the documentation."""

    media_type = "text/markdown"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The note that was asked for with its opener, None where the caller has them, the conversation around
    them, and the ETag."""

    note: Note | None
    opener: Note | None
    looked: Looked
    headers: dict[str, str]
    doubts: tuple[Doubt, ...] = ()

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
    looked = await talks.look(who)
    headers = tag(looked.turn.version)
    if is_known(headers["ETag"], known):
        return Drawn(None, None, looked, headers)
    shown = await notes.shown(who, length, tone)
    return Drawn(shown.note, shown.opener, looked, headers, shown.doubts)


TheNote = Annotated[Drawn, Depends(_drawn)]


async def _sheet(drawn: TheNote, helping: Help, which: WhichSheet = "plain") -> PaperView | None:
    if drawn.note is None or drawn.opener is None:
        return None
    return showing_paper.paper_view(helping, drawn.looked, drawn.note, drawn.opener, which)


TheSheet = Annotated[PaperView | None, Depends(_sheet)]


@router.get("/note", operation_id="show_note", response_model=shapes.NoteOut)
async def show_note(drawn: TheNote) -> Response:
    """The note as it stands, with whose words each part is."""
    return drawn.sent(lambda note: outputs.note_as_json(note, drawn.doubts), "application/json")


@router.get("/note.html", operation_id="show_note_as_page", response_class=HTMLResponse)
async def show_note_as_page(drawn: TheNote, sheet: TheSheet) -> Response:
    """The note as a page to print: the same words as the PDF."""
    if sheet is None:
        return Response(status_code=304, headers=drawn.headers)
    return Response(drawing.drawn(sheet), headers=drawn.headers, media_type="text/html")


@router.get("/note.pdf", operation_id="show_note_as_pdf", response_class=PdfResponse)
async def show_note_as_pdf(drawn: TheNote, sheet: TheSheet, size: WhatPaper = "a4") -> Response:
    """The note as a PDF. `X-PDF-Standard` says what it was held to: `PDF/UA-1`, or `none` where a letter is
    in none of our fonts."""
    if sheet is None:
        return Response(status_code=304, headers=drawn.headers)
    return await paper.respond(sheet, size, drawn.headers)


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
    """Reword, keep, leave out or move sentences, or take our changes in words back.

    The net reads every text, as it reads answers: `turn` then is its page or its question, and the
    words stay out of the note until they are kept. A sentence in other words is the client's own, part
    by part. Should the answer behind it change later, the sentence made of that one is offered beside it,
    its id ending in `.now`.
    """
    version = needed_version(body.version, if_match)
    shown, turn = await notes.edit(who, version, body.sent(), length, tone, repeat)
    told: shapes.EditedOut = {
        "note": outputs.note_out(shown.note, shown.doubts),
        "turn": outputs.turn_out(turn),
    }
    return as_json(told, headers=tag(turn.version))
