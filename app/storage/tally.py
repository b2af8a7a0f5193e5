"""The statements of the tally: what was counted in which month, in codes from a closed list.

A count is written in the transaction of the change that it belongs to, so that a repeat counts once and a
refused change not at all. It holds a month and three words of ours, nothing else. For that reason erasing a
conversation, leaving it and the sweep pass the tally by: no count can be found by its conversation, and a
count that could be taken away with one would have to say whose it was.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

from app.storage.errors import CodeUnknown
from app.storage.rows import Cell, Code

_ADD = (
    "INSERT INTO tally (month, family, question, answer, times) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT (month, family, question, answer) DO UPDATE SET times = times + 1"
)


def month_of(day: int) -> str:
    """The month of a day, counted from 1 January 1970.

    >>> month_of(0), month_of(20_000)
    ('1970-01', '2024-10')
    """
    return f"{date(1970, 1, 1) + timedelta(days=day):%Y-%m}"


def add(db: sqlite3.Connection, counted: Iterable[Code], codes: frozenset[Code], today: int) -> None:
    """Count each code once, in the month of `today`; `CodeUnknown` for one that is not among `codes`."""
    month = month_of(today)
    for code in counted:
        if code not in codes:
            raise CodeUnknown
        db.execute(_ADD, (month, *code))


def over(db: sqlite3.Connection, today: int) -> tuple[Cell, ...]:
    """Every count of the months before that of `today`, by month and code.

    The month that runs is never given out: who looks twice would see what was added on one day.
    """
    found = db.execute(
        "SELECT month, family, question, answer, times FROM tally WHERE month < ?"
        " ORDER BY month, family, question, answer",
        (month_of(today),),
    )
    return tuple(Cell(month, (family, question, answer), n) for month, family, question, answer, n in found)
