"""The one cookie: name, path and flags; who a page's request is from; and that it came from our own page.

The cookie holds a conversation's token, goes to that conversation's pages alone, and ends with the
browser. `SameSite=Strict` lets a sister origin through, so a post is looked at as well. Behind the token
marks may stand: that its client does not want to be offered a code again, and the size of the text.
"""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from app.service import Bearer
from app.service.errors import ConversationNotFound
from app.web import sizes
from app.web.deps import Outside
from app.web.problems import Refusal

QUIET = ".quiet"  # the mark behind a token, which has no dot in it


def hand_over(response: Response, who: Bearer, outside: Outside, *, quiet: bool = False) -> None:
    """Give the browser the token of this conversation, with the size of text that is asked for; `quiet`:
    no code is offered there again."""
    held = who.token + (QUIET if quiet else "")
    outside.keep(response, who.id, sizes.marked(held, outside.text.name))


def take_back(response: Response, conversation: str, outside: Outside) -> None:
    """Take the token of this conversation from the browser."""
    response.delete_cookie(
        outside.cookie,
        path=f"/c/{conversation}",
        secure=outside.secure,
        httponly=True,
        samesite="strict",
    )


def token_of(request: Request, outside: Outside) -> str:
    """The token that came with a request: the header's before the cookie's; empty where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return _held(request, outside)[0].strip()


def is_quiet(request: Request, outside: Outside) -> bool:
    """Whether a code is not to be offered in this browser."""
    return QUIET[1:] in _held(request, outside)[1:]


def _held(request: Request, outside: Outside) -> list[str]:
    """The token in the cookie, then the marks behind it."""
    return request.cookies.get(outside.cookie, "").split(".")


async def _reader(
    request: Request, outside: Outside, conversation: Annotated[str, Path(alias="id", max_length=100)]
) -> Bearer:
    token = token_of(request, outside)
    if not token:
        raise ConversationNotFound("No token came with the request.")
    return Bearer(conversation, token)


async def came_from_us(request: Request, outside: Outside) -> None:
    """Refuses a post that no page of ours made. A token in `Authorization` was no browser's doing."""
    if request.headers.get("authorization"):
        return
    site = request.headers.get("sec-fetch-site")
    if site is None:
        origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
        allowed = outside.is_ours(origin, host)
    else:
        allowed = site == "same-origin"
    if not allowed:
        raise Refusal("origin-not-allowed")


async def _quiet(request: Request, outside: Outside) -> bool:
    return is_quiet(request, outside)


Quiet = Annotated[bool, Depends(_quiet)]
Reader = Annotated[Bearer, Depends(_reader)]
FromUs = Depends(came_from_us)
