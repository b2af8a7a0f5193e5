"""Views to HTML: the templates and what stands around every page.

Autoescaped, strict about what is missing, from our own files only. What a page shows is decided by
whoever makes the view.
"""

import hashlib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.service import Looked
from app.web import showing_help
from app.web.headers import Outside
from app.web.views import Layout, Row

_APP = Path(__file__).parents[1]


class View(Protocol):
    """A dataclass that names its template."""

    template: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@cache
def static(name: str) -> str:
    """The address of a file of ours, with a mark that changes with its bytes."""
    mark = hashlib.sha256((_APP / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={mark}"


templates = Environment(
    loader=FileSystemLoader(_APP / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.globals["static"] = static


def drawn(view: View) -> str:
    """The page as HTML."""
    shown = {each.name: getattr(view, each.name) for each in fields(view)}
    return templates.get_template(view.template).render(shown)


def page(view: View, status: int = 200) -> HTMLResponse:
    """The page as a response."""
    return HTMLResponse(drawn(view), status)


def layout(
    outside: Outside,
    title: str,
    label: str = "Go to the text",
    target: str = "main",
    contacts: tuple[Row, ...] = (),
) -> Layout:
    """What stands around a page outside of a conversation."""
    help_now = outside.text.address("/help")
    return Layout(
        _titled(title), target, label, outside.exit_url, help_now, contacts=contacts, text=outside.text
    )


def layout_within(
    outside: Outside,
    conversation: str,
    title: str,
    *,
    label: str = "Go to the text",
    target: str = "main",
    country: str | None = None,
    has_code: bool | None = None,
    name_is_heading: bool = False,
    contacts: tuple[Row, ...] = (),
) -> Layout:
    """What stands around a page of a conversation, by its public id; `has_code` None where nobody looked."""
    path = f"/c/{conversation}"
    return Layout(
        _titled(title),
        target,
        label,
        outside.exit_url,
        f"{path}/help" + (f"?country={country}" if country else ""),
        path,
        {None: "unknown", True: "keeps", False: "erases"}[has_code],
        name_is_heading,
        contacts,
        outside.text,
    )


def layout_of_turn(outside: Outside, conversation: str, title: str, looked: Looked, label: str) -> Layout:
    """What stands around a turn, whose first heading is the project's name."""
    return layout_within(
        outside,
        conversation,
        title,
        label=label,
        target="turn",
        country=looked.country,
        has_code=looked.has_code,
        name_is_heading=True,
        contacts=showing_help.rows(looked.turn.support.contacts),
    )


def _titled(title: str) -> str:
    """The tab's title: neutral, for a phone that is looked at (the clinical guide, 4.7)."""
    return f"{title} - Notes" if title else "Notes"
