"""What a safety net is made of: families and routers as authors write them, and as the matcher tags them.

How a text is heard stands in safety.py, what routers do to a hit in routing.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from app.engine.phrases import PhraseError, Rule

Route = Literal["crisis_self", "crisis_other", "danger", "misconduct"]
Certainty = Literal["explicit", "unclear"]
Effect = Literal["none", "unclear"]
Scope = Literal["clause", "sentence", "around"]

ROUTES: tuple[Route, ...] = ("crisis_self", "crisis_other", "danger", "misconduct")
"""Where a finding may lead, the most urgent first (the clinical guide, 4.2)."""
CERTAINTIES: tuple[Certainty, ...] = ("explicit", "unclear")
LEVELS = ("blurred", "stop")
EFFECTS: tuple[Effect, ...] = ("none", "unclear")
SCOPES: tuple[Scope, ...] = ("clause", "sentence", "around")
POINTS = "points"
"""The family of what the learned half hears (sensing.py)."""

RouterPart = Literal["touching", "before", "after", "near", "stop", "but_not", "unless"]
PARTS: tuple[RouterPart, ...] = ("touching", "before", "after", "near", "stop", "but_not", "unless")


@dataclass(frozen=True, slots=True)
class FamilySource:
    """One way of saying one thing, as its author wrote it.

    `question` is needed where `certainty` is unclear, or where a router may make it so. `slots` gives the
    class of a slot. `not_` takes a hit back that it touches; `skip` names routers that do not apply here.
    `page` is one of the route's, `level` belongs to `misconduct`. `examples` must and must not be heard.
    """

    route: str
    certainty: str
    question: str | None = None
    page: str | None = None
    level: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    any: tuple[Rule, ...] = ()
    not_: tuple[Rule, ...] = ()
    skip: tuple[str, ...] = ()
    why: str = ""
    yes: tuple[Rule, ...] = ()
    no: tuple[Rule, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class RouterSource:
    """What makes a hit count less, as its author wrote it.

    `effect`: the hit says nothing (`none`) or is asked about (`unclear`, with `question` if its family has
    none). The marks may stand `touching` the hit, `before`, `after` or `near` it: in its clause or, with
    `scope`, in its sentence or in the words around it. A `stop` between mark and hit cuts the link,
    `but_not` are no marks, `even_cancels`: two marks are none. `unless` in the hit's clause, or around it
    where the marks are, switches the router off. `routes`: only for families of these routes; empty means
    all. `only`: for these families alone; `points` is what the learned half hears, which no other router
    touches.
    """

    effect: str
    touching: tuple[Rule, ...] = ()
    before: tuple[Rule, ...] = ()
    after: tuple[Rule, ...] = ()
    near: tuple[Rule, ...] = ()
    stop: tuple[Rule, ...] = ()
    but_not: tuple[Rule, ...] = ()
    unless: tuple[Rule, ...] = ()
    scope: str = "clause"
    even_cancels: bool = False
    routes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    question: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """A phrase of a family, with all that a finding needs. `takes_back`: it is one of its `not`."""

    family: str
    route: Route
    certainty: Certainty
    question: str | None
    page: str | None
    skip: frozenset[str]
    rule: str
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class RouterMark:
    """A phrase of a router, and which of its lists it stands in."""

    router: str
    part: RouterPart


@dataclass(frozen=True, slots=True)
class Router:
    """A router without its phrases."""

    name: str
    effect: Effect
    scope: Scope
    even_cancels: bool
    routes: frozenset[str]
    only: frozenset[str]
    question: str | None


Word = TypeVar("Word", bound=str)
NetTag = FamilyRule | RouterMark
NetRule = tuple[Rule, NetTag, Mapping[str, str]]


def routers_of(sources: Mapping[str, RouterSource], families: Iterable[str]) -> tuple[Router, ...]:
    """The routers, checked, in the order in which they are asked. Raises PhraseError."""
    known = (POINTS, *families)
    made = []
    for name, source in sources.items():
        scope = _one_of(source.scope, SCOPES, f'router "{name}": scope', source.place)
        for route in source.routes:
            _one_of(route, ROUTES, f'router "{name}": route', source.place)
        for family in source.only:
            _one_of(family, known, f'router "{name}": only', source.place)
        effect = _one_of(source.effect, EFFECTS, f'router "{name}": effect', source.place)
        routes, only = frozenset(source.routes or ROUTES), frozenset(source.only)
        made.append(Router(name, effect, scope, source.even_cancels, routes, only, source.question))
    return tuple(made)


def family_rules(sources: Mapping[str, FamilySource], routers: tuple[Router, ...]) -> Iterator[NetRule]:
    """The phrases of all families, checked and tagged. Raises PhraseError."""
    for name, source in sources.items():
        what = f'family "{name}"'
        route = _one_of(source.route, ROUTES, f"{what}: route", source.place)
        certainty = _one_of(source.certainty, CERTAINTIES, f"{what}: certainty", source.place)
        if source.level is not None:
            _one_of(source.level, LEVELS, f"{what}: level", source.place)
        for router in source.skip:
            _one_of(router, tuple(known.name for known in routers), f"{what}: skip", source.place)
        _check_question(name, source, routers)
        skip = frozenset(source.skip)
        for rules, takes_back in ((source.any, False), (source.not_, True)):
            for rule in rules:
                tag = FamilyRule(
                    name, route, certainty, source.question, source.page, skip, rule.place, takes_back
                )
                yield rule, tag, source.slots


def router_rules(sources: Mapping[str, RouterSource]) -> Iterator[NetRule]:
    """The phrases of all routers, tagged."""
    for name, source in sources.items():
        for part in PARTS:
            for rule in getattr(source, part):
                yield rule, RouterMark(name, part), {}


def _check_question(name: str, source: FamilySource, routers: tuple[Router, ...]) -> None:
    if source.question is not None:
        return
    if source.certainty == "unclear":
        raise PhraseError(f'family "{name}" is unclear and asks no question', source.place)
    for router in routers:
        named = name in router.only or not router.only
        passes = named and source.route in router.routes and router.name not in source.skip
        if passes and router.effect == "unclear" and router.question is None:
            message = f'router "{router.name}" makes family "{name}" unclear, but neither has a question'
            raise PhraseError(message, source.place)


def _one_of(value: str, values: tuple[Word, ...], what: str, at: str) -> Word:
    for known in values:
        if value == known:
            return known
    raise PhraseError(f'{what} is one of {", ".join(values)}, not "{value}"', at)
