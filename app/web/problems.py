"""The catalogue of problems (RFC 9457), and the doors by which an error leaves.

Slugs, status codes and titles stand here and nowhere else. A problem repeats nothing of the request
that it refuses: pointers name our own fields only. Sentences for clients stand in the templates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from app.engine import Turn
from app.service import errors
from app.web import languages
from app.web.bodies import FIELDS
from app.web.outputs import turn_out
from app.web.reading import is_form

_log = structlog.get_logger()
ALIKE = ("conversation-not-found", "share-not-found")  # one and the same body, whatever was asked for
DRAWN_NOWHERE = ("/v1/", "/openapi.json", "/healthz", "/readyz", "/static/")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `retry_after` in seconds where another try helps."""

    slug: str
    status: int
    title: str
    detail: str
    retry_after: int | None = None


_KINDS = (
    Kind("invalid-request", 422, "We cannot read this request", "See `errors`, and the documentation."),
    Kind("repeat-differs", 422, "This key was used for another request",
         "An Idempotency-Key stands for one request. Take a new key for a new request."),
    Kind("conversation-not-found", 404, "There is no such conversation",
         "It was never there, has ended or was erased, or this token does not open it."),
    Kind("flow-not-found", 404, "There is no such flow", "GET /v1/flows lists the flows on offer."),
    Kind("answer-not-found", 404, "There is no such answer or sentence",
         "GET the conversation or its note for what can be changed."),
    Kind("resume-code-not-found", 404, "There is nothing behind this code",
         "It is mistyped, or the conversation has ended, or the code is spent: ten minutes after its first "
         "use, or with the first change after it."),
    Kind("share-not-found", 404, "There is nothing behind this link",
         "It was never there, has ended, was taken back or used up, or this is not its key."),
    Kind("pin-needed", 403, "This link asks for its six digits",
         "Send them as `pin`. The fifth wrong try destroys what is behind the link."),
    Kind("nothing-to-share", 409, "There is no note to the therapist",
         "A record for the client alone is not shared, nor a note with every sentence left out."),
    Kind("stale-version", 409, "The conversation has moved on", "Go on from the turn given here."),
    Kind("not-the-question", 409, "Another question is asked now", "Answer the question given here."),
    Kind("conversation-finished", 409, "The conversation has reached its note",
         "Change an answer, or go back, to be asked again."),
    Kind("nothing-to-go-back-to", 409, "This is the first question", "There is no earlier answer."),
    Kind("conversation-damaged", 409, "What is stored does not open", "It cannot be continued."),
    Kind("missing-token", 401, "A token is needed", "Send it as `Authorization: Bearer …`."),
    Kind("origin-not-allowed", 403, "This origin may not ask", "The operator names the origins that may."),
    Kind("too-large", 413, "This is too large",
         "A body holds at most 128 KiB, with a file in it 1 MiB; a conversation 200 turns, 256 KiB and 10 "
         "links that are open."),
    Kind("too-many-requests", 429, "Too many requests just now", "Try again after the time given.", 60),
    Kind("unexpected", 500, "Something went wrong here", "The request id helps the operator to find it."),
    Kind("storage-unavailable", 503, "Nothing can be saved just now",
         "It is not saved. Send the same request again, with the same key.", 2),
)  # fmt: skip
CATALOGUE: Mapping[str, Kind] = {kind.slug: kind for kind in _KINDS}

BY_ERROR: Mapping[type[errors.ServiceError], str] = {
    errors.FlowNotFound: "flow-not-found",
    errors.ConversationNotFound: "conversation-not-found",
    errors.AnswerNotFound: "answer-not-found",
    errors.ResumeCodeNotFound: "resume-code-not-found",
    errors.ShareNotFound: "share-not-found",
    errors.PinNeeded: "pin-needed",
    errors.NothingToShare: "nothing-to-share",
    errors.TooManyShares: "too-large",
    errors.StaleVersion: "stale-version",
    errors.NotTheQuestionNow: "not-the-question",
    errors.ConversationFinished: "conversation-finished",
    errors.NothingToGoBackToNow: "nothing-to-go-back-to",
    errors.RepeatDiffers: "repeat-differs",
    errors.InvalidAnswer: "invalid-request",
    errors.KeyNotRandom: "invalid-request",
    errors.ConversationFull: "too-large",
    errors.ConversationDamaged: "conversation-damaged",
    errors.TooManyTries: "too-many-requests",
    errors.StorageDown: "storage-unavailable",
}
AT_THE_EDGE = frozenset(
    {"invalid-request", "missing-token", "origin-not-allowed", "too-large", "too-many-requests", "unexpected"}
)

SENTENCES: Mapping[str, str] = {
    "missing": "This is needed.",
    "extra_forbidden": "There is a field here that we do not know.",
    "json_invalid": "This is no JSON that we can read.",
    "string_unicode": "This is no valid Unicode.",
    "string_pattern_mismatch": "This does not have the form that is documented.",
    "literal_error": "This is none of the values that are documented.",
    "one_answer": "Give one of value, values, text or skipped; text may stand beside value or values.",
    "one_edit": "Give exactly one of text, keep, as_typed, to_you or place.",
    "edit_not_taken": "This sentence does not take this edit. A record quotes answers: change the answer.",
    "text_too_long": "A sentence takes at most 1,000 characters, and what nobody reads at most 10,000.",
    "random_uuid": "Only a random UUID (version 4) may create a conversation, and only until it is answered.",
    "once": "Each answer stands once in a file.",
    "not_asked": "The flow asks nothing that this could be the answer to.",
    "not_taken": "The question, or this setting, does not take this value.",
    "pin_digits": "Send a JSON object with the six digits as `pin`, or with nothing in it.",
    "version_tag": "Give a quoted version, as in the ETag.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem on its way out. `slug` is None for what the framework refuses (404, 405)."""

    slug: str | None
    status: int
    title: str
    detail: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    turn: Turn | None = field(default=None, repr=False)
    errors: tuple[tuple[str, str], ...] = ()
    request_id: str = ""

    def body(self) -> bytes:
        """The problem as JSON. What must not differ (a 404) does not name the request either."""
        told: dict[str, Any] = {
            "type": f"/developers#{self.slug}" if self.slug else "about:blank",
            "title": self.title,
            "status": self.status,
        }
        if self.detail:
            told["detail"] = self.detail
        if self.slug not in ALIKE:
            told["instance"] = f"urn:uuid:{self.request_id}"
        if self.errors:
            told["errors"] = [{"pointer": pointer, "message": message} for pointer, message in self.errors]
        if self.turn is not None:
            told["turn"] = turn_out(self.turn)
        return to_json(told)


class Refusal(HTTPException):
    """A refusal at the edge, by slug; `errors` are pairs of pointer and name of a sentence."""

    def __init__(self, slug: str, *errors: tuple[str, str], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(CATALOGUE[slug].status, headers=headers)
        self.slug = slug
        self.errors = errors


def problem_of(request: Request, exc: Exception) -> Problem:
    """The problem that an exception is to the outside."""
    if isinstance(exc, errors.ServiceError):
        return _refused(request, exc)
    if isinstance(exc, Refusal):
        said = tuple((pointer, _sentence(name)) for pointer, name in exc.errors)
        return problem(request, exc.slug, errors=said, headers=exc.headers)
    if isinstance(exc, RequestValidationError):
        return problem(request, "invalid-request", errors=_faults(exc))
    if isinstance(exc, HTTPException) and exc.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return problem(request, "too-large")
    if isinstance(exc, HTTPException):
        status, headers = exc.status_code, dict(exc.headers or {})
        if "Allow" in headers:
            headers["Allow"] = ", ".join(_allowed(request))
        title = HTTPStatus(status).phrase
        return Problem(None, status, title, headers=headers, request_id=request_id(request))
    return problem(request, "unexpected")


def _allowed(request: Request) -> list[str]:
    """What may be done at this address: the framework names the methods of the first route alone."""
    scope = {name: request.scope[name] for name in ("type", "path", "root_path", "query_string", "headers")}
    return [
        method
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        if any(
            route.matches({**scope, "method": "GET" if method == "HEAD" else method})[0] == Match.FULL
            for route in request.app.routes
        )
    ]


def problem(request: Request, slug: str, **more: Any) -> Problem:
    """A problem of the catalogue; `more` are fields of Problem."""
    kind = CATALOGUE[slug]
    headers = dict(more.pop("headers", None) or {})
    if kind.retry_after is not None:
        headers.setdefault("Retry-After", str(kind.retry_after))
    more = {"status": kind.status, "detail": kind.detail, **more}
    return Problem(slug, title=kind.title, headers=headers, request_id=request_id(request), **more)


def _refused(request: Request, exc: errors.ServiceError) -> Problem:
    slug = BY_ERROR[type(exc)]
    if isinstance(exc, errors.KeyNotRandom):
        return problem(request, slug, errors=(("header/idempotency-key", _sentence("random_uuid")),))
    if isinstance(exc, errors.InvalidAnswer):
        return problem(request, slug, errors=((exc.pointer, _sentence(exc.why)),))
    if isinstance(exc, errors.TooManyTries):
        return problem(request, slug, headers={"Retry-After": str(exc.retry_after)})
    if not isinstance(exc, errors.Refused):
        return problem(request, slug)
    detail = f"It is at version {exc.turn.version}. {CATALOGUE[slug].detail}"
    tag = {"ETag": f'"{exc.turn.version}"'}
    by_header = isinstance(exc, errors.StaleVersion) and "if-match" in request.headers
    status = 412 if by_header else CATALOGUE[slug].status
    return problem(request, slug, status=status, detail=detail, turn=exc.turn, headers=tag)


def _faults(exc: RequestValidationError) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for fault in exc.errors():
        where, *loc = fault["loc"]
        own = [str(part) for part in loc if part in FIELDS or (isinstance(part, int) and where == "body")]
        if fault["type"] == "json_invalid":
            own = []
        pointer = "".join(f"/{part}" for part in own) if where == "body" else "/".join((where, *own))
        found[pointer, _sentence(fault["type"])] = None
    return tuple(found)[:20]


def _sentence(name: str) -> str:
    return SENTENCES.get(name, "This does not fit what is documented.")


def request_id(request: Request) -> str:
    """The id of this request, as in its log line and in `X-Request-Id`."""
    return str(request.scope.get("request_id", ""))


def respond(request: Request, found: Problem) -> Response:
    """A problem as JSON, or as a page where a page was asked for."""
    draw: Callable[[Request, Problem], Response] | None = getattr(request.app.state, "draw_problem", None)
    if draw is not None and not _came_from_a_program(request):
        try:
            return draw(request, found)
        except Exception as exc:
            _log.error("a problem could not be drawn", exc_info=exc, request_id=found.request_id)
    spoken = languages.of_problem(request.headers.get("accept-language"))
    told = {**found.headers, "Content-Language": spoken, "Vary": "Accept-Language"}
    return Response(found.body(), found.status, told, "application/problem+json")


def _came_from_a_program(request: Request) -> bool:
    path = request.url.path
    opens_link = path.startswith("/n/") and request.method == "POST" and not is_form(request)
    return opens_link or path.startswith(DRAWN_NOWHERE)


def install(app: FastAPI) -> None:
    """Sets the doors: every refusal leaves in the shape of a problem. What else is raised meets
    `headers.Edge`."""

    async def door(request: Request, exc: Exception) -> Response:
        return respond(request, problem_of(request, exc))

    for family in (errors.ServiceError, HTTPException, RequestValidationError):
        app.add_exception_handler(family, door)
