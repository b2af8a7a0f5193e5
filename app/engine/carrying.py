"""A conversation that is carried out as a file and comes back in, and what is checked of it then.

The file holds what cannot be found out again: answers, meanings, edits. What the net hears in words, and
what is understood in them, is heard anew. A file is a stranger's: whatever of it the flow does not ask or
offer is refused, or, where the questions have changed since, left out. So a forged one can do nothing that
its bearer could not do by typing. Shapes and sizes are checked before, where the file is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.engine.answering import has_words, mentions_in, offered, raised_by, typed_given
from app.engine.checks import GRANTED, OWN_NOTE, SETTLED, TELL_THEM, without_stale_grant
from app.engine.commands import says_nothing
from app.engine.errors import FileNotTaken
from app.engine.flow import OWN_WORDS, Flow
from app.engine.nets import ROUTES
from app.engine.replay import Waiting
from app.engine.rewording import OTHER, THERAPIST, WHO
from app.engine.safety import Finding, Heard, hear
from app.engine.state import (
    EARLIER,
    LONGEST_ANSWER,
    LONGEST_LINE,
    LONGEST_UNSENT,
    NOTE,
    UNSENT,
    Entry,
    Given,
    State,
)
from app.engine.support import SafetyTexts
from app.engine.thread import step_of

CARRIED = 1
"""The format of what is carried."""
BESIDE = ("family", "route", "certainty", "question", "page", "digest")
"""What is carried of a finding in words that nobody kept."""
SKIPPED = "skipped"
_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class Carried:
    """A conversation that came in, at version 1. `changed`: its flow is another one now; `left_out`: how many
    answers do not fit it any more."""

    state: State
    changed: bool
    left_out: int


def carried_out(state: State) -> dict[str, Any]:
    """The state as a file holds it."""
    return {
        "format": CARRIED,
        "revision": state.revision,
        "language": state.language,
        "country": state.country,
        "keep_for": state.keep_for,
        "entries": [_entry_out(key, entry) for key, entry in state.entries.items()],
        "meanings": dict(state.meanings),
        "edits": dict(state.edits),
        "as_typed": list(state.as_typed),
        "order": list(state.order),
    }


def carried_in(flow: Flow, claimed: State) -> Carried:
    """A conversation on `flow` from what a file claims: a state whose findings are those of words that
    nobody kept. Raises FileNotTaken, with the place, where the flow is the same and asks no such thing."""
    changed = claimed.revision != flow.revision
    entries: dict[str, Entry] = {}
    left_out = 0
    for number, (key, entry) in enumerate(claimed.entries.items()):
        taken = _entry_in(flow, key, entry)
        if taken is not None:
            entries[key] = taken
        elif changed:
            left_out += 1
        else:
            raise FileNotTaken("the flow asks nothing that this could be the answer to", number)
    texts = flow.shared.safety
    meanings = {key: v for key, v in claimed.meanings.items() if _means(key, v, flow, claimed.meanings)}
    language = claimed.language if claimed.language in flow.languages else flow.languages[0]
    state = replace(
        claimed,
        revision=flow.revision,
        version=1,
        language=language,
        entries=entries,
        meanings=meanings,
    )
    return Carried(without_stale_grant(state, texts), changed, left_out)


def _entry_out(key: str, entry: Entry) -> dict[str, Any]:
    given = entry.given
    kept = given is not None and given.text is not None
    # What was found in the words of the answer is found again in them, and what an option raises by it.
    step = key.rpartition("/")[2].partition(":")[0]
    beside = [f for f in entry.findings if f.family != step and (f.span == _NOWHERE or not kept)]
    out: dict[str, Any] = {"key": key}
    if given is not None:
        out["given"] = {"values": list(given.values), "text": given.text, "skipped": given.skipped}
    if beside:
        out["beside"] = [{name: getattr(f, name) for name in BESIDE} for f in beside]
    if entry.undone:
        out["undone"] = True
    if entry.over:
        out["over"] = entry.over
    return out


def _entry_in(flow: Flow, key: str, entry: Entry) -> Entry | None:
    """The entry as the flow takes it, its words heard; None where it takes none like it."""
    given = entry.given
    heard = hear(flow.shared.net, given.text) if given and given.text is not None else None
    beside = tuple(replace(f, span=_NOWHERE, rule="") for f in entry.findings if _is_known(f, flow))
    found = (*(heard.findings if heard else ()), *beside)
    if given is None and not beside:
        return None
    if key == UNSENT or key.startswith(NOTE):
        most = LONGEST_UNSENT if key == UNSENT else LONGEST_LINE
        return replace(entry, findings=found) if given is None or _are_words(given, most) else None
    if key.startswith(EARLIER):
        fits = _fits_earlier(flow, key.removeprefix(EARLIER), given)
        return Entry(given, found, undone=entry.undone) if fits else None
    step = step_of(flow, key)
    if step is None:
        return None
    asked = Waiting(key, step, {}, (), None, step.options)
    if given is None:
        return Entry(None, found, undone=entry.undone)
    fitted = _fitted(flow, asked, given, heard)
    if fitted is None:
        return None
    found = (*(heard.findings if heard else ()), *raised_by(asked, fitted), *beside)
    return Entry(fitted, found, mentions_in(flow, asked, heard), entry.undone)


def _are_words(given: Given, most: int) -> bool:
    words = given.text or ""
    return given == Given(text=given.text) and bool(words.strip()) and len(words) <= most


def _is_known(finding: Finding, flow: Flow) -> bool:
    """Whether something may have been heard so: its route has a page, and what is unclear a question."""
    texts = flow.shared.safety
    asks = finding.certainty == "explicit" or finding.question in texts.checks
    return asks and any(route == finding.route for route, _ in texts.pages)


def _fitted(flow: Flow, asked: Waiting, given: Given, heard: Heard | None) -> Given | None:
    """What was given, if the question takes it: at another place of the flow, or by typing."""
    step, commands = asked.step, flow.shared.commands
    words = heard is not None and has_words(heard.text)
    if given.skipped:
        return Given(skipped=True) if given == Given(skipped=True) else None
    if heard is not None and (not words or len(heard.text) > step.max_length):
        return None
    if not given.values:
        if heard is None or (step.kind != "ask" and not says_nothing(commands, heard)):
            return None
        return Given(text=heard.text, nothing=says_nothing(commands, heard))
    if step.kind == "ask" or not _are_offered(asked, given.values):
        return None
    if OWN_WORDS in given.values:
        return Given(given.values, heard.text) if heard is not None else None
    if heard is None or any(option.condition for option in step.options):
        return Given(given.values, heard.text if heard else None)
    typed = typed_given(asked, heard, commands)
    same = isinstance(typed, Given) and typed.values == given.values
    return Given(given.values, heard.text if same else None)


def _are_offered(asked: Waiting, values: tuple[str, ...]) -> bool:
    step = asked.step
    known = {option.value for option in offered(asked)}
    own = step.own_words and step.kind in ("choose", "pick") and values[-1] == OWN_WORDS
    chosen = values[:-1] if own else values
    alone = step.kind == "pick" or len(values) == 1
    mixed = step.none in chosen and len(values) > 1
    return alone and not mixed and set(chosen) <= known and len(set(values)) == len(values)


def _fits_earlier(flow: Flow, name: str, given: Given | None) -> bool:
    """Whether the flow takes this from an earlier conversation. What was heard in one has no variable."""
    if given is None:
        return bool(flow.takes)
    variable = flow.variables.get(name)
    if variable is None or name not in flow.takes or given.skipped:
        return False
    if variable.kind == "text":
        return _are_words(given, LONGEST_ANSWER)
    known = set(given.values) <= {*variable.values, OWN_WORDS}
    many = variable.kind == "many" or len(given.values) == 1
    return bool(given.values) and known and many and (given.text is None) == (OWN_WORDS not in given.values)


def _means(key: str, value: str, flow: Flow, meanings: Mapping[str, str]) -> bool:
    """Whether a safety question, or one about who is meant, can have been answered so."""
    texts = flow.shared.safety
    if key == TELL_THEM:
        return value in ("yes", "no", SKIPPED)
    if key == GRANTED:
        return value in set(_grants(flow, meanings))
    if key.startswith(WHO):
        return value in (THERAPIST, OTHER)
    name = key.partition("|")[0].removeprefix("safety/")
    if not key.startswith("safety/") or "|" not in key:
        return False
    return value in (SETTLED, SKIPPED) or value in _values(name, texts)


def _values(name: str, texts: SafetyTexts) -> set[str]:
    check = texts.checks.get(name)
    pages = [page for (route, _), page in texts.pages.items() if route == name and route in ROUTES]
    return {option.value for asks in (*((check,) if check else ()), *pages) for option in asks.options}


def _grants(flow: Flow, meanings: Mapping[str, str]) -> Iterator[str]:
    """Whose note the answers to pages let go to the therapist."""
    answers = {(key.partition("|")[0], value) for key, value in meanings.items()}
    for page in flow.shared.safety.pages.values():
        for option in page.options:
            if not option.grants or (f"safety/{page.route}", option.value) not in answers:
                continue
            if option.call in (None, flow.id):
                yield OWN_NOTE
            elif option.call in flow.beside:
                yield option.call or ""
