"""The pages of a conversation on its way: doors, what this is, one question after the other.

No script is needed: a form is posted, answered with 303, and fetched. What a page shows is made in
`showing.py`; notes, help, ways out and what stands about are in the `pages_…` beside this file.
"""

from dataclasses import replace
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, FastAPI, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.engine import Turn
from app.service import Bearer, Conversations, Helping
from app.service.errors import (
    ConversationFinished,
    NothingToGoBackToNow,
    NotTheQuestionNow,
    RepeatDiffers,
    StaleVersion,
    StorageDown,
)
from app.web import (
    cookies,
    drawing,
    forms,
    headers,
    pages_about,
    pages_api,
    pages_embed,
    pages_files,
    pages_help,
    pages_notes,
    pages_practise,
    pages_problems,
    pages_shares,
    pages_ways,
    showing,
    showing_support,
    sizes,
    views,
)
from app.web.cookies import FromUs, Quiet, Reader
from app.web.deps import Help, Outside, Talks, creation_allowed, outside_for
from app.web.reading import PageRoute

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
FlowId = Annotated[str, Path(max_length=100)]
MOVED_ON = (StaleVersion, NotTheQuestionNow, NothingToGoBackToNow, RepeatDiffers)


def install(app: FastAPI) -> None:
    """Adds all pages to the app, problems as pages among them."""
    for each in (
        router,
        pages_notes.router,
        pages_practise.router,
        pages_ways.router,
        pages_files.router,
        pages_shares.router,
        pages_help.router,
        pages_embed.router,
        pages_about.router,
        pages_api.router,
    ):
        app.include_router(each)
    app.state.draw_problem = pages_problems.draw_problem


def prepare(app: FastAPI) -> None:
    """Makes what is made once; the app's house stands by now."""
    held = app.state.house
    app.state.help_pages = pages_help.made_at_start(held.service.helping, held.outside)


@router.get("/")
async def doors(talks: Talks, outside: Outside) -> Response:
    """What brings you here?"""
    found = [(card.id, card.door) for card in talks.flows()]
    ordered = sorted(((door.order, flow, door) for flow, door in found if door), key=lambda each: each[:2])
    return drawing.page(
        views.DoorsView(
            drawing.layout(outside, "", "Go to the list", "doors"),
            tuple(views.Door(flow, door.label, door.line, door.quiet) for _, flow, door in ordered),
        )
    )


@router.get("/talk/{flow}")
async def before_it_begins(talks: Talks, outside: Outside, flow: FlowId) -> Response:
    """What this is, in five lines."""
    card = talks.flow(flow)
    around = drawing.layout(outside, "Before you begin")
    return drawing.page(views.TalkView(around, card.id, card.title, card.minutes, str(uuid4())))


@router.post("/talk/{flow}", dependencies=[FromUs, Depends(creation_allowed)])
async def begin(request: Request, talks: Talks, outside: Outside, flow: FlowId) -> Response:
    """Begins. The page that follows holds no word of the client: a browser may keep it."""
    sent = await forms.read(request, forms.BeginForm)
    opened = await talks.begin(flow, None, None, sent.key)
    response = RedirectResponse(f"/c/{opened.id}", 303)
    cookies.hand_over(response, Bearer(opened.id, opened.token), outside)
    return response


@router.get("/c/{id}")
async def show_turn(who: Reader, talks: Talks, helping: Help, outside: Outside, quiet: Quiet) -> Response:
    """The question that is asked now."""
    return await _drawn(who, talks, helping, outside, quiet=quiet)


@router.post("/c/{id}", dependencies=[FromUs])
async def take_answer(
    request: Request, who: Reader, talks: Talks, helping: Help, outside: Outside
) -> Response:
    """Takes an answer, or goes back or on. What answers nothing is drawn at once, its words in place."""
    sent = await forms.read(request, forms.TurnForm)
    if sent.do in sizes.SIZES:
        outside = outside_for(request, request.app.state.house, sent.do)
        quiet = cookies.is_quiet(request, outside)
        response = await _drawn(who, talks, helping, outside, sent, quiet=quiet)
        outside.keep_size(request, response, who.id, sent.do)
        return response
    repeat = await forms.repeat_of(request, sent.key)
    try:
        if sent.do == "back":
            turn = await talks.back(who, sent.version, repeat)
        else:
            turn = await talks.answer(who, sent.version, sent.question, sent.given(), repeat)
    except ConversationFinished:
        return RedirectResponse(f"/c/{who.id}/review", 303)
    except MOVED_ON:
        return await _drawn(who, talks, helping, outside, sent, moved_on=True)
    except StorageDown:
        return await pages_problems.not_saved(request)
    if any(message.id == showing.AGAIN for message in turn.messages):
        return await _drawn(who, talks, helping, outside, sent, turn)
    return RedirectResponse(after(who.id, turn), 303)


def after(conversation: str, turn: Turn) -> str:
    """Where an answer leads: to the next question, or to the review."""
    return f"/c/{conversation}/review" if turn.finished else f"/c/{conversation}#turn"


async def _drawn(
    who: Bearer,
    talks: Conversations,
    helping: Helping,
    outside: headers.Outside,
    sent: forms.TurnForm | None = None,
    turn: Turn | None = None,
    moved_on: bool = False,
    quiet: bool = True,
) -> Response:
    """The turn as it stands, or `turn`, which says why the question comes back; `quiet`: offers no code."""
    looked = await talks.look(who)
    if turn is not None:
        looked = replace(looked, turn=turn)
    asked, support = looked.turn.question, looked.turn.support
    if asked is None:
        return RedirectResponse(f"/c/{who.id}/review", 303)
    fault = showing.moved_on(sent, asked) if moved_on else None
    if support.shown and support.route is not None:
        return drawing.page(
            showing_support.support_view(outside, helping, who.id, looked, asked, fault),
            409 if fault else 200,
        )
    view = showing.conversation_view(outside, who.id, looked, asked, sent=sent, fault=fault, quiet=quiet)
    return drawing.page(view, 409 if moved_on else 200)
