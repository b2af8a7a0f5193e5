"""Whether a client's words ask for something."""

import re

from app.engine import shape_words as s
from app.engine.english import word_set

_ASKS = re.compile(
    r"\b(?:can|could|would|will) (?:you|u|ye|we)\b|\b(?:can|could|may) i\b|\bplease\b"
    r"|\bit(?: would|['’]d) help if\b|\bi (?:really |just )?(?:need|want|wish) (?:you|us)\b"
    r"|\b(?:i['’]?d|i would|i should) (?:\w+ ){0,2}(?:like|love) (?:you|us)\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:just )?(?:say|tell|start|begin|ask|talk|be honest)\b"
    r"|\b(?:need|want|like|love) you to know\b"
    r"|\bplease (?:do not|don['’]?t) \w+",
    re.IGNORECASE,
)
"""Leave to speak and courtesies, which are not what is asked for: "Can I tell you something?", "Please don't
be cross". An ask of the kind is then asked twice, which is better than lost."""
_COUNTED = word_set("first second third firstly secondly finally one two")
_WANTED = word_set("like want need wish would")


def asks_for(text: str) -> bool:
    """Whether the therapist is asked for something in so many words: "Can we slow down?", "I need you to
    wait." What only might be (a question, "I'd like to talk") is not: an ask must not be lost for it.

    >>> asks_for("I wish you would ask me first."), asks_for("I feel like you rush me.")
    (True, False)
    """
    return _ASKS.search(_LEAVE.sub(" ", text)) is not None


def is_asked(words: list[str]) -> bool:
    """ "I'd like …", "First, put it away": the sentence that says what is wanted."""
    first = words[1:] if words and words[0] in _COUNTED else words
    wanted = len(first) > 1 and first[0] in ("i", "i'd", "id") and first[1] in _WANTED
    return wanted or bool(first and (first[0] in s.ASKED_FOR or first[0] in ("please", "don't", "dont")))


def words_of(text: str) -> list[str]:
    """The words of a sentence in lower case, without signs, apostrophes straight."""
    bare = (word.strip("\"'“”‘’.,!?;:()-").lower().replace("’", "'") for word in text.split())
    return [word for word in bare if word]
