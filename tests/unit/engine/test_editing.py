"""The client's edits of a note: other words, order, and what is in it."""

import json
from dataclasses import replace

import pytest

from app.engine import (
    LENGTHS,
    TONES,
    Answer,
    NoteEdit,
    UnknownSentence,
    change,
    compose,
    edit_note,
    from_text,
    hear,
    replay,
    to_text,
)
from app.engine.errors import EditNotTaken
from tests.flows.world import (
    Talk,
    case,
    typed,
)
from tests.unit.engine.edits import (
    FLOW,
    TOLD,
    assert_verifies,
    edited,
    inside,
    offered,
    told,
)


def test_a_sentence_in_other_words_is_the_clients_own_from_end_to_end() -> None:
    state = edited(told(), "moment", "text", "  You came late, and said so. ")
    note = compose(FLOW, state)
    sentence = next(s for s in note.sentences if s.id == "moment")

    assert sentence.text == "You came late, and said so."
    assert [(part.by, part.answer) for part in sentence.parts] == [("own", "note/moment")]
    assert note.answers["note/moment"] == "  You came late, and said so. "
    assert_verifies(state)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("tone", TONES)
def test_other_words_stand_at_every_length_and_tone(length: str, tone: str) -> None:
    state = edited(told(), "moment", "text", "You came late.", "message")

    assert inside(compose(FLOW, state, length, tone))["moment"] == "You came late."  # type: ignore[arg-type]


def test_an_authors_line_can_be_put_in_other_words() -> None:
    state = told()
    line = next(s for s in compose(FLOW, state).sentences if s.parts[0].by == "confirmed")
    after = edited(state, line.id, "text", "Hello, I have a thing to say.")

    assert inside(compose(FLOW, after))[line.id] == "Hello, I have a thing to say."
    assert_verifies(after)


def test_no_text_brings_the_sentence_back_as_it_was() -> None:
    before = told()
    after = edited(edited(before, "moment", "text", "You came late."), "moment", "text", None)

    assert compose(FLOW, after) == compose(FLOW, before)


def test_an_empty_text_leaves_the_sentence_out_and_keeps_the_words_before() -> None:
    state = edited(edited(told(), "moment", "text", "You came late."), "moment", "text", " \n ")

    assert "moment" not in inside(compose(FLOW, state))
    assert inside(compose(FLOW, edited(state, "moment", "keep", True)))["moment"] == "You came late."


def test_the_same_words_are_no_edit() -> None:
    state = told()
    same = compose(FLOW, state).sentences[-1]
    moved = edit_note(FLOW, state, [NoteEdit(same.id, "text", hear(FLOW.shared.net, same.text))])

    assert moved.state == state


def test_a_new_answer_is_offered_beside_the_edit_and_hides_nothing() -> None:
    state = edited(told(), "moment", "text", "You came late.")
    after = change(FLOW, state, typed(FLOW, "moment", "I waited in the rain")).state
    note = compose(FLOW, after)

    assert inside(note)["moment"] == "You came late."
    assert "I waited in the rain" in offered(note)["moment.now"]
    kept = edited(after, "moment.now", "keep", True)
    assert "I waited in the rain" in inside(compose(FLOW, kept))["moment.now"]
    assert_verifies(kept)


def test_the_new_answer_can_take_the_place_of_the_edit() -> None:
    state = edited(told(), "moment", "text", "You came late.")
    after = change(FLOW, state, typed(FLOW, "moment", "I waited in the rain")).state
    note = compose(FLOW, edited(after, "moment", "text", None))

    assert "I waited in the rain" in inside(note)["moment"]
    assert "moment.now" not in {s.id for s in note.sentences}


def test_writing_the_new_sentence_otherwise_is_an_edit_of_the_old_one() -> None:
    state = edited(told(), "moment", "text", "You came late.")
    after = change(FLOW, state, typed(FLOW, "moment", "I waited in the rain")).state
    again = edited(after, "moment.now", "text", "I stood in the rain.")

    assert inside(compose(FLOW, again))["moment"] == "I stood in the rain."
    assert "moment.now" not in {s.id for s in compose(FLOW, again).sentences}


def test_an_edit_rests_with_its_sentence_and_comes_back_with_it() -> None:
    state = edited(told(), "moment", "text", "You came late.")
    skipped = change(FLOW, state, Answer("moment", skipped=True)).state

    assert "You came late." not in compose(FLOW, skipped).text()
    back = change(FLOW, skipped, typed(FLOW, "moment", TOLD)).state
    assert inside(compose(FLOW, back))["moment"] == "You came late."


def test_an_offered_line_in_other_words_is_in_the_note() -> None:
    state = Talk(FLOW).type(TOLD).pick("she").skip().state
    assert "ask" in offered(compose(FLOW, state))

    assert inside(compose(FLOW, edited(state, "ask", "text", "Please wait for me.")))["ask"] == (
        "Please wait for me."
    )


def test_an_edit_is_no_answer_on_the_path() -> None:
    state = edited(told(), "moment", "text", "You came late.")

    assert replay(FLOW, state).counted == replay(FLOW, told()).counted


def test_keep_and_as_typed_do_not_undo_one_another() -> None:
    state = Talk(FLOW).type("i was late").pick("she").skip().state
    state = edited(edited(state, "moment", "keep", True), "moment", "as_typed", True)
    sentence = next(s for s in compose(FLOW, state).sentences if s.id == "moment")

    assert (sentence.state, sentence.as_typed) == ("in", True)
    assert "“i was late" in sentence.text


@pytest.mark.parametrize("place", [1, 2, 3, 99])
def test_a_sentence_stands_where_it_was_moved_to(place: int) -> None:
    state = edited(told(), "moment", "place", place)
    ids = list(inside(compose(FLOW, state)))

    assert ids.index("moment") == min(place, len(ids)) - 1
    assert sorted(ids) == sorted(inside(compose(FLOW, told())))
    assert_verifies(state)


def test_a_move_survives_another_answer_and_another_length() -> None:
    state = edited(told(), "ask", "place", 1)
    after = change(FLOW, state, typed(FLOW, "moment", "I waited in the rain")).state

    for length in LENGTHS:
        ids = list(inside(compose(FLOW, after, length)))
        assert "ask" not in ids or ids[0] == "ask", length


def test_a_move_back_is_no_edit_any_more() -> None:
    state = told()
    place = list(inside(compose(FLOW, state))).index("ask") + 1
    back = edited(edited(state, "ask", "place", 1), "ask", "place", place)

    assert back.order == ()
    assert compose(FLOW, back) == compose(FLOW, state)


def test_everything_back_gives_the_composed_note_byte_for_byte() -> None:
    state = told()
    before = json.dumps(compose(FLOW, state).as_json())
    after = edited(state, "moment", "text", "You came late.")
    after = edited(after, "moment.2", "keep", False)
    after = edited(after, "ask", "place", 1)
    after = edit_note(FLOW, edited(after, "ask", "as_typed", True), afresh=True).state

    assert json.dumps(compose(FLOW, after).as_json()) == before


def test_a_sentence_that_is_not_there_takes_no_edit() -> None:
    state = told()
    with pytest.raises(UnknownSentence):
        edited(state, "no_such", "keep", True)


def test_a_record_takes_no_other_words_but_is_shortened_and_arranged() -> None:
    flow = case("I_after_misconduct_the_note_is_a_record")
    state = Talk(flow).type("she kissed me").pick("carry_on").pick("left").state
    last = compose(flow, state).sentences[-1].id

    with pytest.raises(EditNotTaken):
        edit_note(flow, state, [NoteEdit(last, "text", hear(flow.shared.net, "Other words"))])
    first = edit_note(flow, state, [NoteEdit(last, "place", 1)]).state
    assert compose(flow, first).sentences[0].id == last


def test_an_edit_of_the_letter_never_changes_the_record() -> None:
    flow = case("I_after_misconduct_the_note_is_a_record")
    talk = Talk(flow).type("we met on monday")
    id = next(s.id for s in compose(flow, talk.state).sentences if any(p.answer for p in s.parts))
    state = edit_note(flow, talk.state, [NoteEdit(id, "text", hear(flow.shared.net, "Other words."))]).state
    after = change(flow, state, typed(flow, replay(flow, state).counted[0], "she kissed me")).state
    note = compose(flow, after)

    assert note.to == "self"
    assert "Other words." not in note.text()


def test_a_state_from_before_is_read_with_its_edits() -> None:
    old = json.loads(to_text(replace(told(), edits={"moment": "out"})))
    old["edits"]["ask"] = "as_typed"
    del old["as_typed"], old["order"]
    read = from_text(json.dumps(old))

    assert (dict(read.edits), read.as_typed, read.order) == ({"moment": "out"}, ("ask",), ())
