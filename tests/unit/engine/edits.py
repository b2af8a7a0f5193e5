"""What the tests of a note's edits share: one conversation, and short names for edits."""

import json

from app.engine import (
    LENGTHS,
    TONES,
    Flow,
    Moved,
    Note,
    NoteEdit,
    State,
    compose,
    edit_note,
    from_text,
    hear,
    to_text,
    verify,
)
from app.engine.editing import EditKind
from tests.flows.world import (
    Talk,
    case,
)

FLOW = case("I_a_budget_says_whole_sentences_and_offers_the_rest")
TOLD = "It was late. I said nothing at all. We spoke of the weather for an hour"
DANGER = "I want to kill myself"
UNCLEAR = "I can't do this anymore"


def told(flow: Flow = FLOW) -> State:
    """A moment of three sentences, and what is wanted."""
    return Talk(flow).type(TOLD).pick("she").type("be on time").state


def edited(state: State, id: str, what: EditKind, value: object, length: str = "letter") -> State:
    """The state with one edit."""
    if isinstance(value, str):
        value = hear(FLOW.shared.net, value)
    edit = NoteEdit(id, what, value)  # type: ignore[arg-type]
    return edit_note(FLOW, state, [edit], length).state  # type: ignore[arg-type]


def nobody_reads(state: State, text: str) -> Moved:
    """The state with words that nobody reads."""
    return edit_note(FLOW, state, unsent=hear(FLOW.shared.net, text))


def inside(note: Note) -> dict[str, str]:
    """The sentences that are in, by id, in their order."""
    return {s.id: s.text for p in note.paragraphs() for s in p}


def offered(note: Note) -> dict[str, str]:
    """The sentences that are offered, by id."""
    return {s.id: s.text for s in note.sentences if s.state == "offered"}


def assert_verifies(state: State) -> None:
    """Every word has its owner, at every length and tone, also once the state was kept."""
    state = from_text(to_text(state))
    for length in LENGTHS:
        for tone in TONES:
            note = json.loads(json.dumps(compose(FLOW, state, length, tone).as_json()))
            assert verify(note, FLOW) == [], (length, tone)
