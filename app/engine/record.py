"""The client's own record: what they answered, for themselves, in the order in which it was asked.

It stands in for a note where no note may go to the therapist, or where nothing is to be said to them.
Nothing is rewritten: every answer is quoted as typed, or is the option as it read.
"""

from collections.abc import Collection, Iterable, Mapping

from app.engine.checks import GRANTED, keeps_from_therapist, routes_heard
from app.engine.flow import OWN_WORDS, Flow, Question
from app.engine.own_words import ends_whole
from app.engine.provenance import Part, Sentence
from app.engine.replay import Exchange, Replay
from app.engine.state import State


def whose_note(flow: Flow, state: State) -> Flow | None:
    """The flow whose note is made: the one that was begun; after a therapist's misconduct none, the
    client's record stands in, until they ask for the note of a flow that says so little as to be safe."""
    assert flow.note is not None, "a called flow has no note"
    if flow.note.to != "therapist" or "misconduct" not in routes_heard(state, flow.shared.safety):
        return flow
    if keeps_from_therapist(state, flow.shared.safety):
        return None
    return flow.beside.get(state.meanings[GRANTED], flow)


def said_in(now: Replay, flows: Collection[str] | None = None) -> tuple[Exchange, ...]:
    """What was asked and answered on the path; with `flows` only in these, which a page led to."""
    said = (*now.exchanges, now.unsettled) if now.unsettled else now.exchanges
    if flows is None:
        return said
    return tuple(e for e in said if e.asked.key.partition("/")[0].partition(":")[0] in flows)


def record_sentences(
    said: Iterable[Exchange], replies: Mapping[str, str], private: Collection[str], after: int = 0
) -> list[Sentence]:
    """One line for each answer, each a paragraph of its own, counted from the one `after` which it stands;
    none for variables that are `private`, nor for a yes or no, which steers the talk."""
    known = [e for e in said if e.value.known and e.asked.step.kind != "confirm"]
    answered = [e for e in known if e.asked.saves not in private]
    return [Sentence(e.asked.key, tuple(_parts(e, replies)), n) for n, e in enumerate(answered, after + 1)]


def _named(step: Question) -> list[Part]:
    """What the answer is called: its heading, or the question where that holds no words of the client."""
    asked = step.prompt.choices[-1][1].pieces if step.prompt.choices else ()
    name = step.heading or (asked[0] if len(asked) == 1 and isinstance(asked[0], str) else "")
    if not name:
        return []
    joint = " " if ends_whole(name) else ": "
    return [Part("confirmed", name, f"heading.{step.id}"), Part("confirmed", joint, "replies")]


def _parts(exchange: Exchange, replies: Mapping[str, str]) -> list[Part]:
    step, value = exchange.asked.step, exchange.value
    parts = _named(step)
    chosen = [(v, label) for v, label in zip(value.values, value.labels, strict=True) if v != OWN_WORDS]
    for n, (v, label) in enumerate(chosen):
        parts += [Part("confirmed", ", ", "replies")] if n else []
        parts.append(Part("chosen", label, f"option.{v}"))
    text = value.text
    if text is not None and (not value.values or OWN_WORDS in value.values):
        parts += [Part("confirmed", ", ", "replies")] if chosen else []
        close = replies["close_quote"] + ("" if ends_whole(text) else ".")
        parts += [
            Part("confirmed", replies["open_quote"], "replies"),
            Part("own", text, answer=exchange.asked.key, span=(0, len(text))),
            Part("confirmed", close, "replies"),
        ]
    elif not ends_whole(parts[-1].text):
        parts.append(Part("confirmed", ".", "replies"))
    return parts
