"""Checked files into the engine's `Flow`, with its revision.

Conditions and texts are parsed here, each in its place, so that everything wrong in them comes out in
one pass. Building takes texts, never a folder: a flow that a conversation is pinned to is built from
what was stored.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import flow as e
from app.engine.conditions import Condition
from app.flows import grammar as g
from app.flows.building_notes import build_note
from app.flows.checking import kind_of
from app.flows.diagnostics import Diagnostics
from app.flows.holes import parse_template
from app.flows.options import options_of
from app.flows.parsing import Scope, parse_condition
from app.flows.reading import Word
from app.flows.sources import FlowSource, Lists, domain_of


@dataclass(frozen=True, slots=True)
class Parts:
    """What building a flow takes beside its own files. `flows` are those it calls, already built."""

    scope: Scope
    lists: Lists
    shared: e.Shared | None
    flows: Mapping[str, e.Flow]
    revision: str


def revision_of(texts: Mapping[str, str]) -> str:
    """The content hash of these files, whatever order they come in.

    >>> revision_of({"a": "1", "b": "2"}) == revision_of({"b": "2", "a": "1"})
    True
    """
    digest = hashlib.sha256()
    for name in sorted(texts):
        for part in (name, texts[name]):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(f"{len(data)}:".encode() + data)
    return f"sha256:{digest.hexdigest()}"


def build_flow(source: FlowSource, parts: Parts, found: Diagnostics) -> e.Flow | None:
    """The flow, or None with everything that is wrong in its conditions and texts."""
    before = found.errors
    file = source.file
    if file is None:
        return None
    builder = _Builder(source.id, parts, file, found)
    ids = list(file.steps)
    steps = {
        str(id): builder.step(id, step, ids[n + 1] if n + 1 < len(ids) else None)
        for n, (id, step) in enumerate(file.steps.items())
    }
    scope, lists = parts.scope, parts.lists
    note = build_note(source.note, source.id, scope, lists, found) if source.note else None
    if found.errors > before or parts.shared is None:
        return None
    return e.Flow(
        id=source.id,
        title=str(file.title),
        minutes=file.minutes,
        door=_door(file.door) if file.door else None,
        parts=tuple(map(str, file.parts)),
        variables={str(name): _variable(str(name), v, parts.lists) for name, v in file.vars.items()},
        steps={id: step for id, step in steps.items() if step is not None},
        takes=tuple(map(str, file.takes)),
        returns=tuple(map(str, file.returns)),
        note=note,
        lexicons={name: each.lexicon for name, each in parts.lists.items()},
        languages=("en",),
        revision=parts.revision,
        shared=parts.shared,
    )


def _door(door: g.Door) -> e.Door:
    return e.Door(str(door.label), str(door.line), door.order, door.quiet == "yes")


def _variable(name: str, variable: g.Variable, lists: Lists) -> e.Variable:
    values = domain_of(variable, lists) if variable.type in ("one", "many") else ()
    private = str(variable.private_unless) if variable.private_unless else None
    return e.Variable(name, variable.type, values or (), variable.from_ or 0, variable.to or 0, private)


class _Builder:
    """Builds the steps of one flow."""

    def __init__(self, id: str, parts: Parts, file: g.FlowFile, found: Diagnostics) -> None:
        self.id, self.parts, self.file, self.found = id, parts, file, found

    def step(self, id: Word, step: object, after: Word | None) -> e.Step | None:
        """One step; None where a fault elsewhere leaves nothing to build."""
        name = str(id)
        match step:
            case g.SayStep():
                text, ways = self.spoken(step.say, name, "say"), self.ways(step.next, after)
                return e.Say(name, text, ways, step.only_for, step.shows)
            case g.QuestionStep():
                return self.question(name, step, self.ways(step.next, after))
            case g.BranchStep():
                return e.Decide(name, self.ways(step.branch, after))
            case g.SetStep():
                return self.assign(name, step, self.ways(step.next, after))
            case g.CallStep():
                return self.call(name, step, self.ways(step.next, after))
            case g.EndStep():
                return e.End(name, step.end)
        raise AssertionError("unreachable")

    def condition(self, word: Word) -> Condition | None:
        return parse_condition(word, self.parts.scope, self.found)

    def ways(self, ways: Word | list[g.IfGo | g.ElseGo] | None, after: Word | None) -> tuple[e.Branch, ...]:
        if ways is None:
            return (e.Branch(None, str(after)),) if after is not None else ()
        if isinstance(ways, Word):
            return (e.Branch(None, str(ways)),)
        return tuple(
            e.Branch(None, str(line.else_))
            if isinstance(line, g.ElseGo)
            else e.Branch(self.condition(line.if_), str(line.go))
            for line in ways
        )

    def spoken(self, text: Word | list[g.IfText | g.ElseText], step: str, key: str) -> e.Spoken:
        place = f"{self.id}.{step}.{key}"
        if isinstance(text, Word):
            return e.Spoken(((None, self.template(text, place)),))
        choices: list[tuple[Condition | None, e.Template]] = []
        for n, line in enumerate(text, 1):
            if isinstance(line, g.ElseText):
                choices.append((None, self.template(line.else_, f"{place}.else")))
            else:
                choices.append((self.condition(line.if_), self.template(line.text, f"{place}.{n}")))
        return e.Spoken(tuple(choices))

    def template(self, word: Word, place: str) -> e.Template:
        made = parse_template(word, place, self.parts.scope, "spoken", self.found)
        return made or e.Template(place, ())

    def question(self, id: str, step: g.QuestionStep, ways: tuple[e.Branch, ...]) -> e.Question:
        kind = kind_of(step)
        chosen = {
            "heading": _text(step.heading) or "",
            "hint": self.spoken(step.hint, id, "hint") if step.hint is not None else None,
            "why": _text(step.why),
            "skip": _text(step.skip),
            "only_for": step.only_for,
        }
        prompt = self.spoken(getattr(step, kind), id, kind)
        more: dict[str, object] = {}
        if isinstance(step, g.AskStep):
            more = self.ask(step)
        elif isinstance(step, g.OptionsStep):
            more = self.options(step)
        elif isinstance(step, g.ScaleStep):
            more = self.scale(step)
        elif isinstance(step, g.ConfirmStep):
            labels = (("yes", step.yes), ("no", step.no))
            replies = self.parts.shared.replies if self.parts.shared else {}
            more = {"options": tuple(e.Option(v, str(label or replies.get(v, v))) for v, label in labels)}
        return e.Question(id, kind, prompt, ways, _text(step.saves), **chosen, **more)  # type: ignore[arg-type]

    def ask(self, step: g.AskStep) -> dict[str, object]:
        return {
            "understand": _text(step.understand),
            "max_length": step.max_length,
            "examples": self.examples(step.examples) if step.examples else None,
        }

    def examples(self, word: Word) -> tuple[str, Mapping[str, tuple[str, ...]]] | None:
        """The variable whose first value decides, and what to react to for each value."""
        variables = self.file.vars
        name = word if word in variables else next((n for n, v in variables.items() if v.of == word), None)
        of = variables[name].of if name is not None else None
        if name is None or not isinstance(of, Word):
            self.found.add("IW305", word.place, "Name a variable of a shared list.", name=word)
            return None
        if of not in self.parts.lists:
            return None
        values = self.parts.lists[of].file.values
        return str(name), {str(v): tuple(map(str, each.asks)) for v, each in values.items() if each.asks}

    def options(self, step: g.OptionsStep) -> dict[str, object]:
        variable = self.file.vars.get(step.saves) if step.saves else None
        of = variable.of if variable else None
        shared = self.parts.lists.get(of) if isinstance(of, Word) else None
        options = options_of(step, shared, self.condition)
        return {
            "options": options,
            "heard_in": _text(step.heard_in),
            "offer_first": tuple(map(str, shared.file.when_nothing_heard)) if shared else (),
            "show": step.show,
            "none": _text(getattr(step, "none", None)),
            "own_words": step.own_words == "yes",
            "again": _text(step.again),
        }

    def scale(self, step: g.ScaleStep) -> dict[str, object]:
        known = self.parts.scope.get(step.saves) if step.saves else None
        first = step.from_ if step.from_ is not None else known.low if known else 0
        last = step.to if step.to is not None else known.high if known else 10
        return {"first": first, "last": last, "low": _text(step.low), "high": _text(step.high)}

    def assign(self, id: str, step: g.SetStep, ways: tuple[e.Branch, ...]) -> e.Assign:
        name, value = next(iter(step.set.items()))
        if "+" in value:
            return e.Assign(id, str(name), None, ways)
        known = self.parts.scope.get(name)
        number = known is not None and known.kind == "number" and value.isascii() and value.isdigit()
        return e.Assign(id, str(name), int(value) if number and len(value) < 10 else str(value), ways)

    def call(self, id: str, step: g.CallStep, ways: tuple[e.Branch, ...]) -> e.Call | None:
        called = self.parts.flows.get(str(step.call))
        if called is None:
            return None
        gives = {str(theirs): str(ours) for theirs, ours in step.with_.items()}
        saves = {str(ours): str(theirs) for ours, theirs in step.saves.items()}
        return e.Call(id, called, gives, saves, ways, step.only_for)


def _text(word: Word | None) -> str | None:
    return None if word is None else str(word)
