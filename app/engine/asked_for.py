"""Whether a client's words ask for something."""

import re
from itertools import pairwise

from app.engine import shape_words as s
from app.engine.english import word_set

_ASKING = word_set("can could would need want like wish help")
_LEAVE = re.compile(
    r"\b(?:can|could|may) (?:i|we) (?:just )?(?:say|tell|start|begin|ask|talk|be honest)\b"
    r"|\b(?:need|want|like) you to know\b|\bplease (?:do not|don['’]?t) (?:be|take|get|think|laugh)\b",
    re.IGNORECASE,
)
"""Leave to speak, which is not what is asked for: "Can I tell you something?", "Please don't be cross"."""
_COUNTED = word_set("first second third firstly secondly finally one two")
_WANTED = word_set("like want need wish would")


def asks_for(text: str) -> bool:
    """Whether something is asked for: "Can we slow down?", "I need you to wait."

    >>> asks_for("I wish you would ask me first."), asks_for("You looked at the clock.")
    (True, False)
    """
    text, leave = _LEAVE.subn(" ", text)
    words = words_of(text)
    asked = any(a in _ASKING and b in ("you", "we", "if") for a, b in pairwise(words))
    asked = asked or any(a in ("can", "may") and b == "i" for a, b in pairwise(words))
    return (text.rstrip().endswith("?") and not leave) or asked or "please" in words or is_asked(words)


def is_asked(words: list[str]) -> bool:
    """ "I'd like …", "First, put it away": the sentence that says what is wanted."""
    first = words[1:] if words and words[0] in _COUNTED else words
    wanted = len(first) > 1 and first[0] in ("i", "i'd", "id") and first[1] in _WANTED
    return wanted or bool(first and (first[0] in s.ASKED_FOR or first[0] in ("please", "don't", "dont")))


def words_of(text: str) -> list[str]:
    """The words of a sentence in lower case, without signs, apostrophes straight."""
    return [word.strip("\"'“”‘’.,!?;:()-").lower().replace("’", "'") for word in text.split()]
