"""Words to condition trees: what each says, and what is refused where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.conditions import And, Answered, Condition, Includes, Is, Mentions, Not, Or, Skipped, Within
from app.flows.diagnostics import Diagnostics
from app.flows.parsing import RESERVED, Known, parse_condition
from app.flows.reading import Word

SCOPE = {
    "fear": Known("text"),
    "opening": Known("text", concepts=("leaving", "cold")),
    "share_how": Known("one", ("send", "read_aloud")),
    "feeling": Known("many", ("sad", "hurt")),
    "tries": Known("number", (), 0, 2),
    "shared": Known("yes_no", ("yes", "no")),
    "at_fault": Known(),
}
SEND, SAD, ONCE = Is("share_how", ("send",)), Includes("feeling", ("sad",)), Within("tries", 0, 0)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("fear is answered", Answered("fear")),
        ("fear is not answered", Not(Answered("fear"))),
        ("fear is skipped", Skipped("fear")),
        ("share_how is send", SEND),
        ("share_how is not send", Not(SEND)),
        ("share_how is own_words", Is("share_how", ("own_words",))),
        ("share_how is one of [send, read_aloud]", Is("share_how", ("send", "read_aloud"))),
        ("shared is yes", Is("shared", ("yes",))),
        ("feeling includes sad", SAD),
        ("feeling includes any of [sad, hurt]", Includes("feeling", ("sad", "hurt"))),
        ("feeling includes all of [sad,hurt]", Includes("feeling", ("sad", "hurt"), all=True)),
        ("count of feeling is 2", Within("feeling", 2, 2, count=True)),
        ("count of feeling is at least 2", Within("feeling", 2, None, count=True)),
        ("tries is 0", ONCE),
        ("tries is not 0", Not(ONCE)),
        ("tries is at most 1", Within("tries", None, 1)),
        ("tries is between 0 and 1", Within("tries", 0, 1)),
        ("tries is one of [0, 2]", Or((ONCE, Within("tries", 2, 2)))),
        ("opening mentions leaving", Mentions("opening", ("leaving",))),
        ("opening mentions all of [leaving, cold]", Mentions("opening", ("leaving", "cold"), all=True)),
        ("not feeling includes sad", Not(SAD)),
        ("share_how is send and feeling includes sad and tries is 0", And((SEND, SAD, ONCE))),
        ("share_how is send or\n feeling includes sad", Or((SEND, SAD))),
        ("not (share_how is send or tries is 0) and feeling includes sad", And((Not(Or((SEND, ONCE))), SAD))),
        ("tries is between 0 and 0 and share_how is send", And((ONCE, SEND))),
        ("at_fault includes whatever", Includes("at_fault", ("whatever",))),
    ],
)
def test_words_become_the_tree_that_they_say(words: str, means: Condition) -> None:
    found = Diagnostics()

    assert parse_condition(Word(words), SCOPE, found) == means
    assert not list(found)


@pytest.mark.parametrize(
    ("words", "column", "says"),
    [
        ("fear = yes", 6, 'IW204 the text stops making sense at "=".'),
        ("fear is", 8, "IW204 the text stops making sense at its end."),
        ("", 1, "IW204 the text stops making sense at its end."),
        ("(fear is answered", 18, "IW204 the text stops making sense at its end."),
        ("Fear is answered", 1, 'IW204 the text stops making sense at "Fear".'),
        ("not not fear is answered", 5, 'IW204 the text stops making sense at "not".'),
        ("fear is answered fear", 18, 'IW204 the text stops making sense at "fear".'),
        ("share_how is one of send", 21, 'IW204 the text stops making sense at "send".'),
        ("len(fear) is 2", 4, 'IW204 the text stops making sense at "(".'),
        ("tries + 1 is 2", 7, 'IW204 the text stops making sense at "+".'),
        ("fear is /x.*/", 9, 'IW204 the text stops making sense at "/".'),
        (
            "fear is answered and tries is 0 or tries is 1",
            33,
            'IW205 "and" and "or" are mixed without brackets.',
        ),
        ("feer is answered", 1, 'IW302 no variable is called "feer".'),
        ("share_how is fear", 14, 'IW303 "fear" is not a value of "share_how".'),
        ("share_how is one of [send, shout]", 28, 'IW303 "shout" is not a value of "share_how".'),
        ("tries is 7", 10, 'IW303 "7" is not a value of "tries".'),
        ("shared is maybe", 11, 'IW303 "maybe" is not a value of "shared".'),
        ("opening mentions colt", 18, 'IW303 "colt" is not a value of "opening".'),
        ("fear includes sad", 1, 'IW304 "includes" needs a variable of type many; "fear" is text.'),
        ("fear is sad", 1, 'IW304 "is" needs a variable of type one, yes_no or number; "fear" is text.'),
        (
            "share_how is at least 2",
            1,
            'IW304 "at least" needs a variable of type number; "share_how" is one.',
        ),
        ("count of tries is 1", 10, 'IW304 "count of" needs a variable of type many; "tries" is number.'),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_column(words: str, column: int, says: str) -> None:
    found = Diagnostics()

    assert parse_condition(Word(words), SCOPE, found) is None
    assert [(d.place.column, f"{d.code} {d.message}") for d in found] == [(column, says)]


def test_all_faults_of_one_condition_come_out_together() -> None:
    found = Diagnostics()
    parse_condition(Word("feer is answered and share_how is shout and fear includes sad"), SCOPE, found)

    assert [d.code for d in found] == ["IW302", "IW303", "IW304"]


@pytest.mark.parametrize("words", ["(" * 3000, "(" * 21 + "fear is answered" + ")" * 21, "a " * 2000])
def test_a_condition_without_end_is_refused(words: str) -> None:
    found = Diagnostics()

    assert parse_condition(Word(words), SCOPE, found) is None
    assert [d.code for d in found] == ["IW204"]


PIECES = st.sampled_from(
    [*sorted(RESERVED), *SCOPE, "sad", "send", "yes", "0", "7", "(", ")", "[", "]", ",", "="]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.lists(PIECES, max_size=14).map(" ".join))
def test_any_words_become_a_condition_or_diagnostics(words: str) -> None:
    found = Diagnostics()
    condition = parse_condition(Word(words), SCOPE, found)

    assert (condition is None) == (found.errors > 0)
    assert all(diagnostic.code in {"IW204", "IW205", "IW302", "IW303", "IW304"} for diagnostic in found)
