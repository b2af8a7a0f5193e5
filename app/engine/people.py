"""Who else is named in a client's text: somebody whom "she" or "they" could mean.

Finds them word by word; the therapist is found in `mentions.py`, and what follows is decided in `doubt.py`.
"""

from app.engine.english import (
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    NOUN_TOO,
    OBJECTS,
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
    NO_ONE_IN_ER,
    NOT_PLURAL,
    OPENERS,
    OTHER_KIND,
    PLURALS,
    SHE,
    THERAPISTS,
    WOMEN,
)
from app.engine.pronoun_choices import is_possessive
from app.engine.pronouns import FORMS, FUNCTION, breaks_before, low_at
from app.engine.speech import Word

_BE = word_set("is was are were be been being am she's he's i'm im shes hes isn't isnt wasn't wasnt you're")
_CLOSED = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | ADVERBS | SUBJECTS | MODALS | ADJECTIVES
_VERBS_TOO = word_set(
    "bully judge guide host coach nurse doctor partner mate twin love crush author guest act "
    "cook guard temp vet delegate scout"
)
_PLACES = word_set("reception surgery desk office switchboard helpline hotline practice clinic ward hospital")
_RINGS = word_set("rang phoned called")
AFTERTHOUGHT = 3  # words of a sentence that only names somebody
_TWO = word_set("pair both two lot all")
_OF_THEM = ["of", "them"]
_DOERS = ("er", "or", "ist", "ian", "man", "woman", "person")
SPEAKS = word_set(
    "said rang told asked texted laughed cried smiled shouted emailed hugged thinks says asks reckons"
)
_PEOPLE = SHE | HE | ANY
_PLAIN = (
    word_set("have havent weve youve theyve been having")
    | _CLOSED
    | OPENERS
    | PLURALS
    | TIME_WORDS
    | FORMS.keys()
    | VERBS
    | PAST
    | NOT_PLURAL
    | NO_NAMES
)
_AFTER_NOUN = _CLOSED | PAST | AUXILIARIES.keys() | word_set("next opposite upstairs downstairs nearby")
_OTHER_ONES = word_set("this old new previous other older younger male female nhs private")
_IN_PLACES = word_set("at in near outside through around off")
_WISHING = word_set("i don't dont not just really didn't didnt to")
_ONLY_VERBS = VERBS - NOUN_TOO
_BEFORE_VERB = SUBJECTS | MODALS | {"to"}
_BEFORE_NOUN = DETERMINERS | ADJECTIVES | ADVERBS | word_set("good young little whole")


def without_tail(word: Word) -> tuple[str, str]:
    """A noun or name in lower case without its "'s", and that tail as typed."""
    stem, mark, rest = word.low.partition("'")
    return (stem, word.text[len(stem) :]) if mark and rest in {"s", "d", "ll"} else (word.low, "")


def other_person(words: list[Word], i: int, owners: bool = False) -> str:
    """ "she", "he" or "any" if the word names somebody else, by the gender the word tells; else "".

    A mere possessive ("Jean's chair") names nobody, unless `owners`.
    """
    stem, tail = without_tail(words[i])
    if words[i].quoted or (not owners and tail[-1:] == "s" and is_possessive(words, i)):
        return ""
    if stem[-1:] == "s" and stem[:-1] in _PEOPLE and is_possessive(words, i) is not True:
        after = low_at(words, i + 1)
        if stem[:-1] in SHE | HE or after in ADJECTIVES | ADVERBS or after in {"a", "been", "got"}:
            stem = stem[:-1]  # "mums ill": "mum's" without its apostrophe
    gender = "she" if stem in SHE else "he" if stem in HE else "any" if stem in ANY else ""
    if stem == "ex" and i + 1 < len(words) and words[i + 1].low in SHE | HE:
        return ""  # "ex-wife" is told by "wife"
    if stem in _VERBS_TOO and low_at(words, i - 1) in _BEFORE_VERB:
        return ""
    if stem == "ma" and _is_my(words, i):
        return ""
    if gender or stem in THERAPISTS:
        return "" if _is_said_of_somebody(words, i) else gender or "any"
    if stem in {"someone", "somebody", "person"}:
        return "any" if low_at(words, i + 1) == "else" or low_at(words, i - 1) in {"another", "other"} else ""
    if stem in _PLACES and any(low_at(words, k) in _RINGS for k in range(max(0, i - 3), i)):
        return "any"
    if stem in {"one", "two", "three", "both", "some"} and [low_at(words, i + k) for k in (1, 2)] == _OF_THEM:
        return "any" if breaks_before(words, i) or low_at(words, i - 1) in _BE | {"there's"} else ""
    if stem in {"one", "each"} and low_at(words, i + 1) == "of" and low_at(words, i + 2) != "the":
        return "any" if (low_at(words, i + 3) or "").endswith("s") else ""
    if _is_their_own(words, i):
        return ""
    return _first_name(words, i, stem) or ("any" if _may_be_somebody(words, i, stem) else "")


def _is_my(words: list[Word], i: int) -> bool:
    """ "Ma job": "my" as it is said in Scotland, and no mother."""
    after = "" if breaks_before(words, i + 1) else low_at(words, i + 1)
    acts = after in SPEAKS or after in AUXILIARIES or base_form(after) in VERBS - NOUN_TOO
    return after.isalpha() and not acts and after not in FUNCTION | PAST | ADVERBS | MODALS


def _is_their_own(words: list[Word], i: int) -> bool:
    """ "She calls me Anna", "I am Anna": the client's name."""
    before = low_at(words, i - 1)
    called = before == "me" and low_at(words, i - 2).startswith("call")
    return called or before in {"i'm", "im"} or (before == "am" and low_at(words, i - 2) == "i")


def _may_be_somebody(words: list[Word], i: int, stem: str) -> bool:
    """ "The plumber", "my godparent's cellist": a noun for a doer that no list holds; or "siobhan rang"."""
    before, after = low_at(words, i - 1), "" if breaks_before(words, i + 1) else low_at(words, i + 1)
    if stem.endswith(_DOERS) and len(stem) > 4 and stem not in NO_ONE_IN_ER and before in DETERMINERS:
        last = not after or after in _AFTER_NOUN or base_form(after) in VERBS
        return last and not _is_said_of_somebody(words, i)
    if (
        after not in SPEAKS
        or stem in _PLAIN
        or len(stem) < 3
        or "'" in stem
        or stem.endswith(("ing", "ness", "tion", "s", "ly", "ed"))
    ):
        return False
    return breaks_before(words, i) or before in {"and", "but", "when", "then", "because", "so", "after"}


def _is_said_of_somebody(words: list[Word], i: int) -> bool:
    """ "She is a kind lady", "like a mother", "as a child": words about somebody already named."""
    if low_at(words, i + 1) in COMPOUNDS and not breaks_before(words, i + 1):
        return True
    j = i - 1
    while j > i - 4 and j >= 0 and low_at(words, j) in _BEFORE_NOUN - DETERMINERS - {"like"}:
        j -= 1
    before = low_at(words, j - 1)
    if low_at(words, j) in {"a", "an"}:
        if before in {"want", "need", "wanted", "needed"} and low_at(words, j - 2) in _WISHING:
            return True
        while before in ADVERBS - {"like"} and j > 2:
            j -= 1
            before = low_at(words, j - 1)
        return before in {"as", "like"} or _said_with_be(words, j - 1)
    return low_at(words, j) in {"my", "the"} and _said_with_be(words, j - 1)


def _said_with_be(words: list[Word], j: int) -> bool:
    while j > 0 and low_at(words, j) in ADVERBS:
        j -= 1
    if low_at(words, j).removesuffix("'s") in THERAPISTS and low_at(words, j).endswith("'s"):
        return True
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
    if low_at(words, i - 1) in _IN_PLACES:
        return ""
    if (
        stem in FORMS
        or stem in OBJECTS
        or stem in THERAPISTS
        or stem in VERBS
        or (stem.endswith("day") and len(stem) > 5)
    ):
        return ""
    if (
        stem in _CLOSED
        or stem in AUXILIARIES
        or stem.endswith(("ing", "thing", "ly", "one", "body", "'s", "n't"))
    ):
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
    if low in PLURALS or other_person(words, i) or low.partition("'")[0] in _PEOPLE:
        return True
    if not low.endswith("s") or low.endswith(("ss", "'s", "ous")) or len(low) < 4 or low in NOT_PLURAL:
        return False
    if base_form(low) in _ONLY_VERBS:
        return False
    return low_at(words, i - 1) not in {"it", "that", "which", "this", "what"}


def other_kind(words: list[Word], i: int) -> bool:
    """True for "my old therapist", "another counsellor": a therapist, not this one."""
    stem, _ = without_tail(words[i])
    then = low_at(words, i + 1)
    does = then in AUXILIARIES or then in ADVERBS | MODALS | PAST or then.endswith("s")
    if stem == "one" and does and low_at(words, i - 1) in _OTHER_ONES:
        return True
    if stem == "one" and does and low_at(words, i - 1) in {"last", "first", "next", "second"}:
        near = [low_at(words, k).removesuffix("s") for k in range(max(0, i - 15), i)]
        return any(low in THERAPISTS or low in _PEOPLE for low in near)
    if (
        stem in THERAPISTS
        and low_at(words, i - 1) == "the"
        and low_at(words, i + 1) in {"at", "from", "of", "before", "on", "in"}
    ):
        return True
    return stem in THERAPISTS and low_at(words, i - 1) in OTHER_KIND


def of_two(words: list[Word], i: int) -> bool:
    """ "The pair of them", "them both": two people at least, and the therapist may be one."""
    whole = low_at(words, i - 1) in {"of", "ae", "o"} and low_at(words, i - 2) in _TWO
    return whole or low_at(words, i + 1) in {"both", "two"}


def named_after(words: list[Word], persons: list[str]) -> bool:
    """ "She never came home. My wife, I mean.": a short sentence says whom the one before it meant."""
    begun = 0
    for i, person in enumerate(persons):
        begun = i if words[i].starts else begun
        ends = i + 1 == len(words) or words[i + 1].starts or low_at(words, i + 1) in {"i", "that"}
        mine = low_at(words, begun) in {"i", "i'm", "im"}
        if person and ends and begun and not mine and i - begun < AFTERTHOUGHT:
            return True
    return False
