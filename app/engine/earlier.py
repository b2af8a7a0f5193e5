"""A new conversation that opens with what was said in an earlier one: what its flow takes, and no more.

The words come as they were typed, and the net hears them again. Safety questions that were answered about
them are not asked again. Who told of a therapist's misconduct then has a record here too, not a note to that
therapist (the clinical guide, 4.5).
"""

from collections.abc import Iterator
from dataclasses import replace

from app.engine.checks import SETTLED, routes_heard
from app.engine.conditions import UNSET
from app.engine.dialogue import Moved, current
from app.engine.flow import OWN_WORDS, Flow
from app.engine.replay import replay
from app.engine.rewording import who_key
from app.engine.safety import Finding, hear
from app.engine.state import EARLIER, Entry, Given, State
from app.engine.support import SafetyTexts

HEARD = "heard"
"""In place of a variable: what was heard in an earlier conversation and is not brought along in words."""


def begin_after(
    flow: Flow, before: Flow, earlier: State, language: str | None = None, country: str | None = None
) -> Moved:
    """A new conversation on `flow`, version 1, with what it takes from the `earlier` one, which was on
    `before`. Language and country are those of the earlier one where they are None."""
    entries = dict(_brought(flow, before, earlier))
    digests = {f.digest for entry in entries.values() for f in entry.findings}
    words = {who_key(e.given.text) for e in entries.values() if e.given and e.given.text is not None}
    kept = {k: v for k, v in earlier.meanings.items() if k in words or set(_digests(k)) & digests}
    texts = flow.shared.safety
    found = entries[EARLIER + HEARD].findings if EARLIER + HEARD in entries else ()
    if any(key.startswith("safety/misconduct|") for key in earlier.meanings):  # its page comes once
        kept |= {f"safety/misconduct|{f.digest}": SETTLED for f in found}
    spoken = language or earlier.language
    state = State(
        flow.revision,
        language=spoken if spoken in flow.languages else flow.languages[0],
        country=country or earlier.country,
        entries=entries,
        meanings={key: v for key, value in kept.items() if (v := _settled(key, value, texts))},
    )
    return Moved(state, current(flow, state))


def takes_from(flow: Flow, before: Flow) -> bool:
    """Whether a conversation on `flow` may begin with what was said in one on `before`."""
    return any(_fits(flow, before, name) for name in flow.takes)


def _fits(flow: Flow, before: Flow, name: str) -> bool:
    theirs = before.variables.get(name)
    return theirs is not None and theirs.kind == flow.variables[name].kind and not theirs.private_unless


def _brought(flow: Flow, before: Flow, earlier: State) -> Iterator[tuple[str, Entry]]:
    values = replay(before, earlier).values
    for name in flow.takes:
        value, known = values.get(name, UNSET), flow.variables[name].values
        chosen = tuple(v for v in value.values if v in known or v == OWN_WORDS)
        text = value.text if not chosen or OWN_WORDS in chosen else None
        if not (value.known and _fits(flow, before, name) and (chosen or (text and not value.values))):
            continue
        heard = hear(flow.shared.net, text) if text is not None else None
        yield EARLIER + name, Entry(Given(chosen, text), heard.findings if heard else ())
    if flow.takes and "misconduct" in routes_heard(earlier, flow.shared.safety):
        found = tuple(
            _plain(f) for e in earlier.entries.values() for f in e.findings if f.route == "misconduct"
        )
        yield EARLIER + HEARD, Entry(None, found)


def _plain(finding: Finding) -> Finding:
    return replace(finding, span=(0, 0), rule="")


def _digests(key: str) -> list[str]:
    return key.partition("|")[2].split("+")


def _settled(key: str, value: str, texts: SafetyTexts) -> str | None:
    """An answer to a safety question as it counts here: that of a page only as "seen", since where it led to
    belongs to the earlier conversation."""
    name = key.partition("|")[0].removeprefix("safety/")
    return SETTLED if any(route == name for route, _ in texts.pages) else value
