"""The ways out of a conversation and back in: leave, a code, resume, delete."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.service import Bearer, ServiceError
from app.service.errors import ResumeCodeNotFound, StorageDown, TooManyTries
from app.web import cookies, drawing, forms, pages_problems
from app.web.cookies import FromUs, Reader
from app.web.deps import Keeping, Outside, Resumes, Talks
from app.web.headers import CLEAR
from app.web.reading import PageRoute
from app.web.views import Fault
from app.web.views_outside import DeleteView, ErasedView, ResumeCodeView, ResumeView

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
CHECK_IT = "Check each letter and number. A used code ends after ten minutes, or as soon as you go on."
ConversationId = Annotated[str, Path(alias="id", max_length=100)]


@router.post("/c/{id}/leave", dependencies=[FromUs])
async def leave(
    request: Request, resumes: Resumes, outside: Outside, conversation: ConversationId
) -> Response:
    """Locks, or erases where no code is out, and opens a plain site. Whatever fails, the way out works:
    the browser gives up its half of the key."""
    response = RedirectResponse(outside.exit_url, 303, {"Clear-Site-Data": CLEAR})
    cookies.take_back(response, conversation, outside)
    try:
        await resumes.leave(Bearer(conversation, cookies.token_of(request, outside)))
    except ServiceError:
        return response
    return response


@router.get("/c/{id}/resume-code")
async def offer_code(who: Reader, talks: Talks, outside: Outside) -> Response:
    """What a code is for."""
    looked = await talks.look(who)
    around = drawing.layout_within(
        outside, who.id, "Carry on later", country=looked.country, has_code=looked.has_code
    )
    return drawing.page(ResumeCodeView(around, None, ""))


@router.post("/c/{id}/resume-code", dependencies=[FromUs])
async def make_code(who: Reader, resumes: Resumes, outside: Outside) -> Response:
    """The code, shown once."""
    code, until = await resumes.resume_code(who)
    around = drawing.layout_within(outside, who.id, "Carry on later", has_code=True)
    return drawing.page(ResumeCodeView(around, code, f"{until.day} {until:%B %Y}"))


@router.post("/c/{id}/later", dependencies=[FromUs])
async def want_no_code(who: Reader, outside: Outside) -> Response:
    """Offers no code again. That is kept in the browser's own cookie, and nowhere else."""
    response = RedirectResponse(f"/c/{who.id}#turn", 303)
    cookies.hand_over(response, who, outside, quiet=True)
    return response


@router.get("/resume")
async def ask_for_code(outside: Outside) -> Response:
    """Type a code, or open a file."""
    return drawing.page(ResumeView(drawing.layout(outside, "Carry on"), None, str(uuid4())))


@router.post("/resume", dependencies=[FromUs])
async def resume(request: Request, resumes: Resumes, outside: Outside) -> Response:
    """Opens a conversation by its code; the page that follows holds no word of the client."""
    sent = await forms.read(request, forms.CodeForm)
    try:
        opened = await resumes.resume(sent.code)
    except ResumeCodeNotFound:
        title = "Nothing opens with this code" if sent.code.strip() else "Type the code first"
        return _refused(outside, title, CHECK_IT, 404)
    except TooManyTries:
        return _refused(outside, "Too many codes were tried just now", "Wait a minute, then try again.", 429)
    response = RedirectResponse(f"/c/{opened.id}/opened", 303)
    cookies.hand_over(response, Bearer(opened.id, opened.token), outside, quiet=True)
    return response


def _refused(outside: Outside, title: str, says: str, status: int) -> Response:
    around = drawing.layout(outside, "Error: Carry on")
    return drawing.page(ResumeView(around, Fault(title, says, "code"), str(uuid4())), status)


@router.get("/c/{id}/delete")
async def ask_before_deleting(who: Reader, outside: Outside) -> Response:
    """Delete everything? Also for a conversation that does not open any more."""
    return drawing.page(DeleteView(drawing.layout_within(outside, who.id, "Delete")))


@router.post("/c/{id}/delete", dependencies=[FromUs])
async def delete(request: Request, who: Reader, keeping: Keeping, outside: Outside) -> Response:
    """Deletes everything, and says so only when it is done."""
    try:
        gone = await keeping.erase(who)
    except StorageDown:
        return await pages_problems.not_saved(request)
    response = drawing.page(ErasedView(drawing.layout(outside, ""), gone))
    response.headers["Clear-Site-Data"] = CLEAR
    cookies.take_back(response, who.id, outside)
    return response
