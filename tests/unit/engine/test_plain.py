"""Plain danger in other languages, and which language a text is in."""

import pytest

from app.engine.phrases import Rule
from app.engine.plain import PlainSource, compile_plain, plain_danger

PLAIN = compile_plain({
    "es": PlainSource(
        {"crisis_self": (Rule("quiero morir", "p:1:1"), Rule("no quiero vivir", "p:1:2"))}, ("no",)
    ),
    "tr": PlainSource({"danger": (Rule("beni öldürecek", "p:2:1"),)}),
    "zh": PlainSource({"crisis_self": (Rule("我想死", "p:3:1"),)}, not_after=("你",), unspaced=True),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola, QUIERO MORIR", "es"),
        ("no. quiero morir", "es"),
        ("no quiero vivir", "es"),
        ("beni oldurecek", "tr"),
        ("beni ÖLDÜRECEK", "tr"),
        ("今天我想死了", "zh"),
    ],
)
def test_plain_words_are_heard(text: str, language: str) -> None:
    assert [found.language for found in plain_danger(PLAIN, text)] == [language]


@pytest.mark.parametrize("text", ["no quiero morir", "quiero morirte", "我想死你了", "i want to die"])
def test_what_says_something_else_is_not_heard(text: str) -> None:
    assert plain_danger(PLAIN, text) == []
