"""What a text's cues are, what their clause makes of them, and what they add up to."""

import pytest

from app.engine.clauses import clause_rules, mark_clauses
from app.engine.cues import Cue, WordClasses, compile_classes, find_cues
from app.engine.phrases import Rule, compile_phrases
from app.engine.points import MOST_REASONS, PointsSource
from app.engine.tokens import read
from app.engine.understanding import ConceptSource, Lexicon, Understood, compile_lexicon, cues_of, understand

MARKS = {
    "filler": ("really",),
    "negation": ("not", "never"),
    "no_negation": ("not only",),
    "negation_ends": ("so",),
    "others": ("my husband",),
    "subjects": ("i", "she"),
    "hedge": ("maybe",),
    "ruled_out": ("it is not that",),
    "instead": ("it is",),
    "lift": ("but",),
    "also": ("and",),
    "former": ("my last one",),
    "wish": ("i want",),
}
CLASSES = compile_classes({"FORGET": ("forget", "slips away"), "COLD": ("cold", "icy")}, ("therapist",))
POINTS = {
    "@FORGET": {"unheard": 8},
    "not:@FORGET": {"cold": 2},
    "name": {"unheard": 7},
    "@COLD": {"cold": 9},
    "cold": {"cold": 3},
    "/unheard": {"unheard": 6},
    "^": {"cold": 1},
}
LINES = {"unheard @FORGET": 4, "cold @COLD": 9}


def cues(text: str) -> dict[str, Cue]:
    reading = read(text)
    marks = mark_clauses(compile_phrases(clause_rules(MARKS), MARKS), reading)
    return find_cues(reading, marks, CLASSES)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    concepts = {
        "unheard": ConceptSource(any=(Rule("talks over me", "x.yaml:1:1"),)),
        "cold": ConceptSource(any=(Rule("like ice", "x.yaml:2:1"),)),
    }
    return compile_lexicon(concepts, MARKS, PointsSource(POINTS, CLASSES, "_shared/points.en.yaml", LINES))


def heard(lexicon: Lexicon, text: str) -> dict[str, Understood]:
    return {each.concept: each for each in understand(lexicon, text)}


@pytest.mark.parametrize(
    ("text", "name"),
    {
        "a_word_without_its_ending": ("forgetting", "forget"),
        "its_class": ("she forgot", "@FORGET"),
        "a_class_of_two_words": ("it slips away", "@FORGET"),
        "neighbours": ("my name", "my name"),
        "he_she_and_they_as_one": ("he nods", "<t> nod"),
        "the_therapist": ("my therapist", "<T>"),
        "a_number": ("15 minutes", "#"),
        "a_word_that_is_denied": ("she never forgets", "not:@FORGET"),
        "the_same_as_itself": ("she never forgets", "@FORGET"),
        "a_wish": ("i want warmth", "want:warmth"),
        "what_somebody_did": ("she laughed", "<t> <past>"),
        "a_quotation": ('she said "no"', "^quote"),
        "a_question": ("is it me?", "^question"),
        "few_words": ("not sure", "^short"),
    }.values(),
    ids=lambda value: value.replace(" ", "_") if " " not in value else None,
)
def test_a_cue_is_found_in_these_words(text: str, name: str) -> None:
    assert name in cues(text)


def test_neighbours_stand_in_one_clause() -> None:
    assert "cold she" not in cues("It is cold. She left")


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("warm warm forget warm warm", 10),
        ("forget warm warm warm warm", 12),
        ("warm warm warm warm forget", 8),
        ("warm warm forget, but nice nice", 6),
        ("warm warm, but forget warm warm", 13),
        ("nice nice, and forget warm warm", 8),
        ("warm my husband forgets warm warm", 6),
        ("my last one forget warm warm warm", 6),
        ("i want forget warm warm", 12),
    ],
)
def test_a_clause_and_a_place_make_a_factor(text: str, factor: int) -> None:
    assert cues(text)["forget"].factor == factor


def test_a_cue_counts_once_where_its_factor_is_greatest() -> None:
    found = cues("warm warm warm warm cold and warm, but cold")["cold"]
    assert (found.factor, found.first) == (10, 8)


def test_a_class_of_long_sayings_is_left_out() -> None:
    assert compile_classes({"LONG": ("three words here",)}, ()) == WordClasses({}, frozenset())


def test_points_are_added_in_tenths_and_rounded_down_once(lexicon: Lexicon) -> None:
    found = heard(lexicon, "warm she forgot my name again")
    assert found["unheard"].points == (8 * 10 + 7 * 8) // 10
    assert found["unheard"].runner_up == ("cold", 1)


def test_reasons_are_the_clients_words_sayings_first_then_classes_then_words(lexicon: Lexicon) -> None:
    found = heard(lexicon, "Icy room, she FORGOT my name and talks over me")["unheard"]
    assert [reason.words for reason in found.because] == ["talks over me", "FORGOT", "name"]
    assert [reason.kind for reason in found.because] == ["any", "class", "word"]
    assert found.because[1].rule == "_shared/points.en.yaml:4"
    assert sum(reason.points for reason in found.because) + found.rest == found.points
    assert len(found.because) <= MOST_REASONS


def test_words_with_several_cues_are_told_once(lexicon: Lexicon) -> None:
    found = heard(lexicon, "warm warm it is cold warm warm")["cold"]
    assert [(reason.words, reason.points) for reason in found.because] == [("cold", 12)]


def test_nothing_is_sure_without_an_authors_saying(lexicon: Lexicon) -> None:
    assert {each.status for each in understand(lexicon, "forgot, forgot my name, name")} == {"possible"}


def test_what_every_text_has_is_no_reason_to_hear_anything(lexicon: Lexicon) -> None:
    assert understand(lexicon, "the bus was blue") == understand(lexicon, "") == ()


def test_equal_points_keep_the_order_of_the_file() -> None:
    concepts = {"unheard": ConceptSource(), "cold": ConceptSource()}
    source = PointsSource({"name": {"cold": 9, "unheard": 9}}, CLASSES)
    found = understand(compile_lexicon(concepts, MARKS, source), "name name name")
    assert [each.concept for each in found] == ["unheard", "cold"]


def test_points_of_an_unknown_concept_are_refused() -> None:
    with pytest.raises(KeyError):
        compile_lexicon({"cold": ConceptSource()}, MARKS, PointsSource({"name": {"warm": 1}}, CLASSES))


def test_a_lexicon_without_points_has_no_cues() -> None:
    with pytest.raises(ValueError, match="no points"):
        cues_of(compile_lexicon({"cold": ConceptSource()}, MARKS), "cold")


def test_what_stands_there_is_a_cue_whatever_its_clause_says(lexicon: Lexicon) -> None:
    found = cues_of(lexicon, "my husband talks over me")
    assert "/?unheard" in found
    assert "/unheard" not in found


def test_a_lone_concept_that_is_sure_comes_alone() -> None:
    concepts = {
        "unclear": ConceptSource(any=(Rule("no idea", ""),), alone=True),
        "cold": ConceptSource(),
    }
    source = PointsSource(
        {"/unclear": {"unclear": 12}, "no": {"unclear": 12}, "idea": {"unclear": 12, "cold": 9}}, CLASSES
    )
    lexicon = compile_lexicon(concepts, MARKS, source)
    assert [(each.concept, each.status) for each in understand(lexicon, "no idea")] == [("unclear", "sure")]
