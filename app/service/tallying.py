"""The tally as authors may see it: counts under five are never given out, nor what would tell one.

Which questions come up and how they are answered, by month, of everyone together. It is for the command
line alone: no page, no log and no metric has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.tallying import ASKED, answers
from app.service.pinned import Pinned, translated

LEAST = 5
"""From so many on a count is shown. Below, it could be one person whom somebody knows."""


@dataclass(frozen=True, slots=True)
class TallyLine:
    """A question that a family asked in a month ("2026-11"). `asked`: how often it came up; `answers`: how
    often each was given, in the order of the options. None is a count under five, or of `asked` one that
    would tell such a count."""

    month: str
    family: str
    question: str
    asked: int | None
    answers: Mapping[str, int | None]


class Tally:
    """What was counted, read for authors."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def lines(self) -> tuple[TallyLine, ...]:
        """The months that are over, in their order. A line is there once one of its counts can be shown, so
        that a missing line does not tell whether there was anything. Raises StorageDown."""
        async with translated():
            cells = await self._pinned.store.tally()
        counts: dict[tuple[str, str, str], dict[str, int]] = {}
        for cell in cells:
            family, question, answer = cell.code
            counts.setdefault((cell.month, family, question), {})[answer] = cell.times
        lines = (self._line(*place, times) for place, times in counts.items())
        return tuple(line for line in lines if line is not None)

    def _line(self, month: str, family: str, question: str, times: Mapping[str, int]) -> TallyLine | None:
        shared = self._pinned.library.shared
        offered = answers(shared, question) if question in shared.safety.checks else ()
        every = dict.fromkeys([*offered, *times])  # an answer that is offered no more stands last
        shown = {each: _shown(times.get(each, 0)) for each in every if each != ASKED}
        asked = times.get(ASKED, 0)
        if all(count is None for count in (_shown(asked), *shown.values())):
            return None
        return TallyLine(month, family, question, None if _tells(asked, shown.values()) else asked, shown)


def _shown(count: int) -> int | None:
    return count if count >= LEAST else None


def _tells(asked: int, shown: Iterable[int | None]) -> bool:
    """Whether the number of askings may not be shown: it is small itself, or so near to the sum of the
    answers shown that it narrows one that is not.

    >>> _tells(40, (30, 6, None)), _tells(40, (30, 7, None)), _tells(40, (30, 10)), _tells(4, ())
    (False, True, False, True)
    """
    counts = tuple(shown)
    rest = asked - sum(count or 0 for count in counts)
    return asked < LEAST or (None in counts and rest < LEAST - 1)
