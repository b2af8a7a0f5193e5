"""What lies off the path, and what is private, is read by nobody: no note, no message, no offer."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.engine import LENGTHS, TONES, Answer, Moved, advance, answers_given, begin, compose, hear, replay
from tests.flows.test_properties import CHANCES, FLOWS, flow_of, quickly
from tests.flows.walking import all_flows, every_note, move_from, walk


@quickly
@given(CHANCES, FLOWS)
def test_what_is_off_the_path_is_read_nowhere(chance: Random, number: int) -> None:
    flow, told = flow_of(number), [0]

    def marked(chance: Random) -> str:
        told[0] += 1
        return f"zebra{told[0]}z of mine"

    for moved in walk(chance, flow, 25, marked):
        now = replay(flow, moved.state)
        read_there = {*now.counted, *(key for key, _ in moved.state.at_note())}
        off = [
            entry.given.text
            for key, entry in moved.state.entries.items()
            if entry.given and entry.given.text and key not in read_there
        ]
        waiting = now.check.entry if now.check else None
        asked = moved.state.entries[waiting].given if waiting else None
        off = [text for text in off if asked is None or text != asked.text]
        read = " ".join(m.text for m in moved.turn.messages)
        read += moved.turn.question.prompt + (moved.turn.question.hint or "") if moved.turn.question else ""
        read += "".join(s.text for note in every_note(flow, moved.state) for s in note.sentences)
        assert not [text for text in off if text in read]
        counts = {said.question_id: said.counts for said in answers_given(flow, moved.state)}
        # An option that opened a page is told in the review already, and counts once the page is left.
        told_already = {now.unsettled.asked.key} if now.unsettled and now.unsettled.entry.given else set()
        assert {key for key, counted in counts.items() if counted} == {*now.counted, *told_already}


PRIVATE = [n for n, flow in enumerate(all_flows()) if any(v.private_unless for v in flow.variables.values())]


@quickly
@given(CHANCES, st.sampled_from(PRIVATE))
def test_what_is_private_is_in_no_sentence_of_any_note(chance: Random, number: int) -> None:
    flow = all_flows()[number]
    private = {v.name: v.private_unless or "" for v in flow.variables.values() if v.private_unless}
    moved: Moved | None = begin(flow)
    for _ in range(40):
        if moved is None:
            break
        asked = moved.turn.question
        if asked and asked.saves in private and chance.random() < 0.9:
            answer = Answer(asked.id, text=hear(flow.shared.net, "zebra kept to myself"))
            moved = advance(flow, moved.state, answer)
        else:
            moved = move_from(chance, flow, moved) or moved
        values = replay(flow, moved.state).values
        shared = any(values[c].values == ("yes",) for c in private.values() if c in values)
        notes = [compose(flow, moved.state, length, chance.choice(TONES)) for length in LENGTHS]
        told = [s.text for note in notes for s in note.sentences]
        assert shared or not [text for text in told if "zebra" in text]
        for said in answers_given(flow, moved.state):
            assert not (said.saves in private and said.counts and not shared and not said.private)
