"""What a variable is worth: at its start, brought along, set by a step, or given by an answer; and the way
that leads on from there. Where a walk takes them, `replay.py` knows.
"""

from collections.abc import Iterable, Mapping

from app.engine.conditions import Value, holds
from app.engine.flow import OWN_WORDS, Assign, Branch, Flow, Option, Question
from app.engine.state import EARLIER, Entry, State


def starting(flow: Flow) -> Iterable[tuple[str, Value]]:
    """Numbers that no question asks for start at their lowest."""
    asked = {step.saves for step in flow.steps.values() if isinstance(step, Question)}
    for name, variable in flow.variables.items():
        if variable.kind == "number" and name not in asked:
            yield name, Value("answered", number=variable.low)


def brought_along(flow: Flow, state: State) -> Iterable[tuple[str, Value]]:
    """What was brought along from an earlier conversation, of what the flow takes."""
    for key, entry in state.brought():
        name, given = key.removeprefix(EARLIER), entry.given
        if name not in flow.takes or given is None:
            continue
        own = given.text or ""
        options = [_option_of(flow, name, v) for v in given.values]
        labels = tuple(own if o.value == OWN_WORDS else o.label for o in options)
        words = tuple(own if o.value == OWN_WORDS else o.word or o.label for o in options)
        yield name, Value("answered", given.values, None, given.text, {}, labels, words, key)


def _option_of(flow: Flow, name: str, value: str) -> Option:
    """The option that a question offers for this value of a variable, or a plain one."""
    asked = (s for s in flow.steps.values() if isinstance(s, Question) and s.saves == name)
    return next((o for s in asked for o in s.options if o.value == value), Option(value, value))


def assigned(flow: Flow, step: Assign, now: Value) -> Value:
    """What a step sets its variable to; `now` is counted up where it names no value."""
    if step.value is None:
        return Value("answered", number=(now.number or 0) + 1)
    if isinstance(step.value, int):
        return Value("answered", number=step.value)
    option = _option_of(flow, step.variable, step.value)
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


def is_offered(entry: Entry, step: Question, options: tuple[Option, ...]) -> bool:
    """Whether what was chosen is still there to choose: an edit before may have taken an option away."""
    if entry.given is None or step.kind not in ("choose", "pick"):
        return True
    return set(entry.given.values) - {OWN_WORDS} <= {option.value for option in options}


def next_of(branches: tuple[Branch, ...], values: Mapping[str, Value]) -> str:
    """The step to go to."""
    return next(branch.target for branch in branches if holds(branch.condition, values))
