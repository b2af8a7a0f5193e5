"""The pages about the whole of a conversation: its review, a change, the note, its files, the export."""

from pathlib import PurePosixPath
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic_core import to_json

from app.engine import Length, Note, Tone
from app.engine.checks import TELL_THEM
from app.engine.editing import EditKind
from app.service import LineEdit, NoteEdits
from app.service.errors import (
    InvalidAnswer,
    NotTheQuestionNow,
    RepeatDiffers,
    ServiceError,
    StaleVersion,
    StorageDown,
)
from app.service.notes import LONGEST_LINE, LONGEST_UNSENT
from app.web import (
    drawing,
    forms,
    pages_problems,
    paper,
    showing,
    showing_notes,
    showing_paper,
    showing_practise,
)
from app.web.cookies import FromUs, Reader
from app.web.deps import Carries, Help, Outside, Talks, TheNotes, TheShares
from app.web.reading import PageRoute
from app.web.showing_editing import editing, number_of, place_of
from app.web.showing_practise import Chosen
from app.web.views import Fault
from app.web.views_paper import PaperSize, Print

router = APIRouter(
    prefix="/c/{id}",
    include_in_schema=False,
    default_response_class=HTMLResponse,
    route_class=PageRoute,
)
HowLong = Annotated[Length, Query()]
HowPut = Annotated[Tone, Query()]
QuestionId = Annotated[str, Path(max_length=200)]
Code = Annotated[str, Query(max_length=50)]
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


async def chosen(
    when: Code = "", then: Code = "", plan_b: Code = "", plan: Literal["", "made"] = ""
) -> Chosen:
    """The plan that stands in the address, in codes."""
    return Chosen(when, then, plan_b, plan == "made")


ThePlan = Annotated[Chosen, Depends(chosen)]


@router.get("/note")
async def show_note(
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    shares: TheShares,
    helping: Help,
    outside: Outside,
    plan: ThePlan,
    length: HowLong = "letter",
    tone: HowPut = "plain",
    edit: Literal["", "lines", "unsent"] = "",
) -> Response:
    """The note as it stands, and both pages on paper; with `edit` unfolded what is changed there; with a
    plan, that too."""
    looked, shown = await talks.look(who), await notes.shown(who, length, tone)
    links = await shares.listed(who)
    changes = editing(looked, shown.note, shown.doubts, edit)
    view = showing_notes.note_view(
        outside, helping, who.id, looked, shown.note, shown.opener, links, changes, chosen=plan
    )
    return drawing.page(view)


@router.post("/note", dependencies=[FromUs])
async def edit_note(
    request: Request,
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    shares: TheShares,
    helping: Help,
    outside: Outside,
    length: HowLong = "letter",
    tone: HowPut = "plain",
) -> Response:
    """Changes the note. What the net hears in new words comes first, then the note again."""
    sent = await forms.read(request, forms.NoteForm)
    edits = edits_of(sent, await notes.note(who, length, tone))
    try:
        repeat = await forms.repeat_of(request, sent.key)
        edited, turn = await notes.edit(who, sent.version, edits, length, tone, repeat)
    except (*CHANGED_ELSEWHERE, InvalidAnswer) as error:
        fault, status = _fault(error, sent)
        looked, shown = await talks.look(who), await notes.shown(who, length, tone)
        links = await shares.listed(who)
        changes = editing(
            looked, shown.note, shown.doubts, "unsent" if sent.do == "unsent" else "lines", sent
        )
        view = showing_notes.note_view(
            outside, helping, who.id, looked, shown.note, shown.opener, links, changes, fault
        )
        return drawing.page(view, status)
    except StorageDown:
        return await pages_problems.not_saved(request)
    asked = turn.question.id if turn.question else ""
    if sent.do in ("text", "unsent") and asked.startswith("safety/") and asked != TELL_THEM:
        return RedirectResponse(f"/c/{who.id}#turn", 303)
    here = f"/c/{who.id}/note?length={length}&tone={tone}"
    line = number_of(edited.note, sent.sentence) if sent.sentence else 0
    if line or sent.do in ("text", "afresh"):
        return RedirectResponse(f"{here}&edit=lines#{f'line-{line}' if line else 'edit'}", 303)
    return RedirectResponse(f"{here}{'&edit=unsent#unsent' if sent.do == 'unsent' else '#note'}", 303)


def _fault(error: ServiceError, sent: forms.NoteForm) -> tuple[Fault, int]:
    """What is said of an edit that was not taken; what was typed stands in its box."""
    if not isinstance(error, InvalidAnswer):
        return Fault(showing.MOVED_ON, "This is the note as it stands now."), 409
    if error.why == "text_too_long":
        most = LONGEST_UNSENT if sent.do == "unsent" else LONGEST_LINE
        return Fault(
            "This is too long", f"There is room for {most:,} characters. Your words are in the box."
        ), 422
    return Fault("This line is changed elsewhere", "Change the answer that it is made of."), 422


def edits_of(sent: forms.NoteForm, note: Note) -> NoteEdits:
    """What the form changes in the note."""
    if sent.do == "unsent":
        return NoteEdits(unsent=sent.text or "")
    if sent.do == "afresh":
        return NoteEdits(afresh=True)
    if sent.do == "add":
        return NoteEdits(tuple(LineEdit(id, "keep", True) for id in sent.keep))
    whole: tuple[tuple[str | None, EditKind, bool], ...] = (
        (sent.undo, "as_typed", True),
        (sent.compose, "as_typed", False),
        (sent.them, "to_you", True),
        (sent.other, "to_you", False),
    )
    chosen = tuple(LineEdit(id, kind, value) for id, kind, value in whole if id is not None)
    return NoteEdits(chosen or _of_line(sent, note))


def _of_line(sent: forms.NoteForm, note: Note) -> tuple[LineEdit, ...]:
    """What becomes of one line; one that cannot move further stays."""
    id, place = sent.sentence, place_of(note, sent.sentence)
    match sent.do:
        case "text":
            return (LineEdit(id, "text", sent.text or ""),)
        case "back":
            return (LineEdit(id, "text", None),)
        case "out" | "keep":
            return (LineEdit(id, "keep", sent.do == "keep"),)
        case "up" | "down" if place:
            return (LineEdit(id, "place", max(1, place + (1 if sent.do == "down" else -1))),)
    return ()


@router.get("/note.txt")
@router.get("/note.md")
async def take_note(
    request: Request, who: Reader, notes: TheNotes, length: HowLong = "letter", tone: HowPut = "plain"
) -> Response:
    """The note as a file of text or of Markdown."""
    ending = PurePosixPath(request.url.path).suffix
    write, kind = FILES[ending]
    return _file(write(await notes.note(who, length, tone)), kind, f"notes{ending}")


@router.get("/note.pdf")
async def take_note_as_pdf(
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    helping: Help,
    plan: ThePlan,
    length: HowLong = "letter",
    tone: HowPut = "plain",
    size: Annotated[PaperSize, Query(alias="paper")] = "a4",
    which: Annotated[Print, Query(alias="print")] = "plain",
) -> Response:
    """The note on paper, the card or the questions, as a PDF; with a plan, on the card."""
    looked, (note, opener) = await talks.look(who), await notes.with_opener(who, length, tone)
    said = showing_practise.plan_text(helping.practise(), note, plan)
    return await paper.respond(showing_paper.paper_view(helping, looked, note, opener, which, said), size)


@router.get("/export")
async def take_all(who: Reader, carrying: Carries) -> Response:
    """Everything that is held, as a file that opens it again."""
    return _file(to_json(await carrying.export(who), indent=2).decode(), "application/json", "notes.json")


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
