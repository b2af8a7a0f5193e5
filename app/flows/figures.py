"""A figure with its interval and its goal, and a page of them as text. What is counted stands in measuring.py
and measuring_notes.py.

The goals are the clinical guide's, 8.1. No text of an evaluation folder is ever in a figure, only its ids.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: `hits` of `of` texts, and its goal as a share. `at_most`: the goal is an upper bound.
    `slack`: so many misses are allowed whatever the share. Without a goal it is only told."""

    name: str
    hits: int
    of: int
    goal: float | None = None
    at_most: bool = False
    slack: int = 0

    @property
    def share(self) -> float:
        """Hits over texts; 0 where there are none."""
        return self.hits / self.of if self.of else 0.0

    @property
    def ok(self) -> bool | None:
        """Whether the goal is reached; None without a goal or without texts."""
        if self.goal is None or not self.of:
            return None
        if self.at_most:
            return self.share <= self.goal
        return self.share >= self.goal or self.of - self.hits <= self.slack

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 per cent interval of the share, after Wilson."""
        return wilson(self.hits, self.of)

    def __str__(self) -> str:
        """One line: counts, share, interval, goal, verdict."""
        low, high = self.interval
        bound = "" if self.goal is None else f"   goal {'<=' if self.at_most else '>='} {self.goal:.2f}"
        verdict = {True: "  ok", False: "  missed", None: ""}[self.ok]
        return (
            f"{self.name:<42}{self.hits:>4} of {self.of:<4} {self.share:.3f} [{low:.2f}-{high:.2f}]"
            f"{bound}{verdict}"
        )


Confusion = tuple[str, str, int]
"""A label, what was heard in its place, and how often."""


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a folder. `misses`: kinds and the ids of their texts; `concerns` and `routes`: what
    was heard first where it was not the label."""

    figures: tuple[Figure, ...]
    misses: dict[str, tuple[str, ...]]
    concerns: tuple[Confusion, ...] = ()
    routes: tuple[Confusion, ...] = ()

    def __add__(self, other: "Measured") -> "Measured":
        """Both, one after the other."""
        return Measured(
            (*self.figures, *other.figures),
            {**self.misses, **other.misses},
            (*self.concerns, *other.concerns),
            (*self.routes, *other.routes),
        )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 per cent interval of a share, after Wilson.

    >>> [round(bound, 2) for bound in wilson(8, 10)]
    [0.49, 0.94]
    """
    if not of:
        return (0.0, 1.0)
    share, spread = hits / of, _Z * _Z / of
    middle = share + spread / 2
    width = _Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return (max((middle - width) / (1 + spread), 0.0), min((middle + width) / (1 + spread), 1.0))


def read_rows(file: Path, needed: bool = True) -> list[Row]:
    """The lines of a file of JSON lines; none where one that is not `needed` is missing. Raises OSError or
    ValueError where it cannot be read."""
    if not needed and not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def told_in_lines(measured: Measured) -> Iterable[str]:
    """The figures, misses and confusions as lines of plain text; what has no texts is left out."""
    yield from (str(each) for each in measured.figures if each.of)
    yield ""
    yield "Misses by kind"
    for kind, ids in measured.misses.items():
        if ids:
            yield f"  {kind}: {len(ids)} ({', '.join(ids)})"
    tables = (("Routes: label, heard", measured.routes), ("Concerns: label, named first", measured.concerns))
    for title, table in tables:
        yield ""
        yield f"{title}, how often"
        for label, heard, count in table:
            yield f"  {label:<24}{heard:<24}{count}"
