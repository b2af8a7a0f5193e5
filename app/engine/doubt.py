"""Whether somebody else than the therapist could be meant: a wrong "you" is the worst fault there is."""

from dataclasses import replace
from itertools import pairwise

from app.engine import people, verbs
from app.engine.english import (
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    MODALS,
    PAST,
    PREPOSITIONS,
    word_set,
)
from app.engine.mentions import WHICH, Mention
from app.engine.person_words import ANY, HE, SHE
from app.engine.pronoun_choices import her_is
from app.engine.pronouns import FORMS, breaks_before, form_at, low_at
from app.engine.readings import Reading
from app.engine.speech import Word
from app.engine.staying import ALL_YOURS, has_to_stay

_OF_TWO = word_set("they them her him")
_OTHER_ACTORS = word_set("i we me us my our it that what who which when if because so but")


class SomebodyElse(Exception):
    """Somebody else could be meant, or a change cannot be made safely; carries no words."""


def weigh(reading: Reading) -> frozenset[int] | None:
    """None where only the therapist can be meant; else the places of the forms that may be somebody else's.

    Empty if the words have to stay as typed though nobody has to ask who is meant: they say "you" already,
    are said to the page, or are written in a way that no change fits.
    """
    words = reading.words
    if not reading.forms and not reading.mentions:
        found = others_meant(reading)
        return found if found or verbs.lost_verb(words) else None
    if has_to_stay(reading):
        return frozenset()
    if verbs.lost_verb(words) or are_several(reading) or may_be_two(reading):
        return frozenset(reading.forms) | _unexplained(reading)
    return others_meant(reading) or None


def others_meant(reading: Reading) -> frozenset[int]:
    """Places of pronouns that may be somebody's who was named before them, or nobody's who is named."""
    if not reading.forms and not reading.mentions:
        unknown = {i for i, form in reading.rest.items() if form[0] != "they" and reading.pronoun is None}
        return _unexplained(reading) | unknown
    return _unexplained(reading) | could_be_another(reading) | _could_be_several(reading)


def are_several(reading: Reading) -> bool:
    """Whether the therapist is told apart from another one, so that no "she" in the answer is sure."""
    words, mentions = reading.words, reading.mentions
    return (
        any(_is_set_apart(words, mention) for mention in mentions)
        or _are_two(words, mentions)
        or any(people.other_kind(words, i) for i in range(len(words)))
        or people.named_after(words, reading.persons)
    )


def without_rivals(reading: Reading) -> Reading:
    """The reading of a client who said that the pronoun is the therapist's: no mention that is in doubt."""
    words, mentions = reading.words, reading.mentions
    rivals = _are_two(words, mentions) or any(_is_set_apart(words, mention) for mention in mentions)
    return replace(reading, mentions=[]) if rivals else reading


def _are_two(words: list[Word], mentions: list[Mention]) -> bool:
    kinds = {mention.kind for mention in mentions}
    two = len(kinds - {"name"}) > 1 or ("name" in kinds and kinds & {"psychiatrist", "cpn", "coach"})
    which = {" ".join(w.low for w in words[m.first + 1 : m.last] if w.low in WHICH) for m in mentions}
    two = two or (len(which) > 1 and len([m for m in mentions if m.kind != "name"]) > 1)  # "my nhs therapist"
    two = two or any(_stands_beside(words, found) for found in mentions)
    return bool(two) or any(b.first == a.last + 1 for a, b in pairwise(mentions))


def _stands_beside(words: list[Word], found: Mention) -> bool:
    """ "She and my therapist are friends": two people."""
    form = form_at(words, found.first - 2) if found.first > 1 else None
    return low_at(words, found.first - 1) == "and" and form is not None and form[1] in {"you", "him"}


def _is_set_apart(words: list[Word], found: Mention) -> bool:
    """ "My therapist I mean": the client says which of two people is meant, so there are two."""
    after, before = found.last + 1, found.first - 1
    said_after = low_at(words, after) in {"i", "that"} and low_at(words, after + 1) in {"mean", "is", "meant"}
    return said_after or (low_at(words, before) in {"mean", "meaning"} and low_at(words, before - 1) != "you")


def could_be_another(reading: Reading) -> frozenset[int]:
    """Places of pronouns before which somebody of that gender is named who could be meant."""
    found: set[int] = set()
    first = -1
    for i, person in enumerate(reading.persons):
        if first >= 0 and i in reading.forms:
            of_theirs = first == i - 2 and reading.words[i - 1].low == "of"  # "a colleague of hers"
            if not (of_theirs and reading.forms[i][1] in {"yours", "his"}):
                found.add(i)
        if first < 0 and person and person in {reading.pronoun, "any"}:
            first = i
    return frozenset(found)


_ANYBODY = word_set("someone somebody anyone anybody nobody everyone everybody whoever")
_OTHER = {"she": "he", "he": "she"}
"""Beside "she" of the therapist, a "he" who is not named is anybody but them."""


def _unexplained(reading: Reading) -> frozenset[int]:
    """Places of other pronouns that stand for nobody who is named."""
    words, rest = reading.words, reading.rest
    plain = reading.pronoun is not None and not reading.mentions
    apart = not any(words[i].unclear or "or" in (low_at(words, i - 1), low_at(words, i + 1)) for i in rest)
    another = _OTHER.get(reading.pronoun or "") if plain and apart and reading.forms else None
    named = {reading.persons[i] for i in range(1, len(words)) if _is_added(words, i)} - {"any", ""}
    found: set[int] = set()
    several = spoken_of = False
    for i, person in enumerate(reading.persons):
        form = rest.get(i)
        if form and form[0] == "they":
            named_so_far = {words[k].low for k in range(i) if reading.persons[k]}
            if people.of_two(words, i) and len(named_so_far) < 2:
                found.add(i)
            if not several and (not plain or (spoken_of and low_at(words, i - 1) != "of")):
                found.add(i)
            several = several or plain
        elif form and form[0] != another and not named & {form[0], "any"}:
            found.add(i)
        if owner := reading.owners[i]:
            named.add(owner)
        spoken_of = spoken_of or i in reading.forms
        alone = i in rest or (plain and i in reading.forms)
        several = several or bool(person) or (not alone and people.plural_at(words, i))
    return frozenset(found)


def _is_added(words: list[Word], i: int) -> bool:
    """ "He hits me, my boyfriend", "her name was Joan": somebody said after the pronoun."""
    before = low_at(words, i - 1)
    return before in {"was", "is", "called"} or (before == "my" and words[i - 1].gap.startswith(","))


def _could_be_several(reading: Reading) -> frozenset[int]:
    """Places of a therapist's "they" before which several people, or things, are named."""
    if reading.pronoun != "they":
        return frozenset()
    ours = {i for found in reading.mentions for i in range(found.first, found.last + 1)}
    found: set[int] = set()
    single, several = 0, False
    for i, person in enumerate(reading.persons):
        if i in reading.forms and several:
            found.add(i)
        several = several or reading.words[i].low.removesuffix("'s") in _ANYBODY
        if person in {"she", "he"}:
            single += 1
            several = several or single > 1
        elif i not in ours and i not in reading.rest and people.plural_at(reading.words, i):
            several = True
    return frozenset(found)


def may_be_two(reading: Reading) -> bool:
    """ "He or she", "they all", "she looked at her", "herself was late", and words nobody can call quoted."""
    words = reading.words
    return _is_of_anybody(reading) or any(
        (low_at(words, i - 1) == "or" and i > 1 and form_at(words, i - 2) is not None)
        or words[i].unclear
        or (words[i].low in ("they", "them") and low_at(words, i + 1) in ("all", "each"))
        or (words[i].low in _OF_TWO and low_at(words, i + 1) == "both")
        or meets_herself(reading, i)
        or _acts_within(reading, i)
        or _is_told_behind(reading, i)
        or _is_subject_herself(reading, i)
        or _is_named_behind(words, i)
        for i in reading.forms
    )


def _is_of_anybody(reading: Reading) -> bool:
    """ "That someone would read her poem out": who reads is not named, so the poem may be anybody's."""
    words = reading.words
    owned = [
        part == "his" or (part == "her" and her_is(words, i) == "your")
        for i, (_, part) in reading.forms.items()
    ]
    return bool(owned) and all(owned) and any(word.low in ("someone", "somebody") for word in words)


def _is_subject_herself(reading: Reading, i: int) -> bool:
    words = reading.words
    opens = breaks_before(words, i) or low_at(words, i - 1) in CONJUNCTIONS
    acts = not breaks_before(words, i + 1) and (
        verbs.is_known(low_at(words, i + 1)) or low_at(words, i + 1) in PAST | MODALS
    )
    return reading.forms[i][1] == "yourself" and opens and acts and i - 1 not in reading.forms


def _is_named_behind(words: list[Word], i: int) -> bool:
    """ "He's a good listener is Sam": a name, however it is spelled, says who is meant."""
    if not words[i].low.endswith("'s"):
        return False
    k = next((k for k in range(i + 2, min(len(words), i + 9)) if low_at(words, k) in {"is", "are"}), 0)
    ends = breaks_before(words, k + 2) or low_at(words, k + 2) in CONJUNCTIONS
    clear = not any(low_at(words, n) in CONJUNCTIONS | ALL_YOURS for n in range(i, k))
    named = low_at(words, k + 1) not in ADJECTIVES | ADVERBS | FORMS.keys() | {"", "it"}
    return bool(k) and clear and ends and named


def meets_herself(reading: Reading, i: int) -> bool:
    """ "She looked at her": two people, since one would be "herself"."""
    words, part = reading.words, reading.forms[i][1]
    if part not in {"her", "him"} or (part == "her" and her_is(words, i) == "your"):
        return False
    j = i - 1
    if low_at(words, j) in {"at", "to", "about", "for", "from"}:
        j -= 1
    if j < 1 or low_at(words, j) in PREPOSITIONS or breaks_before(words, i) or words[j].starts:
        return False
    k = j - 1
    while k > max(0, j - 4) and low_at(words, k) in ADVERBS | MODALS | AUXILIARIES.keys():
        k -= 1
    form = reading.forms.get(k)
    subject = form is not None and form[1].startswith(("you", "is")) and form[1] not in {"yours", "yourself"}
    return subject or any(mention.last == k for mention in reading.mentions) or _acts_on(reading, j)


def _is_told_behind(reading: Reading, i: int) -> bool:
    """ "He's my son", "he drives us home, Rory": who is meant is said behind the pronoun."""
    words, persons = reading.words, reading.persons
    at = i + 1 + (low_at(words, i + 1) in {"is", "was", "are", "were"})
    is_mine = low_at(words, at) in {"my", "our"} and (at > i + 1 or words[i].low.endswith("s"))
    theirs = is_mine and any(low_at(words, k) in SHE | HE | ANY for k in range(at + 1, at + 4))
    k = i + 1
    while k < len(words) and not words[k].starts:
        apart = words[k].gap.strip() == "," and breaks_before(words, k + 1)
        if apart and persons[k] in {reading.pronoun, "any"} and words[k].text[:1].isupper():
            return True
        k += 1
    return theirs and not breaks_before(words, at)


def _acts_within(reading: Reading, i: int) -> bool:
    """ "He nods at whatever he brings up": what another one says, as likely as not."""
    form, before = reading.forms[i][1], low_at(reading.words, i - 1)
    earlier = any(k < i and not reading.words[i].starts for k in reading.forms)
    return form == "you" and before in {"everything", "anything", "whatever"} and earlier


def _acts_on(reading: Reading, verb: int) -> bool:
    """ "Sam leaned over and said to him": the therapist still acts at this verb, joined by "and"."""
    words = reading.words
    k = verb - 1
    while k > max(0, verb - 5) and not breaks_before(words, k + 1) and low_at(words, k) not in _OTHER_ACTORS:
        if _are_they(reading, k):
            return any(low_at(words, n) == "and" for n in range(k, verb))
        k -= 1
    return _are_they(reading, k) and low_at(words, verb - 1) == "and"


def _are_they(reading: Reading, k: int) -> bool:
    """Whether the therapist acts here, by name or as "she"."""
    form = reading.forms.get(k)
    return any(mention.last == k for mention in reading.mentions) or (form is not None and form[1] == "you")
