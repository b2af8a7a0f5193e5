"""Words about a therapist become words to them: two tables of sentences, and what holds for every text."""

import re
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.addressing import Edit, as_sentence, infer_pronoun, sentences, to_you, undo

HERE = Path(__file__).parent
_ROW = re.compile(
    r"^(?P<typed>.*?) / (?P<pronoun>she|he|they|None)(?: \((?P<names>[^)]*)\))? / (?P<expected>.*)$"
)


def rows(name: str) -> list[ParameterSet]:
    found = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        row = _ROW.match(line)
        assert row, f"not a row of the table: {line}"
        typed, expected = row["typed"].replace("\\n", "\n"), row["expected"].replace("\\n", "\n")
        names = tuple((row["names"] or "").split("; ")) if row["names"] else ()
        pronoun = None if row["pronoun"] == "None" else row["pronoun"]
        found.append(pytest.param(typed, pronoun, names, expected, id=typed.strip()[:60]))
    return found


@pytest.mark.parametrize(("typed", "pronoun", "names", "expected"), rows("addressing.txt"))
def test_words_about_the_therapist_are_addressed_to_them(
    typed: str, pronoun: str | None, names: tuple[str, ...], expected: str
) -> None:
    assert_addressed(typed, pronoun, names, expected)


@pytest.mark.parametrize(("typed", "pronoun", "names", "expected"), rows("addressing_hard.txt"))
def test_harder_words_are_addressed_or_left_alone(
    typed: str, pronoun: str | None, names: tuple[str, ...], expected: str
) -> None:
    assert_addressed(typed, pronoun, names, expected)


def assert_addressed(typed: str, pronoun: str | None, names: tuple[str, ...], expected: str) -> None:
    result = to_you(typed, pronoun, names)
    if expected == "quoted":
        assert (result.doubtful, result.text, result.changes) == (True, typed, ())
    else:
        assert not result.doubtful
        assert result.text == expected
        assert undo(result.text, result.changes) == typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("i felt small", "I felt small."),
        (
            "i'm sure i’ve said it, i'd rather not, i'll see",
            "I'm sure I’ve said it, I'd rather not, I'll see.",
        ),
        ("she looked at me", "She looked at me."),
        ("Enough?", "Enough?"),
        ("that was it…", "That was it…"),
        ('she said "fine."', 'She said "fine."'),
        ('she said "fine"', 'She said "fine".'),
        ("and then nothing,", "And then nothing."),
        ("two lines\nof mine  ", "Two lines\nof mine.  "),
        ("9.30 is too early", "9.30 is too early."),
        ("iPad in her hand", "iPad in her hand."),
        ("i.e. never", "I.e. never."),
        ("im tired", "Im tired."),
        ("", ""),
        ("   ", "   "),
        ("???", "???"),
    ],
)
def test_only_the_surface_of_a_sentence_changes(typed: str, expected: str) -> None:
    result = as_sentence(typed)
    assert (result.text, result.doubtful) == (expected, False)
    assert undo(result.text, result.changes) == typed


def test_each_change_says_its_rule_its_place_and_both_words() -> None:
    assert to_you("then she doesn’t answer i cry", "she").changes == (
        Edit("capital", 0, "t", "T"),
        Edit("address", 5, "she", "you"),
        Edit("agreement", 9, "doesn’t", "don’t"),
        Edit("capital", 24, "i", "I"),
        Edit("full_stop", 29, "", "."),
    )


def test_changes_never_show_a_clients_words_in_their_repr() -> None:
    result = to_you("she laughed at zebra", "she")
    assert "laughed" not in repr(result)
    assert "she" not in repr(result.changes)


@pytest.mark.parametrize(
    ("texts", "pronoun"),
    [
        (["my therapist said she was away"], "she"),
        (["my counsellor is kind but he never asks"], "he"),
        (["she is my therapist and my mum came, she cried"], "she"),
        (["my therapist looked at their phone"], "they"),
        (["she never listens", "i told her so"], "she"),
        (["she never listens", "i told him so"], None),
        (["my mum came and she cried"], None),
        (["my dad came. she nodded"], "she"),
        (["they never listen"], None),
        (["my therapist said she was away", "my therapist said he was away"], None),
        (["i feel small"], None),
        ([], None),
        (['i said "she is fine"'], None),
        (["my mum says my therapist thinks she is ill"], "she"),
    ],
)
def test_a_missing_pronoun_is_read_from_clauses_about_the_therapist(
    texts: list[str], pronoun: str | None
) -> None:
    assert infer_pronoun(texts) == pronoun


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("She left. i cried", ["She left.", "i cried"]),
        ("Dr. A. was late. He yawned.", ["Dr. A. was late.", "He yawned."]),
        ("It cost $1.50 at 9.30. Fine", ["It cost $1.50 at 9.30.", "Fine"]),
        ("bring things, e.g. a list. Then go", ["bring things, e.g. a list.", "Then go"]),
        ('"Stop. Now." She left', ['"Stop. Now."', "She left"]),
        ('she said "Stop. Now." and left', ['she said "Stop. Now." and left']),
        ("one\ntwo\r\n\r\nthree", ["one", "two", "three"]),
        ("she looked... and left", ["she looked... and left"]),
        ("really?! Yes", ["really?!", "Yes"]),
        ("at 9 a.m. she rang", ["at 9 a.m. she rang"]),
        ("1. she yawned\n2. she left", ["1. she yawned", "2. she left"]),
        ("it was me and I. Then her", ["it was me and I.", "Then her"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_no_sentence_is_broken_in_two(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


PIECES = st.sampled_from(
    [
        *"she he they her his him them hers she's he's they're shes herself is was does has doesn't".split(),
        *"looks she's shes".split(),
        *"smiles and but , . ? ! … ' \" “ ” ’ ‘ - ( ) my mum dad therapist Maya therapist's you I i".split(),
        *"always never made told the clock DR. A. SHE 'cause ß İ 3 / who that it's says".split(),
        "\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join))
PRONOUNS = st.sampled_from(["she", "he", "they", None])


@settings(max_examples=400, deadline=None)
@given(TEXTS, PRONOUNS)
def test_undoing_gives_back_what_was_typed(text: str, pronoun: str | None) -> None:
    result = to_you(text, pronoun, ("Maya", "Dr A."))
    assert undo(result.text, result.changes) == text
    assert not (result.doubtful and result.changes)


@settings(max_examples=300, deadline=None)
@given(TEXTS, PRONOUNS)
def test_what_no_change_names_is_untouched(text: str, pronoun: str | None) -> None:
    result = to_you(text, pronoun, ("Maya",))
    here, typed = 0, 0
    for edit in result.changes:
        kept = edit.at - typed
        assert kept >= 0
        assert result.text[here : here + kept] == text[typed : edit.at]
        assert text[edit.at : edit.at + len(edit.was)] == edit.was
        assert result.text[here + kept :].startswith(edit.now)
        here, typed = here + kept + len(edit.now), edit.at + len(edit.was)
    assert result.text[here:] == text[typed:]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), PRONOUNS)
def test_a_text_about_nobody_is_changed_only_once(text: str, pronoun: str | None) -> None:
    once = to_you(text, pronoun)
    if not any(edit.rule in {"address", "agreement"} for edit in once.changes):
        assert to_you(once.text, pronoun).text == once.text


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_lie_in_order_and_miss_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert [mark for mark in inside if not mark.isspace()] == [mark for mark in text if not mark.isspace()]


@pytest.mark.parametrize(
    "piece",
    "she |her |'a |a' |\"|”|she is and |my therapist |so |a man |is she |. |\n|Dr. A. |they |…|x's "
    "|she, |'|he or "
    "she |Maya's |she so looks and ".split("|"),
)
def test_eight_thousand_hostile_characters_take_linear_time(piece: str) -> None:
    def spent(size: int) -> float:
        text = (piece * size)[:size]
        begun = perf_counter()
        for pronoun in ("she", "they", None):
            to_you(text, pronoun, ("Maya", "Dr A."))
        infer_pronoun([text])
        return perf_counter() - begun

    short, long = min(spent(1000) for _ in range(3)), min(spent(8000) for _ in range(3))
    assert long < 40 * short + 0.05
