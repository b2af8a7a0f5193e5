"""Typed words and the options they are: as a whole, but for one slip, and never by a guess."""

import pytest

from app.engine import Given
from tests.flows.world import Talk, made

FLOW = made(
    """
vars:
  feeling: {type: many, of: feelings}
steps:
  feeling:
    pick: How was it?
    saves: feeling
    none: none
    options: {hurt: Hurt, sad: Sad, tearful: Near to tears, small: Small, none: None of these}
  done: {end: note}
""",
    "to: therapist\nsections:\n  - {id: lead, text: A line.}\n",
)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Hurt", ("hurt",)),
        ("  hUrT.  ", ("hurt",)),
        ("near to tears", ("tearful",)),
        ("near to taers", ("tearful",)),
        ("near to tear", ("tearful",)),
        ("near to tearsx", ("tearful",)),
        ("near two tearz", ("own_words",)),
        ("smal", ("own_words",)),
        ("smali", ("small",)),
        ("1", ("hurt",)),
        ("5", ("none",)),
        ("6", ("own_words",)),
        ("0", ("own_words",)),
        ("٣", ("tearful",)),
        ("9" * 3999, ("own_words",)),
        ("hurt, sad", ("hurt", "sad")),
        ("sad & hurt\nsad", ("own_words",)),
        ("sad & hurt, sad", ("sad", "hurt")),
        ("hurt,", ("hurt",)),
        ("not hurt", ("own_words",)),
        ("wounded", ("own_words",)),
        ("idk", ("none",)),
        ("none of these", ("none",)),
    ],
    ids=lambda each: repr(each)[:30],
)
def test_typed_words_are_matched_as_a_whole(typed: str, values: tuple[str, ...]) -> None:
    given = Talk(FLOW).type(typed).state.entries["feeling"].given

    assert given == Given(values, typed)


def test_a_value_given_twice_counts_once() -> None:
    given = Talk(FLOW).pick("sad", "hurt", "sad").state.entries["feeling"].given

    assert given == Given(("sad", "hurt"))
