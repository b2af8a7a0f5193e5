"""All flows by id and by revision, built from the texts of one folder.

A flow at fault is left out with its diagnostics kept; a fault in `_shared/` stops everything, since
without the net nothing may run. A conversation's pinned flow is built from the texts that were stored
with it, against the shared part of today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.engine.flow import Call, Flow, Shared
from app.flows.building import Parts, build_flow, revision_of
from app.flows.checking import check_flow
from app.flows.checking_calls import check_calls, check_circles
from app.flows.checking_notes import check_has_note, check_note
from app.flows.checking_shared import check_lists, check_net_examples, check_page_calls
from app.flows.corpus import check_corpus
from app.flows.diagnostics import Diagnostic, Diagnostics, FlowFileError, Place
from app.flows.sharing import FOLDER, build_shared
from app.flows.sources import (
    FlowSource,
    Lists,
    all_calls,
    calls_of,
    check_examples,
    file_names,
    read_flow,
    read_lists,
    scope_of,
)

BEGINS = "begins"  # among the files that a conversation is pinned to: which of their flows it began


class Library:
    """The flows of a folder. Made by `Library.load` or from texts; never changed but for the pinned
    flows it remembers."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Builds all flows. `texts` holds the files by name below the folder ("connection/flow.yaml").
        Raises FlowFileError with every finding where `_shared/` is at fault."""
        found = Diagnostics()
        shared = build_shared(texts, found)
        lists = read_lists(texts, found)
        check_lists(lists, texts, found)
        if shared is None or found.errors:
            raise FlowFileError(found)
        self.shared: Shared = shared
        self._texts = texts
        self._flows = _build_all(_flow_ids(texts), texts, lists, shared, found)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(found)
        self._by_revision = {flow.revision: flow for flow in self._flows.values()}

    @classmethod
    def load(cls, folder: Path) -> "Library":
        """The library of a folder on disk. Raises FlowFileError as the constructor does."""
        return cls(read_folder(folder))

    def flow(self, id: str) -> Flow | None:
        """The flow that a conversation can begin with; None for an unknown, faulty or only called one."""
        flow = self._flows.get(id)
        return flow if flow is not None and flow.note is not None else None

    def flows(self) -> tuple[Flow, ...]:
        """The flows on offer, in the order of their doors."""
        doors = [(flow.door.order, flow.id, flow) for flow in self._flows.values() if flow.door and flow.note]
        return tuple(flow for _, _, flow in sorted(doors, key=lambda each: each[:2]))

    def files(self, id: str) -> dict[str, str]:
        """What a conversation with this flow is pinned to: its files as text, by name. Raises KeyError
        for an unknown flow."""
        return _files(self._flows[id], self._texts)

    def by_revision(self, revision: str, files: Mapping[str, str] | None = None) -> Flow | None:
        """The flow with this content hash, built from stored `files` where it is not one of today's.

        None where it is unknown, or the files are not what the hash says. Raises FlowFileError where
        the files cannot be built any more.
        """
        known = self._by_revision.get(revision)
        if known is None and files is not None and revision_of(files) == revision:
            known = self._by_revision[revision] = _build_pinned(files, self.shared)
        return known


def read_folder(folder: Path) -> dict[str, str]:
    """The YAML files of a flows folder as texts, by name. Bytes that are no UTF-8 become characters that
    reading refuses at their place."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
        for path in sorted(folder.glob("*/*.yaml"))
    }


def check(folder: Path, only: Sequence[str] = ()) -> list[Diagnostic]:
    """Everything wrong in a folder's files, sorted by place, each file named with the folder in front.
    `only` keeps to these flows and `_shared/`; one that is not there lacks its file (IW202)."""
    found = Diagnostics()
    check_texts(read_folder(folder), found, only)
    kept = [d for d in found if not only or d.place.file.split("/")[0] in (*only, FOLDER)]
    return [diagnostic.under(str(folder)) for diagnostic in kept]


def check_texts(texts: Mapping[str, str], found: Diagnostics, also: Iterable[str] = ()) -> None:
    """Adds everything wrong in these texts, the examples of lexicons and the net and its corpus included.
    `also`: flows that have to be there."""
    shared = build_shared(texts, found)
    lists = read_lists(texts, found)
    check_lists(lists, texts, found)
    if not also:  # who checks one flow need not have those that pages lead through
        check_page_calls(texts, found)
    check_examples(lists, found)
    if shared:
        check_net_examples(texts, shared, found)
        check_corpus(texts, shared.net, found)
    _build_all({*_flow_ids(texts), *also}, texts, lists, shared, found)


def _flow_ids(texts: Mapping[str, str]) -> tuple[str, ...]:
    folders = {name.split("/")[0] for name in texts if "/" in name}
    return tuple(sorted(folder for folder in folders if not folder.startswith(("_", "."))))


def _files(flow: Flow, texts: Mapping[str, str]) -> dict[str, str]:
    """All that a flow is made of. Where pages lead through others it says which one is begun, since two
    flows may then be made of the same files."""
    ids = {flow.id, *flow.beside}
    ahead = [flow, *flow.beside.values()]
    while ahead:
        called = [step.flow for step in ahead.pop().steps.values() if isinstance(step, Call)]
        ids.update(each.id for each in called)
        ahead += called
    files = {name: texts[name] for name in file_names(ids, texts)}
    return files | ({BEGINS: flow.id} if flow.beside else {})


def _build_pinned(files: Mapping[str, str], shared: Shared) -> Flow:
    found = Diagnostics()
    lists = read_lists(files, found)
    flows = _build_all(_flow_ids(files), files, lists, shared, found)
    called = {
        step.flow.id for flow in flows.values() for step in flow.steps.values() if isinstance(step, Call)
    }
    begun = files.get(BEGINS)
    first = [flow for id, flow in flows.items() if (id not in called if begun is None else id == begun)]
    if found.errors or len(first) != 1:
        raise FlowFileError(found)
    return first[0]


def _build_all(
    ids: Iterable[str], texts: Mapping[str, str], lists: Lists, shared: Shared | None, found: Diagnostics
) -> dict[str, Flow]:
    """Every flow that has no fault, by id; the faults of all others."""
    sources = {id: read_flow(id, texts, found) for id in sorted(ids)}
    scopes = {id: scope_of(source, lists) for id, source in sources.items()}
    for id, source in sources.items():
        _check_files(id, texts, found)
        check_flow(source, scopes[id], found)
        check_note(source, scopes[id], found)
        check_has_note(source, source.note_name in texts, found)
        check_calls(source, sources, scopes, found)
    circular = check_circles(sources, found)
    flows: dict[str, Flow] = {}
    for id in _called_first(sources, circular):
        names = file_names(all_calls(id, sources), texts)
        revision = revision_of({name: texts[name] for name in names})
        parts = Parts(scopes[id], lists, shared, flows, revision)
        flow = build_flow(sources[id], parts, found)
        faulty = any(d.severity == "error" and d.place.file.startswith(f"{id}/") for d in found)
        if flow is not None and not faulty and all(str(call) in flows for call in calls_of(sources[id])):
            flows[id] = flow
    pages = _page_flows(flows, shared)
    return {id: _with_pages(flows[id], pages, texts) for id in sorted(flows)}


def _page_flows(flows: Mapping[str, Flow], shared: Shared | None) -> dict[str, Flow]:
    """The flows that pages lead through, as far as they are there and have no fault."""
    pages = shared.safety.pages.values() if shared else ()
    calls = {option.call for page in pages for option in page.options if option.call}
    return {id: flows[id] for id in sorted(calls) if id in flows}


def _with_pages(flow: Flow, pages: Mapping[str, Flow], texts: Mapping[str, str]) -> Flow:
    """A flow that can be begun, with the flows that pages lead through."""
    others = {id: each for id, each in pages.items() if id != flow.id}
    if flow.note is None or not others:
        return flow
    whole = replace(flow, beside=others)
    return replace(whole, revision=revision_of(_files(whole, texts)))


def _called_first(sources: Mapping[str, FlowSource], circular: frozenset[str]) -> list[str]:
    """All flows, those that are called before those that call them."""
    order: list[str] = []

    def put(id: str) -> None:
        if id in sources and id not in order:
            for call in () if id in circular else calls_of(sources[id]):
                put(str(call))
            order.append(id)

    for id in sources:
        put(id)
    return order


def _check_files(id: str, texts: Mapping[str, str], found: Diagnostics) -> None:
    """A flow's folder may not bring a safety net of its own; nor may the folder be called so."""
    for name in texts:
        if name.startswith(f"{id}/safety") or (id == "safety" and name.startswith("safety/")):
            found.add("IW309", Place(name))
