"""A conversation as text that a clinician can read, and a test can run: parsed and written here.

One line, one thing: `bot:` names the step that speaks, `you:` is typed, `pick:` taps (own words beside
the options stand in quotes: `pick: sad "and sore"`), `skip` and `back` do what they say.
What a line claims is checked in `testing.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

WORDS = (
    *("start", "given", "country", "bot", "you", "pick", "skip", "back"),
    *("earlier", "edit", "understood", "safety", "parked", "end", "note"),
)
BARE = ("skip", "back")


class TranscriptError(Exception):
    """A line that is none of a transcript's; the message names file, line and a way out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its word, what the word names, and a fragment in quotes, if any.
    `how` is what stands between the word and the colon (`note message soft: …`)."""

    number: int
    word: str
    rest: str
    fragment: str | None = None
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation from a file, with what its first comment says it shows."""

    file: str
    shows: str
    lines: tuple[Line, ...]


def parse(file: str, text: str) -> Transcript:
    """The transcript in a text. Raises TranscriptError at the first line that is not one.

    >>> parse("a.txt", '# Heard.\\nbot: opening "In your"').lines[0]
    Line(number=2, word='bot', rest='opening', fragment='In your', how=())
    """
    shows, lines = "", []
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if line.startswith("#"):
            shows = shows or line.lstrip("# ")
        elif line:
            lines.append(_line(file, number, line))
    return Transcript(file, shows, tuple(lines))


def write(shows: str, lines: Iterable[tuple[str, str]]) -> str:
    """The text of a transcript from its words and what each names."""
    told = [word if word in BARE else f"{word}: {rest}" for word, rest in lines]
    return "\n".join([f"# {shows}", *told]) + "\n"


def _line(file: str, number: int, line: str) -> Line:
    head, colon, rest = line.partition(":")
    word, *how = head.split() or [""]
    if word not in WORDS or bool(colon) == (word in BARE):
        near = get_close_matches(word, WORDS, 1)
        hint = f'Did you mean "{near[0]}"?' if near else f"A line begins with one of: {', '.join(WORDS)}."
        raise TranscriptError(f'{file}:{number}: "{head}" begins no line of a transcript. {hint}')
    rest = rest.strip()
    if word in ("bot", "note", "pick") and rest.endswith('"') and rest.count('"') >= 2:
        named, _, fragment = rest[:-1].partition('"')
        return Line(number, word, named.strip(), fragment, tuple(how))
    return Line(number, word, rest, None, tuple(how))
