"""What the page of the interface shows: operations with fields, examples and problems, and the shapes."""

from dataclasses import dataclass
from typing import ClassVar

from app.web.views import Layout
from app.web.views_outside import KindOfProblem


@dataclass(frozen=True, slots=True)
class ApiField:
    """A field of a request or of a shape."""

    name: str
    """Its name."""

    place: str
    """Where a request has it: path, query, header or body; empty in a shape."""

    kind: str
    """What it holds, and within which limits."""

    shape: str
    """The shape that it holds; empty where it is none."""

    needed: bool
    """Whether it has to be there."""

    says: str
    """What it means; empty where the name says it."""


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """A success of an operation."""

    status: str
    """The HTTP status."""

    kind: str
    """The media type; empty without a body."""

    shape: str
    """The shape of its body; empty where it is none."""

    example: str
    """How it looks; empty without a body."""


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """An operation of the interface."""

    id: str
    """Its `operationId`, and its anchor on the page."""

    method: str
    """GET, POST and so on."""

    path: str
    """Its path."""

    says: str
    """What it does, in a sentence."""

    more: str
    """What else there is to know; empty where that is all."""

    opens: str
    """What opens it: `token`, `share`, or nothing."""

    fields: tuple[ApiField, ...]
    """What it takes."""

    curl: str
    """A line for a shell that does it."""

    answers: tuple[ApiAnswer, ...]
    """Its successes."""

    problems: tuple[KindOfProblem, ...]
    """What it may refuse, with the status it has here."""


@dataclass(frozen=True, slots=True)
class ApiGroup:
    """Operations that belong together."""

    id: str
    """Its anchor on the page."""

    operations: tuple[ApiOperation, ...]
    """In the order in which a program would call them."""


@dataclass(frozen=True, slots=True)
class ApiShape:
    """An object that goes in or out."""

    id: str
    """Its name, and its anchor on the page."""

    says: str
    """What it is; empty where the name says it."""

    fields: tuple[ApiField, ...]
    """What it holds."""


@dataclass(frozen=True, slots=True)
class ApiView:
    """`/developers/api`: the whole interface, from its own description."""

    template: ClassVar[str] = "api.html"

    layout: Layout
    """What stands around the page."""

    origin: str
    """Where the examples send to."""

    groups: tuple[ApiGroup, ...]
    """Every operation."""

    turn: str
    """A turn as JSON."""

    shapes: tuple[ApiShape, ...]
    """Every object that the operations speak of."""

    problems: tuple[KindOfProblem, ...]
    """Every problem."""
