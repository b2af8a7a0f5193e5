"""One middleware for what every request meets: request id, origins, body cap, headers, log line.

Pure ASGI, and the outermost: what no door caught becomes a problem here, so that no server behind
it ever prints a traceback.
"""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import limits, problems, sizes

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CLEAR = '"cache", "storage"'
"""`Clear-Site-Data` on leave and delete. Never "cookies": that clears a practice's whole domain."""

_log = structlog.get_logger()

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=(), browsing-topics=()",
}
# Chromium holds form-action against the redirect after a post as well: Leave needs its site here.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self' {exit}; base-uri 'none'; frame-src {frames}; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; trusted-types {types}"
)
_NOT_FOR_ROBOTS = ("/v1/", "/c/", "/n/", "/embed/")
_CORS_IN = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
_CORS_OUT = "ETag, Location, Retry-After, X-PDF-Standard, X-Request-Id"


@dataclass(frozen=True, slots=True)
class Outside:
    """How the outside reaches us and whom we let in. All are origins, but `exit_url` is an address.

    `public_origin` is None on loopback, where any name of this machine is ours. `text` is how large the
    text is to be for whoever asks now.
    """

    public_origin: str | None
    origins: frozenset[str]
    exit_url: str
    exit_origin: str
    text: sizes.TextSize = sizes.USUAL

    @property
    def cookie(self) -> str:
        """The cookie's name: behind TLS the browser itself insists on `Secure`."""
        return "__Secure-iw" if self.secure else "iw"

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over TLS."""
        return (self.public_origin or "").startswith("https://")

    def keep(self, response: Response, conversation: str, held: str) -> None:
        """Give the browser what it holds for this conversation: for its pages alone, until it is closed."""
        response.set_cookie(
            self.cookie,
            held,
            path=f"/c/{conversation}",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def keep_size(self, request: Request, response: Response, conversation: str, size: sizes.Size) -> None:
        """Keep a size of text in the cookie, where the browser has one of this conversation."""
        held = request.cookies.get(self.cookie)
        if held:
            self.keep(response, conversation, sizes.marked(held, size))

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a request's `Origin` is our own."""
        return origin == self._origin_at(host)

    def origin_for(self, request: Request) -> str:
        """Our own origin as whoever asks now has it: where we are served, port and all."""
        return self._origin_at(request.headers.get("host", "127.0.0.1:8000"))

    def _origin_at(self, host: str) -> str:
        return self.public_origin or f"http://{host}".lower()

    def policy(self, *, frames: str = "'none'", ancestors: str = "'none'", types: str = "iw") -> str:
        """The content security policy of a page: what it may frame, who may frame it, and which trusted
        types it may make (`iw` is the one with which our module reads a page that it fetched)."""
        return _POLICY.format(exit=self.exit_origin, frames=frames, ancestors=ancestors, types=types)


class Edge:
    """The middleware."""

    def __init__(self, app: ASGIApp, outside: Outside) -> None:
        self._app = app
        self._outside = outside
        self._always = dict(_ALWAYS)
        self._always["Content-Security-Policy"] = outside.policy()
        if outside.secure:
            self._always["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; only cancellation gets past."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        scope["request_id"] = str(uuid.uuid4())
        # Where GET is answered, so is HEAD: by the same route, without what it would send.
        only_head = scope["method"] == "HEAD"
        inner = {**scope, "method": "GET"} if only_head else scope
        status = 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, message)
            elif only_head:
                message = {**message, "body": b""}
            await send(message)

        request = Request(inner)
        try:
            early = self._refused_early(request)
            await (early or self._app)(inner, limits.capped(receive, limits.most_of(scope["path"])), told)
        except Exception as exc:
            _log.error("a request failed", exc_info=exc, request_id=scope["request_id"])
            if not status:
                failed = problems.respond(request, problems.problem_of(request, exc))
                await failed(inner, receive, told)
        finally:
            self._write_line(scope["method"], inner, status, time.perf_counter() - began)

    def _refused_early(self, request: Request) -> Response | None:
        """The answer that needs no route: a preflight, or a refusal."""
        if request.url.path.startswith("/v1/"):
            origin = request.headers.get("origin")
            allowed = origin is None or self._lets_in(origin, request)
            if not allowed:
                return problems.respond(request, problems.problem(request, "origin-not-allowed"))
            if origin and request.method == "OPTIONS" and "access-control-request-method" in request.headers:
                return Response(status_code=204, headers=_PREFLIGHT)
        if limits.declares_too_much(request.scope["headers"], limits.most_of(request.url.path)):
            return problems.respond(request, problems.problem(request, "too-large"))
        return None

    def _lets_in(self, origin: str, request: Request) -> bool:
        listed = origin in self._outside.origins
        return listed or self._outside.is_ours(origin, request.headers.get("host", ""))

    def _add_headers(self, scope: Scope, message: Message) -> None:
        headers, path = MutableHeaders(scope=message), scope["path"]
        if path.startswith("/n/"):
            # What opens a link makes no HTML out of text.
            headers["Content-Security-Policy"] = self._outside.policy(types="'none'")
        for name, value in self._always.items():
            headers.setdefault(name, value)
        kept = path.startswith("/static/") and message["status"] in (200, 304)
        headers.setdefault("Cache-Control", _caching(scope["query_string"]) if kept else "no-store")
        headers["X-Request-Id"] = scope["request_id"]
        if path.startswith(_NOT_FOR_ROBOTS):
            headers["X-Robots-Tag"] = "noindex"
        if path.startswith("/v1/"):
            headers.add_vary_header("Origin")
            origin = Request(scope).headers.get("origin")
            if origin in self._outside.origins:
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Expose-Headers"] = _CORS_OUT

    def _write_line(self, method: str, scope: Scope, status: int, seconds: float) -> None:
        _log.info(
            "request",
            method=method if method in METHODS else "other",
            route=getattr(scope.get("route"), "path", "none"),
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=scope["request_id"],
        )


_PREFLIGHT: Mapping[str, str] = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": _CORS_IN,
    "Access-Control-Max-Age": "600",
}


def _caching(query: bytes) -> str:
    """Of a file of ours: for good where its address changes with its bytes."""
    return "public, max-age=31536000, immutable" if query.startswith(b"v=") else "no-cache"
