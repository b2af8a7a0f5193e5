"""What a client calls their therapist: whether it is a name, and by which names they stand in a story."""

import re

from app.engine.commands import Commands, names_nobody
from app.engine.person_words import ANY, COMMON_NAMES, HE, SHE
from app.engine.provenance import Part
from app.engine.speech import TITLES

LONGEST = 40  # characters of a name that a salutation takes
WORDS = 4  # of a name; what is longer says something about it
_DESCRIBING = ("the ", "my ", "our ", "t'", "t’", "this ", "that ")


def is_name(commands: Commands, typed: str) -> bool:
    """Whether a note can greet by it: "Maya", and not "my therapist" or "no idea"."""
    text = typed.strip()
    whole = 0 < len(text) <= LONGEST and "\n" not in text and len(text.split()) <= WORDS
    return whole and not text.lower().startswith(_DESCRIBING) and not names_nobody(commands, text)


def names_in(called: str) -> tuple[str, ...]:
    """A name without what is said of it ("Ann (stand-in)"), what it is unspelled ("A-N-N"), and the names
    behind a title or a small word ("Dr Ann Marsh", "wee Fergus"). Of two plain names none stands alone: a
    sister may have it too."""
    called = _plain(called)
    letters = re.split(r"[-. ]+", called.strip("-. "))
    if len(letters) > 2 and all(len(letter) == 1 for letter in letters):
        return called, "".join(letters).capitalize()
    first, *rest = called.split() or [""]
    role = first.lower().strip(".")
    titled = role in TITLES | SHE | HE | ANY or first.islower()
    names = (word for word in rest if word[:1].isupper() and len(word) > 2)
    return called, *(word for word in names if titled and word.lower() not in SHE | HE | ANY | COMMON_NAMES)


def roles_in(called: str) -> tuple[str, ...]:
    """The noun of a description that is no name: in a story "doctor" is then who is called "the doctor".

    >>> roles_in("the doctor"), roles_in("the tall one")
    (('doctor',), ())
    """
    words = called.lower().strip(" .").split()
    return (words[1],) if len(words) == 2 and words[0] in ("the", "my", "our") and words[1] in ANY else ()


def name_part(typed: str, key: str) -> Part:
    """The name as a part of a sentence; `key`: the key of its answer."""
    start = len(typed) - len(typed.lstrip())
    name = _plain(typed.strip())
    return Part("own", name, answer=key, span=(start, start + len(name)))


def _plain(name: str) -> str:
    """Without what is said of it in brackets behind it."""
    return name.partition(" (")[0].rstrip()
