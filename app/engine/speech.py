"""Words with their places in a client's text, which of them are quoted speech, and where sentences end.

Knows nothing of pronouns or meaning; every pass is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.engine.english import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARK = re.compile("[\"“”„«»'‘’]")
_STOP = re.compile(r"[.!?…]+[\"”»'’)\]]*|[\r\n]+")
_LAST_WORD = re.compile(r"(?:[^\W_]+\.)*[^\W_]+$")
_ELIDED = word_set(
    "cause cos coz cuz em til till bout round n tis twas nuff kay er im ad ave is as ell ere e ow ome fraid"
)
TITLES = word_set("dr mr mrs ms mx prof st rev sr jr eg e.g ie i.e vs approx cf")
_MAY_END = frozenset(["etc", "a.m", "p.m", "am", "pm"])


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `at` and `end` in code points; `low` in lower case with straight apostrophes.

    `gap` is what stands between the word before and this one; `starts` tells that a sentence begins here;
    `unclear` that nobody can tell whether it is quoted.
    """

    at: int
    end: int
    text: str = field(repr=False)
    low: str = field(repr=False)
    gap: str = field(repr=False)
    quoted: bool
    unclear: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class Quotes:
    """Spans of quoted speech, and spans of which nobody can tell whether they are quoted."""

    spans: tuple[tuple[int, int], ...]
    unclear: tuple[tuple[int, int], ...]


def scan(text: str) -> list[Word]:
    """All words of a text with their places."""
    quotes = find_quotes(text)
    begins = [start for start, _ in sentences(text, quotes)]
    words: list[Word] = []
    last = quoted = unclear = sentence = 0
    for found in _WORD.finditer(text):
        at, end = found.span()
        quoted = _past(quotes.spans, quoted, at)
        unclear = _past(quotes.unclear, unclear, at)
        starts = sentence < len(begins) and begins[sentence] <= at
        while sentence < len(begins) and begins[sentence] <= at:
            sentence += 1
        low = found.group().lower().replace("’", "'")
        inside = _covers(quotes.spans, quoted, at), _covers(quotes.unclear, unclear, at)
        words.append(Word(at, end, found.group(), low, text[last:at], *inside, starts))
        last = end
    return words


def _past(spans: tuple[tuple[int, int], ...], nth: int, at: int) -> int:
    while nth < len(spans) and spans[nth][1] <= at:
        nth += 1
    return nth


def _covers(spans: tuple[tuple[int, int], ...], nth: int, at: int) -> bool:
    return nth < len(spans) and spans[nth][0] <= at


def find_quotes(text: str) -> Quotes:
    """Straight, curly and angled double quotes; single quotes where they cannot be apostrophes."""
    spans: list[tuple[int, int]] = []
    unclear: list[tuple[int, int]] = []
    opened, kind, single_end = -1, "", -1
    for found in _MARK.finditer(text):
        at, mark = found.start(), found.group()
        single = mark in "'‘’"
        if opened >= 0:
            if single == (kind == "single") and _closes(text, at, mark, kind):
                spans.append((opened, at + 1))
                single_end = at + 1 if single else -1
                opened = -1
        elif single and _opens(text, at):
            opened, kind = at, "single"
        elif single:
            if single_end >= 0 and _closes(text, at, mark, "single"):
                unclear.append((single_end, at))
                single_end = at + 1
        elif mark in '"“„«':
            opened, kind = at, mark
        else:
            unclear.append((0, at))
    if opened >= 0:
        unclear.append((opened, len(text)))
    return Quotes(tuple(spans), tuple(_merged(unclear)))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _closes(text: str, at: int, mark: str, kind: str) -> bool:
    if kind == "single":
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        return mark != "‘" and not before.isspace() and not after.isalnum()
    return mark in {"„": '“”"', "«": "»"}.get(kind, '"”')


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalnum() or (before and before in ".,!?…)") or not after or after.isspace() or after.isdigit():
        return False
    word = _WORD.match(text, at + 1)
    return not (word and word.group().lower() in _ELIDED)


def sentences(text: str, quotes: Quotes | None = None) -> list[tuple[int, int]]:
    """Spans of whole sentences, in code points, without the white space around them.

    Quoted speech, titles, numbers and initials are never broken; a line break ends a sentence.

    >>> sentences("Dr. A. was late. i cried")
    [(0, 16), (17, 24)]
    """
    spans = (quotes or find_quotes(text)).spans
    found: list[tuple[int, int]] = []
    start, nth = 0, 0
    for stop in _STOP.finditer(text):
        at, end = stop.span()
        nth = _past(spans, nth, at)
        inside = _covers(spans, nth, at)
        if inside and (spans[nth][1] > end or not _upper_follows(text, end)):
            continue
        if not _ends_sentence(text, at, end) or _in_brackets(text, start, at, end):
            continue
        found.extend(_trimmed(text, start, end))
        start = end
    found.extend(_trimmed(text, start, len(text)))
    return found


def _in_brackets(text: str, start: int, at: int, end: int) -> bool:
    """Whether brackets opened since `start` close later in the same line: "(late. again)"."""
    if text.rfind("(", start, at) <= text.rfind(")", start, end):
        return False
    close, line = text.find(")", end), text.find("\n", at)
    return close >= 0 and (line < 0 or close < line)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _upper_follows(text: str, end: int) -> bool:
    rest = text[end : end + 8].lstrip()
    return not rest or rest[0].isupper() or "\n" in text[end : end + 2]


def _ends_sentence(text: str, at: int, end: int) -> bool:
    mark = text[at]
    if mark in "\r\n" or end == len(text):
        return True
    if not text[end].isspace():
        return False
    if text[at:end].startswith(("...", "…")):
        return _upper_follows(text, end)
    if mark != ".":
        return True
    return not _abbreviated(text, at, end)


def _abbreviated(text: str, at: int, end: int) -> bool:
    near = _LAST_WORD.search(text[max(0, at - 12) : at])
    if not near:
        return False
    word, low = near.group(), near.group().lower()
    rest = text[end : end + 8].lstrip()
    if low in TITLES or (low == "no" and rest[:1].isdigit()):
        return True
    if low in _MAY_END:
        return not _upper_follows(text, end)
    if word.isdigit():
        before = text[max(0, at - len(word) - 4) : at - len(word)].rstrip(" ")
        return not before or before[-1] in "\r\n"
    return len(word) == 1 and word.isupper() and word != "I"
