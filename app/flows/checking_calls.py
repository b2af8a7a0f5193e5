"""Flows that go through each other: that they exist, take and return what is named, and make no circle
(IW302, IW304, IW305, IW306, IW307)."""

from collections.abc import Mapping

from app.flows import grammar as g
from app.flows.checking import known_variable
from app.flows.diagnostics import Diagnostics, did_you_mean
from app.flows.parsing import Scope
from app.flows.reading import Word
from app.flows.sources import FlowSource, calls_of


def check_calls(
    source: FlowSource, sources: Mapping[str, FlowSource], scopes: Mapping[str, Scope], found: Diagnostics
) -> None:
    """Everything about the calls of one flow."""
    for step in source.file.steps.values() if source.file else ():
        if not isinstance(step, g.CallStep):
            continue
        called = sources.get(str(step.call))
        if step.call == "safety":
            found.add("IW309", step.call.place)
        elif called is None:
            callable_ = [id for id, other in sources.items() if other.is_called_only]
            out = did_you_mean(
                step.call, callable_, "A flow that can be called is a folder with a flow.yaml."
            )
            found.add("IW305", step.call.place, out, name=step.call)
        elif called.file is not None:
            _check_call(step, source, called, called.file, scopes, found)


def _check_call(
    step: g.CallStep,
    source: FlowSource,
    called: FlowSource,
    file: g.FlowFile,
    scopes: Mapping[str, Scope],
    found: Diagnostics,
) -> None:
    for theirs, ours in step.with_.items():
        _check_name("with", theirs, file.takes, called, found)
        known_variable(ours, scopes[source.id], found)
        _check_fit("with", theirs, ours, source, called, scopes, found)
    for ours, theirs in step.saves.items():
        _check_name("saves", theirs, file.returns, called, found)
        known_variable(ours, scopes[source.id], found)
        _check_fit("saves", theirs, ours, source, called, scopes, found)


def _check_name(key: str, name: Word, names: list[Word], called: FlowSource, found: Diagnostics) -> None:
    if name not in names:
        verb = "takes" if key == "with" else "returns"
        out = did_you_mean(name, names, f"It {verb} {', '.join(names) or 'nothing'}.")
        found.add("IW306", name.place, out, flow=called.id, name=name)


def _check_fit(
    key: str,
    theirs: Word,
    ours: Word,
    source: FlowSource,
    called: FlowSource,
    scopes: Mapping[str, Scope],
    found: Diagnostics,
) -> None:
    mine, its = scopes[source.id].get(ours), scopes[called.id].get(theirs)
    if mine and its and mine.kind and its.kind and (mine.kind != its.kind or mine.values != its.values):
        needed = f'a variable like "{theirs}" of "{called.id}", which is {its.kind}'
        type = mine.kind if mine.kind != its.kind else f"{mine.kind} with other values"
        found.add("IW304", ours.place, test=key, needed=needed, name=ours, type=type)


def check_circles(sources: Mapping[str, FlowSource], found: Diagnostics) -> frozenset[str]:
    """IW307, once for each circle, at its first call; the flows that stand in one."""
    circular: set[str] = set()
    for id in sorted(sources):
        path = [] if id in circular else _back_to(id, sources)
        if path:
            circular.update(path)
            second = path[1] if len(path) > 1 else id
            call = next(word for word in calls_of(sources[id]) if word == second)
            found.add("IW307", call.place, circle=", ".join([*path, id]))
    return frozenset(circular)


def _back_to(start: str, sources: Mapping[str, FlowSource]) -> list[str]:
    """The shortest way along calls from a flow to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for call in calls_of(sources[way[-1]]):
            if call == start:
                return way
            if call in sources and call not in seen:
                seen.add(str(call))
                ways.append([*way, str(call)])
    return []
