"""An answer in which somebody else could be meant, weighed sentence by sentence.

A sentence turns to "you" where it is clear by itself and with all who were named before it in the answer;
all others stay as typed. A text that is clear as a whole never comes here; what is weighed lies in
`doubt.py`.
"""

from collections.abc import Sequence

from app.engine.addressing import Edit, changes_in
from app.engine.doubt import (
    SomebodyElse,
    are_several,
    may_be_two,
    meets_herself,
    others_meant,
)
from app.engine.mentions import find_mentions
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
    if are_several(whole) or any(meets_herself(whole, i) for i in whole.forms):
        return [None] * len(spans)
    doubtful = {words[i].at for i in others_meant(whole)}
    doubtful |= {word.at for word in words if word.unclear}
    return [
        None if any(start <= at < end for at in doubtful) else _turned(whole, start, end, names)
        for start, end in spans
    ]


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
