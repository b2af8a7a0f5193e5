"""Sentences of a note that the client put in words of their own.

Such a sentence is the client's from its first to its last letter, at every length and tone. It stands for
the sentence that was there when they wrote it. Should the answer behind that one change, the edit stays,
since they wrote it, and the sentence made of the new answer is offered beside it: neither is hidden.
How an edit is taken lives in `editing.py`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.engine.checks import stays_out
from app.engine.provenance import Part, Sentence
from app.engine.state import NOTE, Entry, State
from app.engine.support import SafetyTexts

NEW = ".now"  # behind the id of a sentence: the one that is offered beside it
WHO = "note/who|"  # before a digest of words: who is meant by "she" in them
THERAPIST, OTHER = "therapist", "other"


def reworded(sentences: Iterable[Sentence], state: State, texts: SafetyTexts) -> list[Sentence]:
    """The sentences as composed, with those in their place that the client wrote. Words of danger in
    these stay out until they are asked for, as everywhere (the clinical guide, 4.3)."""
    out: list[Sentence] = []
    for sentence in sentences:
        entry = state.entries.get(NOTE + sentence.id)
        text = entry.given.text if entry and entry.given and not entry.undone else None
        if entry is None or text is None:
            out.append(sentence)
            continue
        out.append(_own(sentence, entry, text, state, texts))
        if entry.over != made_of(sentence, state):
            out.append(_beside(sentence, state.edits.get(sentence.id + NEW)))
    return out


def made_of(sentence: Sentence, state: State) -> str:
    """A digest of the answers and options that a composed sentence is made of; of none, it is empty. The
    whole answers and no frames, so that length and tone make no difference."""
    used = {f"{part.answer}={_typed(state, part.answer)}" for part in sentence.parts if part.answer}
    used |= {part.source or "" for part in sentence.parts if part.by == "chosen"}
    return _digest("\x1f".join(sorted(used))) if used else ""


def who_is_meant(meanings: Mapping[str, str], typed: str) -> str | None:
    """What the client said of the "she" in these words: THERAPIST, OTHER, or None where they did not."""
    return meanings.get(who_key(typed))


def who_key(typed: str) -> str:
    """Where it is kept: by the words, so that other words are asked about anew."""
    return WHO + _digest(" ".join(typed.split()))


def _own(sentence: Sentence, entry: Entry, text: str, state: State, texts: SafetyTexts) -> Sentence:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    danger = any(a < end and start < b for a, b in stays_out(entry, state, texts))
    aside = danger and sentence.state == "in" and state.edits.get(sentence.id) != "keep"
    part = Part("own", text[start:end], answer=NOTE + sentence.id, span=(start, end))
    return replace(sentence, parts=(part,), state="offered" if aside else sentence.state, as_typed=False)


def _beside(sentence: Sentence, edit: str | None) -> Sentence:
    """The sentence that was composed, offered; edited like any other under an id of its own."""
    id = sentence.id + NEW
    if edit in ("keep", "out"):
        return replace(sentence, id=id, state="in" if edit == "keep" else "out")
    return replace(sentence, id=id, state="offered")


def _typed(state: State, key: str) -> str:
    entry = state.entries.get(key)
    return (entry.given.text if entry and entry.given else None) or ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
