"""What a variable is worth: at its start, set by a step, or given by an answer. Where a walk takes them,
`replay.py` knows.
"""

from collections.abc import Iterable

from app.engine.conditions import Value
from app.engine.flow import OWN_WORDS, Assign, Flow, Option, Question
from app.engine.state import Entry


def starting(flow: Flow) -> Iterable[tuple[str, Value]]:
    """Numbers that no question asks for start at their lowest."""
    asked = {step.saves for step in flow.steps.values() if isinstance(step, Question)}
    for name, variable in flow.variables.items():
        if variable.kind == "number" and name not in asked:
            yield name, Value("answered", number=variable.low)


def assigned(flow: Flow, step: Assign, now: Value) -> Value:
    """What a step sets its variable to; `now` is counted up where it names no value."""
    if step.value is None:
        return Value("answered", number=(now.number or 0) + 1)
    if isinstance(step.value, int):
        return Value("answered", number=step.value)
    asked = (s for s in flow.steps.values() if isinstance(s, Question) and s.saves == step.variable)
    plain = Option(step.value, step.value)
    option = next((o for s in asked for o in s.options if o.value == step.value), plain)
    return Value("answered", (step.value,), labels=(option.label,), words=(option.word or option.label,))


def value_of(key: str, step: Question, entry: Entry, meant: tuple[str, ...]) -> Value:
    """The value of an answer, kept under `key`; `meant`: concerns that a safety question settled."""
    given = entry.given
    assert given is not None
    mentions = {concern: "sure" for concern in meant}
    mentions |= {m.concern: m.status for m in entry.mentions if m.concern not in mentions}
    if given.skipped or given.nothing:
        return Value("skipped", text=given.text, mentions=mentions, answer=key)
    options = {o.value: o for o in step.options}
    own = given.text or ""
    labels = tuple(own if v == OWN_WORDS else options[v].label if v in options else v for v in given.values)
    words = tuple(
        own if v == OWN_WORDS else (options[v].word or options[v].label) if v in options else v
        for v in given.values
    )
    number = int(given.values[0]) if step.kind == "scale" else None
    return Value("answered", given.values, number, given.text, mentions, labels, words, key)
