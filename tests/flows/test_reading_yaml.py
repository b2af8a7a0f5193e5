"""YAML is read as words with places; what could harm or mislead is refused, quickly."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.flows.diagnostics import Diagnostics
from app.flows.reading import Word, read

BAD_CHARACTER = "a character that YAML does not allow stands here."


def refused(text: str) -> list[str]:
    found = Diagnostics()
    assert read("a/flow.yaml", text, found) is None
    return [str(diagnostic).splitlines()[0] for diagnostic in found]


@pytest.mark.parametrize("written", ["yes", "no", "22:30", "1.10", "012", "2024-01-02", "null", "~", "0x1F"])
def test_a_plain_scalar_stays_the_word_it_is(written: str) -> None:
    whole = read("a/flow.yaml", f"key: {written}\n", Diagnostics())

    assert whole == {"key": written}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a: fear = yes\n", (1, 9), id="plain"),
        pytest.param("a:  'it''s fear = yes'\n", (1, 17), id="single quotes, doubled inside"),
        pytest.param('a: "\\x41\\n fear = yes"\n', (1, 17), id="double quotes with escapes"),
        pytest.param("a: fear\n  is = yes\n", (2, 6), id="plain over two lines"),
        pytest.param("a: |\n  x\n  fear = yes\n", (3, 8), id="literal block"),
        pytest.param("a: >-\n  x\n  fear = yes\n", (3, 8), id="folded block"),
    ],
)
def test_a_place_inside_a_text_is_where_the_author_sees_it(text: str, place: tuple[int, int]) -> None:
    whole = read("a/flow.yaml", text, Diagnostics())
    assert whole is not None
    word = whole[Word("a")]
    assert isinstance(word, Word)
    at = word.at(word.index("="))

    assert (at.line, at.column) == place


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: *x\n", "1:4: an alias (*) is not allowed.", id="alias"),
        pytest.param("a: &x b\n", "1:4: an anchor (&) is not allowed.", id="anchor"),
        pytest.param("a: !!int 3\n", "1:4: a tag (!) is not allowed.", id="tag"),
        pytest.param("<<: {a: b}\n", "1:1: a merge key (<<) is not allowed.", id="merge"),
        pytest.param("a: b\n---\nc: d\n", "2:1: a second document begins here.", id="second document"),
        pytest.param("", "1:1: the file holds no keys.", id="empty"),
        pytest.param("- a\n", "1:1: the file holds no keys.", id="a list"),
        pytest.param("? [a]\n: b\n", "1:3: a key has to be a word.", id="list as key"),
        pytest.param("a: b\nc: \0\n", f"2:4: {BAD_CHARACTER}", id="NUL"),
        pytest.param("a: \ud800\n", f"1:4: {BAD_CHARACTER}", id="lone surrogate"),
    ],
)
def test_what_could_mislead_is_refused_at_its_place(text: str, problem: str) -> None:
    place, _, what = problem.partition(": ")

    assert refused(text) == [f"a/flow.yaml:{place}: IW101 not readable as YAML: {what}"]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BOMB, id="aliases of aliases"),
        pytest.param("a: " + "[" * 3000, id="open brackets 3,000 deep"),
        pytest.param("{a: " * 3000, id="open braces 3,000 deep"),
        pytest.param("".join(" " * n + "a:\n" for n in range(3000)), id="indents 3,000 deep"),
        pytest.param("a: " + "- " * 3000 + "b", id="dashes 3,000 deep"),
        pytest.param("a: " + "x" * 3_200_000, id="more than 3 MiB"),
        pytest.param("a: " + "9" * 5000 + "\n\0", id="5,000 digits and NUL"),
    ],
)
def test_a_file_made_to_choke_the_reader_is_refused_at_once(text: str) -> None:
    before = time.process_time()

    assert refused(text)
    assert time.process_time() - before < 2


def test_thirty_two_levels_are_read_and_one_more_is_not() -> None:
    assert read("a/flow.yaml", "a: " + "[" * 30 + "x" + "]" * 30, Diagnostics()) is not None
    assert "32 levels" in refused("a: " + "[" * 31 + "x" + "]" * 31)[0]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text("ab:{}[]-&*!|>'\"#%,?\n ", max_size=60))
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    found = Diagnostics()

    assert (read("a/flow.yaml", text, found) is None) <= (len(found) > 0)
