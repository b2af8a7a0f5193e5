"""What the net's findings ask, and what is remembered of it."""

from app.engine import Answer, advance, begin, change, go_back, replay
from app.engine.checks import GRANTED, keeps_from_therapist, routes_heard, stays_out
from app.engine.safety import FAINT, Finding, Heard
from tests.flows.world import Talk, case, typed

FLOW = case("E_unclear_words_get_one_question")
TEXTS = FLOW.shared.safety


def test_a_route_is_heard_also_off_the_path() -> None:
    talk = Talk(FLOW).type("my therapist kissed me").pick("carry_on")
    back = go_back(FLOW, talk.state)

    assert routes_heard(back.state, TEXTS) == {"misconduct"}
    assert keeps_from_therapist(back.state, TEXTS)


def test_unclear_words_are_a_route_only_once_they_are_explained_so() -> None:
    talk = Talk(FLOW).type("I can't do this anymore")
    assert routes_heard(talk.state, TEXTS) == frozenset()

    assert routes_heard(talk.pick("life").state, TEXTS) == {"crisis_self"}


def test_a_note_to_the_therapist_is_granted_by_one_option_alone() -> None:
    for value in ("outside", "danger", "carry_on", "stop"):
        talk = Talk(FLOW).type("my therapist kissed me").pick(value)
        assert GRANTED not in talk.state.meanings
        assert keeps_from_therapist(talk.state, TEXTS), value
    granted = Talk(FLOW).type("my therapist kissed me").pick("still_want")
    assert not keeps_from_therapist(granted.state, TEXTS)


def test_words_typed_at_a_safety_question_have_no_place_in_the_answer() -> None:
    talk = Talk(FLOW).type("I can't do this anymore").type("he beats me up")
    entry = talk.state.entries["first"]

    assert entry.given is not None
    assert entry.given.text == "I can't do this anymore"
    assert [f.span for f in entry.findings if f.route == "danger"] == [(0, 0)]
    assert (0, 0) in stays_out(entry, talk.state, TEXTS)  # a place that touches no sentence


def test_the_worse_page_comes_before_one_that_stands_open() -> None:
    talk = Talk(FLOW).type("my therapist kissed me")
    assert talk.asks == "safety/misconduct"

    assert talk.type("I want to kill myself").asks == "safety/crisis_self"
    assert talk.skip().asks == "safety/misconduct"


def test_an_open_check_can_be_passed_over_by_back() -> None:
    talk = Talk(FLOW).type("sun").type("I can't do this anymore")
    back = go_back(FLOW, talk.state)

    assert back.turn.question is not None
    assert back.turn.question.id == "second"
    assert replay(FLOW, back.state).counted == ("first",)


def test_an_edit_of_other_words_asks_nothing_again() -> None:
    talk = Talk(FLOW).type("I can't do this anymore").pick("neither")
    moved = change(FLOW, talk.state, typed(FLOW, "first", "But I can't do this anymore, at all"))

    assert moved.turn.question is not None
    assert moved.turn.question.id == "second"


def test_an_option_that_leads_to_a_named_page_opens_that_page() -> None:
    talk = Talk(FLOW).type("he gave me a present").pick("kissed")

    assert talk.asks == "safety/misconduct"
    assert [m.text for m in talk.moved.turn.messages] == ["It is always their job to prevent it."]


def test_a_line_in_a_check_is_the_page_of_nothing() -> None:
    talk = Talk(FLOW).type("he gave me a present").pick("not_ok")

    assert talk.asks == "second"


def test_a_page_that_is_skipped_is_closed() -> None:
    talk = Talk(FLOW).type("he beats me up")
    on = advance(FLOW, talk.state, Answer("safety/danger", skipped=True))

    assert on.turn.question is not None
    assert on.turn.question.id == "second"


def faint(step: str) -> Answer:
    heard = Finding(FAINT, "crisis_self", "unclear", "life_or_therapy", None, (0, 10), "0f", "points: grey")
    return Answer(step, text=Heard("it is grey", (heard,)))


def test_faint_words_are_asked_about_at_the_first_answer_and_pass_at_a_later_one() -> None:
    first = advance(FLOW, begin(FLOW).state, faint("first"))
    told = Talk(FLOW).type("the sun was too bright")
    later = advance(FLOW, told.state, faint("second"))

    assert first.turn.question is not None
    assert first.turn.question.id == "safety/life_or_therapy"
    assert later.turn.question is None or not later.turn.question.id.startswith("safety/")
    assert later.state.entries["second"].findings  # it is kept, for what comes after


def test_a_word_of_greeting_does_not_use_up_the_first_answer() -> None:
    later = advance(FLOW, Talk(FLOW).type("hi").state, faint("second"))

    assert later.turn.question is not None
    assert later.turn.question.id == "safety/life_or_therapy"


def test_an_answer_taken_back_does_not_use_up_the_first_one() -> None:
    back = go_back(FLOW, Talk(FLOW).type("the sun was too bright").state)
    again = advance(FLOW, back.state, faint("first"))

    assert again.turn.question is not None
    assert again.turn.question.id == "safety/life_or_therapy"
