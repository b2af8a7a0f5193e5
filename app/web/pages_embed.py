"""For a host's page: the element's script, the frame, its look, and a page that writes the snippet.

The conversation inside the frame is the pages of `pages.py`, fetched by `static/frame.js`.
"""

import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse

from app.web import drawing, showing_help, theming
from app.web.deps import Help, IfNoneMatch, Outside, Talks, is_known, language_for
from app.web.reading import PageRoute
from app.web.views_embed import EmbedView, Snippet, SnippetView

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
Short = Annotated[str, Query(max_length=100)]
FOR_HOSTS = {"Cross-Origin-Resource-Policy": "cross-origin"}
LABEL = "Put it into words"
SIZED = 'width="100%" height="640"'  # left alone, browsers make a frame 300 by 150 pixels
WIDGET = Path(__file__).parents[1] / "static" / "widget.js"


@cache
def _widget() -> tuple[bytes, str]:
    content = WIDGET.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


@router.get("/widget.js")
async def widget(known: IfNoneMatch = None) -> Response:
    """The custom element, for any page."""
    content, etag = _widget()
    headers = FOR_HOSTS | {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache", "ETag": etag}
    if is_known(etag, known):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/javascript", headers=headers)


@router.get("/embed/theme.css")
async def theme(accent: Short = "", on: Short = "", radius: Short = "", scale: Short = "") -> Response:
    """The look that a host asks for, made readable."""
    rules = theming.stylesheet(theming.Theme.read(accent, on, radius, scale))
    return Response(rules, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/embed/{flow}")
async def embed(
    request: Request,
    talks: Talks,
    helping: Help,
    outside: Outside,
    flow: Annotated[str, InPath(max_length=100)],
    lang: Short = "",
    accent: Short = "",
    on: Short = "",
    radius: Short = "",
    scale: Short = "",
) -> Response:
    """What this is, in a frame; only the listed origins and our own page for integrators may show it."""
    card = talks.flow(flow)
    look = {"accent": accent, "on": on, "radius": radius, "scale": scale}
    asked = {name: value for name, value in look.items() if value.strip()}
    help_now = helping.page(None)
    view = EmbedView(
        drawing.layout(outside, "", contacts=showing_help.rows((*help_now.first, *help_now.directories[:2]))),
        card.id,
        card.minutes,
        language_for(card, None, lang) or card.languages[0],
        " ".join(sorted(outside.origins)),
        outside.origin_for(request).partition("://")[2],
        f"/embed/theme.css?{urlencode(asked)}" if asked else "",
        str(uuid4()),
    )
    response = drawing.page(view)
    ancestors = " ".join(("'self'", *sorted(outside.origins)))
    response.headers.update(FOR_HOSTS)
    response.headers["Content-Security-Policy"] = outside.policy(ancestors=ancestors)
    return response


@router.get("/developers/embed")
async def write_snippet(
    request: Request,
    talks: Talks,
    outside: Outside,
    flow: Short = "",
    mode: Literal["", "inline", "bubble"] = "",
    label: Short = "",
    accent: Short = "",
    radius: Short = "",
    scale: Short = "",
) -> Response:
    """The snippet for a host's page, and what it makes of the frame."""
    flows = tuple((card.id, card.title) for card in talks.flows())
    chosen = talks.flow(flow).id if flow else flows[0][0]
    kept = theming.Theme.read(accent, "", radius, scale)
    origin = outside.origin_for(request)
    snippet = snippet_of(origin, chosen, mode or "inline", " ".join(label.split()) or LABEL, kept)
    around = drawing.layout(outside, "Put it on your page")
    view = SnippetView(around, flows, snippet, origin, bool(outside.origins))
    response = drawing.page(view)
    response.headers["Content-Security-Policy"] = outside.policy(frames="'self'")
    return response


def snippet_of(origin: str, flow: str, mode: str, label: str, look: theming.Theme) -> Snippet:
    """The element for a page, in the order in which its attributes are told of."""
    accent = theming.written(look.accent) if look.accent else ""
    radius = "" if look.radius is None else f"{look.radius:g}"
    scale = "" if look.scale is None else f"{look.scale:g}"
    style = [("--iw-accent", accent), ("--iw-radius", radius and f"{radius}px"), ("--iw-font-scale", scale)]
    rules = "; ".join(f"{name}: {value}" for name, value in style if value)
    shown = escape(label)
    text = f'<script type="module" src="{origin}/widget.js"></script>\n'
    if rules:
        text += f"<style>into-words {{ {rules} }}</style>\n"
    text += f'<into-words flow="{flow}" mode="{mode}" label="{shown}">\n'
    text += f'  <a href="{origin}/talk/{flow}">{shown}</a>\n</into-words>'
    query = {"accent": accent, "radius": radius, "scale": scale}
    asked = urlencode({name: value for name, value in query.items() if value})
    preview = f"/embed/{flow}" + (f"?{asked}" if asked else "")
    plain = f'<iframe src="{origin}{escape(preview)}" title="{shown}" {SIZED}></iframe>'
    return Snippet(flow, mode, label, accent, radius, scale, text, plain, preview)
