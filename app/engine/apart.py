"""An answer in which somebody else could be meant, weighed sentence by sentence.

A sentence turns to "you" where it is clear by itself and with all who were named before it in the answer;
all others stay as typed. A text that is clear as a whole never comes here; what is weighed lies in
`doubt.py`.
"""

from collections.abc import Sequence
from itertools import pairwise

from app.engine import people
from app.engine.addressing import Edit, changes_in
from app.engine.doubt import (
    SomebodyElse,
    are_several,
    may_be_two,
    others_meant,
)
from app.engine.english import CONJUNCTIONS
from app.engine.finite import tense_of
from app.engine.mentions import find_mentions
from app.engine.pronouns import breaks_before, low_at
from app.engine.readings import Reading, read
from app.engine.speech import scan
from app.engine.staying import has_to_stay
from app.engine.verbs import lost_verb


def turned_apart(
    text: str, spans: Sequence[tuple[int, int]], pronoun: str | None, names: tuple[str, ...]
) -> list[tuple[Edit, ...] | None]:
    """The changes of each of these sentences, at places of the whole text; None where it stays as typed."""
    words = scan(text)
    whole = read(text, words, find_mentions(words, names, text), pronoun)
    if are_several(whole):
        return [None] * len(spans)
    doubtful = {words[i].at for i in others_meant(whole)} - _carried(whole, spans)
    doubtful |= {word.at for word in words if word.unclear}
    return [
        None if any(start <= at < end for at in doubtful) else _turned(whole, start, end, names)
        for start, end in spans
    ]


def _carried(whole: Reading, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Places of a first "she" of a sentence behind one whose last actor is the therapist, by name: "My mum
    knocked and Maya laughed. She said it kindly." Others in the same sentence have to be nobody's."""
    carried: set[int] = set()
    for (first, stop), (start, end) in pairwise(spans):
        here = [i for i, word in enumerate(whole.words) if start <= word.at < end]
        opens = bool(here) and here[0] in whole.forms and whole.forms[here[0]][1].startswith(("you", "is"))
        if opens and _acts_last(whole, first, stop) and not any(_is_another(whole, i) for i in here):
            carried |= {whole.words[i].at for i in here if i in whole.forms}
    return carried


def _acts_last(whole: Reading, start: int, end: int) -> bool:
    """Whether from `start` to `end` the therapist is named with a verb, and nobody else behind them."""
    words = whole.words
    named = [found for found in whole.mentions if start <= words[found.first].at < end and not found.tail]
    if not named:
        return False
    last = named[-1].last
    behind = [i for i in range(last + 1, len(words)) if words[i].at < end]
    opens = breaks_before(words, named[-1].first) or low_at(words, named[-1].first - 1) in CONJUNCTIONS
    acts = tense_of(low_at(words, last + 1)) is not None
    return opens and acts and not any(_is_another(whole, i) for i in behind)


def _is_another(whole: Reading, i: int) -> bool:
    return not whole.words[i].quoted and (i in whole.rest or bool(people.other_person(whole.words, i)))


def _turned(whole: Reading, start: int, end: int, names: tuple[str, ...]) -> tuple[Edit, ...] | None:
    text = whole.text[start:end]
    words = scan(text)
    part = read(text, words, find_mentions(words, names, text), whole.pronoun)
    quoted = [word.quoted for word in whole.words if start <= word.at < end]
    if quoted != [word.quoted for word in words] or has_to_stay(part) or lost_verb(words) or may_be_two(part):
        return None
    try:
        changes = changes_in(part)
    except SomebodyElse:
        return None
    return tuple(Edit(c.rule, c.at + start, c.was, c.now) for c in changes)
