"""Figures of notes over an evaluation folder: whether the client's words arrive in them, and nothing else does.

Each persona answers the flow as it asks, in the engine itself; the notes are those of every length and tone
(the clinical guide, 8.1). What is heard in single texts is counted in measuring.py.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.engine import LENGTHS, TONES, Answer, Asked, Flow, Note, State, advance, begin, compose, hear, verify
from app.flows.figures import Figure, Measured, Row, read_rows

MOST_TURNS = 200
LEAST_FEAR = 12  # shorter ones may stand in a note by chance
_QUOTES = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a persona's conversation ended, and whether help was shown on the way."""

    state: State = field(repr=False)
    helped: bool


class NoEnd(Exception):
    """A persona's conversation did not end within MOST_TURNS."""


def measure_notes(flow: Flow, folder: Path) -> Measured:
    """Walks the flow as everyone in personas.jsonl and holds the notes against what they said; without that
    file there are no figures. Raises NoEnd; ValueError or KeyError where a line is no persona."""
    personas = read_rows(folder / "personas.jsonl", needed=False)
    misses: dict[str, list[str]] = {}
    figures = {name: [0, 0] for name in _GOALS}
    for persona in personas:
        walked = walk(flow, persona)
        notes = [compose(flow, walked.state, length, tone) for length in LENGTHS for tone in TONES]
        counted = _counted(flow, persona, walked, notes)
        for name, marks in counted:
            goal, at_most = _GOALS[name]
            figures[name][0] += sum(marks)
            figures[name][1] += len(marks)
            if goal is not None and (any(marks) if at_most else not all(marks)):
                misses.setdefault(f"missed, {name}", []).append(persona["id"])
    return Measured(
        tuple(Figure(name, hits, of, *_GOALS[name]) for name, (hits, of) in figures.items()),
        {kind: tuple(ids) for kind, ids in misses.items()},
    )


_GOALS: dict[str, tuple[float | None, bool]] = {
    "personas: required fragments kept": (1.0, False),
    "personas: forbidden words in": (0.0, True),
    "personas: private fear in a note": (0.0, True),
    "personas: notes that verify passes": (1.0, False),
    "personas: stopped by a page of help": (None, False),
}
"""Each figure with its goal, and whether that is the most there may be."""


def _counted(
    flow: Flow, persona: Row, walked: Walked, notes: Sequence[Note]
) -> Iterable[tuple[str, list[bool]]]:
    """What is counted of one persona, in the order of _GOALS. A fragment is kept if every tone of the letter
    has it; a word is in if any note has it."""
    letters = [_plain(note.text()) for note in notes if note.length == "letter"]
    texts = [_plain(note.text()) for note in notes]
    forbidden = [
        re.compile(rf"(?<!\w){re.escape(_plain(word))}(?!\w)") for word in persona["must_not_appear"]
    ]
    fear = _plain(persona["answers"].get("fear", ""))
    marks = (
        [all(_plain(part) in letter for letter in letters) for part in persona["must_appear_in_note"]],
        [any(word.search(text) for text in texts) for word in forbidden],
        [any(fear in text for text in texts)] if len(fear) > LEAST_FEAR else [],
        [not verify(note.as_json(), flow) for note in notes],
        [walked.helped],
    )
    return zip(_GOALS, marks, strict=True)


def walk(flow: Flow, persona: Row) -> Walked:
    """Goes through a flow as this persona would. Raises NoEnd."""
    moved = begin(flow)
    helped, before = False, None
    for _ in range(MOST_TURNS):
        helped = helped or moved.turn.support.shown
        asked = moved.turn.question
        if asked is None:
            return Walked(moved.state, helped)
        again = asked.id == before
        answer = Answer(asked.id, skipped=True) if again else _answer(flow, asked, persona)
        moved, before = advance(flow, moved.state, answer), asked.id
    raise NoEnd(f"{persona['id']}: {MOST_TURNS} turns and no end.")


def _answer(flow: Flow, asked: Asked, persona: Row) -> Answer:
    """What this persona gives: their concerns, their words; what is private stays so; all else is skipped."""
    said = {**persona, **persona["answers"]}
    offered = {option.value for option in asked.options}
    if asked.saves is None or asked.id.startswith("safety/"):
        return Answer(asked.id, skipped=True)
    if asked.saves in {variable.private_unless for variable in flow.variables.values()}:
        return Answer(asked.id, ("no",))
    if asked.saves == "concerns":
        own = tuple(concern for concern in persona["concerns"] if concern in offered)
        kept = own if asked.kind == "pick" else own[:1]
        return Answer(asked.id, kept, skipped=not kept)
    text = said.get(asked.saves)
    if isinstance(text, str) and text:
        return Answer(asked.id, text=hear(flow.shared.net, text))
    return Answer(asked.id, skipped=True)


def _plain(text: str) -> str:
    """A text for comparing: any case, any quotes, any space."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())
