"""Each rule by which sayings count, and how concepts are ranked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.phrases import Rule
from app.engine.understanding import ConceptSource, Lexicon, Understood, compile_lexicon, understand
from tests.unit.engine.test_tokens import HOSTILE
from tests.unit.lexicon_files import lexicon_of

CLASSES = {
    "filler": ("just", "really"),
    "negation": ("not", "never", "hardly", "without", "=stopped"),
    "no_negation": ("not only", "not sure", "not just"),
    "negation_ends": ("and",),
    "others": ("my husband", "my mum"),
    "subjects": ("i", "she", "he", "we"),
    "hedge": ("maybe", "i guess"),
    "ruled_out": ("it is not", "it is not that"),
    "instead": ("it is", "but"),
    "lift": ("but",),
    "them": ("her", "him"),
}


def rules(*texts: str) -> tuple[Rule, ...]:
    return tuple(Rule(text, f"x.yaml:1:{number}") for number, text in enumerate(texts))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    concepts = {
        "no_connection": ConceptSource(any=rules("distant"), denied=rules("feel close"), general=True),
        "unheard": ConceptSource(
            any=rules("interrupts", "talks over me", "talks"),
            denied=rules("listens", "lets me finish a sentence"),
            weak=rules("clock"),
            not_=rules("listen to {them}"),
        ),
        "cold": ConceptSource(any=rules("cold", "talks over")),
        "unclear": ConceptSource(any=rules("no idea"), weak=rules("hello"), alone=True),
    }
    return compile_lexicon(concepts, CLASSES)


def heard(lexicon: Lexicon, text: str) -> dict[str, Understood]:
    return {each.concept: each for each in understand(lexicon, text)}


def test_a_phrase_says_its_words_place_kind_rule_points_and_runner_up(lexicon: Lexicon) -> None:
    first, second = understand(lexicon, "She TALKS over me, it feels cold")
    assert (first.concept, first.points, first.runner_up) == ("unheard", 5, ("cold", 3))
    reason = first.because[0]
    assert (reason.words, reason.span, reason.kind) == ("TALKS over me", (4, 17), "any")
    assert (reason.negated, reason.rule, reason.points) == (False, "x.yaml:1:1", 5)
    assert second.concept == "cold"


def test_the_words_of_a_client_stay_out_of_representations(lexicon: Lexicon) -> None:
    assert "talks over" not in repr(understand(lexicon, "she talks over me")).lower()


@pytest.mark.parametrize(
    "text", ["she doesn't listen", "she never listens", "hardly listens", "stopped listening"]
)
def test_a_denied_phrase_fires_in_the_scope_of_a_negation(lexicon: Lexicon, text: str) -> None:
    assert heard(lexicon, text)["unheard"].because[0].negated


@pytest.mark.parametrize(
    "text", ["she listens", "she never doesn't listen", "not only listens", "not sure he listens"]
)
def test_a_denied_phrase_is_silent_outside_a_negation(lexicon: Lexicon, text: str) -> None:
    assert understand(lexicon, text) == ()


def test_a_negation_blocks_what_is_said_to_be_so(lexicon: Lexicon) -> None:
    assert understand(lexicon, "she never interrupts") == ()


@pytest.mark.parametrize(
    "text", ["never late, interrupts", "never late and interrupts", "never late but interrupts"]
)
def test_a_negation_ends_with_its_clause(lexicon: Lexicon, text: str) -> None:
    assert "unheard" in heard(lexicon, text)


@pytest.mark.parametrize("text", ["my husband interrupts", "when my mum interrupts"])
def test_what_another_person_does_is_no_concern(lexicon: Lexicon, text: str) -> None:
    assert understand(lexicon, text) == ()


def test_another_person_stops_counting_at_the_next_subject(lexicon: Lexicon) -> None:
    assert "unheard" in heard(lexicon, "my husband says she interrupts")


def test_a_not_takes_a_hit_back_that_it_touches(lexicon: Lexicon) -> None:
    assert understand(lexicon, "I can not listen to her") == ()


def test_the_longest_phrase_uses_up_its_words(lexicon: Lexicon) -> None:
    only = understand(lexicon, "she talks over me")
    assert [(each.concept, len(each.because)) for each in only] == [("unheard", 1)]


def test_what_is_ruled_out_is_dropped_and_its_contrast_lifted(lexicon: Lexicon) -> None:
    only = understand(lexicon, "It's not that she doesn't listen, it's cold")
    assert [(each.concept, each.points) for each in only] == [("cold", 7)]


def test_what_stands_after_but_counts_more(lexicon: Lexicon) -> None:
    first, second = understand(lexicon, "she interrupts but is cold")
    assert (first.concept, first.points, second.points) == ("cold", 5, 3)


def test_a_hedge_makes_unsure_and_keeps_the_points(lexicon: Lexicon) -> None:
    sure, unsure = heard(lexicon, "she talks over me"), heard(lexicon, "maybe she talks over me")
    assert (sure["unheard"].status, unsure["unheard"].status) == ("sure", "possible")
    assert sure["unheard"].points == unsure["unheard"].points


def test_a_weak_word_alone_is_possible(lexicon: Lexicon) -> None:
    only = heard(lexicon, "the clock")["unheard"]
    assert (only.status, only.points) == ("possible", 1)


def test_saying_it_twice_adds_nothing(lexicon: Lexicon) -> None:
    assert heard(lexicon, "cold, cold, so cold")["cold"].points == 3


def test_a_phrase_earns_a_point_for_each_further_word_but_three_at_most(lexicon: Lexicon) -> None:
    assert heard(lexicon, "never lets me finish a sentence")["unheard"].points == 6


def test_a_narrow_lead_is_only_possible(lexicon: Lexicon) -> None:
    assert {each.status for each in understand(lexicon, "she interrupts, cold")} == {"possible"}


def test_a_general_concept_gives_way_in_a_tie(lexicon: Lexicon) -> None:
    assert [each.concept for each in understand(lexicon, "cold, distant")] == ["cold", "no_connection"]


def test_of_two_equal_concepts_the_later_one_leads(lexicon: Lexicon) -> None:
    assert [each.concept for each in understand(lexicon, "interrupts, cold")] == ["cold", "unheard"]
    assert [each.concept for each in understand(lexicon, "cold, interrupts")] == ["unheard", "cold"]


def test_a_lone_concept_gives_way_to_any_other_but_not_to_a_hint(lexicon: Lexicon) -> None:
    assert [each.concept for each in understand(lexicon, "no idea, he is cold")] == ["cold"]
    assert [each.concept for each in understand(lexicon, "no idea, the clock")] == ["unclear"]


def test_nothing_heard_is_an_empty_answer(lexicon: Lexicon) -> None:
    assert understand(lexicon, "") == understand(lexicon, "good evening") == ()


@given(st.text(max_size=300))
def test_reasons_point_into_the_typed_text_whatever_is_typed(text: str) -> None:
    for each in understand(CONCERNS, text):
        assert all(text[slice(*reason.span)] == reason.words for reason in each.because)


@given(
    st.lists(
        st.sampled_from("i she not never but trust listen feel a connection , . it's cold my mum".split())
    )
)
def test_points_add_up_and_are_in_order_whatever_is_said(words: list[str]) -> None:
    found = understand(CONCERNS, " ".join(words))
    assert len(found) <= 5
    assert [each.points for each in found] == sorted((each.points for each in found), reverse=True)
    assert all(each.points == sum(reason.points for reason in each.because) for each in found)
    assert not any(each.status == "sure" for each in found[1:])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_understood_within_a_moment(text: str) -> None:
    begun = time.perf_counter()
    understand(CONCERNS, text)
    assert time.perf_counter() - begun < 3


CONCERNS, _ = lexicon_of("concerns.en.yaml")
