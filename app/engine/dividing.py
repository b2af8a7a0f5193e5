"""Where an answer is divided into sentences: at its own stops and lines, and in speech without any.

Words are never left out but for the sign before a line of a list, and "and" where we divide. Only a very
long sentence is divided where nobody stopped, at "and then she …", and never behind "if", "when" or "that".
"""

import re
from collections.abc import Iterator, Mapping

from app.engine import shape_words as s
from app.engine.english import MODALS
from app.engine.finite import clause_at, tense_of
from app.engine.mentions import find_mentions
from app.engine.pronouns import low_at
from app.engine.speech import Word, scan, sentences

LONG = 32  # words; what is shorter is never divided
BEFORE, BEHIND, CLEAR = 8, 5, 8  # words on both sides of a place, and free of "when" and the like before it

_AND = frozenset(("and", "n"))
BULLET = re.compile(r"(?:[-*•·–—]|\d{1,2}[.)]|\(?[a-hA-H\d]\))\s+")
_COUNTED = re.compile(r"\d{1,2}[.)]|\(?[a-h\d]\)\.?")


def divided(typed: str, names: tuple[str, ...] = ()) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of an answer, in code points. `names`: what the therapist is called.

    >>> list(divided("- ask first\\n- go slower"))
    [(2, 11), (14, 23)]
    """
    for start, end in sentences(typed):
        bullet = BULLET.match(typed, start, end)
        bullet = bullet if bullet and typed[bullet.end() : bullet.end() + 1].isalnum() else None
        start = bullet.end() if bullet else start
        if not typed[start:end].strip() or _COUNTED.fullmatch(typed, start, end):
            continue
        long = typed.count(" ", start, end) >= LONG
        yield from _parts(typed, start, end, names) if long else [(start, end)]


def _parts(typed: str, start: int, end: int, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    words = scan(typed[start:end])
    called = {found.first: found.last for found in find_mentions(words, names, typed[start:end])}
    begun = first = 0
    for j in range(BEFORE, len(words) - BEHIND):
        if j - begun >= BEFORE and _is_place(words, begun, j, called):
            stop = words[j - 1].end
            stop += typed[start + stop : start + stop + 1] == ","
            yield start + words[first].at, start + stop
            begun, first = j, j + (low_at(words, j) in _AND)
    yield start + (words[first].at if first else 0), end


def _is_place(words: list[Word], begun: int, j: int, called: Mapping[int, int]) -> bool:
    """Whether a sentence can begin at word `j`: "and", "but" or "so", then a subject with its verb."""
    if low_at(words, j) not in _AND | {"but", "so"} or words[j].quoted or words[j].unclear:
        return False
    if words[j].gap.strip() not in ("", ",") or low_at(words, begun) in s.SUBORDINATE - {"so"}:
        return False
    subject = j + 2 if low_at(words, j + 1) in ("then", "so") else j + 1
    if low_at(words, j) == "so" and low_at(words, subject + 1) in MODALS:
        return False  # "so she would sleep": what it was for
    if subject in called:  # they are named anew, so it hangs on no clause about somebody else
        return tense_of(low_at(words, called[subject] + 1)) is not None
    low = low_at(words, subject)
    begins = low in (s.PLAIN_SUBJECTS | s.CONTRACTED.keys()) - {"everything", "something", "there"}
    reasons = any(low_at(words, k) in s.REASONS for k in range(begun + 1, j))
    clear = not reasons and not any(
        low_at(words, k) in s.SUBORDINATE for k in range(max(begun + 1, j - CLEAR), j)
    )
    goes_on = low_at(words, j + 1) == "then"  # what comes next in a story hangs on nothing said before
    return begins and (clear or goes_on) and clause_at(words, subject) is not None
