"""The client's first words, typed before they knew of a note: in it where they say so, and nowhere else."""

import pytest

from app.engine import LENGTHS, Length, compose
from tests.unit.engine.test_composition import connection, said, told

OPENING = "she hums while i talk and i lose my place. my gran hums too"
MOMENT = "On Monday she hummed through the whole of my list."


def note_of(length: Length = "letter", **answers: str | tuple[str, ...]):  # type: ignore[no-untyped-def]
    answers = {"opening": OPENING, "moment": MOMENT, "feeling": ("annoyed",)} | answers
    return compose(connection(), told(**answers).state, length)


@pytest.mark.parametrize("length", LENGTHS)
def test_they_begin_the_note_where_the_client_says_so(length: Length) -> None:
    text = note_of(length, opening_shared=("yes",)).text()

    assert "You hum while I talk and I lose my place." in text


@pytest.mark.parametrize("answer", [("no",), None], ids=["no", "skipped"])
def test_they_stay_out_where_the_client_does_not_and_can_be_ticked(answer: tuple[str] | None) -> None:
    note = note_of(**({"opening_shared": answer} if answer else {}))

    assert "lose my place" not in note.text()
    assert any("lose my place" in s.text for s in note.sentences if s.state == "offered")


def test_the_first_line_aloud_has_them_instead_of_the_time_that_was_told() -> None:
    assert "On Monday" not in note_of("opener", opening_shared=("yes",)).text()
    assert "On Monday" in note_of("opener", opening_shared=("no",)).text()


def test_the_first_line_aloud_has_the_time_where_they_could_only_be_quoted() -> None:
    text = note_of("opener", opening="my gran hums and she does too", opening_shared=("yes",)).text()

    assert "gran" not in text
    assert "On Monday you hummed" in text


def test_cards_wait_to_be_ticked_beside_them() -> None:
    note = note_of(concerns=("unheard",), opening_shared=("yes",))

    assert said(note, "concerns") == ""
    assert any(s.id.startswith("concerns_too") for s in note.sentences if s.state == "offered")


def test_words_of_danger_among_them_stay_out_all_the_same() -> None:
    note = note_of(opening="she hums while i talk. i want to kill myself", opening_shared=("yes",))

    assert "kill" not in note.text()
