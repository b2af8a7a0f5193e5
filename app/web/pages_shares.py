"""The pages of links: making and ending one, and `/n/{share}`, where a therapist opens it.

The page that a link leads to is the same for every link, and to GET it spends nothing: robots that look
at links before people do see no word and use up no view. Only a post opens.
"""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.service import Shares
from app.service.errors import PinNeeded
from app.web import drawing, forms, paper, showing_shares
from app.web.cookies import FromUs, Reader
from app.web.deps import Outside, TheShares
from app.web.headers import Outside as Around
from app.web.reading import PageRoute
from app.web.views_shares import CoverView, SharedNoteView

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
_PIN = re.compile("[0-9]{6}")
_KEY = re.compile("[A-Za-z0-9_-]{43}")


@router.post("/c/{id}/shares", dependencies=[FromUs])
async def make_share(request: Request, who: Reader, shares: TheShares, outside: Outside) -> Response:
    """Makes a link and shows it, this once."""
    sent = await forms.read(request, forms.ShareForm)
    made = await shares.make(who, sent.length, sent.tone, int(sent.days), with_pin=bool(sent.pin))
    address = showing_shares.address_of(outside, request, made)
    return drawing.page(showing_shares.made_view(outside, who.id, address, made), 201)


@router.post("/c/{id}/shares/{share}/revoke", dependencies=[FromUs])
async def revoke_share(
    who: Reader, shares: TheShares, share: Annotated[str, Path(max_length=100)]
) -> Response:
    """Ends a link."""
    await shares.revoke(who, share)
    return RedirectResponse(f"/c/{who.id}/note#link", 303)


@router.get("/n/{share}")
async def show_cover(outside: Outside) -> Response:
    """The same for every link, whether anything is behind it or not."""
    return drawing.page(_cover(outside))


async def open_by_form(request: Request, share: str, shares: Shares, outside: Around) -> Response:
    """Opens a link for a browser that cannot: with the key in the form, in memory, and nothing is kept."""
    sent = await forms.read(request, forms.OpenForm)
    # Whoever copies a part of a link finds the whole link easier to copy.
    key, pin = sent.key.rpartition("#")[2].strip(), re.sub(r"[\s-]", "", sent.pin)
    if _KEY.fullmatch(key) is None:
        return drawing.page(_cover(outside, wrong="key"), 422)
    try:
        note = await shares.read(share, key, pin if _PIN.fullmatch(pin) else None)
    except PinNeeded:
        return drawing.page(_cover(outside, key, asks_pin=True, wrong="pin" if pin else ""), 403)
    if sent.take == "pdf":
        return await paper.respond(showing_shares.paper_view(note), "a4", {})
    if sent.take == "text":
        name = {"Content-Disposition": 'attachment; filename="notes.txt"'}
        return Response(note.text(), media_type="text/plain; charset=utf-8", headers=name)
    return drawing.page(
        SharedNoteView(
            drawing.layout(outside, "", "Go to the note", "letter"),
            note.language,
            note.paragraphs,
            note.closes,
            note.signs,
            showing_shares.day(note.expires_at),
            key,
            pin,
        )
    )


def _cover(outside: Around, key: str = "", *, asks_pin: bool = False, wrong: str = "") -> CoverView:
    return CoverView(drawing.layout(outside, ""), key, asks_pin, wrong)
