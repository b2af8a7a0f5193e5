"""A note composed from a conversation: authors' sentences that the client chose, and the client's words.

Sentences are whole and lean on no other, so any subset of answers reads. A missing slot drops its
sentence; nothing is cut silently: what a budget leaves out is offered. After a therapist's misconduct
the note is the client's own record, until they ask for another (the clinical guide, 4.5 and 6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.engine.addressing import infer_pronoun
from app.engine.checks import TELL_THEM, routes_heard, stays_out
from app.engine.commands import names_nobody
from app.engine.conditions import UNSET, Value, holds
from app.engine.flow import OWN_WORDS, Flow, Length, NotePlan, Section, Slot, Template, Tone
from app.engine.own_words import (
    Piece,
    addressed_pieces,
    after_colon,
    as_typed,
    ends_whole,
    in_one_pair_of_marks,
)
from app.engine.provenance import By, Note, Part, Sentence
from app.engine.record import record_sentences, said_in, whose_note
from app.engine.replay import replay
from app.engine.state import State

NAME = 40  # characters of a name that a salutation takes

_OWN = frozenset({"quote", "to_you", "name"})


def compose(flow: Flow, state: State, length: Length = "letter", tone: Tone = "plain") -> Note:
    """The note as it stands, at any time of a conversation."""
    now = replay(flow, state)
    whose = whose_note(flow, state)
    plan = whose.note if whose else None
    values = now.values if whose is flow else now.within.get(whose.id, {}) if whose else {}
    made = _Composer(whose, plan, state, values, length, tone).sentences() if whose and plan else []
    for_self = plan is None or not (made if whose is flow else [s for s in made if s.state != "offered"])
    if plan is None or for_self or plan.to == "self":
        exchanges = said_in(now, None if for_self else tuple(flow.beside))
        private = _private(flow, now.values)
        record = record_sentences(exchanges, flow.shared.replies, private, len(made))
        made = [*([] if for_self else made), *(_edited(s, state) for s in record)]
    used = {part.answer for s in made for part in s.parts if part.answer}
    typed = {key: e.given.text for key, e in state.entries.items() if e.given and e.given.text is not None}
    return Note(
        flow.id,
        plan.to if plan and not for_self else "self",
        flow.revision,
        state.language,
        length,
        tone,
        {key: typed[key] for key in typed if key in used},
        tuple(made),
        plan is not None and not for_self and plan.closes,
    )


def _edited(sentence: Sentence, state: State) -> Sentence:
    if state.edits.get(sentence.id) == "out":
        return replace(sentence, state="out")
    return sentence


@dataclass(frozen=True, slots=True)
class _Line:
    """A template at its place: the sentences it makes have ids from `id` on; `own` stands for the
    variable `own_words` in a line."""

    id: str
    template: Template
    by: By
    offered: bool
    own: Value | None = None


class _Composer:
    def __init__(
        self,
        flow: Flow,
        plan: NotePlan,
        state: State,
        values: Mapping[str, Value],
        length: Length,
        tone: Tone,
    ) -> None:
        self.flow, self.plan, self.state = flow, plan, state
        self.length: Length = length
        self.tone: Tone = tone
        self.replies = flow.shared.replies
        self.values = _readable(flow, values)
        self.pronoun = self._pronoun()
        called = self.values.get("therapist_called", UNSET)
        self.names = ((called.text or "").strip(),) if called.known and self._name(called) else ()

    def sentences(self) -> list[Sentence]:
        """All sentences in order: what is in, what is offered, what was left out."""
        out: list[Sentence] = []
        paragraph = 0
        for section in self.plan.sections:
            if self.length not in section.lengths:
                continue
            budget = (section.at_most or {}).get(self.length)
            made = [s for line in self._lines(section) for s in self._line(line, budget)]
            if any(s.state == "in" for s in made) and not section.joins and self.length != "opener":
                paragraph += 1
            out += [replace(s, paragraph=paragraph) for s in made]
        return out + self._told(paragraph + (self.length != "opener"))

    def _told(self, paragraph: int) -> list[Sentence]:
        """The author's line about thoughts of dying, if the client wants the therapist to know; offered,
        once they said no, for as long as the words are there."""
        texts = self.flow.shared.safety
        wish = self.state.meanings.get(TELL_THEM)
        if self.plan.closes or wish is None or "crisis_self" not in routes_heard(self.state, texts):
            return []
        part = Part("confirmed", texts.tell_them.line, "safety.tell_them.line")
        return [replace(self._sentence("tell_them", [part], offered=wish != "yes"), paragraph=paragraph)]

    def _lines(self, section: Section) -> Iterable[_Line]:
        if section.for_each is not None:
            if holds(section.when, self.values):
                yield from self._each(section)
            return
        if holds(section.when, self.values) and section.text and self._filled(section.text):
            yield _Line(section.id, section.text, "confirmed", section.offered)
        elif section.otherwise and self._filled(section.otherwise):
            yield _Line(section.id, section.otherwise, "offered", offered=True)

    def _each(self, section: Section) -> Iterable[_Line]:
        value = self.values.get(section.for_each or "", UNSET)
        lines = section.lines or {}
        chosen = value.values if value.known else ()
        printed = chosen[: section.first] if section.first else chosen
        for name in printed:
            if name in lines and lines[name].pieces:
                yield _Line(f"{section.id}.{name}", lines[name], "chosen", section.offered, value)
        for name in printed:
            for n, template in enumerate((section.more or {}).get(name, ()), 2):
                yield _Line(f"{section.id}.{name}.{n}", template, "offered", offered=True)

    def _filled(self, template: Template) -> bool:
        """Whether every slot has something to say."""
        return all(
            piece.filter == "frame" or self._says(piece)
            for piece in template.pieces
            if isinstance(piece, Slot)
        )

    def _says(self, slot: Slot) -> bool:
        value = self.values.get(slot.name, UNSET)
        if not value.known:
            return False
        if slot.filter == "name":
            return self._name(value)
        if slot.filter in ("list", "label"):
            return any(v != OWN_WORDS for v in value.values)
        return value.text is not None

    def _name(self, value: Value) -> bool:
        text = (value.text or "").strip()
        whole = 0 < len(text) <= NAME and "\n" not in text
        return whole and not names_nobody(self.flow.shared.commands, text)

    def _line(self, line: _Line, budget: int | None) -> list[Sentence]:
        """The sentences of one template: one, or one for each sentence of the client's words in it."""
        kept = self.state.edits.get(line.id)
        offered = line.offered and kept != "keep"
        by: By = "confirmed" if line.by == "offered" and not offered else line.by
        at = next(
            (n for n, p in enumerate(line.template.pieces) if isinstance(p, Slot) and p.filter in _OWN), None
        )
        if at is None:
            parts = [part for piece in line.template.pieces for part in self._part(piece, line, by)]
            return [self._sentence(line.id, parts, offered)]
        before = [part for piece in line.template.pieces[:at] for part in self._part(piece, line, by)]
        after = [part for piece in line.template.pieces[at + 1 :] for part in self._part(piece, line, by)]
        slot = line.template.pieces[at]
        assert isinstance(slot, Slot)
        value = line.own if slot.name == OWN_WORDS and line.own else self.values[slot.name]
        return self._own(line.id, slot.filter, value, before, after, offered, budget)

    def _own(
        self,
        id: str,
        way: str,
        value: Value,
        before: list[Part],
        after: list[Part],
        offered: bool,
        budget: int | None,
    ) -> list[Sentence]:
        typed, key = value.text or "", value.answer or ""
        if way == "name":
            return [self._sentence(id, [*before, _name(typed, key), *after], offered)]
        colon = bool(before) and before[-1].text.rstrip().endswith(":")
        out: list[Sentence] = []
        spent, led, over = 0, False, False
        for n, piece in enumerate(self._pieces(way, typed, key, budget), 1):
            here = id if n == 1 else f"{id}.{n}"
            edit = self.state.edits.get(here)
            over = over or (budget is not None and led and spent + piece.words(typed) > budget)
            aside = (offered or over or self._stays_out(piece, key)) and edit != "keep"
            leads = not led and not aside and edit != "out"
            if edit == "as_typed":
                piece = as_typed(piece)
            elif colon and not led:
                piece = after_colon(piece)
            parts = self._quoted(piece, typed, key) if piece.quoted else [self._plain(piece, typed, key)]
            parts = parts if led else [*before, *parts]
            out.append(self._sentence(here, parts, aside, edit == "as_typed"))
            led = led or leads
            spent += piece.words(typed) if out[-1].state == "in" else 0
        if after and out:
            last = max((n for n, s in enumerate(out) if s.state == "in"), default=len(out) - 1)
            out[last] = replace(out[last], parts=(*out[last].parts, *after))
        return out

    def _pieces(self, way: str, typed: str, key: str, budget: int | None) -> tuple[Piece, ...]:
        """The sentences of an answer, as the filter wants them."""
        if way == "quote":
            return (Piece((0, len(typed)), quoted=True),)
        pieces = addressed_pieces(typed, self.pronoun, self.names)
        if pieces and pieces[0].quoted and not any(self._stays_out(p, key) for p in pieces):
            return in_one_pair_of_marks(pieces, typed, budget)
        return pieces

    def _stays_out(self, piece: Piece, key: str) -> bool:
        """Whether words of danger stand in this sentence."""
        start, end = piece.span
        record = self.plan.to == "self"
        spans = stays_out(self.state.entries[key], self.state, self.flow.shared.safety, record)
        return any(a < end and start < b for a, b in spans)

    def _plain(self, piece: Piece, typed: str, key: str) -> Part:
        return Part("own", piece.text(typed), answer=key, span=piece.span, changes=piece.changes)

    def _quoted(self, piece: Piece, typed: str, key: str) -> list[Part]:
        text = typed[piece.span[0] : piece.span[1]]
        close = self.replies["close_quote"] + ("" if ends_whole(text) else ".")
        return [
            Part("confirmed", self.replies["open_quote"], "replies"),
            Part("own", text, answer=key, span=piece.span),
            Part("confirmed", close, "replies"),
        ]

    def _part(self, piece: str | Slot, line: _Line, by: By) -> list[Part]:
        if isinstance(piece, str):
            return [Part(by, piece, line.template.source)]
        if piece.filter == "frame":
            source = f"{self.flow.id}.note.frames.{piece.name}"
            return [Part("confirmed", self.plan.frames[piece.name][self.tone], source)]
        value = self.values[piece.name]
        named = value.labels if piece.filter == "label" else value.words
        chosen = [(v, word) for v, word in zip(value.values, named, strict=True) if v != OWN_WORDS]
        parts: list[Part] = []
        for n, (v, word) in enumerate(chosen):
            if n:
                joint = f" {self.replies['and']} " if n == len(chosen) - 1 else ", "
                parts.append(Part("confirmed", joint, "replies"))
            parts.append(Part("chosen", word, f"option.{v}"))
        return parts

    def _sentence(self, id: str, parts: list[Part], offered: bool, typed: bool = False) -> Sentence:
        edit = self.state.edits.get(id)
        if edit == "out":
            return Sentence(id, tuple(parts), 0, "out", typed)
        return Sentence(id, tuple(parts), 0, "offered" if offered and edit != "keep" else "in", typed)

    def _pronoun(self) -> str | None:
        chosen = self.values.get("therapist_pronoun", UNSET)
        if chosen.known and chosen.values[0] != OWN_WORDS:
            return chosen.values[0]
        return infer_pronoun([v.text for v in self.values.values() if v.text is not None])


def _name(typed: str, key: str) -> Part:
    start = len(typed) - len(typed.lstrip())
    return Part("own", typed.strip(), answer=key, span=(start, start + len(typed.strip())))


def _readable(flow: Flow, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values a note may read: what is private only where the client said so."""
    return {**values, **dict.fromkeys(_private(flow, values), UNSET)}


def _private(flow: Flow, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The variables that stay with the client."""
    return tuple(
        name
        for name, variable in flow.variables.items()
        if variable.private_unless and values.get(variable.private_unless, UNSET).values != ("yes",)
    )
