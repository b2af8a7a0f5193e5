"""Which word carries a clause, and when: the finite verb after a subject, or that nobody can tell.

Answers None wherever a word could be two things; what is made of it is for `shapes.py`.
"""

from typing import Literal

from app.engine import shape_words as s
from app.engine import verbs
from app.engine.english import NOUN_TOO, PARTICIPLES, PAST, VERBS, base_form
from app.engine.pronouns import low_at
from app.engine.speech import Word

Tense = Literal["past", "present", "future", "open"]
"""`open`: a finite verb of which nobody can tell when ("you let me talk")."""

MOST_BEFORE = 4  # words of a noun before its verb


def tense_of(low: str) -> Tense | None:
    """When a word tells of as the verb of a pronoun; None if it is no finite verb for sure."""
    if low in s.FUTURE:
        return "future"
    if low in s.PRESENT:
        return "present"
    if low in s.BOTH_TENSES:
        return "open"
    if low in s.WAS or low in PAST or is_past_in_ed(low):
        return "past"
    if low in VERBS or verbs.is_known(low):
        return "present"
    return None


def is_past_in_ed(low: str) -> bool:
    """ "Looked": a past or a participle by its ending."""
    return low.endswith("ed") and len(low) > 3 and low not in s.NO_PAST


def clause_at(words: list[Word], i: int) -> tuple[int, Tense] | None:
    """The place and tense of the verb of the subject that begins at word `i`; None if not sure."""
    low = low_at(words, i)
    if low in s.CONTRACTED:
        tense = s.CONTRACTED[low]
        return i, "future" if tense == "future" else "present"
    if low in s.PLAIN_SUBJECTS or low in s.NO_SUBJECTS or (low == "no" and low_at(words, i + 1) == "one"):
        last = i + 1 if low == "no" else i
        found = verbs.find_verb(words, last)
        told = tense_of(low_at(words, found)) if found is not None else None
        return (found, told) if found is not None and told else None
    if low in s.DETERMINING:
        return _noun_clause(words, i)
    return None


def _noun_clause(words: list[Word], i: int) -> tuple[int, Tense] | None:
    """The clause of "my dad fell ill": a noun of a few words, then a verb that is nothing else; "the week he
    fell ill" is a time."""
    if low_at(words, i + 1) in s.TIMES and low_at(words, i + 2) not in s.WAS | s.TOLD | s.PRESENT | s.FUTURE:
        return None
    for j in range(i + 2, min(len(words), i + 2 + MOST_BEFORE)):
        low = low_at(words, j)
        if words[j].gap.strip() or low in s.PLAIN_SUBJECTS or low in s.CONTRACTED or low in s.JOINERS:
            return None
        if low in s.WAS or low in s.TOLD:
            return j, "past"
        if low in s.FUTURE:
            return j, "future"
        if low in s.PRESENT - {"have", "do"}:
            return j, "present"
        if low in PAST or is_past_in_ed(low):
            return None
    return None


def is_subject(words: list[Word], j: int) -> bool:
    """Whether a pronoun at `j` can only begin a clause; "you" and "it" only after words that say so."""
    low = low_at(words, j)
    if low in ("you", "it"):
        return j == 0 or low_at(words, j - 1) in s.SAYING or "," in words[j].gap
    if low == "there":
        return low_at(words, j + 1) in s.WAS | s.PRESENT | s.FUTURE
    return low in s.PLAIN_SUBJECTS or low in s.CONTRACTED


def _is_opened(words: list[Word], j: int) -> bool:
    """Whether the clause at `j` hangs on the words before it: "you said i …", "you told me i …"."""
    told = j > 1 and low_at(words, j - 2) in s.SAYING - {"so", "like"} and low_at(words, j - 1) in s.TOLD_WHOM
    return told or low_at(words, j - 1) in s.SAYING


def has_main_clause(words: list[Word], start: int) -> bool | None:
    """Whether a clause of its own follows within words from `start`: after a comma it does; without one
    nobody can tell (None)."""
    for j in range(start, len(words)):
        if not is_subject(words, j):
            continue
        if _is_opened(words, j):
            continue
        if "," in words[j].gap and clause_at(words, j):
            return True
        return None
    return False


def stray_verb(words: list[Word], start: int, licensed: bool = False) -> bool:
    """Whether from `start` on some finite verb may have no subject, or a second subject begins a sentence
    of its own: then it is no phrase for sure."""
    begun = False
    for j in range(start, len(words)):
        low, before = low_at(words, j), low_at(words, j - 1)
        opens = is_subject(words, j) or (
            low in ("you", "it") and before not in VERBS | PAST and clause_at(words, j) is not None
        )
        if opens:
            joined = before in ("and", "but", "or", "so") and not begun
            if joined or (begun and before not in s.JOINERS and not _is_opened(words, j)):
                return True
            begun, licensed = True, low not in s.CONTRACTED
        elif low in s.JOINERS:
            licensed = True
        elif _may_be_finite(low, before):
            if not licensed:
                return True
            licensed = low in s.FUTURE | s.PRESENT | s.WAS
    return False


def _may_be_finite(low: str, before: str) -> bool:
    if before in s.DETERMINING:
        return False
    if low in s.FUTURE | s.WAS:
        return True
    if low in s.PRESENT:
        return before not in ("to", "not") and before not in s.FUTURE | s.WAS
    if low in PAST or is_past_in_ed(low):
        taken = low in PARTICIPLES or is_past_in_ed(low)
        return not (taken and before in s.PASSIVE) and low not in s.BOTH_TENSES
    return verbs.is_known(low) and base_form(low) not in NOUN_TOO


def asks(words: list[Word], at: int = 0) -> bool:
    """Whether a sentence from word `at` asks by its first words, with or without a question mark: "can
    you …", "so why am I …". "What was odd was that …" does not."""
    at += low_at(words, at) in s.BEFORE_QUESTIONS
    first, second = low_at(words, at), low_at(words, at + 1)
    if first in ("do", "have") and second in ("it", "that", "this"):
        return False  # "do it standing up"
    if first == "am" and words[at].gap[-1:].isdigit():
        return False  # "8:15am you write"
    if first in s.ASKING:
        of = s.ASKED_OF | s.DETERMINING if first in ("can", "could", "should", "would") else s.ASKED_OF
        return second in of and at + 2 < len(words)
    if (first, second) == ("what", "if") or _has_tag(words):
        return True
    asked = first in s.QUESTIONING and second in s.ASKING
    return asked and (first in ("why", "how", "who") or low_at(words, at + 2) in s.ASKED_OF)


def _has_tag(words: list[Word]) -> bool:
    """ "It's late, isn't it", "there's no box for it, is there": a question that begins like a sentence."""
    verb, who = (word.low for word in words[-2:]) if len(words) > 2 else ("", "")
    denied = any(word.low in s.DENYING for word in words[:-2])
    tagged = verb in s.TAGS and who != "there"  # "he wasn't there" tells
    return who in s.TAGGED and (tagged or (verb in ("is", "are") and denied))
