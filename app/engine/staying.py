"""Whether words about the therapist have to stay as typed, whoever is meant.

They do where they say "you" already, are said to the page, or are written so that no change fits.
"""

from app.engine import verbs
from app.engine.english import word_set
from app.engine.pronouns import breaks_before, low_at
from app.engine.readings import Reading
from app.engine.speech import Word

ALL_YOURS = word_set(
    "you your yours yourself u ur ya ye yer yersel yous youse "
    "youre youve youd youll you're you've you'd you'll"
)
_RUN_TOGETHER = word_set("shell theyll")
_INTRODUCING = word_set("is was this called named")
_SOMEBODY = word_set("man woman lady guy bloke fella lad girl person")
_BEFORE_ORDER = word_set("please pls plz just and so then also maybe ok okay don't dont do not never")
_ORDERS = word_set("tell ask let give remind show text email send warn inform help make stop get")


def has_to_stay(reading: Reading) -> bool:
    """Whether words say "you" already, are said to the page, or are written so that no change fits."""
    oddly = any(_stands_oddly(reading, i) for i in reading.forms)
    pointed = _is_pointed_at(reading.words) or _is_introduced(reading)
    return (
        oddly
        or pointed
        or _you_stands(reading.words)
        or _is_hidden(reading.words)
        or _is_said_to_page(reading)
    )


def _is_introduced(reading: Reading) -> bool:
    """ "A woman called Ann", "and now this Ann": words about them, and none to them."""
    words = reading.words
    return any(
        low_at(words, mention.first - 1) in (_INTRODUCING if mention.kind == "name" else ("not",))
        and not words[mention.first - 1].starts
        for mention in reading.mentions
    )


def _is_pointed_at(words: list[Word]) -> bool:
    """ "I told that man about the farm": the therapist, as likely as not, and no word to them."""
    return any(
        low_at(words, i - 1) == "that" and word.low in _SOMEBODY and not word.quoted
        for i, word in enumerate(words)
    )


def _is_said_to_page(reading: Reading) -> bool:
    """ "Tell her I'm sorry": an order to whoever writes the note, no words for the therapist."""
    words = reading.words
    theirs = reading.forms.keys() | {mention.first for mention in reading.mentions}
    first = min(theirs, default=0)
    for i, word in enumerate(words):
        if not word.starts or word.quoted:
            continue
        j = i
        while j < i + 4 and low_at(words, j) in _BEFORE_ORDER:
            j += 1
        if first < j:
            return False  # "I talk to her. Tell her the day": "I" is left out
        said = low_at(words, j) in {"say", "write"} and low_at(words, j + 1) == "to" and j + 2 in theirs
        if said or (low_at(words, j) in _ORDERS and j + 1 in theirs):
            return True
    return False


def _you_stands(words: list[Word]) -> bool:
    """The client's own "you" would change its meaning beside ours."""
    for i, word in enumerate(words):
        if word.low in ALL_YOURS and not word.quoted:
            after = low_at(words, i + 2)
            aside = (
                breaks_before(words, i)
                or breaks_before(words, i + 2)
                or low_at(words, i - 1) in {"and", "if"}
            )
            knows = low_at(words, i + 1) == "know" and aside and after not in {"when", "how", "why", "where"}
            if not knows and low_at(words, i - 1) not in {"thank", "mind"}:
                return True
    return False


def _is_hidden(words: list[Word]) -> bool:
    """Dropped letters ("told 'er", "shell ring") that are not turned."""
    if any(w.low in _RUN_TOGETHER and verbs.is_known(low_at(words, i + 1)) for i, w in enumerate(words)):
        return True
    return any(w.low in {"er", "im", "e"} and w.gap.endswith(("'", "’")) and not w.quoted for w in words)


def _stands_oddly(reading: Reading, i: int) -> bool:
    """Written in a way that no change fits: "s/he", "she/her", "she*never*asks"."""
    word, gap, text = reading.words[i], reading.words[i].gap, reading.text
    after, then = text[word.end : word.end + 1], text[word.end + 1 : word.end + 2]
    if gap[-1:] in {"/", ")", "_", "@"} or (gap == "-" and i) or after in {"/", "_"} or after.isdigit():
        return True
    return after in {"-", "*"} and then.isalnum()
