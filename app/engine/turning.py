"""The changes themselves: which words of a text become "you", "your", "yours", and which verbs follow.

Takes a text that was weighed in `doubt.py`; a place where two readings are left raises `SomebodyElse`.
"""

from typing import NamedTuple

from app.engine import pronoun_choices, pronouns, verbs
from app.engine.doubt import SomebodyElse
from app.engine.english import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    OBJECTS,
    PARTICLES,
    PAST,
    PREPOSITIONS,
    SUBJECTS,
    TIME_WORDS,
    VERBS,
    base_form,
    word_set,
)
from app.engine.mentions import Mention
from app.engine.pronouns import breaks_before, low_at
from app.engine.readings import Reading

_SAYS = word_set(
    "think feel know said say thought felt wish hope guess noticed believe mean knew hoped believed swear "
    "bet reckon told tell find hate love"
)
_TAKEN = DETERMINERS | OBJECTS | PARTICLES
_FOLLOWS = word_set(
    "last next then didnt ago tbh lol two three four five six seven eight nine ten twice int innit"
)


class Turn(NamedTuple):
    """One change: its rule, and what is put at a span of the text, in code points."""

    rule: str
    at: int
    end: int
    now: str


class Subject(NamedTuple):
    """ "You" as a subject: first and last word, and the verb where it is already part of it ("you're")."""

    first: int
    last: int
    verb: int | None


class Turning:
    """One pass over one text: gathers its changes, or raises `SomebodyElse`.

    If `sure`, nothing is raised: the likelier reading is taken, and a mention that may say more stays.
    """

    def __init__(self, reading: Reading, sure: bool = False) -> None:
        self.sure = sure
        self.text, self.words = reading.text, reading.words
        self.mentions, self.forms = reading.mentions, reading.forms
        self.subjects: list[Subject] = []
        self.found: dict[int, Turn] = {}

    def turns(self) -> list[Turn]:
        """All changes, in the order of the text."""
        taken = {i for mention in self.mentions if (i := self._mention(mention)) is not None}
        for i, (_, part) in self.forms.items():
            if i not in taken:
                self._turn_pronoun(i, part, i)
        self._agree()
        return [self.found[at] for at in sorted(self.found)]

    def _mention(self, found: Mention) -> int | None:
        try:
            return self._turn_mention(found)
        except SomebodyElse:
            if not self.sure:
                raise
            return None

    def _turn_mention(self, found: Mention) -> int | None:
        """Change a mention; "my therapist she" is one subject: then the place of the pronoun it took."""
        words, after = self.words, found.last + 1
        part = self.forms[after][1] if after in self.forms else ""
        doubled = part.startswith(("you", "is")) and part not in {"yours", "yourself", "your"}
        if doubled and words[after].gap in {" ", ", "} and not found.tail and self._opens(found):
            self._turn_pronoun(after, part, found.first)
            return after
        now = "you"
        if found.tail:
            now = self._tail(found)
        elif not breaks_before(words, after):
            self._refuse_compound(found)
        self._put("address", found.first, found.end, now)
        if verbs.is_question(words, found.first):
            self._turn_verb(found.first - 1)
        elif not found.tail and self._opens(found):
            self.subjects.append(Subject(found.first, found.last, None))
        elif found.tail and now not in {"your", "yours"}:
            self.subjects.append(Subject(found.first, found.last, found.last))
        return None

    def _tail(self, found: Mention) -> str:
        if found.tail[1:].lower() != "s":
            return "you" + found.tail
        owned = pronoun_choices.is_possessive(self.words, found.last)
        if owned is None:
            raise SomebodyElse
        if owned:
            return "yours" if breaks_before(self.words, found.last + 1) else "your"
        has = pronoun_choices.is_or_has(self.words, found.last) == "have"
        return "you" + found.tail[0] + ("ve" if has else "re")

    def _refuse_compound(self, found: Mention) -> None:
        """ "My therapist sessions", "Maya Lewis", "my therapist who is ill": more belongs to the mention."""
        after, word = low_at(self.words, found.last + 1), self.words[found.last + 1]
        if after == "who" or (after == "that" and verbs.is_known(low_at(self.words, found.last + 2))):
            raise SomebodyElse
        if word.text[:1].isupper() and not word.text.isupper() and after not in SUBJECTS:
            raise SomebodyElse
        known = (
            after in pronouns.FUNCTION | ADVERBS | CONJUNCTIONS | VERBS | PAST | TIME_WORDS | _FOLLOWS
            or after in pronouns.FORMS
            or verbs.is_known(after)
            or (verbs.second_person(after) is not None and low_at(self.words, found.last + 2) in _TAKEN)
            or after.endswith(("ed", "ing", "ly"))
        )
        if not known:
            raise SomebodyElse

    def _opens(self, found: Mention) -> bool:
        """True where a mention is the subject of what follows."""
        words, before = self.words, low_at(self.words, found.first - 1)
        if breaks_before(words, found.first) or before in AUXILIARIES:
            return True
        if before == "and" and low_at(words, found.first - 2) in {"me", "i", "myself", "us"}:
            return False
        finite = verbs.find_verb(words, found.last)
        third = finite is not None and verbs.second_person(low_at(words, finite)) is not None
        said = before in {"like", "as"} or base_form(before) in _SAYS
        if said and finite == found.last + 1 and verbs.is_known(low_at(words, finite)):
            return True
        if before in CONJUNCTIONS | ADVERBS | MODALS | {"day", "way", "time", "week", "session"}:
            return before not in {"like", "than"}
        if before in PREPOSITIONS or before == "to" or before.endswith("ing"):
            if third and before.endswith("ing"):
                raise SomebodyElse
            return False
        acted = before in VERBS | PAST or verbs.is_known(before) or before.endswith("ed")
        return before in _SAYS or (third and not acted)

    def _turn_pronoun(self, i: int, part: str, first: int) -> None:
        word, now = self.words[i], part
        if part == "her":
            now = pronoun_choices.her_is(self.words, i)
        elif part == "his":
            now = pronoun_choices.his_is(self.words, i)
        elif part == "him":
            now = "you"
        elif part == "is":
            tail = "ve" if pronoun_choices.is_or_has(self.words, i) == "have" else "re"
            now = "you'" + tail if "'" in word.low else "you" + tail
        if not now and not self.sure:
            raise SomebodyElse
        now = now or ("you" if breaks_before(self.words, i + 1) else "your")
        self._put("address", first, word.end, _same_apostrophe(now, word.text))
        if part == "is":
            self.subjects.append(Subject(first, i, i))
        elif word.low in {"she", "he"}:
            asks = verbs.is_question(self.words, first)
            if asks is None and not self.sure:
                raise SomebodyElse
            if asks:
                self._turn_verb(first - 1)
            else:
                self.subjects.append(Subject(first, i, None))

    def _agree(self) -> None:
        begins = sorted(self.subjects)
        for nth, subject in enumerate(begins):
            stop = begins[nth + 1].first if nth + 1 < len(begins) else len(self.words)
            verb = self._first_verb(subject.last) if subject.verb is None else subject.verb
            if verb is None:
                continue
            more, doubt = verbs.coordinated(self.words, verb, stop)
            if doubt and not self.sure:
                raise SomebodyElse
            for k in more:
                self._turn_verb(k)

    def _first_verb(self, last: int) -> int | None:
        if low_at(self.words, last + 1) == "and" and not breaks_before(self.words, last + 1):
            return None
        verb = verbs.find_verb(self.words, last)
        if verb is None or verbs.second_person(low_at(self.words, verb)) is None:
            return verb
        sure = verbs.is_known(low_at(self.words, verb)) or low_at(self.words, verb + 1) in _TAKEN
        if self.words[last].low not in {"she", "he"} and not sure and not self.sure:
            raise SomebodyElse
        self._turn_verb(verb)
        after = low_at(self.words, verb + 1)
        again = verbs.is_known(after) and after not in AUXILIARIES
        if again and low_at(self.words, verb) in {"doesn't", "doesnt"}:
            self._turn_verb(verb + 1)  # "she doesn't listens"
        return verb

    def _turn_verb(self, k: int) -> None:
        word = self.words[k]
        now = verbs.second_person(word.low)
        if now is not None:
            self._put("agreement", k, word.end, _same_apostrophe(now, word.text))

    def _put(self, rule: str, first: int, end: int, now: str) -> None:
        word = self.words[first]
        was = self.text[word.at : end]
        letters = [mark for mark in was if mark.isalpha()]
        name = rule == "address" and first not in self.forms
        if len(letters) > 1 and all(mark.isupper() for mark in letters):
            now = now.upper()
        elif was[:1].isupper() and (word.starts or not name):
            now = now[:1].upper() + now[1:]
        self.found[word.at] = Turn(rule, word.at, end, now)


def _same_apostrophe(now: str, was: str) -> str:
    return now.replace("'", "’") if "’" in was else now
