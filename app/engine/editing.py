"""How the client's edits of a note are taken. What comes of them in the note lives in `rewording.py`,
`ordering.py` and `unsent.py`; the state is changed by `dialogue.py` alone.

An edit belongs to a sentence and not to a length or a tone: what somebody changed in the letter is changed
in the message too, wherever that sentence stands. None as the value takes this kind of edit back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from app.engine.errors import EditNotTaken, UnknownSentence
from app.engine.flow import LENGTHS, Flow, Length, Tone
from app.engine.note import compose
from app.engine.ordering import in_order, moved
from app.engine.provenance import Note, Sentence
from app.engine.rewording import NEW, OTHER, THERAPIST, WHO, made_of, who_key
from app.engine.safety import Finding, Heard
from app.engine.state import NOTE, UNSENT, Entry, Given, State

EditKind = Literal["text", "keep", "as_typed", "to_you", "place"]


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """One edit of the sentence `id`. `text`: other words for it (a blank text leaves it out). `keep`: in
    the note or not. `as_typed`: our changes taken back. `to_you`: whether its "she" is the therapist.
    `place`: where it stands among what is printed at the length in hand, from 1."""

    id: str
    what: EditKind
    value: Heard | bool | int | None = field(repr=False)


def with_edits(flow: Flow, state: State, edits: Iterable[NoteEdit], length: Length, tone: Tone) -> State:
    """The state with these edits, in their order. Raises UnknownSentence, EditNotTaken."""
    known = {s.id for each in LENGTHS for s in compose(flow, state, each, tone).sentences}
    for edit in edits:
        if edit.id not in known:
            raise UnknownSentence("the note has no sentence with this id")
        value = edit.value
        if edit.what == "text":
            text = value if isinstance(value, Heard) else None
            state = _with_text(flow, state, edit.id.removesuffix(NEW), text, length, tone)
        elif edit.what == "keep":
            state = _with_kept(state, edit.id, None if value is None else bool(value))
        elif edit.what == "as_typed":
            id = edit.id.removesuffix(NEW)
            rest = tuple(each for each in state.as_typed if each != id)
            state = replace(state, as_typed=(*rest, id) if value else rest)
        elif edit.what == "to_you":
            meant = None if value is None else THERAPIST if value else OTHER
            state = _with_meant(flow, state, edit.id, meant, length, tone)
        else:
            place = value if isinstance(value, int) else None
            state = _with_place(flow, state, edit.id, place, length, tone)
    return state


def with_unsent(state: State, heard: Heard | None) -> State:
    """The state with what nobody reads; a blank text, or None, deletes it and the ticks of its sentences."""
    if heard is not None and heard.text.strip():
        return _with_entry(state, UNSENT, heard)
    mine = UNSENT + "."
    state = _without_entry(state, UNSENT)
    for key in [key for key in state.entries if key == NOTE + UNSENT or key.startswith(NOTE + mine)]:
        state = _without_entry(state, key)
    return replace(
        state,
        edits={id: edit for id, edit in state.edits.items() if id != UNSENT and not id.startswith(mine)},
        as_typed=tuple(id for id in state.as_typed if id != UNSENT and not id.startswith(mine)),
    )


def as_composed(state: State) -> State:
    """The state without any edit of the note; what nobody reads is still there, unticked."""
    for key in [key for key in state.entries if key.startswith(NOTE)]:
        state = _without_entry(state, key)
    meanings = {key: meant for key, meant in state.meanings.items() if not key.startswith(WHO)}
    return replace(state, edits={}, as_typed=(), order=(), meanings=meanings)


def _with_text(flow: Flow, state: State, id: str, heard: Heard | None, length: Length, tone: Tone) -> State:
    if heard is not None and not heard.text.strip():
        return _with_kept(state, id, False)
    bare = _without_entry(state, NOTE + id)
    bare = replace(bare, edits={key: edit for key, edit in bare.edits.items() if key != id})
    note, sentence = _found(flow, bare, id, length, tone)
    if note.to == "self":
        raise EditNotTaken("a record quotes the answers; change the answer")
    if heard is None or heard.text.strip() == sentence.text.strip():
        return replace(bare, edits=dict(state.edits))
    # Who puts an offered line in words of their own wants it, unless something may be a danger in it.
    kept = {id: "keep"} if sentence.state != "in" and not heard.findings else {}
    state = _with_entry(state, NOTE + id, heard, made_of(sentence, bare))
    return replace(state, edits={**bare.edits, **kept})


def _with_kept(state: State, id: str, keep: bool | None) -> State:
    rest = {key: edit for key, edit in state.edits.items() if key != id}
    return replace(state, edits=rest if keep is None else {**rest, id: "keep" if keep else "out"})


def _with_meant(flow: Flow, state: State, id: str, meant: str | None, length: Length, tone: Tone) -> State:
    note, sentence = _found(flow, state, id, length, tone)
    used = {part.answer for part in sentence.parts if part.answer and not part.answer.startswith(NOTE)}
    keys = {who_key(note.answers[answer]) for answer in used}
    if not keys:
        raise EditNotTaken("no words of an answer stand in this sentence")
    rest = {key: value for key, value in state.meanings.items() if key not in keys}
    return replace(state, meanings=rest if meant is None else {**rest, **dict.fromkeys(keys, meant)})


def _with_place(flow: Flow, state: State, id: str, place: int | None, length: Length, tone: Tone) -> State:
    note = compose(flow, state, length, tone)
    if id not in {sentence.id for sentence in note.sentences}:
        raise UnknownSentence("the note has no sentence with this id at this length")
    if place is None:
        order = tuple(each for each in state.order if each != id)
    else:
        order = moved(note.sentences, id, place, state.order)
    bare = compose(flow, replace(state, order=()), length, tone).sentences
    same = [s.id for s in in_order(bare, order)] == [s.id for s in bare]
    return replace(state, order=() if same else order)


def _found(flow: Flow, state: State, id: str, length: Length, tone: Tone) -> tuple[Note, Sentence]:
    """The sentence where it stands: at this length, else at the first that has it."""
    for each in (length, *(other for other in LENGTHS if other != length)):
        note = compose(flow, state, each, tone)
        found = next((s for s in note.sentences if s.id == id), None)
        if found:
            return note, found
    raise UnknownSentence("the note has no sentence with this id")


def _with_entry(state: State, key: str, heard: Heard, over: str = "") -> State:
    """The words as the newest entry. What was typed at a page about the words before stays heard."""
    beside = _heard_beside(state, key)
    rest = {each: entry for each, entry in state.entries.items() if each != key}
    entry = Entry(Given(text=heard.text), (*heard.findings, *beside), over=over)
    return replace(state, entries={**rest, key: entry})


def _without_entry(state: State, key: str) -> State:
    beside = _heard_beside(state, key)
    rest = {each: entry for each, entry in state.entries.items() if each != key}
    return replace(state, entries={**rest, key: Entry(None, beside)} if beside else rest)


def _heard_beside(state: State, key: str) -> tuple[Finding, ...]:
    """What was found in words that stand in no answer: they were typed at a page."""
    entry = state.entries.get(key)
    return tuple(f for f in entry.findings if f.span == (0, 0)) if entry and not entry.undone else ()
