"""Random ways through a flow, and what has to hold at every turn of them. Chance is an argument."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import get_args

from app.engine import (
    LENGTHS,
    OWN_WORDS,
    TONES,
    Answer,
    Asked,
    EditNotTaken,
    Flow,
    Moved,
    Note,
    NoteEdit,
    State,
    Turn,
    advance,
    begin,
    change,
    compose,
    current,
    earlier_question,
    edit_note,
    from_text,
    go_back,
    hear,
    replay,
    to_text,
    verify,
)
from app.engine.checks import keeps_from_therapist
from app.engine.editing import EditKind
from tests.flows.world import CASES, case, shipped_flows

EDITS: tuple[EditKind, ...] = get_args(EditKind)
DANGERS = {
    "crisis_self": "I want to kill myself",
    "danger": "he beats me up",
    "misconduct": "my therapist kissed me",
}
UNCLEAR = "I can't do this anymore"
ODD = (
    "",
    "   ",
    "\u00a0\u2003\n\t",
    "\u200b\u200d\ufeff",
    "she\u200bsaid \u200dno",
    "😀",
    "😀 " * 400,
    "אני לא מרגיש חיבור",
    "\u202eevil\u202c",
    "{{7*7}}",
    "{moment|quote} {frame.lead} {{ask}} {",
    "<script>alert(1)</script>",
    "nul\x00l",
    "half \ud83d a pair",
    "e\u0301" * 30,
    "9" * 60,
    "…",
    "she said:",
    "“quoted” \"twice\" 'thrice'",
    "a  b   c",
    "one.\n\ntwo!  three?",
    "x" * 5000,
    "Dr. Who vs. Mr. X. at 5 p.m.",
    "; -- : ;",
)
PLAIN = (
    "She looked at the clock while I was crying. I said nothing. Then the hour was over",
    "he talks over me",
    "i dont feel a connection",
    "her mother came and she sat down",
    "idk",
    "nothing really",
    "yes",
    "no",
    "3",
    "sad and small",
    "Ada",
    "my therapist",
    "I want to end it",
    "last night I cut myself",
    "maybe it goes much too fast, and I don't know what to say. Can we slow down?",
    "I can't do this anymore. I'm afraid to go home",
    "help",
    "why",
    "skip",
    "back",
    "stop",
    "delete",
    UNCLEAR,
    *DANGERS.values(),
)


@cache
def all_flows() -> tuple[Flow, ...]:
    """The shipped flows, then those of the cases."""
    return (*shipped_flows(), *(case(folder.name) for folder in sorted(CASES.iterdir())))


def text_from(chance: Random) -> str:
    """Something that somebody may type."""
    return chance.choice(ODD if chance.random() < 0.3 else PLAIN)


def answer_from(chance: Random, flow: Flow, asked: Asked, text: Callable[[Random], str]) -> Answer:
    """An answer that may be given to this question: options, words, both, or none."""
    dice = chance.random()
    values = [option.value for option in asked.options]
    if dice < 0.15:
        return Answer(asked.id, skipped=True)
    if not values or dice < 0.45:
        return Answer(asked.id, text=hear(flow.shared.net, text(chance)))
    if asked.kind != "pick":
        return Answer(asked.id, (chance.choice(values),))
    some = tuple(chance.sample(values, chance.randint(1, min(3, len(values)))))
    own = hear(flow.shared.net, text(chance)) if asked.own_words and dice > 0.8 else None
    return Answer(asked.id, some, own)


def move_from(
    chance: Random, flow: Flow, moved: Moved, text: Callable[[Random], str] = text_from
) -> Moved | None:
    """Any legal move: an answer, back, a change of an earlier answer, an edit of the note; None: over."""
    state, turn, dice = moved.state, moved.turn, chance.random()
    earlier = replay(flow, state).counted
    if turn.can_go_back and dice < 0.08:
        return go_back(flow, state)
    if earlier and dice < 0.18:
        asked = earlier_question(flow, state, chance.choice(earlier))
        return change(flow, state, answer_from(chance, flow, asked, text))
    if dice < 0.25 and flow.note:
        return edited_from(chance, flow, state, text)
    if turn.question is None:
        return None
    return advance(flow, state, answer_from(chance, flow, turn.question, text))


def edited_from(chance: Random, flow: Flow, state: State, text: Callable[[Random], str] = text_from) -> Moved:
    """Any edit of the note, or words that nobody reads."""
    length, tone, dice = chance.choice(LENGTHS), chance.choice(TONES), chance.random()
    sentences = compose(flow, state, length, tone).sentences
    if dice < 0.2 or not sentences:
        return edit_note(flow, state, unsent=hear(flow.shared.net, text(chance)))
    if dice < 0.25:
        return edit_note(flow, state, afresh=True)
    sentence = chance.choice(sentences)
    what = chance.choice(EDITS)
    value = {
        "text": lambda: chance.choice((hear(flow.shared.net, text(chance)), None)),
        "place": lambda: chance.choice((None, 1, 2, len(sentences), 999)),
    }.get(what, lambda: chance.choice((True, False, None)))()
    try:
        return edit_note(flow, state, [NoteEdit(sentence.id, what, value)], length, tone)
    except EditNotTaken:
        return Moved(state, current(flow, state))


def walk(chance: Random, flow: Flow, most: int, text: Callable[[Random], str] = text_from) -> Iterator[Moved]:
    """Each place of a random walk; after `most` moves all that is left is skipped."""
    moved: Moved | None = begin(flow)
    moves = 0
    while moved is not None:
        moved = replace(moved, state=from_text(to_text(moved.state)))
        yield moved
        moves += 1
        if moves <= most:
            moved = move_from(chance, flow, moved, text)
        elif moved.turn.question is not None:
            moved = advance(flow, moved.state, Answer(moved.turn.question.id, skipped=True))
        else:
            moved = None


def place_from(chance: Random, flow: Flow, most: int = 25) -> Moved:
    """Somewhere in a conversation."""
    length = chance.randint(0, most)
    last = begin(flow)
    for n, moved in enumerate(walk(chance, flow, most)):
        last = moved
        if n >= length:
            break
    return last


@cache
def places(flow_number: int) -> tuple[Moved, ...]:
    """Every question of a flow, safety questions too, each at the first place where it is asked."""
    flow = all_flows()[flow_number]
    ahead, found, seen = [begin(flow)], {}, set()
    while ahead:
        moved = ahead.pop(0)
        asked = moved.turn.question
        if asked is None or asked.id.partition(":")[2] > "2":
            continue
        began = moved.state.entries.get("opening")  # one question is only for those who began in own words
        own = began is not None and began.given is not None and began.given.text is not None
        way = (asked.id, own, keeps_from_therapist(moved.state, flow.shared.safety))  # a record asks alone
        if way in seen:
            continue
        seen.add(way)
        found.setdefault(asked.id, moved)
        answers = [Answer(asked.id, skipped=True), *(Answer(asked.id, (o.value,)) for o in asked.options)]
        for text in ("It was a Tuesday", *DANGERS.values(), UNCLEAR):
            answers.append(Answer(asked.id, text=hear(flow.shared.net, text)))
        ahead += [advance(flow, moved.state, answer) for answer in answers]
    return tuple(found.values())


def waits(turn: Turn) -> str:
    """Where a turn waits, without its version: for comparing places."""
    return repr(replace(turn, version=0, support=replace(turn.support, shown=False))) + "".join(
        m.text for m in turn.messages
    )


def assert_stands(turn: Turn) -> None:
    """A turn that waits has its ways out; one that does not is the end."""
    assert turn.finished == (turn.question is None)
    if turn.question:
        assert turn.can_skip
        assert turn.question.prompt
        assert turn.question.skip
        assert all(option.label for option in turn.question.options)


def assert_whole(note: Note, flow: Flow) -> None:
    """No empty frame, no hole, no doubled space, no empty sentence; and every word has its owner."""
    for sentence in note.sentences:
        assert sentence.text.strip(), sentence.id
        for part in sentence.parts:
            assert part.text.strip() or part.by == "confirmed", sentence.id
        authored = "".join("x" if part.by == "own" else part.text for part in sentence.parts)
        assert "{" not in authored, sentence.id
        assert "  " not in authored, sentence.id
        assert not authored.rstrip(" .”").endswith(":"), sentence.id
        assert authored == authored.strip(), sentence.id
    assert len({s.id for s in note.sentences}) == len(note.sentences)
    assert verify(json.loads(json.dumps(note.as_json())), flow) == []


def answer_of(flow: Flow, state: State, key: str) -> Answer:
    """The answer that made this entry."""
    given = state.entries[key].given
    assert given is not None
    own = OWN_WORDS in given.values
    values = tuple(v for v in given.values if v != OWN_WORDS) if own or given.text is None else ()
    text = None if given.text is None else hear(flow.shared.net, given.text)
    return Answer(key, values, text, given.skipped)


def every_note(flow: Flow, state: State) -> list[Note]:
    """The note at every length, in every tone."""
    return [compose(flow, state, length, tone) for length in LENGTHS for tone in TONES]
