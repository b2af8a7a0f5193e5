"""What was heard in an answer, and whether it still has to be asked about.

Meanings are remembered by question and by the digest of the words: "not what I meant" never asks
twice about the same words, an edit of other words disturbs nothing, and Back passes over a check.
A text gets one question at most: its strongest unclear words. Explicit words get their page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.engine.safety import Finding
from app.engine.state import Entry, State
from app.engine.support import Check, Page, SafetyOption, SafetyTexts, TellThem

TELL_THEM = "safety/tell_them"
GRANTED = "granted"  # the client asked for a note to the therapist after misconduct


@dataclass(frozen=True, slots=True)
class Checking:
    """A safety question that waits. `id` is the question's; `entry` the key of the answer in which
    the words stood (None for `tell_them`); `digests` are all that its answer settles. `line`
    answers the reason chosen last on a page."""

    id: str
    asks: Check | Page | TellThem
    entry: str | None
    digests: tuple[str, ...]
    line: str | None = None

    @property
    def options(self) -> tuple[SafetyOption, ...]:
        """What can be chosen."""
        if isinstance(self.asks, TellThem):
            return (SafetyOption("yes", self.asks.yes), SafetyOption("no", self.asks.no))
        return self.asks.options


def pending_check(key: str, entry: Entry, state: State, texts: SafetyTexts) -> Checking | None:
    """The page or question that this answer's words still need, explicit ones first."""
    for finding in entry.findings:
        if finding.certainty == "explicit":
            page = _open_page(key, finding.route, finding.page, finding.digest, state, texts)
            if page:
                return page
    unclear = [f for f in entry.findings if f.certainty == "unclear" and f.question]
    if not unclear:
        return None
    settled = [(f, meaning) for f in unclear if (meaning := _meaning(f, state)) is not None]
    if not settled:
        first = unclear[0]
        together = tuple(f.digest for f in unclear if f.question == first.question)
        return Checking(f"safety/{first.question}", texts.checks[first.question or ""], key, together)
    for finding, meaning in settled:
        option = _option(texts.checks[finding.question or ""].options, meaning)
        if option and option.route:
            return _open_page(key, option.route, option.page, finding.digest, state, texts)
    return None


def tell_them_pending(state: State, texts: SafetyTexts) -> Checking | None:
    """Before a note, after thoughts of dying: may the therapist know? Asked once."""
    if TELL_THEM in state.meanings or "crisis_self" not in routes_heard(state, texts):
        return None
    return Checking(TELL_THEM, texts.tell_them, None, ())


def routes_heard(state: State, texts: SafetyTexts) -> frozenset[str]:
    """The routes that were plainly said or confirmed, on the path or off it."""
    routes: set[str] = set()
    for entry in state.entries.values():
        routes |= {f.route for f in entry.findings if f.certainty == "explicit"}
        routes |= {option.route for option in _chosen(entry.findings, state, texts) if option.route}
    return frozenset(routes)


def keeps_from_therapist(state: State, texts: SafetyTexts) -> bool:
    """After a therapist's misconduct no note goes to them, unless the client asked for one.

    Source: the clinical guide, 4.5.
    """
    return "misconduct" in routes_heard(state, texts) and GRANTED not in state.meanings


def things_meant(entry: Entry, state: State, texts: SafetyTexts) -> tuple[str, ...]:
    """Concerns that a check settled ("stopping therapy" means leaving)."""
    return tuple(option.means for option in _chosen(entry.findings, state, texts) if option.means)


def _chosen(findings: Iterable[Finding], state: State, texts: SafetyTexts) -> Iterable[SafetyOption]:
    for finding in findings:
        if finding.certainty == "unclear" and finding.question:
            meaning = _meaning(finding, state)
            option = meaning and _option(texts.checks[finding.question].options, meaning)
            if option:
                yield option


def _meaning(finding: Finding, state: State) -> str | None:
    return state.meanings.get(f"safety/{finding.question}|{finding.digest}")


def _option(options: tuple[SafetyOption, ...], value: str) -> SafetyOption | None:
    return next((o for o in options if o.value == value), None)


def _open_page(
    key: str, route: str, page: str | None, digest: str, state: State, texts: SafetyTexts
) -> Checking | None:
    """The page of a route, until an answer without a line closes it; an answer with a route opens
    that route's page behind it."""
    asks = texts.page(route, page)
    meaning = state.meanings.get(f"safety/{route}|{digest}")
    if meaning is None:
        return Checking(f"safety/{route}", asks, key, (digest,))
    option = _option(asks.options, meaning)
    if option and option.line:
        return Checking(f"safety/{route}", asks, key, (digest,), option.line)
    if option and option.route and option.route != route:
        return _open_page(key, option.route, option.page, digest, state, texts)
    return None
