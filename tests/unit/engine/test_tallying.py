"""What a move adds to the tally: askings and answers, in codes from a closed list."""

import re
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from app.engine import Answer, Entry, Given, State, advance, go_back
from app.engine.safety import POINTS, Finding
from app.engine.tallying import ASKED, FORMER, SKIPPED, Code, codes, counted
from tests.flows.walking import all_flows, walk
from tests.flows.world import Talk, case, shipped, typed

FLOW = case("E_unclear_words_get_one_question")
UNCLEAR = "I can't do this anymore"
QUESTION = "life_or_therapy"
ASKING = Code("wants_an_end", QUESTION, ASKED)


def begun(talk: Talk) -> State:
    """A state, to be compared with what it becomes."""
    return talk.state


def test_a_question_and_its_answer_are_counted_with_the_family_that_asked() -> None:
    talk = Talk(FLOW)
    first = begun(talk)
    asked = begun(talk.type(UNCLEAR))
    answered = begun(talk.pick("neither"))

    assert counted(FLOW, first, asked) == (ASKING,)
    assert counted(FLOW, asked, answered) == (ASKING._replace(answer="neither"),)


def test_a_skipped_question_is_an_answer_of_its_own() -> None:
    talk = Talk(FLOW).type(UNCLEAR)
    asked = begun(talk)

    assert counted(FLOW, asked, talk.skip().state) == (ASKING._replace(answer=SKIPPED),)


@pytest.mark.parametrize(
    "words",
    ["a plain answer", "I want to kill myself", "he beats me up", "I do not want to kill myself"],
    ids=["plain words", "explicit words", "danger", "denied words"],
)
def test_what_asks_no_question_counts_nothing(words: str) -> None:
    talk = Talk(FLOW)
    first = begun(talk)

    assert counted(FLOW, first, talk.type(words).state) == ()


def test_words_that_were_explained_once_count_no_more() -> None:
    talk = Talk(FLOW).type(UNCLEAR).pick("neither")
    explained = begun(talk)

    assert counted(FLOW, explained, talk.type(UNCLEAR).state) == ()


def test_a_question_that_was_gone_back_from_counts_when_it_comes_up_again() -> None:
    asked = begun(Talk(FLOW).type(UNCLEAR))
    back = go_back(FLOW, asked).state
    again = advance(FLOW, back, typed(FLOW, "first", UNCLEAR)).state

    assert counted(FLOW, asked, back) == ()
    assert counted(FLOW, back, again) == (ASKING,)


def test_while_a_question_stands_only_its_answer_counts() -> None:
    talk = Talk(FLOW).type(UNCLEAR)
    asked = begun(talk)
    more = begun(talk.type("I'm afraid to go home"))

    assert talk.asks == f"safety/{QUESTION}"
    assert counted(FLOW, asked, replace(asked, language="de").moved()) == ()
    assert counted(FLOW, asked, more) == ()
    assert counted(FLOW, more, talk.pick("neither").state) == (ASKING._replace(answer="neither"),)


def test_a_question_that_a_page_takes_the_place_of_has_no_answer() -> None:
    talk = Talk(FLOW).type(UNCLEAR)
    asked = begun(talk)
    page = begun(talk.type("I want to kill myself"))

    assert counted(FLOW, asked, page) == ()
    assert counted(FLOW, page, talk.pick("now").state) == ()


def test_an_answer_and_the_question_after_it_are_one_move() -> None:
    findings = tuple(heard("wants_an_end", QUESTION, digest) for digest in ("one", "two"))
    entries = {
        key: Entry(Given(text="x"), (finding,))
        for key, finding in zip(("first", "second"), findings, strict=True)
    }
    before = State(FLOW.revision, entries=entries)
    after = advance(FLOW, before, Answer(f"safety/{QUESTION}", ("therapy",))).state

    assert counted(FLOW, before, after) == (ASKING._replace(answer="therapy"), ASKING)


def heard(family: str, question: str, digest: str = "d") -> Finding:
    """Something unclear, as an answer keeps it."""
    return Finding(family, "crisis_self", "unclear", question, None, (0, 1), digest, "")


@pytest.mark.parametrize(
    ("findings", "family"),
    [
        pytest.param([POINTS], "points/crisis_self", id="the learned half, with its route"),
        pytest.param(["renamed_since"], FORMER, id="a family that is no longer there"),
        pytest.param(["wants_an_end", POINTS], "wants_an_end", id="two for the same words: the first"),
        pytest.param(["x" * 5000, POINTS], FORMER, id="a name that cannot be one of ours"),
    ],
)
def test_who_asks_has_a_name_from_the_closed_list(findings: list[str], family: str) -> None:
    entry = Entry(Given(text="x"), tuple(heard(each, QUESTION) for each in findings))
    after = State(FLOW.revision, entries={"first": entry})

    assert counted(FLOW, State(FLOW.revision), after) == (Code(family, QUESTION, ASKED),)
    assert Code(family, QUESTION, ASKED) in codes(FLOW.shared)


def test_whatever_is_typed_every_code_is_on_the_closed_list() -> None:
    flow = all_flows()[0]
    listed, seen = codes(flow.shared), set[Code]()
    for seed in range(12):
        chance = Random(seed)  # noqa: S311 - which way to go, nothing secret
        states = [moved.state for moved in walk(chance, flow, 12, something_unclear)]
        for before, after in pairwise(states):
            seen.update(counted(flow, before, after))
    assert seen <= listed
    assert len({code.family for code in seen}) > 2
    assert len({code.answer for code in seen}) > 2


def something_unclear(chance: Random) -> str:
    """Words that may be asked about."""
    return chance.choice((UNCLEAR, "I'm afraid to go home", "she lent me money", "I want to sleep forever"))


def test_the_closed_list_holds_short_words_of_ours() -> None:
    listed = codes(shipped().shared)

    assert {code.family for code in listed} > set(shipped().shared.net.families)
    assert all(re.fullmatch(r"[a-z_/]{0,40}", word) for code in listed for word in code)
