"""Every place of the shipped flows at which words can be typed, and what becomes of odd ones there.

The table says it: kept, kept as words that say nothing, asked again, or too long. What is kept comes back
exactly as it was typed, in the answers, in the thread and in the note.
"""

import json

import pytest

from app.engine import (
    Answer,
    Asked,
    Flow,
    Moved,
    advance,
    answers_given,
    compose,
    from_text,
    hear,
    thread,
    to_text,
    verify,
)
from tests.flows.walking import assert_whole, places
from tests.flows.world import shipped_flows

TEXTS = {
    "empty": "",
    "blanks": " \t\u00a0\u2003\u3000 ",
    "line breaks": "\n\r\n\n",
    "10,000 characters": "so it goes " * 909 + "x",
    "8,000 emoji": "😀" * 8000,
    "right to left": "אני לא מרגיש חיבור",
    "zero width only": "\u200b\u200c\u200d\u2060\ufeff",
    "zero width among words": "it \u200bhurts\u200d so",
    "template": "{{7*7}} {moment|quote} {frame.lead}",
    "markup": "<script>alert(1)</script>",
    "nul": "it\x00hurts",
    "lone surrogate": "it \ud83d hurts",
}
EMPTY = ("empty", "blanks", "line breaks", "zero width only")
LONG = ("10,000 characters", "8,000 emoji")
WORDS = tuple(name for name in TEXTS if name not in EMPTY + LONG)


def expected(name: str, asked: Asked) -> str | None:
    """The reply where a text answers nothing; None where it is kept."""
    if asked.id.startswith("safety/"):
        return "no_match"
    if name in EMPTY:
        return "empty" if asked.kind == "ask" else "empty_pick"
    if name in LONG:
        return "too_long"
    return "no_match" if asked.kind in ("scale", "confirm") or not takes_words(asked) else None


def takes_words(asked: Asked) -> bool:
    """Whether a client's own words are an answer here."""
    return asked.kind == "ask" or asked.own_words


def entry_places() -> list[tuple[Flow, Moved]]:
    """Every question of every shipped flow, safety questions too."""
    return [(flow, place) for n, flow in enumerate(shipped_flows()) for place in places(n)]


PLACES = entry_places()
IDS = [f"{flow.id}-{place.turn.question.id}" for flow, place in PLACES if place.turn.question]


def test_the_table_reaches_every_question_of_the_shipped_flows() -> None:
    reached = {name.split("-", 1)[1].partition(":")[0] for name in IDS}
    asked = {id for flow in shipped_flows() for id, step in flow.steps.items() if hasattr(step, "prompt")}

    assert asked - reached == set()
    assert {"safety/life_or_therapy", "safety/crisis_self", "safety/misconduct"} <= reached
    assert any("/" in id and not id.startswith("safety/") for id in reached)  # inside a call


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("flow", "place"), PLACES, ids=IDS)
def test_what_becomes_of_an_odd_text(flow: Flow, place: Moved, name: str) -> None:
    asked, text = place.turn.question, TEXTS[name]
    assert asked is not None
    if len(text) > (asked.max_length or 4000) and takes_words(asked) and name not in LONG:
        name = "10,000 characters"  # a name has 40 characters

    after = advance(flow, place.state, Answer(asked.id, text=hear(flow.shared.net, text)))

    assert after.repeated == expected(name, asked)
    if after.repeated:
        assert after.state == place.state
        assert after.turn.question == asked
        assert after.turn.messages[-1].id == "again"
        return
    assert_kept(flow, after, asked.id, text)


def assert_kept(flow: Flow, after: Moved, key: str, text: str) -> None:
    """The words are there, exactly as typed, wherever they are shown; and nothing was made of them."""
    kept = after.state.entries[key].given
    assert kept is not None
    assert kept.text == text
    assert [said.text for said in answers_given(flow, after.state) if said.question_id == key] == [text]
    last = thread(flow, after.state)[-1].answer
    assert last is not None
    assert [last.text[start:end] for start, end in last.own] == [text]
    assert from_text(to_text(after.state)) == after.state
    note = compose(flow, after.state)
    assert_whole(note, flow)
    own = [part for s in note.sentences for part in s.parts if part.by == "own" and part.answer == key]
    for part in own:
        assert part.span is not None
        assert not part.changes or part.text != text
        assert part.changes or part.text == text[part.span[0] : part.span[1]]
    shown = "".join(m.text for m in after.turn.messages) + note.text()
    assert "49" not in shown


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize(("flow", "place"), PLACES, ids=IDS)
def test_own_words_beside_options_are_kept_as_typed(flow: Flow, place: Moved, name: str) -> None:
    asked = place.turn.question
    assert asked is not None
    if asked.kind != "pick" or not asked.own_words:
        return
    text, value = TEXTS[name], next(o.value for o in asked.options if o.value != asked.none)

    after = advance(flow, place.state, Answer(asked.id, (value,), hear(flow.shared.net, text)))

    given = after.state.entries[asked.id].given
    assert given is not None
    assert (given.values, given.text) == ((value, "own_words"), text)
    assert_kept(flow, after, asked.id, text)


def test_a_lone_surrogate_lives_in_the_engine_and_does_not_become_bytes() -> None:
    """It is refused at the door; in the engine it is words like others, and the state cannot be sealed."""
    flow, place = PLACES[0]
    asked = place.turn.question
    assert asked is not None
    after = advance(flow, place.state, Answer(asked.id, text=hear(flow.shared.net, TEXTS["lone surrogate"])))

    assert from_text(to_text(after.state)) == after.state
    assert verify(json.loads(json.dumps(compose(flow, after.state).as_json())), flow) == []
    with pytest.raises(UnicodeEncodeError):
        to_text(after.state).encode()
