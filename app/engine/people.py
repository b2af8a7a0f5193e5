"""Who is named in a client's text: the therapist, or somebody else whom "she" could mean.

Finds them word by word; what follows from it is decided in `addressing.py`.
"""

import re
from dataclasses import dataclass

from app.engine.english import (
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    PAST,
    PREPOSITIONS,
    SUBJECTS,
    TIME_WORDS,
    VERBS,
    base_form,
    word_set,
)
from app.engine.person_words import (
    ANY,
    COMMON_NAMES,
    COMPOUNDS,
    EITHER,
    HE,
    MEN,
    NO_NAMES,
    NOT_PLURAL,
    OPENERS,
    OTHER_KIND,
    PLURALS,
    SHE,
    THERAPISTS,
    WOMEN,
)
from app.engine.pronouns import FORMS, breaks_before, is_possessive, low_at
from app.engine.speech import Word

_BE = word_set("is was are were be been being am she's he's i'm im shes hes isn't isnt wasn't wasnt you're")
_BEFORE_NOUN = DETERMINERS | ADJECTIVES | ADVERBS | word_set("good young little whole")


@dataclass(frozen=True, slots=True)
class Mention:
    """The therapist called by name or noun: words `first` to `last`; `tail` is "" or the word's "'s"."""

    first: int
    last: int
    end: int
    tail: str
    kind: str


def find_mentions(words: list[Word], names: tuple[str, ...], text: str) -> list[Mention]:
    """Every place where the therapist is called by one of `names` or by "my therapist" and the like."""
    called = [known for name in names[:8] if (known := _name_words(name))]
    mentions: list[Mention] = []
    i = 0
    while i < len(words):
        found = None if words[i].quoted else (_noun(words, i) or _named(words, i, called, text))
        if found:
            _join(words, mentions, found)
            i = found.last
        i += 1
    return mentions


def _join(words: list[Word], mentions: list[Mention], found: Mention) -> None:
    """Add a mention; "my therapist Maya" is one."""
    if mentions and found.kind == "name" and mentions[-1].last == found.first - 1:
        before = mentions[-1]
        if before.kind != "name" and not before.tail and words[found.first].gap in {" ", ", "}:
            mentions[-1] = Mention(before.first, found.last, found.end, found.tail, before.kind)
            return
    mentions.append(found)


def _name_words(name: str) -> tuple[str, ...]:
    found = tuple(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name[:80]))
    lows = {word.lower() for word in found}
    dull = lows & (FORMS.keys() | THERAPISTS.keys() | DETERMINERS | SUBJECTS)
    return () if len(found) == 1 and (dull or len(found[0]) < 2) else found


def _noun(words: list[Word], i: int) -> Mention | None:
    j = i if words[i].low in {"my", "the", "our", "this"} else -1
    at = j + 1 if j >= 0 else i
    if at >= len(words) or words[at].quoted or (j >= 0 and breaks_before(words, at)):
        return None
    stem, tail = _without_tail(words[at])
    kind = THERAPISTS.get(stem)
    if kind == "coach" and words[i].low != "my":
        return None
    if not kind or (j < 0 and not _bare(words, i)):
        return None
    return Mention(i, at, words[at].end, tail, kind)


def _bare(words: list[Word], i: int) -> bool:
    return words[i].starts or low_at(words, i - 1) in {
        "and",
        "but",
        "when",
        "told",
        "asked",
        "with",
        "because",
    }


def _named(words: list[Word], i: int, called: list[tuple[str, ...]], text: str) -> Mention | None:
    for name in called:
        last = i + len(name) - 1
        if (
            last >= len(words)
            or words[last].quoted
            or any(w.gap.strip(" .") for w in words[i + 1 : last + 1])
        ):
            continue
        stem, tail = _without_tail(words[last])
        lows = [word.low for word in words[i:last]] + [stem]
        if lows != [word.lower() for word in name] or not _spelt(words, i, name):
            continue
        end = words[last].end
        dotted = text[end : end + 1] == "." and len(name[-1]) == 1
        return Mention(
            i, last, end + 1 if dotted and text[end + 1 : end + 3].strip().islower() else end, tail, "name"
        )
    return None


def _spelt(words: list[Word], i: int, name: tuple[str, ...]) -> bool:
    if len(name) > 1 or (len(name[0]) > 2 and name[0].lower() not in COMMON_NAMES):
        return True
    return words[i].text[:1].isupper() and not words[i].starts


def _without_tail(word: Word) -> tuple[str, str]:
    stem, mark, rest = word.low.partition("'")
    return (stem, word.text[len(stem) :]) if mark and rest in {"s", "d", "ll"} else (word.low, "")


def other_person(words: list[Word], i: int) -> str:
    """ "she", "he" or "any" if the word names somebody else, by the gender the word tells; else ""."""
    stem, tail = _without_tail(words[i])
    if words[i].quoted or (tail[-1:] == "s" and is_possessive(words, i)):
        return ""
    if stem[-1:] == "s" and stem[:-1] in SHE | HE | ANY and is_possessive(words, i) is not True:
        stem = stem[:-1]  # "mums ill": "mum's" without its apostrophe
    gender = "she" if stem in SHE else "he" if stem in HE else "any" if stem in ANY else ""
    if gender or stem in THERAPISTS:
        return "" if _is_said_of_somebody(words, i) else gender or "any"
    if stem in {"someone", "somebody", "person"}:
        return "any" if low_at(words, i + 1) == "else" or low_at(words, i - 1) in {"another", "other"} else ""
    if stem in {"one", "each"} and low_at(words, i + 1) == "of" and low_at(words, i + 2) != "the":
        return "any" if (low_at(words, i + 3) or "").endswith("s") else ""
    return _first_name(words, i, stem)


def _is_said_of_somebody(words: list[Word], i: int) -> bool:
    """ "She is a kind lady", "like a mother", "as a child": words about somebody already named."""
    if low_at(words, i + 1) in COMPOUNDS and not breaks_before(words, i + 1):
        return True
    j = i - 1
    while j > i - 4 and j >= 0 and low_at(words, j) in _BEFORE_NOUN - DETERMINERS - {"like"}:
        j -= 1
    before = low_at(words, j - 1)
    if low_at(words, j) in {"a", "an"}:
        while before in ADVERBS - {"like"} and j > 2:
            j -= 1
            before = low_at(words, j - 1)
        return before in {"as", "like"} or _said_with_be(words, j - 1)
    return low_at(words, j) in {"my", "the"} and _said_with_be(words, j - 1)


def _said_with_be(words: list[Word], j: int) -> bool:
    while j > 0 and low_at(words, j) in ADVERBS:
        j -= 1
    if low_at(words, j) not in _BE:
        return False
    if "'" in words[j].low and not words[j].low.startswith(("is", "was")):
        return True
    before = low_at(words, j - 1)
    return words[j].low in {
        "im",
        "shes",
        "hes",
        "am",
        "being",
        "been",
    } or before in FORMS.keys() | THERAPISTS.keys() | {"i", "to"}


def _first_name(words: list[Word], i: int, stem: str) -> str:
    word = words[i]
    known = "she" if stem in WOMEN else "he" if stem in MEN else "any" if stem in EITHER else ""
    if known and (stem not in COMMON_NAMES or word.text[:1].isupper()):
        return known
    if not word.text[:1].isupper() or word.text.isupper() or stem in NO_NAMES or stem in TIME_WORDS:
        return ""
    if stem in FORMS or stem in THERAPISTS or stem in VERBS or (stem.endswith("day") and len(stem) > 5):
        return ""
    closed = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | ADVERBS | SUBJECTS | MODALS | ADJECTIVES
    if stem in closed or stem in AUXILIARIES or stem.endswith(("ing", "thing", "ly", "one", "body", "'s")):
        return ""
    if word.starts:
        return "any" if _acts(words, i + 1) and not stem.endswith("s") and stem not in OPENERS else ""
    return "" if low_at(words, i - 1) in {"in", "on"} else "any"


def _acts(words: list[Word], i: int) -> bool:
    low = low_at(words, i)
    if breaks_before(words, i):
        return False
    third = low.endswith("s") and base_form(low) in VERBS
    return low in PAST or low in AUXILIARIES or low in MODALS or third or low == "and" or low.endswith("ed")


def plural_at(words: list[Word], i: int) -> bool:
    """True if the word could be what "they" means: somebody, or a plural."""
    low = words[i].low
    if words[i].quoted or low in FORMS:
        return not words[i].quoted and FORMS.get(low, ("they",))[0] != "they"
    if low in PLURALS or other_person(words, i) or low.partition("'")[0] in SHE | HE | ANY:
        return True
    if not low.endswith("s") or low.endswith(("ss", "'s", "ous")) or len(low) < 4 or low in NOT_PLURAL:
        return False
    return low_at(words, i - 1) not in {"it", "that", "which", "this", "what"}


def other_kind(words: list[Word], i: int) -> bool:
    """True for "my old therapist", "another counsellor": a therapist, not this one."""
    stem, _ = _without_tail(words[i])
    then = low_at(words, i + 1)
    does = then in AUXILIARIES or then in ADVERBS | MODALS or then.endswith("s")
    if stem == "one" and does and low_at(words, i - 1) in {"this", "old", "new", "previous", "other"}:
        return True
    if (
        stem in THERAPISTS
        and low_at(words, i - 1) == "the"
        and low_at(words, i + 1) in {"at", "from", "of", "before"}
    ):
        return True
    return stem in THERAPISTS and low_at(words, i - 1) in OTHER_KIND
