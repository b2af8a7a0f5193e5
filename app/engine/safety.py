"""The safety net: the one door through which a client's words come in.

Rules cannot assess anybody, and this net does not try. It has one job: to decide whether to stop and offer
help now (the clinical guide, 4.1). Lists of words fail at that in both directions. Talk about therapy is
full of *I want to end it* and *I'm done*, while people in danger seldom use a word from a list. So:

- A **family** is one way of saying one thing, with slots for who, when and what. It says where it leads and
  how sure that is. *explicit* opens a page of help at once, so it must be precise. *unclear* costs one tap
  on one question, so it may be wider.
- A **router** looks at the clause around a hit and takes it back or lowers it to the question: idioms,
  denials, other people, the past, what somebody asked, therapy as the thing that ends. Routers look at the
  clause and not at the whole text, because *I'm not suicidal, I just don't want to exist* denies one thing
  and says another. A negation inside the family's own words is part of what is said (*I don't want to wake
  up*).
- The **strongest** finding left decides, but all are kept: the others stay linked on the page.
- A **learned half** (sensing.py) listens, sentence by sentence and as a whole, for what no family says. It
  may ask the one question; it never opens a page and never silences a family. What it hears faintly is asked
  about where somebody first says what is wrong; later, checks.py lets it pass.
- A finding carries a **digest** of its words, so that words explained once are never asked about again.
  Families stay out of the digest: two families that hear the same words are one question to a person.

`hear` is the only maker of `Heard`, and all else in the engine takes `Heard`, never a plain text: so the
types show that nothing is matched, saved or obeyed before the net has heard it. Nothing here knows what a
page or a question says; that stands in `_shared/safety.yaml`, and the families and routers of a language in
`_shared/safety.en.yaml`. Whatever is typed, the time is linear and nothing raises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.matching import Match, Phrases, matches_of
from app.engine.nets import (
    CERTAINTIES,
    POINTS,
    ROUTES,
    Certainty,
    FamilyRule,
    FamilySource,
    NetTag,
    Route,
    Router,
    RouterMark,
    RouterSource,
    family_rules,
    router_rules,
    routers_of,
)
from app.engine.phrases import Rule, compile_phrases
from app.engine.plain import Plain, plain_danger
from app.engine.routing import RouterMarks, routed, router_marks
from app.engine.sensing import Sense, digest_of, sense
from app.engine.tokens import Reading, read

FAINT = "points_faint"
"""The same, where it hears so little that not every place is asked about it."""
_CLEAR = 50
"""Tenths over its threshold from which what it hears is not faint."""
_FEWEST_WORDS = 3
"""One or two words are left to the families: there is nothing beside them to weigh."""
_DYING = "dying"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the net heard at one place.

    `question`: the id of the one question, for unclear ones. `page`: which page of its route. `span`:
    code points [from, to) of what was typed. `digest`: of the normalised words alone. `rule`: the place of
    the phrase, "file:line:col".
    """

    family: str
    route: Route
    certainty: Certainty
    question: str | None
    page: str | None
    span: tuple[int, int]
    digest: str
    rule: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A text that has passed the net, with all that the net found, strongest first."""

    text: str = field(repr=False)
    findings: tuple[Finding, ...] = ()
    reading: Reading = field(repr=False, compare=False, default_factory=lambda: read(""))

    @property
    def strongest(self) -> Finding | None:
        """The finding that decides, if there is any."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class Net:
    """All families and routers of a language, compiled. Made by `compile_net`, never changed."""

    families: tuple[str, ...]
    routers: tuple[Router, ...]
    _phrases: Phrases[NetTag] = field(repr=False)
    sense: Sense | None = field(default=None, repr=False)
    plain: Plain | None = field(default=None, repr=False)
    _young: Phrases[str] | None = field(default=None, repr=False)


def compile_net(
    families: Mapping[str, FamilySource],
    routers: Mapping[str, RouterSource],
    classes: Mapping[str, tuple[str, ...]],
    sense: Sense | None = None,
    plain: Plain | None = None,
    under_18: tuple[Rule, ...] = (),
) -> Net:
    """Compile a net, with its learned half and its sayings in other languages where there are any, and
    what people under 18 say of themselves. Raises PhraseError at the first phrase, family or router that
    makes no sense.

    >>> from app.engine.phrases import Rule
    >>> wish = FamilySource("crisis_self", "explicit", any=(Rule("want to die", "x.yaml:2:9"),), page="dying")
    >>> denial = RouterSource("none", before=(Rule("not"),))
    >>> net = compile_net({"wish": wish}, {"negation": denial}, {})
    >>> hear(net, "I want to die").strongest.route, hear(net, "I do not want to die").findings
    ('crisis_self', ())
    """
    checked = routers_of(routers, families)
    rules = [*family_rules(families, checked), *router_rules(routers)]
    young = compile_phrases([(rule, "under_18", {}) for rule in under_18], classes)
    return Net(tuple(families), checked, compile_phrases(rules, classes), sense, plain, young)


def tells_under_18(net: Net, text: str) -> bool:
    """Whether a text says that its writer is a child, for whom a child line comes first (the clinical
    guide, 4.3).

    >>> from app.engine.phrases import Rule
    >>> net = compile_net({}, {}, {}, under_18=(Rule("i am fifteen"),))
    >>> tells_under_18(net, "I am fifteen and nobody knows"), tells_under_18(net, "she is fifteen")
    (True, False)
    """
    return net._young is not None and bool(net._young.find(read(text)))


def hear(net: Net, text: str) -> Heard:
    """Let the net hear a text. Any text is legal, an empty one too."""
    reading = read(text)
    begun = list(net._phrases.begun(reading))
    hits = matches_of((tag, bits) for tag, bits in begun if isinstance(tag, FamilyRule))
    marks = router_marks(reading, ((tag, bits) for tag, bits in begun if isinstance(tag, RouterMark)))
    findings: dict[tuple[str, str], Finding] = {}
    digests: dict[tuple[str, ...], str] = {}
    for hit in _longest(hits):
        words = reading.words[hit.first : hit.last]
        if (digest := digests.get(words)) is None:
            digest = digests[words] = digest_of(words)
        known = findings.get((hit.tag.family, digest))
        # Said again, the same words count for no more than the family can, nor than what is known.
        if known is not None and (known.certainty == "explicit" or hit.tag.certainty == "unclear"):
            continue
        left = routed(net.routers, hit, marks)
        if left is not None:
            finding = _finding(hit, left, reading, digest)
            if known is None or _strength(finding) < _strength(known):
                findings[finding.family, finding.digest] = finding
    found = [*findings.values(), *_plainly(net, text)]
    if net.sense is not None:
        found += _sensed(net, net.sense, reading, (found, marks))
    return Heard(text, tuple(sorted(found, key=_strength)), reading)


def _plainly(net: Net, text: str) -> list[Finding]:
    """Plain danger in another language."""
    pages: dict[Route, str | None] = {"crisis_self": _DYING}
    return [
        Finding(
            f"plain_{said.language}", said.route, "explicit", None, pages.get(said.route), said.span,
            digest_of(said.words), said.place,
        )
        for said in (plain_danger(net.plain, text) if net.plain else ())
    ]  # fmt: skip


def _sensed(
    net: Net, table: Sense, reading: Reading, heard: tuple[list[Finding], RouterMarks]
) -> list[Finding]:
    """What the learned half asks about, unless its route is heard already, there are too few words, or a
    router that is for it takes it back."""
    if len(reading) < _FEWEST_WORDS:
        return []
    found, marks = heard

    def is_taken_back(route: Route, first: int, last: int) -> bool:
        rule = FamilyRule(POINTS, route, "unclear", None, None, frozenset(), POINTS)
        return routed(net.routers, Match(rule, first, last), marks) is None

    sensed = sense(table, reading, is_taken_back)
    if sensed is None or any(finding.route == sensed.route for finding in found):
        return []
    reasons = ", ".join(f"{cue} {points}" for cue, points in sensed.because)
    span, digest = (
        reading.span(sensed.first, sensed.last),
        digest_of(reading.words[sensed.first : sensed.last]),
    )
    family = POINTS if sensed.over >= _CLEAR else FAINT
    return [
        Finding(family, sensed.route, "unclear", sensed.question, None, span, digest, f"{POINTS}: {reasons}")
    ]


def _longest(hits: list[Match[FamilyRule]]) -> list[Match[FamilyRule]]:
    """The hits that their family does not take back and that lie in no longer one of it, by place."""
    taken_back = {
        (hit.tag.family, at) for hit in hits if hit.tag.takes_back for at in range(hit.first, hit.last)
    }
    behind: dict[str, int] = {}
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        family = hit.tag.family
        if hit.tag.takes_back or hit.last <= behind.get(family, 0):
            continue
        if not taken_back or not any((family, at) in taken_back for at in range(hit.first, hit.last)):
            kept.append(hit)
            behind[family] = hit.last
    return kept


def _finding(
    hit: Match[FamilyRule], left: tuple[Certainty, str | None], reading: Reading, digest: str
) -> Finding:
    said, (certainty, question) = hit.tag, left
    span = reading.span(hit.first, hit.last)
    return Finding(said.family, said.route, certainty, question, said.page, span, digest, said.rule)


def _strength(finding: Finding) -> tuple[int, int, int]:
    return ROUTES.index(finding.route), CERTAINTIES.index(finding.certainty), finding.span[0]
