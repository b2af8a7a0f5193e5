"""The pages of a conversation that comes back from a file, and of a new one that goes on from another.

Each leads to a cover that holds no word of the client, since a browser may keep the page after a cookie.
"""

from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from pydantic_core import from_json

from app.service import Bearer, Opened
from app.service.errors import (
    ConversationFull,
    FlowNotFound,
    InvalidAnswer,
    KeyNotRandom,
    RepeatDiffers,
    StorageDown,
)
from app.web import cookies, drawing, forms, headers, pages_problems, showing_files
from app.web.bodies import File
from app.web.cookies import FromUs, Reader
from app.web.deps import Carries, Outside, Talks, creation_allowed
from app.web.reading import PageRoute
from app.web.views import Fault
from app.web.views_outside import OpenedView, ResumeView

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
How = Literal["code", "file", "changed", "earlier"]
WRONG = Fault(
    "This file does not open",
    "It has to be the file that you saved here, called notes.json, as it was. Nothing of it was kept.",
    "file",
)
SPENT = (RepeatDiffers, KeyNotRandom)  # the page was sent before, and what it began has gone on since
NONE = Fault("Choose your file first", "It is called notes.json.", "file")


@router.post("/resume/file", dependencies=[FromUs, Depends(creation_allowed)])
async def open_file(request: Request, carrying: Carries, outside: Outside) -> Response:
    """Goes on with the conversation of a file."""
    sent, content = await forms.read_file(request)
    file = file_in(content)
    if file is None:
        return _refused(outside, WRONG if content else NONE)
    try:
        try:
            came = await carrying.bring_in(file.held(), sent.key, content)
        except SPENT:
            came = await carrying.bring_in(file.held(), None, content)
    except (FlowNotFound, InvalidAnswer, ConversationFull):
        return _refused(outside, WRONG)
    except StorageDown:
        return await pages_problems.not_saved(request)
    return _opened(came.opened, "changed" if came.changed else "file", outside)


@router.post("/c/{id}/next/{flow}", dependencies=[FromUs, Depends(creation_allowed)])
async def go_on(
    request: Request,
    who: Reader,
    carrying: Carries,
    outside: Outside,
    flow: Annotated[str, Path(max_length=100)],
) -> Response:
    """Begins a conversation with what was said in this one, which stays as it is."""
    sent = await forms.read(request, forms.BeginForm)
    try:
        try:
            opened = await carrying.begin_from(who, flow, sent.key)
        except SPENT:
            opened = await carrying.begin_from(who, flow, None)
    except StorageDown:
        return await pages_problems.not_saved(request)
    return _opened(opened, "earlier", outside)


@router.get("/c/{id}/opened")
async def cover(
    who: Reader, talks: Talks, outside: Outside, how: Annotated[How, Query()] = "code"
) -> Response:
    """The cover of a conversation that was just opened."""
    onward = showing_files.onward(who.id, await talks.look(who)) if how in ("file", "changed") else ()
    return drawing.page(OpenedView(drawing.layout_within(outside, who.id, "Open"), how, onward))


def file_in(content: bytes) -> File | None:
    """The file in these bytes; None where they are none of ours."""
    try:
        return File.model_validate(from_json(content, allow_inf_nan=False))
    except (ValueError, ValidationError):
        return None


def _opened(opened: Opened, how: How, outside: headers.Outside) -> Response:
    response = RedirectResponse(f"/c/{opened.id}/opened?how={how}", 303)
    cookies.hand_over(response, Bearer(opened.id, opened.token), outside)
    return response


def _refused(outside: headers.Outside, fault: Fault) -> Response:
    around = drawing.layout(outside, "Error: Carry on")
    return drawing.page(ResumeView(around, fault, str(uuid4())), 422)
