"""Which words of a note are quoted only because nobody knows who is meant, so that the client can be asked.

A question is asked where its answer would change the note, and nowhere else: the note is composed once more
as if the therapist were meant. Whether somebody else could be meant is weighed in `doubt.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.engine.addressing import Edit
from app.engine.flow import Flow
from app.engine.note import compose
from app.engine.pronouns import FORMS
from app.engine.provenance import Note, Sentence
from app.engine.rewording import THERAPIST, who_is_meant, who_key
from app.engine.state import NOTE, State


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of which the client can say who they mean. `sentence`: the first that is in the note with them;
    `forms`: the words in question as typed ("she", "her"), each once; `text`: the sentence as it stands."""

    sentence: str
    forms: tuple[str, ...]
    text: str = field(repr=False)


def doubts(flow: Flow, state: State, note: Note) -> tuple[Doubt, ...]:
    """One for each text that stands quoted in the note and was not asked about."""
    found: list[Doubt] = []
    asked: set[str] = set()
    for sentence in note.sentences if note.to != "self" else ():
        if sentence.state != "in" or sentence.as_typed or not sentence.quoted:
            continue
        for answer in _answers(sentence):
            typed = note.answers[answer]
            if typed in asked or who_is_meant(state.meanings, typed) is not None:
                continue
            asked.add(typed)
            meant = replace(state, meanings={**state.meanings, who_key(typed): THERAPIST})
            forms = _forms(compose(flow, meant, note.length, note.tone), note, answer)
            found += [Doubt(sentence.id, forms, sentence.text)] if forms else []
    return tuple(found)


def _answers(sentence: Sentence) -> Iterable[str]:
    return (p.answer for p in sentence.parts if p.answer and not p.answer.startswith(NOTE))


def _forms(meant: Note, note: Note, answer: str) -> tuple[str, ...]:
    """The words of an answer that became "you" and are not in the note as it is; a name is in no doubt, where
    a pronoun is."""
    clear = {change.at for change in _turned(note, answer)}
    more = (change.was.casefold() for change in _turned(meant, answer) if change.at not in clear)
    turned = tuple(dict.fromkeys(more))
    return tuple(form for form in turned if form.replace("’", "'") in FORMS) or turned


def _turned(note: Note, answer: str) -> list[Edit]:
    parts = (part for s in note.sentences for part in s.parts if part.answer == answer)
    return [change for part in parts for change in part.changes if change.rule == "address"]
