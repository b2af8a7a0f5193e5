"""What the net hears at the note: in other words for a sentence, and in what nobody reads."""

from app.engine import (
    LENGTHS,
    Answer,
    NoteEdit,
    advance,
    compose,
    current,
    edit_note,
    go_back,
    hear,
    replay,
    to_text,
)
from tests.flows.world import (
    Talk,
    shipped_flows,
)
from tests.unit.engine.edits import (
    DANGER,
    FLOW,
    TOLD,
    UNCLEAR,
    assert_verifies,
    edited,
    inside,
    nobody_reads,
    offered,
    told,
)


def test_explicit_danger_in_other_words_opens_its_page_and_stays_out() -> None:
    moved = edit_note(FLOW, told(), [NoteEdit("moment", "text", hear(FLOW.shared.net, DANGER))])

    assert moved.turn.support.route == "crisis_self"
    assert moved.turn.question is not None
    assert moved.turn.question.id == "safety/crisis_self"
    assert "kill" not in compose(FLOW, moved.state).text()
    assert "kill" in compose(FLOW, edited(moved.state, "moment", "keep", True)).text()


def test_a_choice_to_keep_is_not_carried_to_words_of_danger() -> None:
    kept = edited(edited(told(), "moment", "keep", True), "moment", "text", DANGER)

    assert "kill" not in compose(FLOW, kept).text()


def test_unclear_words_ask_one_question_and_never_again() -> None:
    state = told()
    moved = edit_note(FLOW, state, [NoteEdit("moment", "text", hear(FLOW.shared.net, UNCLEAR))])
    assert moved.turn.question is not None
    assert moved.turn.question.id.startswith("safety/")
    assert moved.turn.messages[0].text == UNCLEAR

    option = moved.turn.question.options[-1].value
    settled = advance(FLOW, moved.state, Answer(moved.turn.question.id, (option,)))
    again = edit_note(FLOW, settled.state, [NoteEdit("ask", "text", hear(FLOW.shared.net, UNCLEAR))])

    assert not (again.turn.question and again.turn.question.id.startswith("safety/"))


def test_words_explained_in_an_answer_are_not_asked_about_in_an_edit() -> None:
    talk = Talk(FLOW).type(UNCLEAR)
    assert talk.moved.turn.question is not None
    talk.pick(talk.moved.turn.question.options[-1].value)
    moved = edit_note(FLOW, talk.state, [NoteEdit("moment", "text", hear(FLOW.shared.net, UNCLEAR + "!"))])

    assert not (moved.turn.question and moved.turn.question.id.startswith("safety/"))


def test_after_the_page_the_conversation_stands_where_it_stood() -> None:
    talk = Talk(FLOW).type(TOLD)
    asked = talk.asks
    moved = edit_note(FLOW, talk.state, [NoteEdit("moment", "text", hear(FLOW.shared.net, DANGER))])
    while moved.turn.question and moved.turn.question.id.startswith("safety/"):
        moved = advance(FLOW, moved.state, Answer(moved.turn.question.id, skipped=True))

    assert moved.turn.question is not None
    assert moved.turn.question.id == asked


def test_back_at_a_page_takes_the_edit_back_and_no_answer() -> None:
    state = told()
    moved = edit_note(FLOW, state, [NoteEdit("moment", "text", hear(FLOW.shared.net, DANGER))])
    back = go_back(FLOW, moved.state)

    assert replay(FLOW, back.state).counted == replay(FLOW, state).counted
    assert compose(FLOW, back.state).text() == compose(FLOW, state).text()


def test_what_nobody_reads_is_in_no_note_until_a_sentence_of_it_is_ticked() -> None:
    state = nobody_reads(told(), "i am so angry. i miss how it was").state

    for length in LENGTHS:
        assert "angry" not in compose(FLOW, state, length).text()
    assert offered(compose(FLOW, state))["unsent.2"] == "I miss how it was."
    assert "unsent" not in {s.id for s in compose(FLOW, state, "opener").sentences}
    ticked = edited(state, "unsent.2", "keep", True)
    assert inside(compose(FLOW, ticked))["unsent.2"] == "I miss how it was."
    assert "angry" not in compose(FLOW, ticked).text()
    assert_verifies(ticked)


def test_what_nobody_reads_is_changed_and_deleted_with_its_ticks() -> None:
    before = told()
    state = edited(nobody_reads(before, "i am so angry").state, "unsent", "keep", True)
    changed = nobody_reads(state, "i was so angry").state
    gone = nobody_reads(changed, " ").state

    assert "angry" not in to_text(gone)
    assert compose(FLOW, gone) == compose(FLOW, before)
    assert gone.edits == {}


def test_the_net_reads_what_nobody_reads() -> None:
    moved = nobody_reads(told(), DANGER)

    assert moved.turn.support.route == "crisis_self"
    assert "kill" not in compose(FLOW, moved.state).text()


def test_stopping_at_the_page_of_an_edit_ends_and_back_leads_on() -> None:
    moved = nobody_reads(told(), "my therapist kissed me")
    assert moved.turn.question is not None
    ended = advance(FLOW, moved.state, Answer(moved.turn.question.id, ("stop",)))
    assert ended.turn.finished

    back = go_back(FLOW, ended.state)
    assert back.state.entries["unsent"].undone
    assert current(FLOW, back.state) == back.turn
    assert replay(FLOW, back.state).counted == replay(FLOW, told()).counted


def test_the_page_of_an_edit_leads_through_the_flow_for_the_client_alone_once() -> None:
    flow = next(each for each in shipped_flows() if each.id == "connection")
    talk = Talk(flow).type("i dont feel a connection")
    moved = edit_note(flow, talk.state, unsent=hear(flow.shared.net, "my therapist kissed me"))
    assert moved.turn.question is not None
    moved = advance(flow, moved.state, Answer(moved.turn.question.id, ("write_down",)))
    assert moved.turn.question is not None
    assert moved.turn.question.id.startswith("felt_wrong/")
    asked = []
    while moved.turn.question and len(asked) < 60:
        asked.append(moved.turn.question.id)
        moved = advance(flow, moved.state, Answer(moved.turn.question.id, skipped=True))

    assert moved.turn.finished
    assert len(set(asked)) == len(asked)
    assert compose(flow, moved.state).to == "self"
