"""Forms of "she", "he" and "they", found word by word; nothing here changes a text.

What a form becomes where it leaves a choice ("her": "you" or "your") is decided in `pronoun_choices.py`.
"""

from app.engine.english import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    NOUN_TOO,
    OBJECTS,
    PREPOSITIONS,
    SUBJECTS,
    VERBS,
    word_set,
)
from app.engine.speech import Word

PRONOUNS = ("she", "he", "they")
FORMS: dict[str, tuple[str, str]] = {
    "she": ("she", "you"), "her": ("she", "her"), "hers": ("she", "yours"), "her's": ("she", "yours"),
    "herself": ("she", "yourself"), "shes": ("she", "is"), "she's": ("she", "is"),
    "he": ("he", "you"), "him": ("he", "him"), "his": ("he", "his"), "himself": ("he", "yourself"),
    "hisself": ("he", "yourself"), "hes": ("he", "is"), "he's": ("he", "is"),
    "they": ("they", "you"), "them": ("they", "him"), "their": ("they", "your"), "theirs": ("they", "yours"),
    "themselves": ("they", "yourself"), "themself": ("they", "yourself"),
    "theyre": ("they", "youre"), "theyve": ("they", "youve"), "theyd": ("they", "youd"),
    "theyll": ("they", "youll"),
}  # fmt: skip
for _pronoun in PRONOUNS:
    for _tail in ("'d", "'ll", "'re", "'ve", "'d've", "'ll've"):
        FORMS[_pronoun + _tail] = (_pronoun, "you" + _tail)
_NOUN_LIKE = {"shed": "she", "shell": "she", "hed": "he", "hell": "he"}
_BARE_AFTER_WOULD = word_set("be have never always just probably rather still not been only ever even")
_NOT_BEFORE_WOULD = (
    DETERMINERS | PREPOSITIONS | frozenset(["bloody", "fucking", "living", "absolute", "pure", "actual"])
)

FUNCTION = (
    DETERMINERS | SUBJECTS | OBJECTS | PREPOSITIONS | CONJUNCTIONS | MODALS | frozenset(AUXILIARIES)
    | word_set("to are were have be not it's that's thats am im let's lets")
)  # fmt: skip


def form_at(words: list[Word], i: int) -> tuple[str, str] | None:
    """The pronoun and the part it plays at a word, or None: `("she", "her")`, `("he", "you'll")`."""
    word = words[i]
    if word.quoted:
        return None
    found = FORMS.get(word.low)
    if found or word.low not in _NOUN_LIKE:
        return found
    before, after = low_at(words, i - 1), low_at(words, i + 1)
    verb_follows = after in _BARE_AFTER_WOULD or (after in VERBS and after not in NOUN_TOO)
    if verb_follows and before not in _NOT_BEFORE_WOULD and before != "all":
        return _NOUN_LIKE[word.low], "you" + ("d" if word.low[-1] == "d" else "ll")
    return None


def low_at(words: list[Word], i: int) -> str:
    """The word at a place in lower case, "" outside the text or inside quoted speech."""
    return words[i].low if 0 <= i < len(words) and not words[i].quoted else ""


def breaks_before(words: list[Word], i: int) -> bool:
    """True if the text ends, a sentence begins or punctuation stands before the word."""
    return not 0 <= i < len(words) or words[i].starts or not words[i].gap.isspace() or words[i].quoted
