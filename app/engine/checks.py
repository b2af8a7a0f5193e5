"""What was heard in an answer, and whether it still has to be asked about.

Meanings are remembered by question and by the digest of the words: "not what I meant" never asks
twice about the same words, an edit of other words disturbs nothing, and Back passes over a check.
A text gets one question at most: its strongest unclear words. Explicit words get their page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.engine.nets import ROUTES
from app.engine.safety import FAINT, Finding
from app.engine.state import EARLIER, NOTE, Entry, State
from app.engine.support import Check, Page, SafetyOption, SafetyTexts, TellThem

TELLING = 4  # words from which an answer may say what is wrong
TELL_THEM = "safety/tell_them"
SETTLED = "settled"  # a question made needless by the page of the same text
GRANTED = "granted"  # the client asked for a note to the therapist after misconduct: whose note it is
OWN_NOTE = "note_to_therapist"  # that of the flow they began; else the id of the flow that was called


@dataclass(frozen=True, slots=True)
class Checking:
    """A safety question that waits. `id` is the question's; `entry` the key of the answer in which
    the words stood (None for `tell_them`). Its answer is kept under the keys of `answers`; the
    questions under `settles` need not be asked any more. `line` answers the reason chosen last."""

    id: str
    asks: Check | Page | TellThem
    entry: str | None
    answers: tuple[str, ...]
    settles: tuple[str, ...] = ()
    line: str | None = None

    @property
    def options(self) -> tuple[SafetyOption, ...]:
        """What can be chosen."""
        if isinstance(self.asks, TellThem):
            return (SafetyOption("yes", self.asks.yes), SafetyOption("no", self.asks.no))
        return self.asks.options


def pending_check(key: str, entry: Entry, state: State, texts: SafetyTexts) -> Checking | None:
    """The page or question that this answer's words still need, explicit ones first."""
    findings = [f for f in entry.findings if f.route != "misconduct" or not _told_before(entry, state)]
    findings.sort(key=lambda f: ROUTES.index(f.route))  # words typed at a page may be worse than its own
    for finding in findings:
        if finding.certainty == "explicit":
            page = _open_page(key, entry, finding.route, finding.page, state, texts)
            if page:
                return page
    unclear = [f for f in findings if f.certainty == "unclear" and f.question]
    if not unclear:
        return None
    # The text has had its one question where it was asked about any of its words; words explained in
    # another answer do not use it up.
    once = "safety/asked|" + "+".join(sorted({f.digest for f in unclear}))
    new = [
        f for f in unclear if _meaning(f, state) is None and not (f.family == FAINT and _is_later(key, state))
    ]
    if new and once not in state.meanings:
        first = new[0].question or ""
        answers = tuple(_key(f) for f in new if f.question == first)
        return Checking(f"safety/{first}", texts.checks[first], key, answers, (once,))
    for finding in unclear:
        option = _option(texts.checks[finding.question or ""].options, _meaning(finding, state) or "")
        if option and option.route:
            named = option.page or (finding.page if finding.route == option.route else None)
            page = _open_page(key, entry, option.route, named, state, texts)
            if page:
                return page
    return None


def _is_later(key: str, state: State) -> bool:
    """Whether an answer is none in which somebody first says what is wrong: a name, a "hi" or words of an
    earlier talk are not. Among many short answers to plain questions faint words are nearly always harmless,
    and each needless question costs trust."""
    return key != next((k for k, entry in state.entries.items() if _tells(k, entry)), key)


def _tells(key: str, entry: Entry) -> bool:
    text = entry.given.text if entry.given and not entry.undone else None
    return text is not None and len(text.split()) >= TELLING and not key.startswith((EARLIER, NOTE))


def _told_before(entry: Entry, state: State) -> bool:
    """Whether the page of misconduct was answered for other words. It comes once in a conversation: who
    writes down what a therapist did is not stopped at each sentence of it."""
    own = {f"safety/misconduct|{f.digest}" for f in entry.findings}
    return any(key.startswith("safety/misconduct|") and key not in own for key in state.meanings)


def tell_them_pending(state: State, texts: SafetyTexts) -> Checking | None:
    """Before a note, after thoughts of dying: may the therapist know? Asked once."""
    if TELL_THEM in state.meanings or "crisis_self" not in routes_heard(state, texts):
        return None
    return Checking(TELL_THEM, texts.tell_them, None, (TELL_THEM,))


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


def taken(entry: Entry, state: State, texts: SafetyTexts) -> tuple[SafetyOption, ...]:
    """The options of pages that were taken for these words."""
    return tuple(
        option
        for page in texts.pages.values()
        for option in page.options
        for finding in entry.findings
        if state.meanings.get(f"safety/{page.route}|{finding.digest}") == option.value
    )


def stays_out(
    entry: Entry, state: State, texts: SafetyTexts, record: bool = False
) -> tuple[tuple[int, int], ...]:
    """Spans of an answer's words that stay out of a note unless the client asks for them: what was
    plainly a danger, or turned out to be (the clinical guide, 4.3). `record`: what a therapist did
    belongs in a note that is for the client alone."""
    findings = [f for f in entry.findings if not record or f.route != "misconduct"]
    spans = [f.span for f in findings if f.certainty == "explicit"]
    for finding in findings:
        if any(option.route for option in _chosen((finding,), state, texts)):
            spans.append(finding.span)
    return tuple(spans)


def without_stop(state: State, texts: SafetyTexts) -> dict[str, str]:
    """What the words meant, without a "stop here": who goes back from there is shown the page again."""
    ends = {
        (f"safety/{page.route}", o.value) for page in texts.pages.values() for o in page.options if o.ends
    }
    return {key: v for key, v in state.meanings.items() if (key.partition("|")[0], v) not in ends}


def without_stale_grant(state: State, texts: SafetyTexts) -> State:
    """The state without the wish for a note to the therapist, once the words it was for are taken back:
    what is told later gets its own page."""
    standing = {key: entry for key, entry in state.entries.items() if not entry.undone}
    if GRANTED not in state.meanings or "misconduct" in routes_heard(replace(state, entries=standing), texts):
        return state
    gone = (GRANTED, "safety/misconduct|")
    return replace(state, meanings={k: v for k, v in state.meanings.items() if not k.startswith(gone)})


def things_meant(entry: Entry, state: State, texts: SafetyTexts) -> tuple[str, ...]:
    """Concerns that a check settled ("stopping therapy" means leaving)."""
    return tuple(option.means for option in _chosen(entry.findings, state, texts) if option.means)


def said_after(entry: Entry, state: State, texts: SafetyTexts) -> tuple[str, ...]:
    """The sentences that the answers to this text's questions call for; the talk then goes on."""
    return tuple(dict.fromkeys(o.line for o in _chosen(entry.findings, state, texts) if o.line))


def _chosen(findings: Iterable[Finding], state: State, texts: SafetyTexts) -> Iterable[SafetyOption]:
    for finding in findings:
        if finding.certainty == "unclear" and finding.question:
            meaning = _meaning(finding, state)
            option = meaning and _option(texts.checks[finding.question].options, meaning)
            if option:
                yield option


def _meaning(finding: Finding, state: State) -> str | None:
    return state.meanings.get(_key(finding))


def _key(finding: Finding) -> str:
    return f"safety/{finding.question}|{finding.digest}"


def _option(options: tuple[SafetyOption, ...], value: str) -> SafetyOption | None:
    return next((o for o in options if o.value == value), None)


def _open_page(
    key: str, entry: Entry, route: str, page: str | None, state: State, texts: SafetyTexts
) -> Checking | None:
    """The page of a route, once for a text, until an answer without a line closes it; an answer with
    a route opens that route's page behind it."""
    asks = texts.page(route, page)
    same = [f for f in entry.findings if f.route == route] or list(entry.findings)
    answers = tuple(f"safety/{route}|{f.digest}" for f in same)
    settles = tuple(_key(f) for f in same if f.certainty == "unclear" and _meaning(f, state) is None)
    given = [state.meanings.get(each) for each in answers]
    if None in given:
        return Checking(f"safety/{route}", asks, key, answers, settles)
    option = _option(asks.options, given[0] or "")
    if option and option.line and not option.call:
        return Checking(f"safety/{route}", asks, key, answers, settles, option.line)
    if option and option.route and option.route != route:
        return _open_page(key, entry, option.route, option.page, state, texts)
    return None
