"""The files of a flow as read, and what their names stand for, before anything is checked or built.

Names that are declared count as known even where their declaration is at fault, so that one fault
does not draw others after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.understanding import Lexicon
from app.flows import grammar as g
from app.flows.diagnostics import Diagnostics, Place
from app.flows.fitting import fit
from app.flows.lexicons import build_lexicon, check_lexicon
from app.flows.note_grammar import NoteFile
from app.flows.parsing import Known, Scope
from app.flows.pointing import CLASSES, LISTENED, PROPOSED, SIGNED, read_pointing
from app.flows.reading import Read, Word, read
from app.flows.shared_grammar import LexiconFile, ListFile
from app.flows.sharing import FOLDER, fit_shared

LISTS = ("concerns", "feelings")
PINNED = tuple(
    sorted(
        f"{FOLDER}/{name}"
        for name in (
            *(f"{each}{ending}" for each in LISTS for ending in (".yaml", ".en.yaml")),
            CLASSES,
            PROPOSED,
            SIGNED,
        )
    )
)
_STAND_INS: dict[str, Read] = {
    "format": Word("1"),
    "minutes": Word("8"),
    "flow": Word(""),
    "note": Word(""),
    "title": Word("…"),
    "to": Word("self"),
    "vars": {},
    "steps": {Word("…"): {Word("end"): Word("safe_exit")}},
    "sections": [{Word("id"): Word("…"), Word("text"): Word("…")}],
}


@dataclass(frozen=True, slots=True)
class SharedList:
    """A list of `_shared/` that flows are pinned to, with the lexicon that hears its values."""

    name: str
    file: ListFile
    lexicon: Lexicon
    lexicon_file: LexiconFile

    @property
    def values(self) -> tuple[str, ...]:
        """Its values in their order."""
        return tuple(str(value) for value in self.file.values)


Lists = Mapping[str, SharedList]


@dataclass(frozen=True, slots=True)
class FlowSource:
    """A flow as read. `file` and `note` are None where they cannot be read at all, or (the note) do
    not stand in the folder. `steps` and `vars` are all that are declared; `is_whole`: nothing of the
    main file had to be left out."""

    id: str
    file: g.FlowFile | None
    note: NoteFile | None
    steps: tuple[str, ...] = ()
    vars: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def is_called_only(self) -> bool:
        """Whether other flows go through it and nobody begins with it. What a flow with a note takes comes
        from an earlier conversation."""
        return self.file is not None and bool(self.file.returns or (self.file.takes and self.note is None))

    @property
    def flow_name(self) -> str:
        """The name of its main file."""
        return f"{self.id}/flow.yaml"

    @property
    def note_name(self) -> str:
        """The name of its note's file."""
        return f"{self.id}/note.yaml"


def read_lists(texts: Mapping[str, str], found: Diagnostics) -> Lists:
    """The shared lists; one that is at fault is left out, with diagnostics."""
    lists = {}
    for name in LISTS:
        before = found.errors
        values = fit_shared(ListFile, f"{name}.yaml", texts, found)
        words = fit_shared(LexiconFile, f"{name}.en.yaml", texts, found, "concepts")
        pointing = None
        if values and words and name == LISTENED:
            pointing = read_pointing(words, tuple(map(str, words.concepts)), texts, found)
        lexicon = build_lexicon(words, found, pointing) if words else None
        if values and words and lexicon and found.errors == before:
            lists[name] = SharedList(name, values, lexicon, words)
    return lists


def check_examples(lists: Lists, found: Diagnostics) -> None:
    """Tries every example of every lexicon (IW350)."""
    for each in lists.values():
        check_lexicon(each.lexicon_file, each.lexicon, found)


def read_flow(id: str, texts: Mapping[str, str], found: Diagnostics) -> FlowSource:
    """The files of one flow; what cannot be read comes out as diagnostics."""
    source = FlowSource(id, None, None)
    name = source.flow_name
    if name not in texts:
        found.add("IW202", Place(name), "Add the file.", place="the folder", key="flow.yaml")
        return source
    before = found.errors
    data = read(name, texts[name], found)
    file = fit(g.FlowFile, data, name, found, _STAND_INS) if data is not None else None
    is_whole = found.errors == before
    note = None
    if source.note_name in texts:
        written = read(source.note_name, texts[source.note_name], found)
        if written is not None:
            note = fit(NoteFile, written, source.note_name, found, _STAND_INS)
    return FlowSource(id, file, note, _names(data, "steps"), _names(data, "vars"), is_whole)


def _names(data: Mapping[Word, Read] | None, key: str) -> tuple[str, ...]:
    below = (data or {}).get(Word(key))
    return tuple(str(name) for name in below) if isinstance(below, dict) else ()


def scope_of(source: FlowSource, lists: Lists) -> Scope:
    """What conditions and holes of a flow may speak of."""
    file = source.file
    scope = {name: Known() for name in source.vars}
    if file is None:
        return scope
    for name, variable in file.vars.items():
        low, high = variable.from_ or 0, variable.to if variable.to is not None else 10
        values = domain_of(variable, lists)
        kind = variable.type
        concepts = _concepts(source, file, name, lists)
        unknown = kind in ("one", "many") and values is None
        scope[str(name)] = Known("" if unknown else kind, values or (), low, high, concepts)
    return scope


def domain_of(variable: g.Variable, lists: Lists) -> tuple[str, ...] | None:
    """The values of a variable, or None where they are not known."""
    if variable.type == "yes_no":
        return ("yes", "no")
    if isinstance(variable.of, Word):
        shared = lists.get(variable.of)
        return shared.values if shared else None
    return tuple(str(value) for value in variable.of) if variable.of else None


def _concepts(source: FlowSource, file: g.FlowFile, name: str, lists: Lists) -> tuple[str, ...] | None:
    """What is listened for in the words of a variable: None for nothing, empty where something else in
    the files is at fault and it is not known."""
    asks = [step for step in file.steps.values() if isinstance(step, g.AskStep) and step.saves == name]
    understood = [step.understand for step in asks if step.understand is not None]
    if not understood:
        return None if source.is_whole else ()
    heard = [lists[name].values if name in lists else () for name in understood]
    return tuple(value for values in heard for value in values) if all(heard) else ()


def calls_of(source: FlowSource) -> tuple[Word, ...]:
    """The flows that a flow goes through itself."""
    steps = source.file.steps.values() if source.file else ()
    return tuple(step.call for step in steps if isinstance(step, g.CallStep))


def all_calls(id: str, sources: Mapping[str, FlowSource]) -> tuple[str, ...]:
    """A flow and every flow it goes through, directly or not, in the order of their names."""
    seen: set[str] = set()
    ahead: list[str] = [id]
    while ahead:
        now = ahead.pop()
        if now not in seen and now in sources:
            seen.add(now)
            ahead += [str(call) for call in calls_of(sources[now])]
    return tuple(sorted(seen))


def file_names(ids: Iterable[str], texts: Mapping[str, str]) -> tuple[str, ...]:
    """The files that these flows are made of, the shared ones included."""
    own = (f"{id}/{name}" for id in ids for name in ("flow.yaml", "note.yaml"))
    return tuple(sorted(name for name in (*own, *PINNED) if name in texts))
