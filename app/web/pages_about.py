"""What is kept, how the interface works, how a flow is written: pages that need no conversation."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from app.web import drawing, examples
from app.web.deps import Outside
from app.web.problems import CATALOGUE
from app.web.reading import PageRoute
from app.web.views_outside import AuthorsView, DevelopersView, KindOfProblem, Operation, PrivacyView

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)


@router.get("/privacy")
async def privacy(outside: Outside) -> Response:
    """What is kept."""
    return drawing.page(PrivacyView(drawing.layout(outside, "What is kept")))


@router.get("/c/{id}/privacy")
async def privacy_within(
    outside: Outside, conversation: Annotated[str, Path(alias="id", max_length=100)]
) -> Response:
    """The same, with a Leave that closes the conversation."""
    return drawing.page(PrivacyView(drawing.layout_within(outside, conversation, "What is kept")))


@router.get("/authors")
async def authors(outside: Outside) -> Response:
    """How a flow is written."""
    return drawing.page(AuthorsView(drawing.layout(outside, "Authors")))


@router.get("/developers")
async def developers(request: Request, outside: Outside) -> Response:
    """The interface, without a script."""
    origin = outside.origin_for(request)
    return drawing.page(
        DevelopersView(
            drawing.layout(outside, "Developers"),
            tuple(_operations(request.app.openapi(), origin)),
            json.dumps(examples.TURN, indent=1, ensure_ascii=False),
            tuple(KindOfProblem(k.slug, k.status, k.title, k.detail) for k in CATALOGUE.values()),
        )
    )


def _operations(described: Mapping[str, Any], origin: str) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            statuses = ", ".join(status for status in told["responses"] if status.isdigit())
            yield Operation(
                told["operationId"],
                method.upper(),
                path,
                told["summary"],
                _curl(method, origin + path, told),
                statuses,
            )


def _curl(method: str, address: str, told: Mapping[str, Any]) -> str:
    """A line for a shell. Single quotes in a body are written so that the shell leaves them alone."""
    line = "curl" if method == "get" else f"curl -X {method.upper()}"
    if told.get("security"):
        line += " -H 'Authorization: Bearer '$TOKEN"
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    usual = content.get("examples", {}).get("usual", {}).get("value")
    if usual is not None:
        body = json.dumps(usual, ensure_ascii=False).replace("'", "'\\''")
        line += f" --json '{body}'"
    return f"{line} '{address}'".replace("{id}", "'$ID'")
