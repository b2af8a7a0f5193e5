"""The corpus that ships holds, says enough of all kinds, and no conversation waits for it."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from app.engine.nets import ROUTES
from app.engine.safety import hear
from app.flows.corpus import CORPUS, check_corpus, disagreements, outcome
from app.flows.diagnostics import Diagnostic, Diagnostics
from app.flows.library import Library, read_folder
from app.flows.reading import Word
from app.flows.shared_grammar import CorpusFile, Saying
from app.flows.sharing import FOLDER, build_shared, fit_shared
from tests.flows.world import FLOWS, shared_texts

Check = Callable[[Mapping[str, str]], list[Diagnostic]]
FILE = f"{FOLDER}/{CORPUS}"
LEAST = 400
LEAST_OF_A_ROUTE = 15
LONG_ENOUGH = 8  # words; shorter sayings are everybody's


@cache
def corpus() -> CorpusFile:
    file = fit_shared(CorpusFile, CORPUS, read_folder(FLOWS), Diagnostics())
    assert file is not None
    return file


def sentences(file: CorpusFile) -> Iterator[str]:
    for group in (*file.heard.values(), *file.not_heard.values(), *file.false_alarms, *file.misses):
        yield from map(str, group.sentences)


def corpus_of(**parts: str) -> dict[str, str]:
    """A corpus with a kind that is heard, one that is not, and these parts."""
    kinds = {
        "heard": "{wish: {route: crisis_self, happens: page, why: Plain., sentences: [I want to die.]}}",
        "not_heard": "{manner: {why: Not meant so., sentences: [I laughed.]}}",
    }
    return {FILE: "".join(f"{name}: {text}\n" for name, text in {**kinds, **parts}.items())}


def test_the_net_does_what_the_shipped_corpus_says() -> None:
    found = Diagnostics()
    texts = read_folder(FLOWS)
    check_corpus(texts, Library(texts).shared.net, found)

    assert "\n".join(map(str, found)) == ""


def test_the_shipped_corpus_says_enough_of_every_route_and_of_none() -> None:
    heard: Counter[str] = Counter()
    for group in corpus().heard.values():
        heard[group.route] += len(group.sentences)
    ordinary = sum(len(group.sentences) for group in corpus().not_heard.values())

    assert sum(1 for _ in sentences(corpus())) >= LEAST
    assert {route for route in ROUTES if heard[route] < LEAST_OF_A_ROUTE} == set()
    assert ordinary >= LEAST / 3


def test_most_of_the_corpus_needs_no_accepting() -> None:
    accepted = sum(len(each.sentences) for each in (*corpus().false_alarms, *corpus().misses))

    assert accepted < sum(1 for _ in sentences(corpus())) / 3


def test_the_net_did_not_learn_from_the_corpus() -> None:
    lines = (
        json.loads(line)["text"]
        for file in (FLOWS / FOLDER / "examples").glob("*.jsonl")
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    )
    learned = {text.casefold() for text in lines}
    long = [text for text in sentences(corpus()) if len(text.split()) >= LONG_ENOUGH]

    assert [text for text in long if text.casefold() in learned] == []


def test_loading_the_flows_never_looks_at_the_corpus(whole: Mapping[str, str]) -> None:
    broken = {FILE: "heard: [this is no corpus"}

    assert Library({**whole, **broken}).diagnostics == Library(whole).diagnostics


@pytest.mark.parametrize(
    ("parts", "way_out"),
    [
        (
            {"heard": "{wish: {route: crisis_self, happens: page, why: Plain., sentences: [I wish.]}}"},
            'Correct the net, or accept it: move it to "misses" and say why.',
        ),
        (
            {"not_heard": "{manner: {why: Not meant so., sentences: [I want to die laughing.]}}"},
            'Correct the net, or accept it: move it to "false_alarms" and say why.',
        ),
        (
            {"misses": "[{kind: wish, happens: nothing, why: Known., sentences: [I really want to die.]}]"},
            'It is no longer wrong. Move it back to "wish".',
        ),
        (
            {
                "false_alarms": "[{kind: manner, route: danger, happens: asked, why: Known., "
                "sentences: [I want to die laughing.]}]"
            },
            "It is wrong in another way than the one that was accepted. Correct the net, or the entry.",
        ),
    ],
    ids=["unheard", "heard needlessly", "a miss that is heard", "a false alarm that grew"],
)
def test_a_sentence_that_comes_out_otherwise_says_what_to_do(
    parts: Mapping[str, str], way_out: str, wrong_with: Check
) -> None:
    assert [(each.code, each.way_out) for each in wrong_with(corpus_of(**parts))] == [("IW352", way_out)]


def test_what_is_accepted_may_come_out_as_accepted(wrong_with: Check) -> None:
    alarm = (
        "[{kind: manner, route: crisis_self, happens: page, why: Rare., sentences: [I want to die a bit.]}]"
    )
    miss = "[{kind: wish, happens: nothing, why: Known., sentences: [I wish for death.]}]"

    assert wrong_with(corpus_of(false_alarms=alarm, misses=miss)) == []


def test_an_accepted_sentence_needs_a_reason(wrong_with: Check) -> None:
    miss = "[{kind: wish, happens: nothing, sentences: [I wish for death.]}]"
    (found,) = wrong_with(corpus_of(misses=miss))

    assert found.code == "IW202"
    assert '"why"' in found.message


def test_disagreements_name_the_kind_and_both_outcomes() -> None:
    few = corpus().not_heard[Word("few_words")]
    wrongly = Saying(route="danger", happens="page", why=few.why, sentences=few.sentences[:1])
    file = CorpusFile(heard={Word("few"): wrongly})
    (only,) = disagreements(file, Library(read_folder(FLOWS)).shared.net)

    assert (only.kind, only.wanted, only.result) == ("few", "danger page", "nothing")


@pytest.mark.parametrize(
    ("text", "comes_out"),
    [
        ("I want to end it. He beats me up.", "danger page"),
        ("I want to end it. I'm afraid to go home.", "crisis_self asked"),
        ("I laughed.", "nothing"),
    ],
    ids=["a page before a question", "two questions", "nothing"],
)
def test_what_a_client_meets_first_is_what_comes_out(text: str, comes_out: str) -> None:
    shared = build_shared(shared_texts(), Diagnostics())
    assert shared is not None

    assert outcome(hear(shared.net, text)) == comes_out
