"""Which sentences of an answer a note proposes, and what stands in where none can be told whole."""

from dataclasses import replace

import pytest

from app.engine import LENGTHS, compose
from app.engine.choosing import choose, in_order, without_asides
from tests.unit.engine.test_composition import connection, told

ROUND = "On Monday I told you about the flat."
DONE = "You turned to the window and hummed a tune."


def test_what_was_done_comes_with_what_the_client_had_said_before() -> None:
    assert choose(["The bus was late.", ROUND, DONE, "It rained."], [0, 1, 2, 3], 18) == {1, 2}


def test_what_was_done_stands_alone_where_both_do_not_fit() -> None:
    assert choose(["The bus was late.", ROUND, DONE], [0, 1, 2], 10) == {2}


def test_no_sentence_that_goes_on_stands_without_the_one_before() -> None:
    texts = ["I sat by the door with the coats and the wet umbrellas of all the others.", "Then you hummed."]
    assert choose(texts, [0, 1], 5) == {0, 1}
    assert choose(texts, [0, 1], 20) == {0, 1}


def test_a_word_to_the_page_is_proposed_only_where_there_is_nothing_else() -> None:
    texts = ["you ask where we sat.", "She hummed.", "Sorry if this is dull."]
    assert choose(texts, [0, 1, 2], None, quoted={0}) == {1}
    assert choose(texts, [0], None, quoted={0}) == {0}
    assert choose(["See above.", "Skip"], [0, 1], None) == set()


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


def test_a_brief_sentence_comes_with_what_was_done_before_it() -> None:
    texts = ["It rained a lot.", DONE, "I had not finished.", "We had tea and the bus was late again."]
    assert choose(texts, [0, 1, 2, 3], 13, 4) == {1, 2}


def test_nothing_is_told_aloud_beside_what_can_only_be_quoted() -> None:
    assert choose(["He turned away and she hummed.", "It rained."], [1], 25, quoted={0}, whole=True) == set()


def test_what_can_only_be_quoted_is_not_said_aloud_be_it_asked_for() -> None:
    talk = told(
        moment="my sister rang my aunt and she hung up on her", ask="tell her sorry and ask for a lift"
    )
    opener = compose(connection(), talk.state, "opener").text()

    assert "hung up" not in opener
    assert "I wrote" not in opener
    assert "“tell her sorry and ask for a lift”" in compose(connection(), talk.state).text()
    assert "“my sister rang my aunt and she hung up on her”" in compose(connection(), talk.state).text()


def test_nobody_says_what_a_colon_or_marks_would_lead_aloud() -> None:
    ask = "so that there is less noise"
    state = told(moment="On Monday you hummed.", feeling="tight chest", ask=ask).state
    opener, message = (compose(connection(), state, length).text() for length in ("opener", "message"))

    assert "tight chest" not in opener
    assert "How it felt: tight chest." in message
    assert "I wrote" not in opener
    assert "I wrote: “so that there is less noise”" in message


def test_the_same_words_are_said_once_and_stay_where_they_are_asked() -> None:
    note = compose(connection(), told(wish="look up when I talk", ask="look up when I talk").state, "letter")

    assert note.text().count("look up when I talk") == 1
    assert "It would help if you could look up when I talk." in note.text()


def test_somebody_named_in_several_answers_may_be_meant_where_nobody_is_named() -> None:
    twice = told(
        moment="My sister Joan came along.",
        helped="Joan laughed.",
        mattered="that somebody beside me should know what she was like",
    )
    alone = told(moment="The bell rang.", mattered="that somebody beside me should know what she was like")

    assert "what you were like" not in compose(connection(), twice.state, "letter").text()
    assert "what she was like" in compose(connection(), twice.state, "letter").text()
    assert "what you were like" in compose(connection(), alone.state, "letter").text()


def test_a_name_in_a_name_is_known_and_a_remark_is_no_name() -> None:
    named = told(therapist_called="wee Fergus", moment="Fergus yawned.", therapist_pronoun=("he",))
    remark = told(therapist_called="R. BANKS. I NEVER LEARNED THE REST")

    assert "You yawned." in compose(connection(), named.state, "letter").text()
    assert "BANKS" not in compose(connection(), remark.state, "letter").text()


def test_lines_that_were_tapped_go_before_the_words_that_were_typed() -> None:
    long = "You turned to the window and hummed while I told you of the flat and the stairs. " * 2
    ticked = ("rushed", "advice", "script", "forgot", "pushed_on", "went_along", "long_words", "silences")
    talk = told(concerns=("cold", "unheard", "judged"), moment=long, hindered=ticked, wish="hum less")
    message = compose(connection(), talk.state, "message")

    assert message.words() <= 130
    assert "You turned to the window" in message.text()


def test_of_two_plain_names_none_stands_for_the_therapist_alone() -> None:
    roles = {
        "Father Tom": "Father shouted.",
        "Will Young": "My son Will cried.",
        "Grace Hope": "Grace laughed.",
    }
    for called, typed in roles.items():
        talk = told(therapist_called=called, moment=typed, therapist_pronoun=("they",))
        assert "you" not in compose(connection(), talk.state, "opener").text().lower().partition("for me?")[2]


def test_an_answer_of_more_sentences_keeps_its_frame_beside_the_same_words() -> None:
    talk = told(wish="Look up when I talk. Slow down a bit.", ask="look up when I talk")
    letter = compose(connection(), talk.state, "letter").text()

    assert "Please look up when I talk. Slow down a bit." in letter


def test_a_quoted_sentence_that_was_left_out_is_not_said_with_the_one_before() -> None:
    typed = "My aunt rang and she cried. My aunt left and she cried."
    state = told(moment=typed).state
    assert "left and she cried" in compose(connection(), state, "letter").text()
    out = replace(state, edits={"moment.2": "out"})
    assert "left and she cried" not in compose(connection(), out, "letter").text()


def test_a_sentence_given_in_two_longer_answers_is_said_once_and_one_said_twice_stays() -> None:
    talk = told(moment="You yawned. It rained. It rained.", wish="You yawned. I want you to look up.")
    letter = compose(connection(), talk.state, "letter").text()

    assert letter.count("You yawned.") == 1
    assert letter.count("It rained.") == 2


def test_a_sentence_that_says_the_same_of_another_comes_with_the_one_before() -> None:
    texts = ["If I am serious they look at the floor.", "You do it too and you hold the pen."]
    assert choose(["There are nine in the ring of chairs.", *texts], [0, 1, 2], 18) == {1, 2}


@pytest.mark.parametrize("signs", ["...", "-", "\U0001f62d"])
def test_signs_alone_are_no_sentence_and_no_fault(signs: str) -> None:
    moment = f"She hummed.\n{signs}\nMy mum and she fought. She looked at me."

    for length in LENGTHS:
        assert compose(connection(), told(moment=moment).state, length).text()


def test_the_point_of_first_words_stands_behind_the_praise() -> None:
    texts = ["You are a kind and patient man.", "But every week we end up at my uncle.", "It rains a lot."]
    assert choose(texts, [0, 1, 2], 17) == {0, 1}


def test_what_names_one_thing_more_is_told_from_its_beginning() -> None:
    texts = ["The list.", "Shoes off at nine.", "You wrote it."]
    assert in_order(texts, [0, 1, 2], 7) == {0, 1}
    assert without_asides(["Sorry.", "The list."], [0, 1]) == [1]
