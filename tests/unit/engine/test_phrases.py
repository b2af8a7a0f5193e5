"""The phrase language: what each sign matches, where phrases end, and what is refused."""

import pytest

from app.engine.phrases import PhraseError, Rule, compile_phrases
from app.engine.tokens import read

CLASSES = {
    "filler": ("just", "really", "sort of"),
    "they": ("she", "he", "my {helper}"),
    "helper": ("therapist", "counsellor"),
    "their": ("her", "his"),
    "self": ("i", "^"),
    "often": ("", "always"),
}


def found(phrase: str, text: str) -> list[str]:
    reading = read(text)
    matches = compile_phrases([(Rule(phrase), phrase, {})], CLASSES).find(reading)
    return [reading.typed(match.first, match.last) for match in matches]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("check {their} phone", "She was CHECKING his phone", ["CHECKING his phone"]),
        ("=check phone", "checks phone", []),
        ("{they} forgets", "my counsellor forgot", ["my counsellor forgot"]),
        ("not {often?} there", "not there", ["not there"]),
        ("is {often} late", "is late, is always late", ["is late", "is always late"]),
        ("took … pills", "took two of my pills", ["took two of my pills"]),
        ("took … pills", "took a lot of these pills", []),
        ("took ... pills", "took pills", ["took pills"]),
        ("took … pills", "took it, then pills", []),
        ("cannot do this", "I can't really just do this", ["can't really just do this"]),
        ("cannot do this", "I can't really just really do this", []),
        ("cannot do this", "I can't. Do this", []),
        ("feel cold", "I feel, cold", ["feel, cold"]),
        ("cannot go on $", "I can't go on.", ["can't go on"]),
        ("cannot go on $", "I can't go on holiday", []),
        ("^ stop", "stop now, please stop", ["stop"]),
        ("{self} cannot go", "but can't go", ["can't go"]),
        ("{self} cannot go", "my mum can't go", []),
        ("{self} cannot go", "I can't go", ["I can't go"]),
        ("don't listen", "he dont listen", ["dont listen"]),
        ("my therapist's phone", "my therapist\u2019s phone", ["my therapist\u2019s phone"]),
        ("\U0001f52a", "me \U0001f52a", ["\U0001f52a"]),
        ("cannot", "can't can't", ["can't", "can't"]),
    ],
)
def test_a_phrase_matches_what_it_says(phrase: str, text: str, words: list[str]) -> None:
    assert found(phrase, text) == words


def test_a_slot_stands_for_the_class_that_its_family_names() -> None:
    phrases = compile_phrases([(Rule("{subject} stop"), 1, {"subject": "they"})], CLASSES)
    assert [match.tag for match in phrases.find(read("she stops"))] == [1]


@pytest.mark.parametrize("times", [1, 23, 24, 25, 400])
def test_a_phrase_said_many_times_is_found_each_time(times: int) -> None:
    reading = read("she really forgets, " * times + "bye")
    found = compile_phrases([(Rule("{they} forgets"), 1, {})], CLASSES).find(reading)
    assert [(match.first, match.last) for match in found] == [(3 * at, 3 * at + 3) for at in range(times)]


def test_of_two_ways_to_end_the_longest_is_found() -> None:
    assert found("take … pills", "take pills and pills") == ["take pills and pills"]


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("{nobody} stops", "no class has this name"),
        ("{No Name} stops", "is no slot"),
        ("{1} stops", "is no slot"),
        ("", "without a word"),
        ("{often}", "without a word"),
        ("^ $", "without a word"),
        ("… stops", "may not begin or end"),
        ("stops …", "may not begin or end"),
        ("a $ b", "^ stands first and $ last"),
        ("=don't go", "stands before one word"),
        ("a b c d e f g h i j k l m", "more than 12 parts"),
        ("{they?} {they?} {they?} {they?} {they?} x", "more than 4 parts"),
        ("go -", "is no word"),
    ],
)
def test_a_phrase_that_makes_no_sense_is_refused_with_its_place(phrase: str, says: str) -> None:
    with pytest.raises(PhraseError) as refused:
        compile_phrases([(Rule(phrase, "file.yaml:3:5"), 1, {})], CLASSES)
    assert says in refused.value.message
    assert refused.value.at == "file.yaml:3:5"


def test_a_class_that_contains_itself_is_refused_by_name() -> None:
    with pytest.raises(PhraseError) as refused:
        compile_phrases([], {"one": ("{two}",), "two": ("{one}",)})
    assert "contains itself" in refused.value.message
    assert refused.value.at == "one"
