"""Whose words each sentence of a note is, and the proof that nothing was invented.

A sentence is cut into parts. A part is the client's (`own`, with the answer, its span and every change
made to it), a line they chose (`chosen`), or an author's frame (`confirmed`, or `offered` until they
keep it). `verify` undoes the changes and compares: with the answers and the flow in hand, anybody can
check a note, and needs no trust in the program that wrote it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.engine.addressing import Edit, undo
from app.engine.flow import (
    Assign,
    Call,
    Flow,
    Length,
    NotePlan,
    Option,
    Question,
    Spoken,
    Step,
    Template,
    Tone,
)
from app.engine.verbs import second_person

By = Literal["own", "chosen", "confirmed", "offered"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence with its origin: `source` names an author's text, `answer` and `span` (code
    points) the client's; `changes` are at places of the answer as typed."""

    by: By
    text: str = field(repr=False)
    source: str | None = None
    answer: str | None = None
    span: tuple[int, int] | None = None
    changes: tuple[Edit, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a note. `state`: `in` the note, `offered` (not in it until kept), `out` (left out).
    Sentences of one `paragraph` are set together. `asks`: it asks the reader for something."""

    id: str
    parts: tuple[Part, ...]
    paragraph: int
    state: Literal["in", "offered", "out"] = "in"
    as_typed: bool = False
    asks: bool = False

    @property
    def text(self) -> str:
        """The sentence as it reads."""
        return "".join(part.text for part in self.parts)

    @property
    def own(self) -> str:
        """The client's words in it."""
        return " ".join(part.text for part in self.parts if part.by == "own")

    @property
    def quoted(self) -> bool:
        """Whether words stand in quotation marks of ours."""
        return any(part.source == "replies" for part in self.parts)

    @property
    def changes(self) -> tuple[Edit, ...]:
        """Every change made in the client's words here."""
        return tuple(change for part in self.parts for change in part.changes)


@dataclass(frozen=True, slots=True)
class Note:
    """What a client takes away. `to`: the therapist, or the client themself. `answers` holds the words
    as typed of every answer that a sentence uses, by key. `closes`: no talk follows it."""

    note: str
    to: Literal["therapist", "self", "other"]
    revision: str
    language: str
    length: Length
    tone: Tone
    answers: Mapping[str, str] = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    closes: bool = False

    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """What is printed: the sentences that are in, by paragraph."""
        kept: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            if sentence.state == "in":
                kept.setdefault(sentence.paragraph, []).append(sentence)
        return tuple(tuple(sentences) for _, sentences in sorted(kept.items()))

    def text(self) -> str:
        """The note as plain text: a blank line between paragraphs, one line feed at the end."""
        return "\n\n".join(" ".join(s.text for s in p) for p in self.paragraphs()) + "\n"

    def markdown(self) -> str:
        """The same as Markdown, in which the words mean nothing but themselves."""
        return "".join("\\" + ch if ch in _MARKDOWN else ch for ch in self.text())

    def words(self) -> int:
        """How many words are printed."""
        return len(self.text().split())

    def as_json(self) -> dict[str, Any]:
        """The note in the contract's shape."""
        return {
            "note": self.note,
            "to": self.to,
            "revision": self.revision,
            "language": self.language,
            "length": self.length,
            "tone": self.tone,
            "answers": dict(self.answers),
            "sentences": [
                {
                    "id": s.id,
                    "text": s.text,
                    "paragraph": s.paragraph,
                    "state": s.state,
                    "as_typed": s.as_typed,
                    "parts": [_part_out(part) for part in s.parts],
                }
                for s in self.sentences
            ],
        }


_MARKDOWN = frozenset("\\`*_{}[]<>()#+-.!|~&$=:")
"""Characters that CommonMark gives a meaning to; each may be escaped."""


def _part_out(part: Part) -> dict[str, Any]:
    out: dict[str, Any] = {"by": part.by, "text": part.text}
    if part.by != "own":
        return out | {"source": part.source}
    changes = [{"rule": c.rule, "at": c.at, "was": c.was, "now": c.now} for c in part.changes]
    return out | {"answer": part.answer, "span": list(part.span or ()), "changes": changes}


def verify(note: Mapping[str, Any], flow: Flow) -> list[str]:
    """What is wrong with a note's JSON: nothing, if every word is the client's or an author's of `flow`.

    The findings name sentences and parts, never words. Raises KeyError or TypeError where the JSON is
    no note at all.
    """
    faults = []
    allowed = _authored(flow)
    if note["revision"] != flow.revision:
        faults.append("it was made with another revision of the flow")
    for sentence in note["sentences"]:
        place = f'sentence "{sentence["id"]}"'
        if sentence["text"] != "".join(part["text"] for part in sentence["parts"]):
            faults.append(f"{place} is not the sum of its parts")
        for number, part in enumerate(sentence["parts"], 1):
            fault = _own_fault(part, note["answers"]) if part["by"] == "own" else _author_fault(part, allowed)
            faults += [f"{place}, part {number}: {fault}"] if fault else []
    return faults


def _own_fault(part: Mapping[str, Any], answers: Mapping[str, str]) -> str | None:
    answer = answers.get(part["answer"])
    if answer is None:
        return "the answer it names is not there"
    start, end = part["span"]
    if not 0 <= start <= end <= len(answer):
        return "its span lies outside the answer"
    changes = tuple(Edit(c["rule"], c["at"] - start, c["was"], c["now"]) for c in part["changes"])
    if undo(part["text"], changes) != answer[start:end]:
        return "it is not what the answer says"
    if not all(_is_of_its_rule(change, end - start) for change in changes):
        return "a change in it is more than its rule allows"
    return None


_ADDRESS = re.compile(r"you(r|rs|rself|'?(re|ve|d|ll)|'(d|ll)'ve|'s)?")


def _is_of_its_rule(change: Edit, size: int) -> bool:
    """Whether a change puts in nothing but what its rule is for, so that none can carry other words. Its
    place counts from the start of the part, which has `size` characters as typed: a capital comes off only
    at the start, and a full stop changes only at the end."""
    was, now = (text.replace("’", "'").casefold() for text in (change.was, change.now))
    if change.rule == "address":
        return _ADDRESS.fullmatch(now) is not None
    if change.rule == "agreement":
        return now in (second_person(was), was)
    if change.rule == "capital":
        return was == now and len(was) == 1 and (change.now.isupper() or change.at == 0)
    stops = change.was in ("", ",", ";", ".") and change.now in (".", "?", "") and was != now
    return change.rule == "full_stop" and stops and change.at + len(change.was) == size


def _author_fault(part: Mapping[str, Any], allowed: Mapping[str, frozenset[str]]) -> str | None:
    if part["text"] not in allowed.get(part["source"] or "", frozenset()):
        return "no author's text of the flow says this"
    return None


def _authored(flow: Flow) -> dict[str, frozenset[str]]:
    """Every text an author wrote that may stand in a note, by its place."""
    texts: dict[str, set[str]] = {}

    def add(source: str, pieces: Iterable[str]) -> None:
        texts.setdefault(source, set()).update(pieces)

    for each in (flow, *flow.beside.values()):
        for template in _templates(each.note) if each.note else ():
            add(template.source, (piece for piece in template.pieces if isinstance(piece, str)))
        for name, tones in each.note.frames.items() if each.note else ():
            add(f"{each.id}.note.frames.{name}", tones.values())
    add("safety.tell_them.line", [flow.shared.safety.tell_them.line])
    replies = flow.shared.replies
    close = replies["close_quote"]
    add(
        "replies",
        [
            replies["also_wrote"] + " ",
            replies["open_quote"],
            close,
            close + ".",
            ", ",
            f" {replies['and']} ",
            ".",
            ": ",
            " ",
        ],
    )
    for step in _steps(flow):
        if isinstance(step, Assign) and isinstance(step.value, str):
            add(f"option.{step.value}", [step.value])
        elif isinstance(step, Question):
            for option in step.options:
                add(f"option.{option.value}", _names(option))
            for number in range(step.first, step.last + 1) if step.kind == "scale" else ():
                add(f"option.{number}", [str(number)])
            add(f"heading.{step.id}", [step.heading, *_literals(step.prompt)])
    return {source: frozenset(pieces) for source, pieces in texts.items()}


def _names(option: Option) -> tuple[str, ...]:
    return tuple(filter(None, (option.label, option.word)))


def _templates(plan: NotePlan) -> Iterable[Template]:
    for section in plan.sections:
        yield from filter(None, (section.text, section.otherwise))
        yield from (section.lines or {}).values()
        yield from section.then.values()
        for tones in section.fits.values():
            yield from tones.values()
        for more in (section.more or {}).values():
            yield from more


def _steps(flow: Flow) -> Iterable[Step]:
    """All steps, those of called flows and of those beside it too."""
    for step in flow.steps.values():
        yield step
        if isinstance(step, Call):
            yield from _steps(step.flow)
    for each in flow.beside.values():
        yield from _steps(each)


def _literals(text: Spoken) -> Sequence[str]:
    return [piece for _, template in text.choices for piece in template.pieces if isinstance(piece, str)]
