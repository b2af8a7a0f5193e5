"""Reading a text: evened-out spelling, places in what was typed, clauses, linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.tokens import read, stem

HOSTILE = {
    "one letter": "a" * 8000,
    "emoji": "\U0001f62d" * 8000,
    "not again and again": "not " * 4000,
    "marks on one letter": "e" + "\u0301" * 8000,
    "apostrophes": "a'" * 4000,
    "dots": "." * 8000,
    "zero width": "\u200b" * 8000,
    "commas": "i, " * 2700,
}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("I DON'T", "i do not"),
        ("i don\u2019t", "i do not"),
        ("i dont", "i do not"),
        ("cannot can't cant", "can not can not can not"),
        ("I'm im", "i am i am"),
        ("gonna wanna", "going to want to"),
        ("idk bc ppl", "i do not know because people"),
        ("soooo bad", "so bad"),
        ("goood", "good"),
        ("thera\u200bpist", "therapist"),
        ("\uff54\uff45\uff58\uff54", "text"),
        ("caf\u00e9 cafe\u0301", "caf\u00e9 caf\u00e9"),
        ("my therapist's phone", "my therapist 's phone"),
        ("", ""),
        ("...", ""),
    ],
    ids=lambda value: value or "empty",
)
def test_spelling_is_evened_out(typed: str, words: str) -> None:
    assert " ".join(read(typed).words) == words


def test_words_of_one_contraction_share_their_place() -> None:
    reading = read("She CAN\u2019T go")
    assert [reading.typed(at, at + 1) for at in range(len(reading))] == [
        "She",
        "CAN\u2019T",
        "CAN\u2019T",
        "go",
    ]


def test_places_point_into_what_was_typed_behind_wider_characters() -> None:
    reading = read("\ufb01ne \U0001f642 \u2026 ok")
    assert [reading.typed(at, at + 1) for at in range(len(reading))] == ["\ufb01ne", "\U0001f642", "ok"]


def test_a_sign_that_stands_for_several_words_is_read_as_them_but_makes_no_text_long() -> None:
    assert len(read("\ufdfa is written in one sign, and this is a text with it")) == 16
    assert len(read("\ufdfa " * 4000)) == 4000


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("she nods. I stop", ["she nods", "I stop"]),
        ("she nods, I stop", ["she nods", "I stop"]),
        ("she nods\nI stop", ["she nods", "I stop"]),
        ("she nods - I stop", ["she nods", "I stop"]),
        ("she nods but stops", ["she nods", "but stops"]),
        ("I go because it helps", ["I go", "because it helps"]),
        ("warm and kind", ["warm and kind"]),
        ("she nods and I stop", ["she nods", "and I stop"]),
        ("not ready yet", ["not ready yet"]),
        ("at 10.30 for 1,000", ["at 10.30 for 1,000"]),
        ("a follow-up", ["a follow-up"]),
    ],
)
def test_clauses_end_where_a_speaker_would_pause(text: str, clauses: list[str]) -> None:
    reading = read(text)
    found = [
        reading.typed(*reading.clause(at))
        for at in range(len(reading))
        if at == 0 or reading.clause_of[at - 1] != reading.clause_of[at]
    ]
    assert found == clauses


def test_several_dots_pause_and_one_ends_the_sentence() -> None:
    assert read("I... well. ok").sentence_of == (0, 0, 1)


@pytest.mark.parametrize(
    "forms",
    ["feel feels felt feeling", "judge judged judges judging", "hope hoped hoping", "die dies died dying",
     "worry worries worried worrying", "plan plans planned planning", "miss misses missed",
     "watch watches watching"],
)  # fmt: skip
def test_all_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["notes not", "here her", "quite quit", "scared scars", "good god", "cared cars"]
)
def test_words_that_only_look_alike_keep_their_stems_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@given(st.text(max_size=300))
def test_places_lie_in_the_text_and_in_order_whatever_is_typed(text: str) -> None:
    reading = read(text)
    assert all(0 <= start < end <= len(text) for start, end in reading.spans)
    assert list(reading.spans) == sorted(reading.spans)
    assert len(reading.words) == len(reading.stems) == len(reading.clause_of) == len(reading.sentence_of)
    assert all(reading.words)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_within_a_moment(text: str) -> None:
    begun = time.perf_counter()
    read(text)
    assert time.perf_counter() - begun < 1
