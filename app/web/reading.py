"""The kinds of routes. A body of /v1 is read as strict JSON, or refused with nothing quoted; a page that
is there to GET answers HEAD as well.

The standard reader of JSON takes NaN, lone surrogates and any depth; this one takes none of them.
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from app.web import sizes

FORM = "application/x-www-form-urlencoded"


def is_form(request: Request) -> bool:
    """Whether a page's form sent this, and not a program."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


class JsonRequest(Request):
    """A request whose body is read strictly."""

    async def json(self) -> Any:
        """The body; raises JSONDecodeError without a word of it."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError:
            raise json.JSONDecodeError("no JSON", "", 0) from None


class JsonRoute(APIRoute):
    """A route that reads its body strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, given the strict request."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(JsonRequest(request.scope, request.receive))

        return strict


class PageRoute(APIRoute):
    """A route of a page: where GET is answered, so is HEAD; a size of text that the address of a page of a
    conversation names is kept from then on."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        super().__init__(path, endpoint, **more)
        if self.methods and "GET" in self.methods:
            self.methods.add("HEAD")

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, and the size kept after it."""
        handler = super().get_route_handler()

        async def keeping(request: Request) -> Response:
            response = await handler(request)
            size, conversation = sizes.asked_for(request), request.path_params.get("id")
            if size and conversation and request.method == "GET":
                request.app.state.house.outside.keep_size(request, response, conversation, size)
            return response

        return keeping
