"""How answers of every shape are set into a note, and what holds for any answer at all."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import LENGTHS, TONES, Flow, Note, Part, Tone, compose, verify
from app.engine.addressing import undo
from tests.flows.world import Talk, shipped

TABLE = Path(__file__).parent / "composition.txt"
TAPPED: dict[str, str | tuple[str, ...]] = {"therapist_pronoun": ("she",), "fear_shared": ("yes",)}


def rows() -> Iterator[tuple[str, Tone, str, str]]:
    """Section, tone, answer and sentences of each line of the table."""
    section, tone = "", "plain"
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            section, tone = line[3:].split(", ")
        elif line and not line.startswith("#"):
            answer, _, expected = line.partition(" =>")
            named = next(each for each in TONES if each == tone)
            yield section, named, answer.replace("\\n", "\n"), expected.strip()


@cache
def connection() -> Flow:
    """The long way, as it is shipped."""
    flow = shipped().flow("connection")
    assert flow is not None
    return flow


def told(**answers: str | tuple[str, ...]) -> Talk:
    """A conversation in which these variables are answered, in own words or by taps, and all else "
    "is skipped."""
    talk = Talk(connection())
    while (asked := talk.moved.turn.question) is not None:
        answer = None if asked.id == "closer" else (TAPPED | answers).get(asked.saves or "")
        if answer is None:
            talk.skip()
        elif isinstance(answer, str):
            talk.type(answer)
        else:
            talk.pick(*answer)
    return talk


def said(note: Note, section: str) -> str:
    """What the sections of this name say."""
    made = [s.text for s in note.sentences if s.state == "in" and s.id.split(".")[0].startswith(section)]
    return " ".join(made)


def typed_again(part: Part) -> str:
    """The words of a part with all changes taken back."""
    start = part.span[0] if part.span else 0
    return undo(part.text, tuple(replace(change, at=change.at - start) for change in part.changes))


ROWS = list(rows())


@pytest.mark.parametrize(
    ("section", "tone", "answer", "expected"), ROWS, ids=[f"{s}-{t}-{a[:40]}" for s, t, a, _ in ROWS]
)
def test_an_answer_is_set_by_its_shape_or_after_a_colon(
    section: str, tone: Tone, answer: str, expected: str
) -> None:
    talk = told(**{section: answer})
    note = compose(connection(), talk.state, "letter", tone)

    assert said(note, section) == expected
    assert verify(note.as_json(), connection()) == []


WORKED: dict[str, str | tuple[str, ...]] = {
    "opening": "i dont feel a connection",
    "therapist_called": "Dr A.",
    "moment": "last tuesday i was telling her about my dad's funeral and she looked at the clock and "
    "then asked "
    "about my sleep",
    "helped": "the week she remembered my exam",
    "feeling": "small, sad",
    "mattered": "to be listened to all the way",
    "ask": "stay on it a bit longer before moving on",
    "fear": "she'll think i'm needy",
    "concerns": ("no_connection",),
    "share_how": ("read_aloud",),
    "fear_shared": ("no",),
}


def test_the_worked_example_is_an_opener_that_can_be_said() -> None:
    note = compose(connection(), told(**WORKED).state, "opener")

    assert note.text() == (
        "Can I say something first? Last Tuesday I was telling you about my dad's funeral "
        "and you looked "
        "at the clock and then asked about my sleep. I felt small and sad. It would help if you "
        "could stay on it a "
        "bit longer before moving on.\n"
    )
    assert 40 <= note.words() <= 55


def test_the_worked_example_is_a_message_of_one_piece() -> None:
    note = compose(connection(), told(**WORKED).state, "message")

    assert note.text() == (
        "Hello Dr A.,\n\nI want to tell you how this is going for me. I don’t feel a connection "
        "with you.\n\n"
        "One thing that helped was the week you remembered my exam.\n\n"
        "Last Tuesday I was telling you about my dad's funeral and you looked at the clock and then "
        "asked about my "
        "sleep. I felt small and sad. What matters to me is to be listened to all the way. It would "
        "help if you "
        "could stay on it a bit longer before moving on.\n\n"
        "I’d like to read this aloud at the start.\n"
    )
    assert 70 <= note.words() <= 130


ESSAY = (
    "I have been coming since January. The room is on the third floor and the lift is broken. Last "
    "week I told her "
    "about the scan. She nodded and looked at her notes. The scan was on a Monday. My bus was late "
    "that day too. She "
    "said we should get back to the plan. I felt really alone. I went home and made soup. There was "
    "football on. I "
    "would like her to ask about the scan next time."
)


def test_a_long_answer_proposes_what_was_done_and_felt_and_asked() -> None:
    note = compose(connection(), told(moment=ESSAY).state, "message")
    inside = said(note, "moment")

    assert "You nodded and looked at your notes." in inside
    assert "I felt really alone." in inside
    assert "soup" not in inside
    assert "lift" not in inside


def test_what_a_long_answer_does_not_propose_is_offered_whole() -> None:
    note = compose(connection(), told(moment=ESSAY).state, "message")
    offered = " ".join(s.text for s in note.sentences if s.state == "offered")

    assert "I went home and made soup." in offered
    assert "The room is on the third floor and the lift is broken." in offered


DICTATED = (
    "so i came in and i told her i had lost my job and she said right and wrote something down and "
    "then i thought "
    "ok she will say something now but she just asked if i had done the breathing thing and i said "
    "no and then i "
    "sort of laughed it off and she looked annoyed and then we did breathing for the rest of the hour"
)


def test_speech_without_a_stop_is_divided_where_a_story_goes_on() -> None:
    note = compose(connection(), told(moment=DICTATED).state)
    texts = [s.text for s in note.sentences if s.id.startswith("moment")]

    assert "Then I thought ok you will say something now." in texts
    assert all(len(text.split()) < 40 for text in texts)


def test_each_place_where_speech_was_divided_can_be_taken_back() -> None:
    note = compose(connection(), told(moment=DICTATED).state)
    parts = [p for s in note.sentences if s.id.startswith("moment") for p in s.parts if p.by == "own"]

    again = " ".join(typed_again(part) for part in parts)
    assert again.replace(" and ", " ") == DICTATED.replace(" and ", " ")


FULL = WORKED | {
    "moment": ESSAY,
    "helped": "In February she rang me after a bad week. It was five minutes, but I was less alone. "
    "She knew the "
    "date of the scan and asked how it went before anything else.",
    "hindered": "the questionnaire at the start of every hour",
    "wish": "I want to feel that she keeps me in mind. It does not have to be much.",
    "ask": "I would like her to ask about the scan at the start. Then we can go on with the plan.",
}


@pytest.mark.parametrize("tone", TONES)
def test_full_answers_keep_to_the_lengths(tone: Tone) -> None:
    state = told(**FULL).state
    opener, message, letter = (compose(connection(), state, length, tone).words() for length in LENGTHS)

    assert 40 <= opener <= 60
    assert 70 <= message <= 130
    assert 180 <= letter <= 350


@pytest.mark.parametrize("tone", [tone for tone in TONES if tone != "soft"])
def test_only_the_soft_tone_hedges(tone: Tone) -> None:
    text = compose(connection(), told(**WORKED).state, "letter", tone).text().casefold()

    assert not [hedge for hedge in ("wonder", "maybe", "might", "not sure") if hedge in text]


@pytest.mark.parametrize("tone", [tone for tone in TONES if tone != "firm"])
def test_only_the_firm_tone_needs(tone: Tone) -> None:
    text = compose(connection(), told(**WORKED).state, "letter", tone).text().casefold()

    assert "need" not in text


def test_the_first_words_come_in_where_there_is_nothing_else_to_say() -> None:
    alone = told(opening="I feel like I'm talking to a wall")
    beside = told(opening="I feel like I'm talking to a wall", ask="slow down")

    assert "I feel like I'm talking to a wall." in compose(connection(), alone.state, "opener").text()
    assert "wall" not in compose(connection(), beside.state).text()


def test_a_wide_word_stands_beside_the_closer_one_that_was_ticked() -> None:
    talk = Talk(connection())
    while (asked := talk.moved.turn.question) is not None:
        if asked.saves == "feeling":
            talk.pick(*(("hurt", "sad") if asked.id == "feeling" else ("hurt", "sad", "stung")))
        else:
            talk.skip()

    assert said(compose(connection(), talk.state), "feeling") == "I feel hurt, sad and stung."


def test_two_lines_in_a_row_begin_differently() -> None:
    talk = Talk(connection())
    while (asked := talk.moved.turn.question) is not None:
        if asked.saves == "helped":
            talk.pick("quiet", "laughed", "sorry")
        else:
            talk.skip()

    assert said(compose(connection(), talk.state), "helped") == (
        "It helped when you let me be quiet. You laughed with me, and that helped. It helped when "
        "you said sorry."
    )


BEGINS = [
    "",
    "just ",
    "Please ",
    "when ",
    "if she ",
    "that ",
    "to ",
    "she ",
    "i ",
    "- ",
    "because ",
    "so ",
    "“",
]
MIDDLES = [a for _, _, a, _ in ROWS]
ANSWERS = st.tuples(
    st.sampled_from(BEGINS),
    st.lists(st.sampled_from(MIDDLES), min_size=1, max_size=4),
    st.sampled_from(". \n,;!"),
).map(lambda cut: cut[0] + cut[2].join(cut[1]))


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["moment", "helped", "ask", "feeling", "wish", "fear"]), ANSWERS, st.sampled_from(TONES)
)
def test_any_answer_is_set_whole_and_undone_to_the_letter(section: str, answer: str, tone: Tone) -> None:
    note = compose(connection(), told(**{section: answer}).state, "letter", tone)
    texts = [s.text for s in note.sentences if s.state == "in"]

    assert verify(json.loads(json.dumps(note.as_json())), connection()) == []
    assert all(text.strip() and "  " not in text.replace(answer, "") for text in texts)
    assert len({s.id for s in note.sentences}) == len(note.sentences)
    for part in (p for s in note.sentences for p in s.parts if p.by == "own"):
        start, end = part.span or (0, 0)
        typed = note.answers[part.answer or ""]
        assert typed_again(part) == typed[start:end]
