"""The grammatical shape of an answer, told only where it is sure.

"Stay on it longer" is a verb, "the week you remembered my exam" a thing, "you laughed" a clause of the past.
Where a deciding word is unknown, quoted, or could be two things, nothing is told, and the words stand after
a colon, which is always right. What an author writes for each shape stands in `note.yaml`.
"""

import re

from app.engine import finite
from app.engine import shape_words as s
from app.engine.bare_phrases import asked, is_doing, is_felt, is_one_phrase, thing
from app.engine.finite import Tense, asks, clause_at, has_main_clause, is_subject, stray_verb
from app.engine.flow import Shape
from app.engine.pronouns import low_at
from app.engine.speech import Word, scan

MOST_WORDS = 24  # of a phrase that is set inside an author's sentence
SHORT = 14  # words of a clause that takes ", and that helped" behind it

CLAUSES: frozenset[Shape] = frozenset(("future", "past", "present", "nothing", "sentences", "question"))
"""Shapes that can stand as a sentence of their own."""

_LETTERS = re.compile(r"[^\W\d_]")
_ROUGH = re.compile(r"[;:()\[\]{}<>/|*#_=~^\\\"“”«»\n\r]|\.\.|…|[!?.](?=.)|\s[-–—]\s?|[–—]")


def shape_of(text: str) -> Shape | None:
    """The shape of one sentence, addressed already; None where it is not sure.

    >>> [shape_of(words) for words in ("Ask me first.", "to go slower", "You laughed.", "hm, well")]
    ['verb', 'to', 'past', None]
    """
    body = text.strip()
    if not body or not body[0].isalpha() or any(ord(mark) > 0x24F for mark in _LETTERS.findall(body)):
        return None
    words = scan(body)
    if any(word.low in s.BLUNT and not word.quoted for word in words):
        return _clause(words, body)
    if not words or words[0].quoted or words[0].unclear:
        return None
    if words[0].low in s.LEADS_ON - {"like", "no"}:
        return _led_on(words, body)
    if words[0].low in s.ASKING | s.QUESTIONING and (found := _question(words, body)):
        return found
    if body.endswith("?") and (_asks_behind_a_comma(words) or first_is_open(words) or _is_which(words)):
        return "question"
    if words[0].low == "next" and any(_orders_me(words, j) for j in range(2, len(words))):
        return "sentences"  # "next time it goes quiet, ask me what is up"
    if words[0].low in ("please", "pls", "plz", "kindly") and len(words) > 1:
        return "sentences"
    phrase = None if _ROUGH.search(body.rstrip(".")) or len(words) > MOST_WORDS else _phrase(words, body)
    if phrase is None or phrase in CLAUSES:
        return phrase or _clause(words, body) or _mine(words) or _unsure(words)
    return None if body.endswith(("?", "!")) else phrase


def _mine(words: list[Word]) -> Shape | None:
    """ "Need to tell you something": an "I" was left out."""
    behind = low_at(words, 1) in s.AFTER_VERB | s.QUANTITIES | {"to"}
    return "mine" if words[0].low in s.LOST_I and behind else None


def _unsure(words: list[Word]) -> Shape | None:
    """ "Maybe ask me about something else": a frame that is sure of it would contradict the words."""
    plain = low_at(words, 1) not in ("just", "that", "not", "if", "")
    return "unsure" if words[0].low in s.UNSURE and plain else None


def _led_on(words: list[Word], body: str) -> Shape | None:
    """What begins with a word that leads on: a sentence, where a whole clause follows."""
    first = words[0].low
    if first == "so" and not _ROUGH.search(body.rstrip(".")) and is_felt(words):
        return "word"
    at = 2 if low_at(words, 1) in ("then", "so", "now") else 1
    found = clause_at(words, at)
    if found is None or (first == "so" and low_at(words, 1) == "that"):
        return None
    if first in s.REASONS:
        return "sentences" if has_main_clause(words, found[0] + 1) else None
    return "nothing" if first == "but" else "sentences" if first in ("and", "so", "then") else None


def _question(words: list[Word], body: str) -> Shape | None:
    first, second = words[0].low, low_at(words, 1)
    if first in s.ASKING and (second in s.ASKED_OF or asks(words) or (second and body.endswith("?"))):
        return "question"
    asked = first in s.QUESTIONING and second in s.ASKING and (body.endswith("?") or first != "what")
    return "question" if asked else None


def _asks_behind_a_comma(words: list[Word]) -> bool:
    """ "Before I say more, can you tell me …"."""
    return any(
        "," in words[j].gap and words[j].low in s.ASKING and low_at(words, j + 1) in s.ASKED_OF
        for j in range(1, len(words))
    )


def _is_which(words: list[Word]) -> bool:
    """ "Which of them was mine?"."""
    return words[0].low in s.QUESTIONING | {"which", "whose"}


def first_is_open(words: list[Word]) -> bool:
    """ "Maybe just quote a bit?", "Who's asking?"."""
    hangs = low_at(words, 2 if low_at(words, 1) == "just" else 1) == "that"
    asked = words[0].low.partition("'")[0] in ("who", "what")
    return asked or (words[0].low == "maybe" and not hangs)


def _phrase(words: list[Word], body: str) -> Shape | None:
    """The shape of words that hold no clause of their own to stand on."""
    first, second = words[0].low, low_at(words, 1)
    if first in ("when", "if"):
        return _when(words)
    if first == "that":
        at = 2 if second in ("if", "when") else 1
        return "that" if second not in s.TIMES and clause_at(words, at) else None
    if first == "to":
        bare = second in s.ASKED_FOR | s.DROPPED_I or second in ("have", "not", "do")
        return "to" if bare and not stray_verb(words, 1) and has_main_clause(words, 1) is False else None
    if first == "just" and second == "to":
        return "to" if _phrase(words[1:], body) == "to" else None
    if first == "for":
        return "for" if second in s.FOR_WHOM and low_at(words, 2) == "to" else None
    if (second in ("you", "u", "for") and first == "thank") or (first == "thanks" and second == "for"):
        return "sentences"
    if _like(words):
        return "word" if second in ("a", "an", "my", "the") else "like"
    if first in s.LIKE:
        return "like" if first == "like" and second and "," not in words[1].gap else None
    if is_felt(words):
        return "word"
    if is_doing(words):
        return "doing"
    if (opened := _clause(words, body)) is not None:
        return opened
    return asked(words) or thing(words)


def _when(words: list[Word]) -> Shape | None:
    found = clause_at(words, 1)
    if found is None:
        return None
    verb, tense = found
    main = has_main_clause(words, verb + 1)
    if main:
        return "sentences"
    if main is None or stray_verb(words, verb + 1, licensed=tense in ("present", "future")):
        return None
    if any(_orders_me(words, j) for j in range(verb + 1, len(words))):
        return None
    if words[0].low == "if":
        return "if"
    return "whenever" if tense == "present" else "when" if tense in ("past", "open") else None


def _orders_me(words: list[Word], j: int) -> bool:
    """ "When I go quiet ask me something": what is asked for, behind its clause."""
    asked = words[j].low in s.ASKED_FOR and (
        low_at(words, j + 1) in ("me", "us", "my") or "," in words[j].gap
    )
    return asked and low_at(words, j - 1) not in s.PLAIN_SUBJECTS | {"to", "and", "not", "don't", "dont"}


def _like(words: list[Word]) -> bool:
    """ "Like a ghost", "kind of like i was bothering you", "as if nobody was there"."""
    start = next((k for k, word in enumerate(words) if word.low not in s.HOW_FAR | {"of"}), 0)
    first, second = low_at(words, start), low_at(words, start + 1)
    compared = first == "as" and second in ("if", "though")
    if first != "like" and not compared:
        return False
    at = start + (2 if second in ("if", "though") else 1)
    return clause_at(words, at) is not None or (
        second in ("a", "an", "my", "the")
        and not stray_verb(words, start + 2)
        and is_one_phrase(words[start:])
    )


def _clause(words: list[Word], body: str) -> Shape | None:
    """A sentence with its own subject and verb; short and plain ones say when."""
    start = _after_time(words)
    if start is None:
        return None
    found = clause_at(words, start)
    if found is None:
        return None
    verb, tense = found
    if words[start].low in s.NO_SUBJECTS or (words[start].low == "no" and low_at(words, start + 1) == "one"):
        return "nothing"
    if words[start].low in s.DETERMINING and any(is_subject(words, j) for j in range(start + 1, verb)):
        return None
    return _told(words, verb, tense, body)


def _told(words: list[Word], verb: int, tense: Tense, body: str) -> Shape:
    joined = any(word.low in s.JOINERS and k > verb for k, word in enumerate(words))
    joined = joined or any(
        low_at(words, k - 1) == "so" and is_subject(words, k) for k in range(1, len(words))
    )
    if low_at(words, verb) in ("should", "shouldn't", "shouldnt", "must"):
        tense = "future"
    plain = len(words) <= SHORT and not joined and not _ROUGH.search(body.rstrip("."))
    unsure = words[0].low in ("maybe", "perhaps")
    filler = unsure or (low_at(words, verb) in s.NOT_TELLING and words[0].low == "i")
    if not plain or filler or "," in body or body.endswith(("!", "?")) or tense == "open":
        return "sentences" if tense != "future" or not plain else "future"
    return tense


def _after_time(words: list[Word]) -> int | None:
    """Where the subject stands: first, or after a time or a place that can be nothing else."""
    low, second = words[0].low, low_at(words, 1)
    if low in s.PLAIN_SUBJECTS or low in s.CONTRACTED or low in s.NO_SUBJECTS or low == "no":
        return 0
    if low in s.OPENING_TIMES:
        return 1
    if low in s.BEFORE_TIMES and second in s.TIMES:
        return 2
    if low == "the" and second == "other" and low_at(words, 2) in s.TIMES:
        return 3
    if low in s.PLACING:
        behind = range(1, min(SHORT, len(words)))
        at = next((j for j in behind if is_subject(words, j) or low_at(words, j) == "you"), None)
        if at is None:
            return None
        before = low_at(words, at - 1)
        placed = before in s.PLACED if at < 7 else before not in s.JOINERS and not stray_verb(words[:at], 1)
        return at if placed or "," in words[at].gap else None
    return 0 if low in s.DETERMINING else None


def is_known_first(words: list[Word]) -> bool:
    """Whether the first word is no name, so that its capital may go inside a sentence."""
    return finite.tense_of(words[0].low) is not None or words[0].low in _LOWERED


_LOWERED = (
    s.DETERMINING | s.QUANTITIES | s.THINGS | s.NUMBERS | s.MANNER | s.FELT | s.HOW_FAR | s.PLACING
    | s.ASKED_FOR | s.CONTRACTED.keys() | s.PLAIN_SUBJECTS | s.UNSURE | s.QUESTIONING | s.ASKING
    | frozenset("when if that to for like as how what your not being one another last once no".split())
) - frozenset(["i"])  # fmt: skip
