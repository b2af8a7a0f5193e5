"""Three values: true, false, unknown. What was skipped, not asked or lies off the path is never false."""

from itertools import product

import pytest

from app.engine.conditions import (
    And,
    Answered,
    Condition,
    Includes,
    Is,
    Mentions,
    Not,
    Or,
    Skipped,
    Truth,
    Value,
    Within,
    holds,
    names_in,
)

VALUES = {
    "yes_there": Value("answered", ("yes",)),
    "no_there": Value("answered", ("no",)),
    "gone": Value("skipped"),
    "many": Value("answered", ("sad", "small", "own_words")),
    "two": Value("answered", number=2),
    "text": Value("answered", text="words", mentions={"cold": "sure", "pace": "possible"}),
    "idk": Value("skipped", text="idk", mentions={"cold": "sure"}),
}
T, F = Is("yes_there", ("yes",)), Is("no_there", ("yes",))
U = Is("never_asked", ("yes",))
BY_TRUTH: dict[Truth, Condition] = {True: T, False: F, None: U}


def test_a_test_is_true_false_or_unknown() -> None:
    assert [holds(each, VALUES) for each in (T, F, U)] == [True, False, None]


@pytest.mark.parametrize(("a", "b"), list(product((True, False, None), repeat=2)), ids=str)
def test_and_or_and_not_follow_the_table(a: Truth, b: Truth) -> None:
    both = False if False in (a, b) else None if None in (a, b) else True
    either = True if True in (a, b) else None if None in (a, b) else False

    assert holds(And((BY_TRUTH[a], BY_TRUTH[b])), VALUES) is both
    assert holds(Or((BY_TRUTH[a], BY_TRUTH[b])), VALUES) is either
    assert holds(Not(BY_TRUTH[a]), VALUES) is (None if a is None else not a)


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (Answered("text"), True),
        (Answered("gone"), False),
        (Answered("never_asked"), False),
        (Skipped("gone"), True),
        (Skipped("text"), False),
        (Skipped("never_asked"), False),
        (Is("yes_there", ("no", "yes")), True),
        (Is("gone", ("yes",)), None),
        (Includes("many", ("sad", "hurt")), True),
        (Includes("many", ("hurt",)), False),
        (Includes("many", ("sad", "small"), all=True), True),
        (Includes("many", ("sad", "hurt"), all=True), False),
        (Includes("many", ("own_words",)), True),
        (Includes("gone", ("sad",)), None),
        (Within("two", 2, 2), True),
        (Within("two", 3, None), False),
        (Within("two", None, 1), False),
        (Within("two", None, 2), True),
        (Within("never_asked", 0, None), None),
        (Within("many", 3, 3, count=True), True),
        (Within("many", 4, None, count=True), False),
        (Within("gone", 0, 0, count=True), None),
        (Mentions("text", ("cold",)), True),
        (Mentions("text", ("pace",)), None),
        (Mentions("text", ("leaving",)), False),
        (Mentions("text", ("pace", "cold")), True),
        (Mentions("text", ("pace", "cold"), all=True), None),
        (Mentions("text", ("leaving", "pace"), all=True), False),
        (Mentions("idk", ("cold",)), None),
        (None, True),
    ],
    ids=str,
)
def test_a_test_of_each_type_says_what_it_knows(condition: Condition | None, truth: Truth) -> None:
    assert holds(condition, VALUES) is truth


def test_a_condition_names_what_it_reads() -> None:
    assert names_in(And((T, Or((Not(U), Answered("text")))))) == {"yes_there", "never_asked", "text"}
    assert names_in(None) == frozenset()
