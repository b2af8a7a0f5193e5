"""Who becomes "you": a table of sentences by kind, and what holds however they are cut and joined."""

from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from app.engine.addressing import Addressed, to_you, undo
from app.engine.pronouns import FORMS
from app.engine.speech import scan

TABLE = YAML(typ="base", pure=True).load((Path(__file__).parent / "addressing.yaml").read_text("utf-8"))
ROWS: list[dict[str, Any]] = [row for kind in TABLE.values() for row in kind]
EVERY = pytest.mark.parametrize("row", ROWS, ids=[row["typed"][:60] for row in ROWS])


def addressed(row: dict[str, Any], sure: bool = False) -> Addressed:
    return to_you(row["typed"], row.get("pronoun"), tuple(row.get("names", ())), sure)


def forms_left(text: str, pronoun: str | None) -> list[str]:
    return [w.low for w in scan(text) if not w.quoted and FORMS.get(w.low, ("",))[0] == pronoun]


@EVERY
def test_only_the_therapist_becomes_you(row: dict[str, Any]) -> None:
    result = addressed(row)
    if "doubtful" in row:
        assert (result.doubtful, result.text, result.changes) == (True, row["typed"], ())
    else:
        assert (result.text, result.doubtful, result.in_doubt) == (row["becomes"], False, ())
        assert undo(result.text, result.changes) == row["typed"]


@EVERY
def test_a_client_who_says_it_is_the_therapist_is_taken_at_their_word(row: dict[str, Any]) -> None:
    result = addressed(row, sure=True)
    if "pronoun" in row:
        assert not result.doubtful
        assert forms_left(result.text, row["pronoun"]) == []
    if "becomes" in row:
        assert result.text == row["becomes"]
    assert undo(result.text, result.changes) == row["typed"]


def test_the_table_is_large_and_holds_what_must_stay_as_typed() -> None:
    assert len(ROWS) >= 600
    assert len([row for row in ROWS if "doubtful" in row]) >= 140
    stays = TABLE["somebody else stays, the therapist is turned"]
    assert len([row for row in stays if "becomes" in row]) >= 40
    assert all(
        ("becomes" in row) != ("doubtful" in row) and ("why" in row) == ("doubtful" in row) for row in ROWS
    )
    assert len({(row["typed"], row.get("pronoun"), str(row.get("names"))) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("typed", "pronoun", "asked"),
    [
        ("my mum rang and she was crying and I told her", "she", ["she", "her"]),
        ("she smiled, then my mum rang and she left", "she", ["she"]),
        ("My boss says he’d never go", "he", ["he’d"]),
        ("she or he never asks", "she", ["he"]),
        ("she's late a lot", None, ["she's"]),
        ("they said they'd ring", None, ["they", "they'd"]),
        ("my parents pay and they want results", "they", ["they"]),
        ("my old therapist was warm and she listened", "she", ["she"]),
        ("she told her", "she", ["she", "her"]),
        ('she said "she is ill and she cried', "she", ["she", "she", "she"]),
    ],
)
def test_the_words_in_doubt_are_told_with_their_places(
    typed: str, pronoun: str | None, asked: list[str]
) -> None:
    result = to_you(typed, pronoun)
    assert result.doubtful
    assert [typed[start:end] for start, end in result.in_doubt] == asked


@pytest.mark.parametrize(
    ("typed", "pronoun"),
    [
        ("she makes you feel small", "she"),
        ("you pay and you talk and she nods", "she"),
        ("tell her i hate the silence", "she"),
        ("s/he never looks up", "he"),
        ("never asks, never smiles", "she"),
        ("she is kind", "she"),
    ],
)
def test_nobody_is_asked_who_is_meant_where_that_would_not_help(typed: str, pronoun: str) -> None:
    assert to_you(typed, pronoun).in_doubt == ()


@pytest.mark.parametrize(
    ("typed", "pronoun", "expected"),
    [
        ("my mum rang and she looks annoyed", "she", "My mum rang and you look annoyed."),
        ("my sister is kind but she isn't", "she", "My sister is kind but you aren't."),
        ('my mum said "she is cold" and she is', "she", 'My mum said "she is cold" and you are.'),
        (
            "my parents pay and they don't ask themselves why",
            "they",
            "My parents pay and you don't ask yourself why.",
        ),
        ("she never listens, he does", "she", "You never listen, he does."),
        ("she never listens", None, "You never listen."),
        ("they never listen", None, "You never listen."),
        ("I told her things her mother said", "she", "I told you things your mother said."),
        (
            "my therapist and my psychiatrist say he is ill",
            "he",
            "My therapist and my psychiatrist say you are ill.",
        ),
        ('she said "I know and then she left', "she", 'You said "I know and then you left.'),
    ],
)
def test_what_was_in_doubt_is_turned_once_the_client_has_said_who_is_meant(
    typed: str, pronoun: str | None, expected: str
) -> None:
    result = to_you(typed, pronoun, sure=True)
    assert (result.text, result.doubtful, result.in_doubt) == (expected, False, ())
    assert undo(result.text, result.changes) == typed


def test_two_pronouns_stay_in_doubt_while_nobody_knows_which_is_the_therapists() -> None:
    assert to_you("she asks and he asks", None, sure=True).doubtful


@st.composite
def splices(draw: st.DrawFn) -> tuple[str, str | None]:
    """Sentences of the table, cut anywhere and joined by anything."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        words = draw(st.sampled_from(ROWS))["typed"].split(" ")
        start, end = sorted((draw(st.integers(0, len(words))), draw(st.integers(0, len(words)))))
        parts.append(" ".join(words[start:end]))
        parts.append(
            draw(st.sampled_from([" ", ". ", ", ", "\n", ' "', '" ', "’", " and ", "… ", " (", "😢", ""]))
        )
    return "".join(parts), draw(st.sampled_from(["she", "he", "they", None]))


@settings(max_examples=400, deadline=None)
@given(splices(), st.booleans())
def test_every_change_in_any_text_can_be_taken_back(spliced: tuple[str, str | None], sure: bool) -> None:
    text, pronoun = spliced
    result = to_you(text, pronoun, ("Maya", "Dr Okafor"), sure)
    assert undo(result.text, result.changes).encode() == text.encode()
    ends = [(edit.at, edit.at + len(edit.was)) for edit in result.changes]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    assert all(text[edit.at : edit.at + len(edit.was)] == edit.was for edit in result.changes)
    assert all(0 <= start < end <= len(text) for start, end in result.in_doubt)
    assert result.doubtful or not result.in_doubt
    assert not (result.doubtful and result.changes)


@settings(max_examples=400, deadline=None)
@given(splices(), st.booleans())
def test_quoted_speech_is_never_changed(spliced: tuple[str, str | None], sure: bool) -> None:
    text, pronoun = spliced
    result = to_you(text, pronoun, ("Maya",), sure)
    quoted = [(word.at, word.end) for word in scan(text) if word.quoted]
    touched = [(edit.at, edit.at + len(edit.was)) for edit in result.changes if edit.was]
    assert not [1 for start, end in touched for at, stop in quoted if start < stop and at < end]


@settings(max_examples=300, deadline=None)
@given(splices())
def test_a_sure_client_leaves_no_form_of_the_pronoun(spliced: tuple[str, str | None]) -> None:
    text, pronoun = spliced
    result = to_you(text, pronoun, ("Maya",), sure=True)
    if pronoun is not None:
        assert not result.doubtful
        assert forms_left(result.text, pronoun) == []


def test_ten_times_the_words_take_about_ten_times_as_long() -> None:
    def spent(times: int) -> float:
        text = " ".join(row["typed"] for row in ROWS[:150]) * times
        begun = perf_counter()
        for sure in (False, True):
            to_you(text, "she", ("Maya",), sure)
        return perf_counter() - begun

    short, long = min(spent(1) for _ in range(3)), min(spent(10) for _ in range(3))
    assert long < 40 * short + 0.05
