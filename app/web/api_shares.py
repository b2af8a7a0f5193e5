"""/v1: links to frozen copies of a note; and the post by which a link is opened, at its own address."""

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import ValidationError
from pydantic_core import from_json

from app.web import bodies, pages_shares, shapes, showing_shares
from app.web.deps import Outside, Repeats, TheShares, Who, opening_allowed
from app.web.outputs import as_json
from app.web.problems import Refusal
from app.web.reading import JsonRoute, is_form

router = APIRouter(prefix="/v1/conversations/{id}", route_class=JsonRoute)
opening = APIRouter(default_response_class=JSONResponse)
ShareId = Annotated[str, Path(max_length=100, description="The link's public id.")]
_scheme = HTTPBearer(
    auto_error=False,
    scheme_name="share",
    description="`iws_` and the base64url of HKDF-SHA256(the link's key, no salt, `iw/1/share-auth`).",
)
_OPEN_BODY: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"schema": bodies.OpenIn.model_json_schema()}}}
}


@router.post("/shares", operation_id="make_share", status_code=201, response_model=shapes.ShareMadeOut)
async def make_share(
    request: Request,
    shares: TheShares,
    who: Who,
    outside: Outside,
    body: bodies.ShareIn,
    repeat: Repeats,
) -> Response:
    """Freeze the note as it stands, behind a link for the therapist; link and `pin` are shown once."""
    made = await shares.make(
        who,
        body.length,
        body.tone,
        body.expires_in,
        max_views=body.max_views,
        with_pin=body.pin,
        repeat=repeat,
    )
    address = showing_shares.address_of(outside, request, made)
    told: shapes.ShareMadeOut = {
        "id": made.id,
        "url": address,
        "qr_svg": showing_shares.svg_of(showing_shares.code_of(address)),
        "pin": made.pin,
        "expires_at": made.expires_at,
    }
    return as_json(told, 201)


@router.get("/shares", operation_id="list_shares", response_model=shapes.SharesOut)
async def list_shares(shares: TheShares, who: Who) -> Response:
    """The links that still open; none of them with its url."""
    told: shapes.SharesOut = {
        "shares": [
            {
                "id": share.id,
                "expires_at": share.expires_at,
                "opens": share.opens,
                "max_views": share.max_views,
                "pin": share.has_pin,
            }
            for share in await shares.listed(who)
        ]
    }
    return as_json(told)


@router.delete("/shares/{share}", operation_id="revoke_share", status_code=204)
async def revoke_share(shares: TheShares, who: Who, share: ShareId) -> Response:
    """End a link, at once."""
    await shares.revoke(who, share)
    return Response(status_code=204)


@opening.post(
    "/n/{share}",
    operation_id="open_share",
    response_model=shapes.CopyOut,
    openapi_extra=_OPEN_BODY,
    dependencies=[Depends(opening_allowed)],
)
async def open_share(
    request: Request,
    shares: TheShares,
    outside: Outside,
    share: ShareId,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)],
) -> Response:
    """Open a link: the copy, sealed with the link's key, which stays with the caller.

    Format byte 1, nonce (12 bytes), AES-256-GCM under HKDF(key, `iw/1/share-key`) with `iw/1/share|{share}`
    as additional data; inside, four bytes of length, the note as JSON, padding. A browser without scripts
    sends a form with the key instead, and is answered with a page.
    """
    if is_form(request):
        return await pages_shares.open_by_form(request, share, shares, outside)
    if given is None:
        raise Refusal("missing-token", headers={"WWW-Authenticate": "Bearer"})
    try:
        body = bodies.OpenIn.model_validate(from_json(await request.body() or b"{}"))
    except (ValidationError, ValueError):
        raise Refusal("invalid-request", ("/pin", "pin_digits")) from None
    copy = await shares.open(share, given.credentials, body.pin)
    sealed = base64.urlsafe_b64encode(copy.sealed).rstrip(b"=").decode()
    told: shapes.CopyOut = {"sealed": sealed, "expires_at": copy.expires_at}
    return as_json(told)
