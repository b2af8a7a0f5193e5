"""Texts are cut into fixed pieces and holes; a hole that makes no sense is refused where it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.flow import Slot
from app.flows.diagnostics import Diagnostics
from app.flows.holes import Use, parse_template
from app.flows.parsing import Known
from app.flows.reading import Word

SCOPE = {
    "moment": Known("text"),
    "helped": Known("many", ("small", "quiet")),
    "tries": Known("number", (), 0, 2),
}


@pytest.mark.parametrize(
    ("text", "use", "pieces"),
    [
        ("No holes.", "spoken", ("No holes.",)),
        ("", "spoken", ()),
        ("You wrote {moment|quote}.", "spoken", ("You wrote ", Slot("moment", "quote"), ".")),
        ("{helped|label}{helped|list}", "spoken", (Slot("helped", "label"), Slot("helped", "list"))),
        ("{frame.wish} {moment|to_you}", "note", (Slot("wish", "frame"), " ", Slot("moment", "to_you"))),
        ("Also: {own_words|to_you}", "line", ("Also: ", Slot("own_words", "to_you"))),
    ],
)
def test_a_text_is_cut_at_its_holes(text: str, use: Use, pieces: tuple[str | Slot, ...]) -> None:
    made = parse_template(Word(text), "here", SCOPE, use, Diagnostics(), ("wish",))

    assert made is not None
    assert (made.source, made.pieces) == ("here", pieces)


@pytest.mark.parametrize(
    ("text", "use", "column", "says"),
    [
        ("One {moment", "spoken", 5, 'IW204 the text stops making sense at "{moment".'),
        ("One } two", "spoken", 5, 'IW204 the text stops making sense at "}".'),
        ("One {}", "spoken", 5, 'IW204 the text stops making sense at "{}".'),
        ("One {7*7}", "spoken", 5, 'IW204 the text stops making sense at "{7*7}".'),
        ("{moment|upper}", "spoken", 9, 'IW204 the text stops making sense at "upper".'),
        ("{moment|to_you}", "spoken", 9, 'IW204 the text stops making sense at "to_you".'),
        ("{frame.wsh}", "note", 2, 'IW204 the text stops making sense at "frame.wsh".'),
        ("{frame.wish|quote}", "note", 2, 'IW204 the text stops making sense at "frame.wish|quote".'),
        ("{momnet|quote}", "spoken", 2, 'IW302 no variable is called "momnet".'),
        ("{own_words|to_you}", "note", 2, 'IW302 no variable is called "own_words".'),
        (
            "{tries|label}",
            "spoken",
            2,
            'IW304 "label" needs a variable of type one, many or yes_no; "tries" is number.',
        ),
        ("{helped|name}", "note", 2, 'IW304 "name" needs a variable of type text; "helped" is many.'),
        ("It was {moment}", "spoken", 8, 'IW310 own words "moment" need a filter.'),
        ("It was {own_words}", "line", 8, 'IW310 own words "own_words" need a filter.'),
    ],
)
def test_a_hole_that_makes_no_sense_is_refused(text: str, use: Use, column: int, says: str) -> None:
    found = Diagnostics()

    assert parse_template(Word(text), "here", SCOPE, use, found, ("wish",)) is None
    assert [(d.place.column, f"{d.code} {d.message}") for d in found] == [(column, says)]


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40) | st.text("{}|.momenthelpedfrawish", max_size=30),
    st.sampled_from(["spoken", "note", "line"]),
)
def test_any_text_becomes_a_template_or_diagnostics(text: str, use: Use) -> None:
    found = Diagnostics()
    made = parse_template(Word(text), "here", SCOPE, use, found, ("wish",))

    assert (made is None) == (found.errors > 0)
    assert made is None or "{" not in "".join(piece for piece in made.pieces if isinstance(piece, str))
