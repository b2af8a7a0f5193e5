"""Figures of notes over an evaluation folder: whether a client's words arrive in them, and nothing else.

Each persona answers the flow as it asks, in the engine itself; the notes are those of every length and tone
(the clinical guide, 8.1). What is heard in single texts is counted in measuring.py.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from app.engine import LENGTHS, TONES, Answer, Asked, Flow, State, advance, begin, compose, hear, verify
from app.flows.figures import Figure, Measured, Row, read_rows

MOST_TURNS = 200
LEAST_FEAR = 12  # shorter ones may stand in a note by chance
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a persona's conversation was left: at its end, unless it took more than MOST_TURNS. `stopped`:
    the net asked a question or showed a page of help on the way."""

    state: State = field(repr=False)
    ended: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is counted: its name, its goal, and what a persona that misses it is listed under."""

    name: str
    goal: float | None = None
    missed: str = ""

    @property
    def at_most(self) -> bool:
        return self.goal == 0.0


_KINDS = (
    _Kind("required fragments kept", 1.0, "a required fragment missing"),
    _Kind("fragments kept or offered"),
    _Kind("forbidden words in", 0.0, "a forbidden word in"),
    _Kind("private fear in a note", 0.0, "the private fear in a note"),
    _Kind("notes that verify passes", 1.0, "a note that verify does not pass"),
    _Kind("conversations that ended", 1.0, "no end"),
    _Kind("stopped by the net"),
)


def measure_notes(flow: Flow, folder: Path) -> Measured:
    """Walks the flow as everyone in personas.jsonl and holds the notes against what they said; without that
    file there are no figures. Raises ValueError or KeyError where a line is no persona."""
    counted = [
        (persona["id"], _counted(flow, persona))
        for persona in read_rows(folder / "personas.jsonl", needed=False)
    ]
    figures, misses = [], {}
    for at, kind in enumerate(_KINDS):
        marks = [mark for _, all_marks in counted for mark in all_marks[at]]
        figures.append(Figure(f"personas: {kind.name}", sum(marks), len(marks), kind.goal, kind.at_most))
        if kind.missed:  # a mark that is set speaks against it where none may be, and for it elsewhere
            ids = tuple(id for id, all_marks in counted if kind.at_most in all_marks[at])
            misses[f"personas: {kind.missed}"] = ids
    return Measured(tuple(figures), misses)


def _counted(flow: Flow, persona: Row) -> tuple[list[bool], ...]:
    """The marks of one persona, in the order of _KINDS. A fragment is kept if every tone of the letter has
    it; a word is in if any note has it."""
    walked = walk(flow, persona)
    notes = [compose(flow, walked.state, length, tone) for length in LENGTHS for tone in TONES]
    texts = [_plain(note.text()) for note in notes]
    letters = [note for note in notes if note.length == "letter"]
    kept = [_plain(note.text()) for note in letters]
    offered = [_plain(" ".join(s.text for s in note.sentences if s.state != "out")) for note in letters]
    required = [_plain(part) for part in persona["must_appear_in_note"]]
    forbidden = [
        re.compile(rf"(?<!\w){re.escape(_plain(word))}(?!\w)") for word in persona["must_not_appear"]
    ]
    fear = _plain(persona["answers"].get("fear", ""))
    return (
        [all(part in letter for letter in kept) for part in required],
        [all(part in letter for letter in offered) for part in required],
        [any(word.search(text) for text in texts) for word in forbidden],
        [any(fear in text for text in texts)] if len(fear) > LEAST_FEAR else [],
        [not verify(note.as_json(), flow) for note in notes],
        [walked.ended],
        [walked.stopped],
    )


def walk(flow: Flow, persona: Row) -> Walked:
    """Goes through a flow as this persona would; a question that comes back at once is skipped."""
    moved = begin(flow)
    stopped, before = False, None
    for _ in range(MOST_TURNS):
        asked = moved.turn.question
        if asked is None:
            break
        stopped = stopped or _is_of_the_net(asked)
        skip = asked.id == before
        answer = Answer(asked.id, skipped=True) if skip else _answer(flow, asked, persona)
        moved, before = advance(flow, moved.state, answer), asked.id
    return Walked(moved.state, moved.turn.finished, stopped)


def _is_of_the_net(asked: Asked) -> bool:
    """Whether a check or a page of help asks, not the flow."""
    return asked.id.startswith("safety/")


def _answer(flow: Flow, asked: Asked, persona: Row) -> Answer:
    """What this persona gives: their concerns, their words; what is private stays so; all else is skipped."""
    said = {**persona, **persona["answers"]}
    offered = {option.value for option in asked.options}
    if asked.saves is None or _is_of_the_net(asked):
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
