"""An author's text cut into its fixed pieces and its holes: `{moment|quote}`, `{frame.lead}`.

Each fault is placed at its hole (IW204, IW302, IW304, IW310). How holes are filled is the engine's.
"""

import re
from collections.abc import Collection
from typing import Literal, get_args

from app.engine.flow import OWN_WORDS, Slot, Template
from app.flows.diagnostics import Diagnostics, did_you_mean, listed
from app.flows.parsing import Known, Scope
from app.flows.reading import Word

Filter = Literal["quote", "to_you", "name", "list", "label"]
Use = Literal["spoken", "note", "line"]
FILTERS: dict[Use, tuple[Filter, ...]] = {
    "spoken": ("quote", "label", "list"),
    "note": ("quote", "to_you", "name", "list"),
    "line": ("quote", "to_you"),
}
FITS: dict[str, tuple[str, ...]] = {
    "quote": ("text", "one", "many"),  # of one and many: the words beside the options
    "to_you": ("text", "one", "many"),
    "name": ("text",),
    "list": ("one", "many"),
    "label": ("one", "many", "yes_no"),
}
_HOLE = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")


def parse_template(
    word: Word, source: str, scope: Scope, use: Use, found: Diagnostics, frames: Collection[str] = ()
) -> Template | None:
    """The text as a template, or None with a diagnostic. `source` names its place for provenance;
    `use` says which filters there are; `frames` are the note's. Never raises."""
    before = len(found)
    pieces: list[str | Slot] = []
    end = 0
    for hole in _HOLE.finditer(word):
        _plain(word, end, hole.start(), found)
        pieces.append(word[end : hole.start()])
        slot = _slot(word, hole, scope, use, found, frames)
        pieces += [slot] if slot else []
        end = hole.end()
    _plain(word, end, len(word), found)
    pieces.append(word[end:])
    kept = tuple(str(piece) if isinstance(piece, str) else piece for piece in pieces if piece)
    return Template(source, kept) if len(found) == before else None


def _plain(word: Word, start: int, end: int, found: Diagnostics) -> None:
    stray = _BRACE.search(word, start, end)
    if stray:
        rest = word[stray.start() : end].split(maxsplit=1)[0]
        out = "A hole is written {name|filter}; other braces cannot stand in a text."
        found.add("IW204", word.at(stray.start()), out, word=f'"{rest}"')


def _slot(
    word: Word, hole: re.Match[str], scope: Scope, use: Use, found: Diagnostics, frames: Collection[str]
) -> Slot | None:
    name, bar, filter = hole[1].partition("|")
    if not _NAME.fullmatch(name):
        out = "A hole is written {name|filter}, without blanks."
        found.add("IW204", word.at(hole.start()), out, word=f'"{hole[0]}"')
    elif "." in name:
        return _frame(word, hole, name, bar, found, frames)
    elif use == "line" and name != OWN_WORDS:
        found.add(
            "IW204", word.at(hole.start(1)), "A line can hold {own_words|to_you} alone.", word=f'"{name}"'
        )
    elif name not in scope and name != OWN_WORDS:
        found.add("IW302", word.at(hole.start(1)), did_you_mean(name, scope) or None, name=name)
    elif name == OWN_WORDS and use != "line":
        out = 'Only the "own_words" line of a section holds it. Elsewhere name the variable.'
        found.add("IW302", word.at(hole.start(1)), out, name=name)
    elif not bar:
        known = scope.get(name, Known("text"))
        fitting = [f for f in FILTERS[use] if not known.kind or known.kind in FITS[f]]
        ways = listed([f"{{{name}|{each}}}" for each in fitting])
        found.add("IW310", word.at(hole.start()), f"Write {ways}.", name=name)
    elif filter not in FILTERS[use]:
        out = did_you_mean(filter, FILTERS[use], f"Here there are {', '.join(FILTERS[use])}.")
        found.add("IW204", word.at(hole.start(1) + len(name) + 1), out, word=f'"{filter}"')
    else:
        return _filtered(word, hole, name, filter, scope.get(name, Known("text")), found)
    return None


def _filtered(
    word: Word, hole: re.Match[str], name: str, filter: str, known: Known, found: Diagnostics
) -> Slot | None:
    if known.kind and known.kind not in FITS[filter]:
        needed = f"a variable of type {listed(FITS[filter])}"
        found.add("IW304", word.at(hole.start(1)), test=filter, needed=needed, name=name, type=known.kind)
        return None
    return next(Slot(name, f) for f in get_args(Filter) if f == filter)


def _frame(
    word: Word, hole: re.Match[str], name: str, bar: str, found: Diagnostics, frames: Collection[str]
) -> Slot | None:
    kind, _, frame = name.partition(".")
    if kind == "frame" and frame in frames and not bar:
        return Slot(frame, "frame")
    out = did_you_mean(frame, frames, 'A frame stands under "frames" in note.yaml, and takes no filter.')
    found.add("IW204", word.at(hole.start(1)), out, word=f'"{hole[1]}"')
    return None
