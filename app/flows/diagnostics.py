"""What is wrong in an author's file: place, what, why and a way out.

The wordings stand in `diagnostics.yaml`. Nothing here decides what is wrong. All faults of all files
come out together, sorted by place; a single one never hides the others.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file. `file` is the name below the flows folder; line and column count from 1,
    the column in code points."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Wording:
    """One entry of `diagnostics.yaml`: the sentence with its placeholders, whether it fails `check`,
    the usual way out, and the smallest example of doing it wrong and right."""

    code: str
    severity: Literal["error", "warning"]
    says: str
    placeholders: tuple[str, ...]
    way_out: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A finding in an author's file. `way_out` says what to do, in a sentence or two."""

    place: Place
    code: str
    message: str
    way_out: str = ""
    severity: Literal["error", "warning"] = "error"

    def under(self, folder: str) -> "Diagnostic":
        """The same finding with its file named from where the author stands."""
        return replace(self, place=replace(self.place, file=f"{folder.rstrip('/')}/{self.place.file}"))

    def __str__(self) -> str:
        first = f"{self.place}: {self.code} {self.message}"
        return first + "".join(f"\n    {line}" for line in self.way_out.splitlines())


class FlowFileError(Exception):
    """An author's files are wrong; `diagnostics` holds every finding, sorted by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class Diagnostics:
    """Collects findings while files are read and built; the same one counts once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, code: str, at: Place, way_out: str | None = None, /, **placeholders: object) -> None:
        """Adds a finding, worded by its entry in `diagnostics.yaml`; raises `KeyError` for a code or
        placeholder that has no wording."""
        wording = wordings()[code]
        message = wording.says.format(**placeholders) + "."
        out = wording.way_out if way_out is None else way_out
        self._found[Diagnostic(at, code, message, out, wording.severity)] = None

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> int:
        """How many of the findings fail `check`."""
        return sum(diagnostic.severity == "error" for diagnostic in self._found)


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A way out that offers the closest name, or `otherwise` where none is close.

    >>> did_you_mean("feelng", ["feeling", "ask"])
    'Did you mean "feeling"?'
    """
    close = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=0.6)
    return " ".join(filter(None, [f'Did you mean "{close[0]}"?' if close else "", otherwise]))


def listed(names: Sequence[str], most: int = 12) -> str:
    """Names as a reader lists them; so many at most.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    if len(names) > most:
        return ", ".join(names[:most]) + ", …"
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


@lru_cache(maxsize=1)
def wordings() -> dict[str, Wording]:
    """Every code with its wording, in the order of their numbers."""
    text = Path(__file__).with_name("diagnostics.yaml").read_text(encoding="utf-8")
    entries = YAML(typ="safe", pure=True).load(text)
    return {
        code: Wording(
            code,
            entry.get("severity", "error"),
            entry["says"],
            tuple(entry["placeholders"]),
            entry["way_out"],
            entry["wrong"].rstrip("\n"),
            entry["right"].rstrip("\n"),
        )
        for code, entry in entries.items()
    }
