"""The one cookie: name, path and flags; who a page's request is from; and that it came from our own page.

The cookie holds a conversation's token, goes to that conversation's pages alone, and ends with the
browser. `SameSite=Strict` lets a sister origin through, so a post is looked at as well.
"""

from typing import Annotated

from fastapi import Depends, Path, Request, Response

from app.service import Bearer
from app.service.errors import ConversationNotFound
from app.web.deps import Outside
from app.web.problems import Refusal


def name_of(secure: bool) -> str:
    """The cookie's name: behind TLS the browser itself insists on `Secure`."""
    return "__Secure-iw" if secure else "iw"


def hand_over(response: Response, who: Bearer, secure: bool) -> None:
    """Give the browser the token of this conversation."""
    response.set_cookie(
        name_of(secure), who.token, path=f"/c/{who.id}", secure=secure, httponly=True, samesite="strict"
    )


def take_back(response: Response, conversation: str, secure: bool) -> None:
    """Take the token of this conversation from the browser."""
    response.delete_cookie(
        name_of(secure), path=f"/c/{conversation}", secure=secure, httponly=True, samesite="strict"
    )


async def _reader(
    request: Request, outside: Outside, conversation: Annotated[str, Path(alias="id", max_length=100)]
) -> Bearer:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        token = request.cookies.get(name_of(outside.secure), "")
    if not token:
        raise ConversationNotFound("No token came with the request.")
    return Bearer(conversation, token.strip())


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


Reader = Annotated[Bearer, Depends(_reader)]
FromUs = Depends(came_from_us)
