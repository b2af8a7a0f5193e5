"""What is typed cannot stall the server: hostile texts of 8,000 characters, measured against a plain loop on
the same machine, so that a slow or busy one changes nothing."""

import time
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from app.engine.safety import Net, hear
from app.flows.diagnostics import Diagnostics
from app.flows.sharing import build_shared

SHARED = Path(__file__).parents[3] / "conversation_flows" / "_shared"
LOOPS = 8
"""How many plain loops hearing may take. Most texts take one or two."""
HOSTILE = {
    "one-letter words": "a ",
    "one-letter clauses": ".a",
    "a phrase begun again and again": "i want to ",
    "a danger said again and again": "kill myself ",
    "a danger in three letters": "kms ",
    "conduct said again and again": "he kissed me ",
    "a denied danger": "i do not want to die ",
    "fillers": "just sort of ",
    "contractions": "idk ",
    "clauses that open": "and i ",
    "emoji": "\U0001f62d",
    "accents": "\u00e9 ",
    "marks on one letter": "e" + "\u0301" * 40,
    "signs that stand for four words": "\ufdfa",
    "dashes": "a-",
    "lines": "a\n",
    "different words": " ".join("".join(letters) for letters in product("bdfgkl", "aeiou", "mnprst", "aeio")),
}


@cache
def net() -> Net:
    texts = {f"_shared/{file.name}": file.read_text(encoding="utf-8") for file in SHARED.glob("*.yaml")}
    shared = build_shared(texts, Diagnostics())
    assert shared is not None
    return shared.net


def plain_loop() -> int:
    total = 0
    for number in range(100_000):
        total += number & 7
    return total


def shortest(act: Callable[[], object]) -> float:
    times = []
    for _ in range(4):
        begun = time.process_time()
        act()
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_longer_to_hear_than_a_few_plain_loops(words: str) -> None:
    text = (words * 8000)[:8000]
    assert shortest(lambda: hear(net(), text)) < LOOPS * shortest(plain_loop)
