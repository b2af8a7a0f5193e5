"""What needs no search: names, targets, types and options of a flow (IW203 to IW309).

Conditions and holes are checked where they are parsed, in `building.py`'s pass; what calls and notes
may name stands in `checking_calls.py` and `checking_notes.py`.
"""

import re
from collections.abc import Iterable, Iterator

from app.engine.state import EARLIER, NOTE, UNSENT
from app.flows import grammar as g
from app.flows.diagnostics import Diagnostics, Place, did_you_mean, listed
from app.flows.parsing import RESERVED, Known, Scope
from app.flows.reading import Word
from app.flows.sources import LISTS, FlowSource

SNAKE = re.compile(r"[a-z][a-z0-9_]*")
SAVES = {
    "ask": ("text",),
    "choose": ("one",),
    "pick": ("many",),
    "scale": ("number",),
    "confirm": ("yes_no",),
}


def check_flow(source: FlowSource, scope: Scope, found: Diagnostics) -> None:
    """Everything about `flow.yaml` that needs no other flow."""
    file = source.file
    if file is None:
        return
    if file.flow and file.flow != source.id:
        found.add(
            "IW303", file.flow.place, f'The folder is called "{source.id}".', value=file.flow, name="flow"
        )
    _check_ids(file, found)
    for name, variable in file.vars.items():
        _check_variable(name, variable, scope, found)
    for part in file.parts:
        _check_target('"parts"', part, source, found)
    for word in file.returns:
        known_variable(word, scope, found)
    for word in file.takes:
        fitting = ("text", "one", "many", "yes_no") if source.note else ()
        _check_kind("takes", word, known_variable(word, scope, found), fitting, found)
    for id, step in file.steps.items():
        place = f'step "{id}"'
        for target in targets_of(step):
            _check_target(place, target, source, found)
        for lines, key in lists_of(step):
            _check_else(lines, f'"{key}" of {place}', id.place, found)
        for text, key in texts_of(step):
            if not text.strip():
                found.add("IW202", text.place, "Write what is said here.", place=place, key=key)
        if isinstance(step, g.QuestionStep):
            _check_question(id, step, scope, found)
        if isinstance(step, g.SetStep):
            _check_set(step, scope, found)
    last_id, last = list(file.steps.items())[-1]
    if isinstance(last, g.Step) and last.next is None and (str(last_id),) == source.steps[-1:]:
        out = 'The last step says where it goes on, or is an "end".'
        found.add("IW202", last_id.place, out, place=f'step "{last_id}"', key="next")


def known_variable(word: Word, scope: Scope, found: Diagnostics) -> Known | None:
    """What is known of the variable that is named here, or None with IW302."""
    if word not in scope:
        found.add("IW302", word.place, did_you_mean(word, scope) or None, name=word)
    return scope.get(word)


def kind_of(step: g.QuestionStep) -> str:
    """The key that makes a step the question it is."""
    return next(kind for kind in SAVES if hasattr(step, kind))


def lists_of(step: object) -> Iterator[tuple[list[g.IfGo | g.ElseGo] | list[g.IfText | g.ElseText], str]]:
    """The lists of conditions of a step, each with its key."""
    for key in ("next", "branch", "say", "hint", *SAVES):
        lines = getattr(step, key, None)
        if isinstance(lines, list):
            yield lines, key


def texts_of(step: object) -> Iterator[tuple[Word, str]]:
    """The texts that a step speaks, each with its key."""
    for key in ("say", "hint", *SAVES):
        text = getattr(step, key, None)
        if isinstance(text, Word):
            yield text, key
        for line in text if isinstance(text, list) else ():
            yield (line.else_ if isinstance(line, g.ElseText) else line.text), key


def targets_of(step: object) -> Iterator[Word]:
    """The steps that a step names as the next."""
    for key in ("next", "branch"):
        ways = getattr(step, key, None)
        if isinstance(ways, Word):
            yield ways
        for line in ways if isinstance(ways, list) else ():
            yield line.else_ if isinstance(line, g.ElseGo) else line.go


def check_id(word: Word, found: Diagnostics, also: Iterable[str] = ()) -> None:
    """IW203 for what cannot be a name, IW309 for the names that belong to safety."""
    if word == "safety":
        found.add("IW309", word.place)
    elif not SNAKE.fullmatch(word):
        found.add("IW203", word.place, id=word)
    elif word in RESERVED or word in also:
        found.add("IW203", word.place, "This word means something else already. Choose another.", id=word)


def _check_ids(file: g.FlowFile, found: Diagnostics) -> None:
    for id in file.steps:
        if id != "…":
            reserved = (NOTE.rstrip("/"), UNSENT, EARLIER.rstrip("/"))  # keys of what no question asks for
            check_id(id, found, reserved)
    for name, variable in file.vars.items():
        check_id(name, found, ("own_words", "frame"))
        for value in variable.of if isinstance(variable.of, list) else ():
            check_id(value, found, ("own_words",))


def _check_variable(name: Word, variable: g.Variable, scope: Scope, found: Diagnostics) -> None:
    place = f'variable "{name}"'
    if variable.type in ("one", "many") and variable.of is None:
        found.add("IW202", name.place, place=place, key="of")
    if variable.type not in ("one", "many") and variable.of is not None:
        found.add(
            "IW201", name.place, f"What is {variable.type} has no list of values.", place=place, key="of"
        )
    if isinstance(variable.of, Word) and variable.of not in LISTS:
        out = did_you_mean(variable.of, LISTS, f"Shared are {' and '.join(LISTS)}.")
        found.add("IW305", variable.of.place, out, name=variable.of)
    for key, bound in (("from", variable.from_), ("to", variable.to)):
        if variable.type == "number" and bound is None:
            found.add("IW202", name.place, place=place, key=key)
    if variable.private_unless:
        consent = known_variable(variable.private_unless, scope, found)
        _check_kind("private_unless", variable.private_unless, consent, ("yes_no",), found)


def _check_kind(
    test: str, word: Word, known: Known | None, kinds: tuple[str, ...], found: Diagnostics
) -> None:
    if known and known.kind and kinds and known.kind not in kinds:
        needed = f"a variable of type {listed(kinds)}"
        found.add("IW304", word.place, test=test, needed=needed, name=word, type=known.kind)


def _check_target(place: str, target: Word, source: FlowSource, found: Diagnostics) -> None:
    if target not in source.steps:
        found.add(
            "IW301", target.place, did_you_mean(target, source.steps) or None, place=place, target=target
        )


def _check_else(
    lines: list[g.IfGo | g.ElseGo] | list[g.IfText | g.ElseText], place: str, at: Place, found: Diagnostics
) -> None:
    for line in lines[:-1]:
        if isinstance(line, (g.ElseGo, g.ElseText)):
            found.add("IW206", line.else_.place, '"else" stands once, and last.', place=place)
    last = lines[-1]
    if isinstance(last, (g.IfGo, g.IfText)):
        found.add("IW206", last.if_.place, place=place)


def _check_question(id: Word, step: g.QuestionStep, scope: Scope, found: Diagnostics) -> None:
    kind = kind_of(step)
    saves = known_variable(step.saves, scope, found) if step.saves else None
    if step.saves:
        _check_kind(kind, step.saves, saves, SAVES[kind], found)
    if isinstance(step, g.AskStep):
        _check_ask(step, scope, found)
    if isinstance(step, g.OptionsStep):
        _check_options(id, step, saves, found)
        if step.heard_in:
            _check_heard(step.heard_in, scope, found)
        if step.closer_to:
            known = known_variable(step.closer_to, scope, found)
            _check_kind("closer_to", step.closer_to, known, ("one", "many"), found)


def _check_ask(step: g.AskStep, scope: Scope, found: Diagnostics) -> None:
    if step.understand and step.understand not in LISTS:
        found.add(
            "IW305", step.understand.place, did_you_mean(step.understand, LISTS) or None, name=step.understand
        )
    if step.examples and step.examples not in LISTS and step.examples not in scope:
        found.add(
            "IW305", step.examples.place, did_you_mean(step.examples, LISTS) or None, name=step.examples
        )


def _check_heard(word: Word, scope: Scope, found: Diagnostics) -> None:
    known = known_variable(word, scope, found)
    _check_kind("heard_in", word, known, ("text",), found)
    if known and known.kind == "text" and known.concepts is None:
        needed, type = 'a question with "understand"', "a text to which nothing listens"
        found.add("IW304", word.place, test="heard_in", needed=needed, name=word, type=type)


def _check_options(id: Word, step: g.OptionsStep, saves: Known | None, found: Diagnostics) -> None:
    place = f'step "{id}"'
    domain = saves.values if saves and saves.kind in ("one", "many") else None
    if step.options is None and not (saves and (saves.kind == "" or saves.values)):
        found.add(
            "IW202", id.place, "Add them, or save to a variable of a shared list.", place=place, key="options"
        )
    labels: dict[str, Word] = {}
    for value, option in (step.options or {}).items():
        if domain is None:
            check_id(value, found, ("own_words",))
        elif value not in domain:
            out = did_you_mean(value, domain, f"It can be {listed(domain)}.")
            found.add("IW303", value.place, out, value=value, name=step.saves)
        label = option if isinstance(option, Word) else option.label
        if not label.strip():
            found.add("IW202", value.place, place=f'option "{value}" of {place}', key="label")
        elif label.strip().casefold() in labels:
            found.add("IW308", label.place, step=id, label=label)
        labels.setdefault(label.strip().casefold(), label)
    none = getattr(step, "none", None)
    offered = step.options if step.options is not None else domain
    if none and offered and none not in offered:
        found.add(
            "IW303", none.place, did_you_mean(none, map(str, offered)) or None, value=none, name="options"
        )


def _check_set(step: g.SetStep, scope: Scope, found: Diagnostics) -> None:
    name, value = next(iter(step.set.items()))
    known = known_variable(name, scope, found)
    _check_kind("set", name, known, ("one", "yes_no", "number"), found)
    if known is None or known.kind in ("", "text", "many"):
        return
    if known.kind == "number":
        _check_sum(name, value, known, found)
    elif value not in known.values:
        out = did_you_mean(value, known.values, f"It can be {listed(known.values)}.")
        found.add("IW303", value.place, out, value=value, name=name)


def _check_sum(name: Word, value: Word, known: Known, found: Diagnostics) -> None:
    if value.isascii() and value.isdigit() and len(value) < 10:
        if not known.low <= int(value) <= known.high:
            out = f"It goes from {known.low} to {known.high}."
            found.add("IW303", value.place, out, value=value, name=name)
    elif value.split() != [str(name), "+", "1"]:
        out = f'A number is set to a number, or to "{name} + 1".'
        found.add("IW204", value.place, out, word=f'"{value}"')
