"""Which sentences of an answer a note proposes, and what stands in where none can be told whole."""

from app.engine import compose
from app.engine.choosing import choose
from tests.unit.engine.test_composition import connection, told

ROUND = "On Monday I told you about the flat."
DONE = "You turned to the window and hummed a tune."


def test_what_was_done_comes_with_what_the_client_had_said_before() -> None:
    assert choose(["The bus was late.", ROUND, DONE, "It rained."], [0, 1, 2, 3], 18) == {1, 2}


def test_what_was_done_stands_alone_where_both_do_not_fit() -> None:
    assert choose(["The bus was late.", ROUND, DONE], [0, 1, 2], 10) == {2}


def test_no_sentence_that_goes_on_stands_without_the_one_before() -> None:
    texts = ["I sat by the door with the coats and the wet umbrellas of all the others.", "Then you hummed."]
    assert choose(texts, [0, 1], 5) == {0}
    assert choose(texts, [0, 1], 20) == {0, 1}


def test_a_word_to_the_page_is_proposed_only_where_there_is_nothing_else() -> None:
    texts = ["you ask where we sat.", "She hummed.", "Sorry if this is dull."]
    assert choose(texts, [0, 1, 2], None, quoted={0}) == {1}
    assert choose(texts, [0], None, quoted={0}) == {0}


def test_whole_means_a_run_of_few_sentences_or_none() -> None:
    long = "You " + "went on and on " * 9 + "about it."
    assert choose(["I nodded.", long], [0, 1], 20, whole=True) == set()
    assert choose(["I nodded.", DONE, "Long quiet."], [0, 1, 2], 40, whole=True) == {0, 1, 2}


def test_an_opener_has_the_concern_where_no_time_can_be_told_whole() -> None:
    long = "She read " + "one sheet and then another sheet " * 12 + "to me."
    note = compose(connection(), told(moment=long, concerns=("cold",)).state, "opener")
    said = [s.id.partition(".")[0] for s in note.sentences if s.state == "in"]

    assert "first_concern" in said
    assert "moment" not in said
    assert "moment" in [s.id for s in note.sentences if s.state == "offered"]


def test_a_message_has_the_wish_beside_the_ask_where_there_is_room() -> None:
    answers = told(wish="more quiet", ask="ask me first", moment="She hummed.")
    text = compose(connection(), answers.state, "message").text()

    assert "What I’m hoping for" in text
    assert "ask me first" in text


def test_a_spelled_name_is_known_in_a_story_and_a_description_greets_nobody() -> None:
    spelled = compose(connection(), told(therapist_called="T-I-N-A", moment="Tina write on a card.").state)
    described = compose(connection(), told(therapist_called="the tall one", moment="She hummed.").state)

    assert "You write on a card." in spelled.text()
    assert "Dear" not in described.text()
