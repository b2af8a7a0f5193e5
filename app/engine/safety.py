"""The safety net: the one door through which a client's words come in.

Rules cannot assess anybody, and this net does not try. It has one job: to decide whether to stop and offer
help now (the clinical guide, 4.1). Lists of words fail at that in both directions. Talk about therapy is
full of *I want to end it* and *I'm done*, while people in danger seldom use a word from a list. So:

- A **family** is one way of saying one thing, with slots for who, when and what. It says where it leads and
  how sure that is. *explicit* opens a page of help at once, so it must be precise. *unclear* costs one tap
  on one question, so it may be wide.
- A **router** looks at the clause around a hit and takes it back or lowers it to the question: idioms,
  denials, other people, the past, what somebody asked, therapy as the thing that ends. Routers look at the
  clause and not at the whole text, because *I'm not suicidal, I just don't want to exist* denies one thing
  and says another. A negation inside the family's own words is part of what is said (*I can't go on*).
- The **strongest** finding left decides, but all are kept: the others stay linked on the page.
- A finding carries a **digest** of its words, so that words explained once are never asked about again.
  Families stay out of the digest: two families that hear the same words are one question to a person.

`hear` is the only maker of `Heard`, and all else in the engine takes `Heard`, never a plain text: so the
types show that nothing is matched, saved or obeyed before the net has heard it. Nothing here knows what a
page or a question says; that stands in `_shared/safety.yaml`, and the families and routers of a language in
`_shared/safety.en.yaml`. Whatever is typed, the time is linear and nothing raises.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.matching import Match, Phrases
from app.engine.nets import (
    CERTAINTIES,
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
from app.engine.phrases import compile_phrases
from app.engine.routing import routed, router_marks
from app.engine.tokens import Reading, read

_DIGEST_CHARACTERS = 16


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


def compile_net(
    families: Mapping[str, FamilySource],
    routers: Mapping[str, RouterSource],
    classes: Mapping[str, tuple[str, ...]],
) -> Net:
    """Compile a net. Raises PhraseError at the first phrase, family or router that makes no sense.

    >>> from app.engine.phrases import Rule
    >>> wish = FamilySource("crisis_self", "explicit", any=(Rule("want to die", "x.yaml:2:9"),), page="dying")
    >>> denial = RouterSource("none", before=(Rule("not"),))
    >>> net = compile_net({"wish": wish}, {"negation": denial}, {})
    >>> hear(net, "I want to die").strongest.route, hear(net, "I do not want to die").findings
    ('crisis_self', ())
    """
    checked = routers_of(routers)
    rules = [*family_rules(families, checked), *router_rules(routers)]
    return Net(tuple(families), checked, compile_phrases(rules, classes))


def hear(net: Net, text: str) -> Heard:
    """Let the net hear a text. Any text is legal, an empty one too."""
    reading = read(text)
    hits: list[Match[FamilyRule]] = []
    marks: list[Match[RouterMark]] = []
    for match in net._phrases.find(reading):
        if isinstance(match.tag, RouterMark):
            marks.append(Match(match.tag, match.first, match.last))
        else:
            hits.append(Match(match.tag, match.first, match.last))
    findings: dict[tuple[str, str], Finding] = {}
    sorted_marks = router_marks(reading, marks)
    for hit in _longest(hits):
        left = routed(net.routers, hit, sorted_marks)
        if left is not None:
            finding = _finding(hit, left, reading)
            known = findings.get((finding.family, finding.digest))
            if known is None or _strength(finding) < _strength(known):
                findings[finding.family, finding.digest] = finding
    return Heard(text, tuple(sorted(findings.values(), key=_strength)), reading)


def _longest(hits: list[Match[FamilyRule]]) -> list[Match[FamilyRule]]:
    """The hits that their family does not take back and that lie in no longer one of it, by place."""
    taken_back = {
        (hit.tag.family, at) for hit in hits if hit.tag.takes_back for at in range(hit.first, hit.last)
    }
    behind: dict[str, int] = {}
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        family = hit.tag.family
        if hit.tag.takes_back or any((family, at) in taken_back for at in range(hit.first, hit.last)):
            continue
        if hit.last > behind.get(family, 0):
            kept.append(hit)
            behind[family] = hit.last
    return kept


def _finding(hit: Match[FamilyRule], left: tuple[Certainty, str | None], reading: Reading) -> Finding:
    said, (certainty, question) = hit.tag, left
    words = " ".join(reading.words[hit.first : hit.last])
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARACTERS]
    span = reading.span(hit.first, hit.last)
    return Finding(said.family, said.route, certainty, question, said.page, span, digest, said.rule)


def _strength(finding: Finding) -> tuple[int, int, int]:
    return ROUTES.index(finding.route), CERTAINTIES.index(finding.certainty), finding.span[0]
