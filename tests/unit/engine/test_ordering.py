"""The order of a note's sentences, as the client arranged them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Part, Sentence
from app.engine.ordering import in_order, moved, woven


def lines(*rows: str) -> list[Sentence]:
    """Sentences of these paragraphs: one letter of a row is one sentence."""
    return [
        Sentence(id, (Part("confirmed", id),), n) for n, row in enumerate(rows, 1) for id in row
    ]  # fmt: skip


def shown(sentences: list[Sentence]) -> str:
    """The ids, a bar between paragraphs."""
    numbers = [s.paragraph for s in sentences]
    assert numbers == sorted(numbers)
    out = ""
    for n, sentence in enumerate(sentences):
        out += ("|" if n and numbers[n] != numbers[n - 1] else "") + sentence.id
    return out


@pytest.mark.parametrize(
    ("rows", "id", "place", "after"),
    [
        pytest.param(("ab", "cde"), "e", 2, "aeb|cd", id="up into the paragraph before"),
        pytest.param(("abc", "de"), "b", 4, "ac|dbe", id="down into the paragraph behind"),
        pytest.param(("a", "bc", "d"), "c", 2, "a|cb|d", id="up within its own"),
        pytest.param(("ab", "cd"), "d", 1, "dab|c", id="to the very first"),
        pytest.param(("ab", "cd"), "a", 9, "b|cda", id="beyond the last"),
        pytest.param(("ab", "cd"), "b", 2, "ab|cd", id="where it is"),
    ],
)
def test_a_moved_sentence_joins_the_paragraph_it_comes_to(
    rows: tuple[str, ...], id: str, place: int, after: str
) -> None:
    sentences = lines(*rows)
    assert shown(in_order(sentences, moved(sentences, id, place, ()))) == after


def test_a_sentence_that_is_new_stands_behind_the_one_it_was_composed_behind() -> None:
    assert woven("abnc", "cba") == ["c", "b", "n", "a"]
    assert woven("nab", "ba") == ["n", "b", "a"]


def test_moves_up_one_by_one_and_down_again_lead_back() -> None:
    sentences, order = lines("abc", "de"), ()
    for place in (4, 3, 2, 1, 2, 3, 4, 5):
        order = moved(in_order(sentences, order), "e", place, order)
    assert shown(in_order(sentences, order)).replace("|", "") == "abcde"


def test_an_order_outlives_a_length_that_lacks_some_of_it() -> None:
    letter, message = lines("abc", "de"), lines("a", "d")
    order = moved(letter, "d", 1, ())
    order = moved(in_order(message, order), "a", 1, order)
    assert shown(in_order(letter, order)).replace("|", "") == "adbce"


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(1, 9)), max_size=12))
def test_no_sentence_is_lost_or_doubled_by_moves(moves: list[tuple[str, int]]) -> None:
    sentences: list[Sentence] = lines("abc", "de", "fg")
    order: tuple[str, ...] = ()
    for id, place in moves:
        now = in_order(sentences, order)
        order = moved(now, id, place, order)
        after = [s.id for s in in_order(sentences, order)]
        assert after.index(id) == min(place, 7) - 1
        assert [each for each in after if each != id] == [s.id for s in now if s.id != id]
        assert shown(in_order(sentences, order))
