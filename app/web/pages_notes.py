"""The pages about the whole of a conversation: its review, a change, the note, its files, the export."""

from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic_core import to_json

from app.engine import Length, Note, Tone
from app.service.errors import NotTheQuestionNow, RepeatDiffers, StaleVersion, StorageDown
from app.web import drawing, forms, pages_problems, showing, showing_notes
from app.web.cookies import FromUs, Reader
from app.web.deps import Help, Outside, Talks, TheNotes
from app.web.reading import PageRoute
from app.web.views import Fault

router = APIRouter(
    prefix="/c/{id}",
    include_in_schema=False,
    default_response_class=HTMLResponse,
    route_class=PageRoute,
)
HowLong = Annotated[Length, Query()]
HowPut = Annotated[Tone, Query()]
QuestionId = Annotated[str, Path(max_length=200)]
CHANGED_ELSEWHERE = (StaleVersion, NotTheQuestionNow, RepeatDiffers)
FILES = {
    ".txt": (Note.text, "text/plain; charset=utf-8"),
    ".md": (Note.markdown, "text/markdown; charset=utf-8"),
}


@router.get("/review")
async def review(who: Reader, talks: Talks, outside: Outside) -> Response:
    """Is this what you meant?"""
    return drawing.page(showing_notes.review_view(outside, who.id, await talks.look(who)))


@router.get("/change/{question:path}")
async def show_earlier_question(
    who: Reader, talks: Talks, outside: Outside, question: QuestionId
) -> Response:
    """An earlier question, its answer in it."""
    asked = await talks.question(who, question)
    return drawing.page(showing.change_view(outside, who.id, await talks.look(who), asked))


@router.post("/change/{question:path}", dependencies=[FromUs])
async def change_answer(
    request: Request, who: Reader, talks: Talks, outside: Outside, question: QuestionId
) -> Response:
    """Changes an earlier answer. What the net hears in it comes first, then the review."""
    sent = await forms.read(request, forms.TurnForm)
    try:
        repeat = await forms.repeat_of(request, sent.key)
        turn, _ = await talks.change(who, sent.version, question, sent.given(), repeat)
    except CHANGED_ELSEWHERE:
        looked, asked = await talks.look(who), await talks.question(who, question)
        view = showing.change_view(
            outside, who.id, looked, asked, sent=sent, fault=showing.moved_on(sent, asked)
        )
        return drawing.page(view, 409)
    except StorageDown:
        return await pages_problems.not_saved(request)
    again = next((message for message in turn.messages if message.id == showing.AGAIN), None)
    if again:
        looked, asked = await talks.look(who), await talks.question(who, question)
        fault = Fault(again.text, target="a")
        return drawing.page(showing.change_view(outside, who.id, looked, asked, sent=sent, fault=fault))
    heard = turn.question is not None and turn.question.id.startswith("safety/")
    return RedirectResponse(f"/c/{who.id}#turn" if heard else f"/c/{who.id}/review", 303)


@router.get("/note")
async def show_note(
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    helping: Help,
    outside: Outside,
    length: HowLong = "letter",
    tone: HowPut = "plain",
) -> Response:
    """The note as it stands, and both pages on paper."""
    looked, note = await talks.look(who), await notes.note(who, length, tone)
    return drawing.page(showing_notes.note_view(outside, helping, who.id, looked, note))


@router.post("/note", dependencies=[FromUs])
async def edit_note(
    request: Request,
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    helping: Help,
    outside: Outside,
    length: HowLong = "letter",
    tone: HowPut = "plain",
) -> Response:
    """Leaves lines out, puts them back, adds some, or takes back a change in the client's words."""
    sent = await forms.read(request, forms.NoteForm)
    edits = edits_of(sent, await notes.note(who, length, tone))
    try:
        if edits:
            repeat = await forms.repeat_of(request, sent.key)
            await notes.edit(who, sent.version, edits, length, tone, repeat)
    except CHANGED_ELSEWHERE:
        looked, note = await talks.look(who), await notes.note(who, length, tone)
        fault = Fault(showing.MOVED_ON, "This is the note as it stands now.")
        return drawing.page(showing_notes.note_view(outside, helping, who.id, looked, note, fault), 409)
    except StorageDown:
        return await pages_problems.not_saved(request)
    return RedirectResponse(f"/c/{who.id}/note?length={length}&tone={tone}#note", 303)


def edits_of(sent: forms.NoteForm, note: Note) -> dict[str, str]:
    """What the form changes in the note, by sentence: nothing that stands so already."""
    if sent.undo is not None:
        return {sent.undo: "as_typed"}
    if sent.compose is not None:
        return {sent.compose: "as_composed"}
    if sent.do == "add":
        return dict.fromkeys(sent.keep, "keep")
    if sent.do != "leave_out":
        return {}
    taken = {s.id: "out" for s in note.sentences if s.state == "in" and s.id in sent.out}
    put_back = {s.id: "keep" for s in note.sentences if s.state == "out" and s.id not in sent.out}
    return taken | put_back


@router.get("/note.txt")
@router.get("/note.md")
async def take_note(
    request: Request, who: Reader, notes: TheNotes, length: HowLong = "letter", tone: HowPut = "plain"
) -> Response:
    """The note as a file of text or of Markdown."""
    ending = PurePosixPath(request.url.path).suffix
    write, kind = FILES[ending]
    return _file(write(await notes.note(who, length, tone)), kind, f"notes{ending}")


@router.get("/export")
async def take_all(who: Reader, talks: Talks) -> Response:
    """Everything that is held, as a file."""
    return _file(to_json(await talks.export(who), indent=2).decode(), "application/json", "notes.json")


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
