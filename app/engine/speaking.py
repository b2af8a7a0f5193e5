"""What the bot says: templates filled with a conversation's values, the client's words marked.

Notes are composed elsewhere (`note.py`), since each of their sentences carries whose words it is.
"""

from collections.abc import Mapping, Sequence

from app.engine.conditions import UNSET, Value, holds
from app.engine.flow import OWN_WORDS, Slot, Spoken, Template
from app.engine.turn import Message

ONLY_ENGLISH = "only_english"
"""The reply to a text in another language, and the message that says it."""
Own = tuple[tuple[int, int], ...]


def spoken(text: Spoken, values: Mapping[str, Value], replies: Mapping[str, str]) -> tuple[str, Own]:
    """The first template whose condition is true, filled; "" where none is."""
    for condition, template in text.choices:
        if holds(condition, values):
            return _filled(template, values, replies)
    return "", ()


def said(id: str, text: Spoken, values: Mapping[str, Value], replies: Mapping[str, str]) -> Message | None:
    """A message of the bot, or None where it has nothing to say."""
    words, own = spoken(text, values, replies)
    return Message(id, words, own) if words else None


def only_english(language: str, replies: Mapping[str, str]) -> tuple[Message, ...]:
    """That only English is understood here, and the same in this language where its line is written."""
    name = f"{ONLY_ENGLISH}.{language}"
    theirs = (Message(name, replies[name], language=language),) if name in replies else ()
    return (Message(ONLY_ENGLISH, replies[ONLY_ENGLISH]), *theirs)


def joined(parts: Sequence[str], replies: Mapping[str, str]) -> str:
    """`a`, `a and b`, `a, b and c`, as the language joins them."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + f" {replies['and']} " + parts[-1]


def quoted(text: str, replies: Mapping[str, str]) -> str:
    """The words in the language's quotation marks."""
    return replies["open_quote"] + text + replies["close_quote"]


def shown_answer(value: Value, replies: Mapping[str, str]) -> tuple[str, Own]:
    """An answer as the thread shows it: the client's words as typed, or the labels they chose."""
    labels = [label for v, label in zip(value.values, value.labels, strict=True) if v != OWN_WORDS]
    if value.text is None or (value.values and OWN_WORDS not in value.values):
        return joined(labels, replies), ()
    if not labels:
        return value.text, ((0, len(value.text)),)
    chosen = ", ".join(labels) + ", "
    return chosen + value.text, ((len(chosen), len(chosen) + len(value.text)),)


def _filled(template: Template, values: Mapping[str, Value], replies: Mapping[str, str]) -> tuple[str, Own]:
    text, own = "", []
    for piece in template.pieces:
        if isinstance(piece, str):
            text += piece
            continue
        words, theirs = _slot(piece, values.get(piece.name, UNSET), replies)
        if theirs:
            own.append((len(text) + theirs[0], len(text) + theirs[1]))
        text += words
    return text, tuple(own)


def _slot(slot: Slot, value: Value, replies: Mapping[str, str]) -> tuple[str, tuple[int, int] | None]:
    if slot.filter in ("quote", "name") and value.text is not None:
        opening = replies["open_quote"] if slot.filter == "quote" else ""
        closing = replies["close_quote"] if slot.filter == "quote" else ""
        return opening + value.text + closing, (len(opening), len(opening) + len(value.text))
    named = value.labels if slot.filter == "label" else value.words
    parts = [
        quoted(value.text or "", replies) if v == OWN_WORDS else word
        for v, word in zip(value.values, named, strict=True)
    ]
    return joined(parts, replies), None
