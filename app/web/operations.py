"""For integrators and operators: /openapi.json, /healthz, /readyz."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic_core import to_json

from app.service.errors import StorageDown
from app.web import shapes
from app.web.deps import TheService
from app.web.examples import BY_OPERATION, TURN, Example
from app.web.outputs import as_json
from app.web.problems import ALIKE, CATALOGUE, Kind

router = APIRouter()
PROBLEM = "application/problem+json"
_SCHEMAS = "#/components/schemas/"
_EXAMPLES = "#/components/examples/"
_ABOUT = """A guided conversation that ends in a note to a therapist.

One credential, the conversation's token, opens one conversation. Errors are problems (RFC 9457) and
never repeat what a person wrote. Send an `Idempotency-Key` with a change, and repeat it safely."""


@router.get("/healthz", operation_id="is_alive", response_model=shapes.StatusOut)
async def is_alive() -> Response:
    """Whether the process runs."""
    return as_json({"status": "ok"})


@router.get("/readyz", operation_id="is_ready", response_model=shapes.StatusOut)
async def is_ready(service: TheService) -> Response:
    """Whether it can serve a conversation."""
    if not await service.ready():
        raise StorageDown("the store does not answer")
    return as_json({"status": "ok"})


@router.get("/openapi.json", include_in_schema=False)
async def show_openapi(request: Request) -> Response:
    """This documentation."""
    return Response(to_json(request.app.openapi()), media_type="application/json")


def document(app: FastAPI) -> None:
    """Gives the app its OpenAPI, made once when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's own way to replace it


def described(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description of the routes, with our examples, and our problems for its own."""
    told = get_openapi(title="Into Words", version=app.version, description=_ABOUT, routes=app.routes)
    components = told.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for theirs in ("HTTPValidationError", "ValidationError"):
        schemas.pop(theirs, None)
    problem = TypeAdapter(shapes.ProblemOut).json_schema(ref_template=_SCHEMAS + "{model}")
    schemas |= problem.pop("$defs", {})
    schemas["ProblemOut"] = problem
    components["examples"] = {
        **{kind.slug: {"value": problem_example(kind, kind.status)} for kind in CATALOGUE.values()},
        "stale-version-412": {"value": problem_example(CATALOGUE["stale-version"], 412)},
    }
    components["responses"] = {
        "Refused": _one_for_all("Refused", ["Not Found", "Method Not Allowed"], "invalid-request"),
        "Failed": _one_for_all("Failed", [], "unexpected", "storage-unavailable"),
    }
    for path in told["paths"].values():
        for operation in path.values():
            _complete(operation, BY_OPERATION[operation["operationId"]])
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _of_header(parameter["schema"])
    return told


def _of_header(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a header or query value, which is there or absent and never null."""
    real: list[dict[str, Any]] = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(real) != 1:
        return schema
    return real[0] | {name: value for name, value in schema.items() if name != "anyOf"}


def _complete(operation: dict[str, Any], example: Example) -> None:
    operation["summary"], _, more = operation.pop("description").partition("\n\n")
    if more:
        operation["description"] = more
    if example.request is not None:
        content = operation["requestBody"]["content"]["application/json"]
        told = {"usual": example.request, **example.also}
        content["examples"] = {name: {"value": value} for name, value in told.items()}
    theirs = operation["responses"]
    operation["responses"] = ours = {}
    for status, body in example.success.items():
        ours[str(status)] = response = dict(theirs.get(str(status), {"description": "Not changed since"}))
        for content in response.get("content", {}).values():
            content["examples"] = {"usual": {"value": body}}
        names = ("ETag", *example.headers) if example.tagged else example.headers
        if names:
            response["headers"] = {name: {"schema": {"type": "string"}} for name in names}
    for status, kinds in _by_status(example).items():
        ours[str(status)] = _refusal(kinds, status)
    ours["4XX"] = {"$ref": "#/components/responses/Refused"}
    ours["5XX"] = {"$ref": "#/components/responses/Failed"}


def _by_status(example: Example) -> dict[int, list[Kind]]:
    found: dict[int, list[Kind]] = {}
    for slug in example.problems:
        found.setdefault(CATALOGUE[slug].status, []).append(CATALOGUE[slug])
    if example.matched:
        found[412] = [CATALOGUE["stale-version"]]
    return dict(sorted(found.items()))


def _refusal(kinds: list[Kind], status: int | None) -> dict[str, Any]:
    names = {
        kind.slug: kind.slug if status in (None, kind.status) else f"{kind.slug}-{status}" for kind in kinds
    }
    examples: dict[str, Any] = {slug: {"$ref": f"{_EXAMPLES}{name}"} for slug, name in names.items()}
    return {
        "description": "; ".join(kind.title for kind in kinds),
        "content": {PROBLEM: {"schema": {"$ref": _SCHEMAS + "ProblemOut"}, "examples": examples}},
    }


def _one_for_all(description: str, phrases: list[str], *slugs: str) -> dict[str, Any]:
    refusal = _refusal([CATALOGUE[slug] for slug in slugs], None)
    for status, phrase in zip((404, 405), phrases, strict=False):
        plain = {"type": "about:blank", "title": phrase, "status": status, "instance": _INSTANCE}
        refusal["content"][PROBLEM]["examples"][phrase.lower().replace(" ", "-")] = {"value": plain}
    return refusal | {"description": description}


_INSTANCE = "urn:uuid:00000000-0000-4000-8000-000000000000"
_WITH_TURN = ("stale-version", "not-the-question", "conversation-finished", "nothing-to-go-back-to")


def problem_example(kind: Kind, status: int) -> dict[str, Any]:
    """A problem as it looks."""
    told: dict[str, Any] = {"type": f"/developers#{kind.slug}", "title": kind.title, "status": status}
    told["detail"] = kind.detail
    if kind.slug not in ALIKE:
        told["instance"] = _INSTANCE
    if kind.slug == "invalid-request":
        told["errors"] = [{"pointer": "/version", "message": "This is needed."}]
    if kind.slug in _WITH_TURN:
        told["turn"] = TURN
    return told
