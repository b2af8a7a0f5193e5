"""Whether somebody else than the therapist could be meant in a client's text.

When in doubt the words stay as typed and are quoted: a wrong "you" is the worst fault this can make.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from app.engine import people, pronouns, verbs
from app.engine.english import ADVERBS, AUXILIARIES, MODALS, PREPOSITIONS, word_set
from app.engine.people import Mention
from app.engine.pronouns import breaks_before, form_at, low_at
from app.engine.speech import Word

_ALL_YOURS = word_set("you your yours yourself u ur ya youre youve youd youll you're you've you'd you'll")


class SomebodyElse(Exception):
    """Somebody else could be meant, or a change cannot be made safely; carries no words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as it is weighed: its words, mentions of the therapist, and the pronouns in it.

    `forms` are the therapist's, `rest` all others, both by the place of the word; `persons` tells for each
    word whom else it names: `she`, `he`, `any` or "".
    """

    text: str = field(repr=False)
    words: list[Word] = field(repr=False)
    mentions: list[Mention]
    pronoun: str | None
    forms: dict[int, tuple[str, str]]
    rest: dict[int, tuple[str, str]]
    persons: list[str]


def read(text: str, words: list[Word], mentions: list[Mention], pronoun: str | None) -> Reading:
    """Gather what is weighed; a missing pronoun is the only one used beside a mention."""
    said = [found for found in mentions if not is_said_of_them(words, found)]
    forms = {i: form for i in range(len(words)) if (form := form_at(words, i))}
    used = {form[0] for form in forms.values()}
    if pronoun is None and mentions and len(used) == 1:
        pronoun = next(iter(used))
    ours = {i for found in mentions for i in range(found.first, found.last + 1)}
    persons = ["" if i in ours else people.other_person(words, i) for i in range(len(words))]
    mine = {i: form for i, form in forms.items() if form[0] == pronoun}
    rest = {i: form for i, form in forms.items() if form[0] != pronoun}
    return Reading(text, words, said, pronoun, mine, rest, persons)


def is_said_of_them(words: list[Word], found: Mention) -> bool:
    """ "She is my therapist", "as my therapist": words about somebody already addressed."""
    before, subject = low_at(words, found.first - 1), found.first - 2
    if before == "as" and low_at(words, subject) not in {"as", "soon", "long", "well"}:
        return True
    if found.kind == "name" or breaks_before(words, found.first):
        return False
    if before in {"she's", "he's", "shes", "hes"}:
        return True
    named = form_at(words, subject) is not None or low_at(words, subject) in {"who", "this"}
    return before in {"is", "was"} and named


def is_doubtful(reading: Reading) -> bool:
    """True if the text has to stay as typed."""
    words, mentions = reading.words, reading.mentions
    if verbs.lost_verb(words) or _unexplained(reading):
        return True
    if not reading.forms and not mentions:
        return reading.pronoun is None and any(form[0] != "they" for form in reading.rest.values())
    kinds = {mention.kind for mention in mentions}
    if any(_is_set_apart(words, mention) for mention in mentions):
        return True
    two = len(kinds - {"name"}) > 1 or ("name" in kinds and kinds & {"psychiatrist", "cpn", "coach"})
    beside = any(b.first == a.last + 1 for a, b in pairwise(mentions))
    if two or beside or could_be_another(reading) or _you_stands(words) or _is_hidden(words):
        return True
    if reading.pronoun == "they" and reading.forms and _any_plural(reading):
        return True
    stranger = any(people.other_kind(words, i) for i in range(len(words)))
    return stranger or any(_stands_oddly(reading, i) for i in reading.forms)


def _is_set_apart(words: list[Word], found: Mention) -> bool:
    """ "My therapist I mean": the client says which of two people is meant, so there are two."""
    after, before = found.last + 1, found.first - 1
    said_after = low_at(words, after) in {"i", "that"} and low_at(words, after + 1) in {"mean", "is", "meant"}
    return said_after or (low_at(words, before) in {"mean", "meaning"} and low_at(words, before - 1) != "you")


def could_be_another(reading: Reading) -> bool:
    """True if somebody of that gender is named before a pronoun that could mean them."""
    seen = False
    for i, person in enumerate(reading.persons):
        if i in reading.forms and seen:
            return True
        seen = seen or (bool(person) and person in {reading.pronoun, "any"})
    return False


def _unexplained(reading: Reading) -> bool:
    """True if another pronoun stands for nobody that was named before it."""
    plain = reading.pronoun is not None and not reading.mentions
    seen: set[str] = set()
    for i, person in enumerate(reading.persons):
        form = reading.rest.get(i)
        if form and form[0] == "they":
            if not plain and "plural" not in seen:
                return True
        elif form and not seen & {form[0], "any"}:
            return True
        if person:
            seen |= {person, "plural"}
        elif i not in reading.rest and not plain and people.plural_at(reading.words, i):
            seen.add("plural")
    return False


def _any_plural(reading: Reading) -> bool:
    ours = {i for found in reading.mentions for i in range(found.first, found.last + 1)}
    return any(i not in ours and people.plural_at(reading.words, i) for i in range(len(reading.words)))


def _you_stands(words: list[Word]) -> bool:
    """The client's own "you" would change its meaning beside ours."""
    for i, word in enumerate(words):
        if word.low in _ALL_YOURS and not word.quoted:
            said = low_at(words, i - 1) in {"thank", "mind"} or low_at(words, i + 1) == "know"
            if not said:
                return True
    return False


def _is_hidden(words: list[Word]) -> bool:
    """Dropped letters ("told 'er") that are not turned."""
    return any(w.low in {"er", "im", "e"} and w.gap.endswith(("'", "’")) and not w.quoted for w in words)


def _stands_oddly(reading: Reading, i: int) -> bool:
    words, text = reading.words, reading.text
    word, gap = words[i], words[i].gap
    after = text[word.end : word.end + 1]
    if gap[-1:] in {"/", ")", "_", "@"} or (gap == "-" and i) or after in {"/", "_"} or after.isdigit():
        return True
    if after == "-" and text[word.end + 1 : word.end + 2].isalnum():
        return True
    either = low_at(words, i - 1) == "or" and i > 1 and form_at(words, i - 2) is not None
    return either or word.unclear or _meets_herself(reading, i)


def _meets_herself(reading: Reading, i: int) -> bool:
    """ "She looked at her": two people, since one would be "herself"."""
    words, part = reading.words, reading.forms[i][1]
    if part not in {"her", "him"} or (part == "her" and pronouns.her_is(words, i) == "your"):
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
    return subject or any(mention.last == k for mention in reading.mentions)
