"""/v1: a conversation as a file, out and back in."""

from fastapi import APIRouter, Depends, Request, Response

from app.web import bodies, outputs, shapes
from app.web.deps import Carries, RandomKey, Who, creation_allowed
from app.web.outputs import as_json, tag
from app.web.reading import JsonRoute

router = APIRouter(prefix="/v1", route_class=JsonRoute)


@router.get("/conversations/{id}/export", operation_id="export")
async def export(carrying: Carries, who: Who) -> Response:
    """Everything that is held about it; POST it to `/v1/import` to go on with it."""
    return as_json(await carrying.export(who))


@router.post(
    "/import",
    operation_id="import",
    status_code=201,
    response_model=shapes.ImportedOut,
    dependencies=[Depends(creation_allowed)],
)
async def bring_in(request: Request, carrying: Carries, body: bodies.File, key: RandomKey = None) -> Response:
    """Go on with a conversation from the file of its export: a new one that stands where that one stood."""
    came = await carrying.bring_in(body.held(), key, await request.body())
    where = {"Location": f"/v1/conversations/{came.opened.id}"}
    return as_json(outputs.imported_out(came), 201, tag(came.opened.turn.version) | where)
