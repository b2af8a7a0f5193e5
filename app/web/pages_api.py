"""`/developers/api`: the whole interface, drawn from our own OpenAPI. A test runs each of its lines."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.web import curl, drawing, examples, reading_schemas
from app.web.deps import Outside
from app.web.problems import CATALOGUE
from app.web.reading import PageRoute
from app.web.views_api import ApiAnswer, ApiGroup, ApiOperation, ApiView
from app.web.views_outside import KindOfProblem

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "flows": ("list_flows", "show_flow"),
    "talk": ("begin", "look", "answer", "change", "go_back", "set_up"),
    "note": (
        "show_note",
        "edit_note",
        "show_note_as_page",
        "show_note_as_pdf",
        "show_note_as_text",
        "show_note_as_markdown",
    ),
    "links": ("make_share", "list_shares", "open_share", "revoke_share"),
    "keep": ("export", "import", "make_resume_code", "leave", "resume", "erase"),
    "server": ("is_alive", "is_ready"),
}
"""The operations in the order in which their lines can be run; what is named nowhere stands at the end."""
_TURN = "a turn, as below"


@router.get("/developers/api")
async def interface(request: Request, outside: Outside) -> Response:
    """Every operation, with what it takes, gives and refuses."""
    described = request.app.openapi()
    origin = outside.origin_for(request)
    found = {each.id: each for each in _operations(described, origin)}
    return drawing.page(
        ApiView(
            drawing.layout(outside, "Interface"),
            origin,
            tuple(_groups(found)),
            json.dumps(examples.TURN, indent=1, ensure_ascii=False),
            tuple(reading_schemas.shapes_in(described["components"]["schemas"])),
            tuple(KindOfProblem(k.slug, k.status, k.title, k.detail) for k in CATALOGUE.values()),
        )
    )


def in_order(names: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Group and name of each operation, in the page's order."""
    left = list(names)
    for group, members in GROUPS.items():
        for name in members:
            if name in left:
                left.remove(name)
                yield group, name
    yield from (("server", name) for name in left)


def _groups(found: Mapping[str, ApiOperation]) -> Iterator[ApiGroup]:
    placed = list(in_order(iter(found)))
    for group in GROUPS:
        yield ApiGroup(group, tuple(found[name] for where, name in placed if where == group))


def _operations(described: Mapping[str, Any], origin: str) -> Iterator[ApiOperation]:
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield ApiOperation(
                told["operationId"],
                method.upper(),
                path,
                told["summary"],
                " ".join(told.get("description", "").split()),
                next((name for each in told.get("security", ()) for name in each), ""),
                tuple(reading_schemas.fields_of(told, schemas)),
                curl.line(method, origin + path, told),
                tuple(_answers(told)),
                tuple(_problems(told["operationId"])),
            )


def _answers(told: Mapping[str, Any]) -> Iterator[ApiAnswer]:
    for status, response in told["responses"].items():
        if status < "4":
            kind, shape, example = reading_schemas.shape_of_answer(response)
            yield ApiAnswer(status, kind, shape, _shown(example))


def _shown(example: Any) -> str:
    """An example, with a turn inside it left to the place where a turn is shown whole."""
    if example is None or isinstance(example, str):
        return example or ""
    if isinstance(example, dict) and "turn" in example:
        example = {**example, "turn": _TURN}
    return json.dumps(example, indent=1, ensure_ascii=False)


def _problems(name: str) -> Iterator[KindOfProblem]:
    example = examples.BY_OPERATION[name]
    for slug in example.problems:
        kind = CATALOGUE[slug]
        yield KindOfProblem(slug, kind.status, kind.title, kind.detail)
    if example.matched:
        stale = CATALOGUE["stale-version"]
        yield KindOfProblem(stale.slug, 412, stale.title, stale.detail)
