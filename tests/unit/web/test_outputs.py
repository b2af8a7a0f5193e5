"""How answers and prefills go out: one of value, values, text or skipped, and never our own mark."""

from dataclasses import replace
from typing import Any

import pytest

from app.engine import OWN_WORDS, Prefill, Said
from app.web.outputs import answer_out, prefill_out

SAID = Said("a", "choose", "a", "A", "What?", (), (), None, False, True, False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param({"values": ("x",)}, {"value": "x"}, id="one option"),
        pytest.param({"kind": "pick", "values": ("x", "y")}, {"values": ["x", "y"]}, id="several options"),
        pytest.param({"kind": "pick"}, {"values": []}, id="none of the options"),
        pytest.param({"kind": "ask", "text": "words"}, {"text": "words"}, id="words"),
        pytest.param({"values": (OWN_WORDS,), "text": "words"}, {"text": "words"}, id="words for an option"),
        pytest.param(
            {"kind": "pick", "values": ("x", OWN_WORDS), "text": "words"},
            {"values": ["x"], "text": "words"},
            id="words beside options",
        ),
        pytest.param({"skipped": True}, {"skipped": True}, id="skipped"),
    ],
)
def test_an_answer_goes_out_as_it_was_given(said: dict[str, Any], told: dict[str, Any]) -> None:
    rest = {"question_id": "a", "saves": "a", "counts": True}
    assert answer_out(replace(SAID, **said)) == rest | told


@pytest.mark.parametrize(
    ("prefill", "kind", "told"),
    [
        (Prefill(("x",)), "choose", {"value": "x"}),
        (Prefill(("x", "y")), "pick", {"values": ["x", "y"]}),
        (Prefill((OWN_WORDS,), "words"), "pick", {"text": "words"}),
        (Prefill((), "words"), "ask", {"text": "words"}),
    ],
)
def test_what_stands_in_a_question_goes_out_as_an_answer_would(
    prefill: Prefill, kind: str, told: dict[str, Any]
) -> None:
    assert prefill_out(prefill, kind) == told
