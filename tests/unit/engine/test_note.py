"""The client's edits of a note, and what a transcript cannot say about it."""

from dataclasses import replace

from app.engine import Note, State, compose, verify
from tests.flows.world import Talk, case, made

BUDGET = case("I_a_budget_says_whole_sentences_and_offers_the_rest")
TOLD = "She was late. I said nothing at all. She went on about the weather for an hour"


def edited(state: State, **edits: str) -> State:
    """The state with these edits; `moment_2` is the sentence `moment.2`."""
    return replace(state, edits={name.replace("_", "."): edit for name, edit in edits.items()})


def inside(note: Note) -> dict[str, str]:
    """The sentences that are in, by id."""
    return {s.id: s.text for s in note.sentences if s.state == "in"}


def told() -> State:
    """A moment of three sentences."""
    return Talk(BUDGET).type(TOLD).pick("she").skip().state


def test_a_sentence_left_out_leaves_its_frame_to_the_next() -> None:
    note = compose(BUDGET, edited(told(), moment="out"))

    assert inside(note)["moment.2"] == "One time I remember: I said nothing at all."


def test_all_sentences_left_out_leave_no_frame() -> None:
    note = compose(BUDGET, edited(told(), moment="out", moment_2="out", moment_3="out"))

    assert "One time" not in note.text()


def test_a_sentence_over_the_budget_can_be_kept() -> None:
    state = Talk(BUDGET).type(f"{TOLD} and then about the traffic on the bridge").pick("she").skip().state

    assert "moment.3" in inside(compose(BUDGET, edited(state, moment_3="keep"), "opener"))
    assert "moment.3" not in inside(compose(BUDGET, state, "opener"))


def test_nothing_is_lost_to_a_budget() -> None:
    note = compose(BUDGET, told(), "opener")
    said = " ".join(s.text for s in note.sentences if s.id.startswith("moment"))

    assert all(words in said for words in ("were late", "nothing at all", "the weather"))
    assert {s.id for s in note.sentences if s.state == "offered"} == {"moment.2"}


def test_words_can_be_set_as_typed() -> None:
    note = compose(BUDGET, replace(told(), as_typed=("moment",)))

    assert inside(note)["moment"] == "One time I remember: “She was late.”"
    assert next(s for s in note.sentences if s.id == "moment").as_typed


def test_an_offered_line_is_confirmed_once_it_is_kept() -> None:
    state = told()
    offered = next(s for s in compose(BUDGET, state).sentences if s.id == "ask")
    kept = next(s for s in compose(BUDGET, edited(state, ask="keep")).sentences if s.id == "ask")

    assert [(s.state, s.parts[0].by) for s in (offered, kept)] == [
        ("offered", "offered"),
        ("in", "confirmed"),
    ]


def test_words_of_danger_can_be_asked_for() -> None:
    talk = Talk(BUDGET).type("She was late. I want to kill myself").skip().pick("she").skip().skip()

    assert "kill" not in compose(BUDGET, talk.state).text()
    assert "kill" in compose(BUDGET, edited(talk.state, moment_2="keep")).text()


def test_with_nothing_answered_a_note_is_its_opening_frame() -> None:
    assert compose(BUDGET, Talk(BUDGET).state).text() == "I’d like to talk about us.\n"


def test_a_note_carries_the_answers_that_it_uses_and_no_others() -> None:
    talk = Talk(BUDGET).type(TOLD).skip().type("be on time")

    assert dict(compose(BUDGET, talk.state).answers) == {"moment": TOLD, "ask": "be on time"}
    assert dict(compose(BUDGET, talk.state, "opener").answers) == {"moment": TOLD}


def test_a_joined_section_stands_in_the_paragraph_before_it() -> None:
    flow = case("I_a_list_is_joined_as_the_language_joins")
    talk = Talk(flow).pick("pace").skip().pick("sad")

    assert compose(flow, talk.state).text() == (
        "A first line.\n\nWe go too fast for me. I felt sad, or low.\n"
    )
    assert compose(flow, talk.state, "opener").text() == (
        "A first line. We go too fast for me. I felt sad, or low.\n"
    )


def test_what_stands_behind_the_words_stays_with_the_last_that_is_said() -> None:
    flow = made(
        "vars:\n  moment: {type: text}\nsteps:\n  moment: {ask: What?, saves: moment}\n  done: {end: note}\n",
        "to: therapist\nsections:\n  - {id: moment, when: moment is answered, at_most: {letter: 3},"
        ' text: "So: {moment|to_you} That is it."}\n  - {id: lead, text: A line.}\n',
    )
    state = Talk(flow).type("It was cold. I sat in my coat for an hour").state

    assert compose(flow, state).text().startswith("So: it was cold. That is it.")


def test_a_record_names_each_answer_by_its_heading_or_its_question() -> None:
    flow = made(
        "vars:\n  gate: {type: one, of: [happened]}\n  moment: {type: text}\n"
        "  heavy: {type: number, from: 1, to: 5}\n"
        "steps:\n  gate: {choose: Was there anything?, saves: gate, options: {happened: {label: It was so, "
        "route: misconduct}}}\n  moment: {ask: What was it?, heading: What happened, saves: moment}\n"
        '  heavy: {scale: "How heavy was it?", saves: heavy}\n  done: {end: note}\n',
        "to: therapist\nsections:\n  - {id: lead, text: A line.}\n",
    )
    state = Talk(flow).pick("happened").pick("carry_on").type("She came to my house").pick("4").state
    note = compose(flow, state)

    assert note.text() == (
        "Was there anything? It was so.\n\nWhat happened: “She came to my house”.\n\nHow heavy was it? 4.\n"
    )
    assert verify(note.as_json(), flow) == []


def test_a_record_can_be_shortened_too() -> None:
    flow = case("I_after_misconduct_the_note_is_a_record")
    state = Talk(flow).type("she kissed me").pick("carry_on").pick("left").state

    assert "Left" not in compose(flow, edited(state, way="out")).text()
    assert compose(flow, state).to == "self"
