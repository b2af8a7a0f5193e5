"""The sentences of a note, section by section: authors' lines that the client chose, and the client's words.

Sentences are whole and lean on no other, so any subset of answers reads. A missing slot drops its
sentence; nothing is cut silently: what a budget leaves out is offered. How a client's words are set into
an author's text stands in `placing.py`; lists of what was chosen in `listing.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.engine.addressing import infer_pronoun
from app.engine.answered import Answered, Frame, Room, denies, says_nothing
from app.engine.checks import TELL_THEM, routes_heard, stays_out
from app.engine.commands import is_nothing
from app.engine.conditions import UNSET, Value, holds
from app.engine.flow import OWN_WORDS, Flow, Length, NotePlan, Section, Shape, Slot, Template, Tone
from app.engine.giving_way import giving_way
from app.engine.listing import Lists, unlike
from app.engine.marking import shape_of_all
from app.engine.naming import is_name, name_part, names_in, roles_in
from app.engine.own_words import Piece, addressed_pieces, as_typed, is_of_somebody, spoken_pieces
from app.engine.placing import Line, Placing, fitting
from app.engine.provenance import By, Part, Sentence
from app.engine.readings import names_nobody_else, others_in_several
from app.engine.rewording import THERAPIST, who_is_meant
from app.engine.state import NOTE, State
from app.engine.tightening import MOST, Tightening, without_echoes, words_in
from app.engine.unsent import unsent_sentences

FRAME = 4  # words that an author sets around an answer
NAMED = 40  # words at most of an answer beside options that names something; a longer one tells
_OWN = frozenset({"quote", "to_you", "name"})


class Composer:
    """Makes the sentences of one note. `values` are those that it may read."""

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
        self.values = values
        self.pronoun = self._pronoun()
        called = self.values.get("therapist_called", UNSET)
        typed = (called.text or "").strip() if called.known else ""
        self.names = (names_in(typed) if self._name(called) else roles_in(typed)) if typed else ()
        texts = [value.text for value in values.values() if value.text is not None]
        self.rivals = others_in_several(texts, self.pronoun, self.names)
        self.sections = [section for section in plan.sections if length in section.lengths]
        self._weighed: dict[tuple[str, bool], tuple[Piece, ...]] = {}
        reworded = {key.removeprefix(NOTE) for key in state.entries if key.startswith(NOTE)}
        self.placing = Placing(state.edits, state.as_typed, reworded, self.replies)
        self.lists = Lists(flow, self.placing, lambda value: self._answered("to_you", value))

    def sentences(self) -> list[Sentence]:
        """All sentences in order: what is in, what is offered, what was left out."""
        usual = {s.id: m for s in self.plan.sections if (m := (s.at_most or {}).get(self.length))}
        fit = Tightening(self.state.edits, usual, [s.id for s in self.plan.sections if s.spoken])
        fit.aside = {s.id for s in self.plan.sections if self._gives_way(s)}
        out = self._all(fit.budgets, fit.aside)
        if self.plan.to != "self" and fit.widen(out, MOST[self.length]):
            out = self._all(fit.budgets, fit.aside)
        while self.plan.to != "self" and words_in(out) > MOST[self.length] and fit.tighten(out):
            out = self._all(fit.budgets, fit.aside)
        out = self._filled_up(fit, self._back(fit, out)) if self.plan.to != "self" else out
        out = without_echoes(out, self.state.edits, fit.lasting)
        out += self._told(max((s.paragraph for s in out), default=0) + (self.length != "opener"))
        if self.length == "opener" or self.plan.closes:
            return out
        last = max((s.paragraph for s in out), default=0)
        return out + unsent_sentences(self.state, self.replies, self.pronoun, self.names, last + 1)

    def _gives_way(self, section: Section) -> bool:
        """Whether a section has to wait for room; a letter has it."""
        waits = self.length != "letter" and self.plan.to != "self" and section.if_room is not None
        return waits and holds(section.if_room, self.values) is True

    def _back(self, fit: Tightening, out: list[Sentence]) -> list[Sentence]:
        """The sentences with what was set aside, where there is room for it after all."""
        for id in sorted(fit.aside, key=lambda id: (-fit.usual_of(id), id)):
            budgets = {**fit.budgets, id: MOST[self.length] - words_in(out) - FRAME}
            back = self._all(budgets, fit.aside - {id})
            if words_in(back) <= MOST[self.length]:
                fit.aside, fit.budgets, out = fit.aside - {id}, budgets, back
        return out

    def _filled_up(self, fit: Tightening, out: list[Sentence]) -> list[Sentence]:
        """The sentences with one more of a long answer, where there is room after all."""
        more = self._all(fit.budgets, fit.aside) if fit.widen(out, MOST[self.length]) else out
        return more if words_in(more) <= MOST[self.length] else out

    def _all(self, budgets: Mapping[str, int], aside: set[str]) -> list[Sentence]:
        made = [(section, self._made(section, budgets, aside)) for section in self.sections]
        kept = {id for id, edit in self.state.edits.items() if edit == "keep"} | {*self.state.as_typed}
        less = giving_way(made, kept, self.names)
        out: list[Sentence] = []
        paragraph = 0
        for section, each in made:
            if section.id in less and not section.asks:
                continue
            if section.id in less:  # what is not asked again can still be ticked
                each = [replace(s, state="offered") if s.state == "in" else s for s in each]
            if any(s.state == "in" for s in each) and not section.joins and self.length != "opener":
                paragraph += 1
            out += [replace(s, paragraph=paragraph, asks=section.asks) for s in each]
        return out

    def _made(self, section: Section, budgets: Mapping[str, int], aside: set[str]) -> list[Sentence]:
        usual = (section.at_most or {}).get(self.length)
        aloud = self.length == "opener" and "quoted" in section.fits
        out: list[Sentence] = []
        for line in self._lines(section, aside):
            most = budgets.get(line.id, usual)
            around = usual if self.length == "message" else most
            framed = aloud and not section.asks
            whole = section.few and aloud
            room = Room(most, around, whole, aloud, framed, spoken=section.spoken)
            out += self._line(line, room)
        return out

    def _told(self, paragraph: int) -> list[Sentence]:
        """The author's line about thoughts of dying, if the client wants the therapist to know; offered,
        once they said no, for as long as the words are there."""
        texts = self.flow.shared.safety
        wish = self.state.meanings.get(TELL_THEM)
        if self.plan.closes or wish is None or "crisis_self" not in routes_heard(self.state, texts):
            return []
        part = Part("confirmed", texts.tell_them.line, "safety.tell_them.line")
        return [replace(self._sentence("tell_them", [part], offered=wish != "yes"), paragraph=paragraph)]

    def _lines(self, section: Section, aside: set[str]) -> Iterable[Line]:
        if section.for_each is not None:
            if holds(section.when, self.values):
                yield from self._each(section, aside)
            return
        if holds(section.when, self.values) and section.text and self._filled(section.text, section):
            offered = section.offered or section.id in aside
            yield Line(
                section.id, section.text, "confirmed", offered, fits=self._fits(section),
                takes=section.takes, asks=section.asks,
            )  # fmt: skip
        elif section.otherwise and self._filled(section.otherwise, section):
            yield Line(section.id, section.otherwise, "offered", offered=True)

    def _each(self, section: Section, aside: set[str]) -> Iterable[Line]:
        value = self.values.get(section.for_each or "", UNSET)
        chosen = value.values if value.known else ()
        chosen = tuple(v for v in chosen if v != OWN_WORDS or not says_nothing(value.text or ""))
        printed = chosen[: section.first] if section.first else chosen
        lines = [
            Line(
                id,
                template,
                "chosen",
                section.offered or id in aside,
                value,
                self._fits(section) if name == OWN_WORDS else None,
            )
            for name in printed
            if (template := (section.lines or {}).get(name)) and template.pieces
            for id in [f"{section.id}.{name}"]
        ]
        yield from unlike(lines, section.then, self._opening)
        for name in printed:
            for n, template in enumerate((section.more or {}).get(name, ()), 2):
                yield Line(f"{section.id}.{name}.{n}", template, "offered", offered=True)

    def _opening(self, line: Line) -> Template:
        """The template that a line will have, by the shape of its own words."""
        slot = _own_slot(line.template)
        if slot is None or slot.filter != "to_you" or line.own is None:
            return line.template
        said = self._answered("to_you", line.own)
        return fitting(line, shape_of_all(said.pieces, said.typed, said.alone))

    def _fits(self, section: Section) -> dict[Shape, Template]:
        return {shape: tones[self.tone] for shape, tones in section.fits.items()}

    def _filled(self, template: Template, section: Section) -> bool:
        """Whether every slot has something to say."""
        return all(
            piece.filter == "frame" or self._says(piece, section)
            for piece in template.pieces
            if isinstance(piece, Slot)
        )

    def _says(self, slot: Slot, section: Section) -> bool:
        value = self.values.get(slot.name, UNSET)
        if not value.known:
            return False
        if slot.filter == "name":
            return self._name(value)
        if slot.filter in ("list", "label"):
            return self.lists.says(value, section.takes)
        return value.text is not None and not says_nothing(value.text)

    def _name(self, value: Value) -> bool:
        return is_name(self.flow.shared.commands, value.text or "")

    def _line(self, line: Line, room: Room) -> list[Sentence]:
        """The sentences of one template: one, or one for each sentence of the client's words in it."""
        kept = self.state.edits.get(line.id)
        offered = line.offered and kept != "keep"
        by: By = "confirmed" if line.by == "offered" and not offered else line.by
        slot = _own_slot(line.template)
        if slot is None:
            parts = [part for piece in line.template.pieces for part in self._part(piece, line, by)]
            return [self._sentence(line.id, parts, offered)]
        value = line.own if slot.name == OWN_WORDS and line.own else self.values[slot.name]
        if slot.filter == "name":
            before, after = self._around(line.template, line, by)
            name = name_part(value.text or "", value.answer or "")
            return [self._sentence(line.id, [*before, name, *after], offered)]

        def framed(shape: Shape | None) -> Frame | None:
            template = fitting(line, shape if slot.filter == "to_you" else None)
            if not template.pieces and len(said.pieces) > 1:
                template = line.template  # the list has only what is one phrase
            return self._around(template, line, by) if template.pieces else None

        names = bool(value.values) and len((value.text or "").split()) <= NAMED
        room = replace(room, in_order=names)
        said = self._answered(slot.filter, value, line.asks or "story" in (line.fits or {}), room.spoken)
        return self.placing.sentences(line.id, said, offered, room, framed)

    def _around(self, template: Template, line: Line, by: By) -> Frame:
        """What stands before and behind the client's words."""
        at = next(n for n, p in enumerate(template.pieces) if isinstance(p, Slot) and p.filter in _OWN)
        here = replace(line, template=template)
        before = [part for piece in template.pieces[:at] for part in self._part(piece, here, by)]
        return before, [part for piece in template.pieces[at + 1 :] for part in self._part(piece, here, by)]

    def _answered(self, way: str, value: Value, theirs: bool = False, spoken: bool = False) -> Answered:
        """An answer with its sentences, as the filter wants them. `theirs`: it is asked or told of the
        therapist, so that nobody else is meant who is named only elsewhere. `spoken`: it is said to them."""
        typed, key = value.text or "", value.answer or ""
        pieces: tuple[Piece, ...] = (Piece((0, len(typed)), quoted=True),)
        alone = False
        if way != "quote":
            said = spoken_pieces(typed, self.pronoun) if spoken else ()
            pieces = said or self._addressed(typed, theirs)
            first = pieces[0].text(typed) if len(pieces) > 1 else ""
            if first and (says_nothing(first) or is_nothing(self.flow.shared.commands, first)):
                alone = denies(pieces[0].text(typed))
                pieces = pieces[1:]
        out = {n for n, p in enumerate(pieces) if self._stays_out(p, key)}
        return Answered(typed, key, pieces, out, alone)

    def _addressed(self, typed: str, theirs: bool) -> tuple[Piece, ...]:
        """The sentences of an answer, weighed once for all budgets."""
        if (typed, theirs) not in self._weighed:
            sure = who_is_meant(self.state.meanings, typed) == THERAPIST
            pieces = addressed_pieces(typed, self.pronoun, self.names, sure)
            if not sure and self.rivals and names_nobody_else(typed, self.pronoun, self.names):
                pieces = tuple(as_typed(p) if is_of_somebody(p, typed, theirs) else p for p in pieces)
            self._weighed[typed, theirs] = pieces
        return self._weighed[typed, theirs]

    def _stays_out(self, piece: Piece, key: str) -> bool:
        """Whether words of danger stand in this sentence."""
        start, end = piece.span
        record = self.plan.to == "self"
        spans = stays_out(self.state.entries[key], self.state, self.flow.shared.safety, record)
        return any(a < end and start < b for a, b in spans)

    def _part(self, piece: str | Slot, line: Line, by: By) -> list[Part]:
        if isinstance(piece, str):
            return [Part(by, piece, line.template.source)]
        if piece.filter == "frame":
            source = f"{self.flow.id}.note.frames.{piece.name}"
            return [Part("confirmed", self.plan.frames[piece.name][self.tone], source)]
        return self.lists.parts(line, piece, self.values[piece.name])

    def _sentence(self, id: str, parts: list[Part], offered: bool) -> Sentence:
        edit = self.state.edits.get(id)
        typed = id in self.state.as_typed and any(part.by == "own" for part in parts)
        if edit == "out":
            return Sentence(id, tuple(parts), 0, "out", typed)
        return Sentence(id, tuple(parts), 0, "offered" if offered and edit != "keep" else "in", typed)

    def _pronoun(self) -> str | None:
        chosen = self.values.get("therapist_pronoun", UNSET)
        if chosen.known and chosen.values[0] != OWN_WORDS:
            return chosen.values[0]
        return infer_pronoun([v.text for v in self.values.values() if v.text is not None])


def _own_slot(template: Template) -> Slot | None:
    slots = (piece for piece in template.pieces if isinstance(piece, Slot))
    return next((slot for slot in slots if slot.filter in _OWN), None)
