"""One text about the therapist as it is weighed: its words, whom they name, and whose its pronouns may be."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from app.engine import people
from app.engine.english import DETERMINERS, PREPOSITIONS
from app.engine.mentions import Mention, find_mentions, is_said_of_them
from app.engine.pronouns import form_at, low_at
from app.engine.speech import Word, scan

_ENDS_NOUN = DETERMINERS | PREPOSITIONS | {"a", "an", "who", "that"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as it is weighed: its words, mentions of the therapist, and the pronouns in it.

    `forms` are the therapist's, `rest` all others, both by the place of the word; `persons` tells for each
    word whom else it names: `she`, `he`, `any` or ""; `owners` the same with mere possessives ("Jean's").
    """

    text: str = field(repr=False)
    words: list[Word] = field(repr=False)
    mentions: list[Mention]
    pronoun: str | None
    forms: dict[int, tuple[str, str]]
    rest: dict[int, tuple[str, str]]
    persons: list[str]
    owners: list[str]


def read(text: str, words: list[Word], mentions: list[Mention], pronoun: str | None) -> Reading:
    """Gather what is weighed; a missing pronoun is the only one used beside a mention."""
    said = [found for found in mentions if not is_said_of_them(words, found)]
    forms = {i: form for i in range(len(words)) if (form := form_at(words, i))}
    used = {form[0] for form in forms.values()}
    if pronoun is None and mentions and len(used) == 1:
        pronoun = next(iter(used))
    ours = {i for found in mentions for i in range(found.first, found.last + 1)}
    ours |= {i for i in range(len(words)) if _is_told_of(words, i, forms.keys() | ours)}
    persons = ["" if i in ours else people.other_person(words, i) for i in range(len(words))]
    owners = ["" if i in ours else people.other_person(words, i, owners=True) for i in range(len(words))]
    mine = {i: form for i, form in forms.items() if form[0] == pronoun}
    rest = {i: form for i, form in forms.items() if form[0] != pronoun}
    return Reading(text, words, said, pronoun, mine, rest, persons, owners)


def _is_told_of(words: list[Word], i: int, theirs: Collection[int]) -> bool:
    """ "She is a tall and busy woman": no second woman."""
    j = i - 1
    while j > max(0, i - 6) and low_at(words, j) not in _ENDS_NOUN and not words[j + 1].gap.strip():
        j -= 1
    if low_at(words, j) not in ("a", "an"):
        return False
    return low_at(words, j - 1) in ("she's", "he's", "shes", "hes") or (
        low_at(words, j - 1) in ("is", "was") and j - 2 in theirs
    )


def others_in_several(texts: Iterable[str], pronoun: str | None, names: tuple[str, ...]) -> bool:
    """Whether several answers name somebody else of the therapist's pronoun: a wife who comes too, the dead
    one whom it is all about. "She" may be hers then in an answer that names nobody."""
    if pronoun not in ("she", "he"):
        return False
    told, named = 0, Counter[str]()
    for text in texts:
        reading = _read(text, pronoun, names)
        told += pronoun in reading.persons
        named.update({w.low for w, p in zip(reading.words, reading.persons, strict=True) if _is_name(w, p)})
    return told > 1 or any(times > 1 for times in named.values())


def _is_name(word: Word, person: str) -> bool:
    return person == "any" and word.text[:1].isupper() and not word.starts


def names_nobody_else(text: str, pronoun: str | None, names: tuple[str, ...]) -> bool:
    """Whether neither the therapist is named in a text, nor anybody of their pronoun."""
    reading = _read(text, pronoun, names)
    return not reading.mentions and not {pronoun, "any"} & set(reading.persons)


def _read(text: str, pronoun: str | None, names: tuple[str, ...]) -> Reading:
    words = scan(text)
    return read(text, words, find_mentions(words, names, text), pronoun)
