"""Runs a flow's transcripts. Between every two turns the state is written and read again, as in use."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.engine import (
    Answer,
    EngineError,
    Entry,
    Flow,
    Given,
    Heard,
    Length,
    Moved,
    Note,
    Sentence,
    Tone,
    Turn,
    advance,
    begin,
    change,
    compose,
    current,
    from_text,
    go_back,
    hear,
    to_text,
)
from app.engine import replay as walk
from app.engine.flow import LENGTHS, TONES, Assign, Branch, Decide, Step
from app.engine.state import EARLIER
from app.flows.transcripts import Line, Transcript


@dataclass(frozen=True, slots=True)
class Failure:
    """A claim that does not hold: the place, what was claimed, what is."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """As an author sees it."""
        return f"{self.file}:{self.line}: {self.message}"


def run(flow: Flow, transcript: Transcript) -> list[Failure]:
    """Go through a transcript; stops at the first claim that does not hold."""
    runner = _Runner(flow)
    for line in transcript.lines:
        try:
            runner.take(line)
        except (_Claim, EngineError) as wrong:
            return [Failure(transcript.file, line.number, str(wrong))]
    return []


class _Claim(Exception):
    """A claim that does not hold."""


def _claim(holds: bool, message: str) -> None:
    if not holds:
        raise _Claim(message)


class _Runner:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.given: list[tuple[str, str]] = []
        self.from_step: str | None = None
        self.country: str | None = None
        self.earlier: dict[str, str] = {}
        self.moved: Moved | None = None
        self.unspoken: list[str] = []
        self.editing: str | None = None
        self.typed: str | None = None  # key of the answer typed last

    def take(self, line: Line) -> None:
        """One line of the transcript."""
        if line.word == "start":
            self.from_step = line.rest
        elif line.word == "given":
            name, _, value = line.rest.partition("=")
            self.given.append((name.strip(), value.strip()))
        elif line.word == "country":
            self.country = line.rest
        elif line.word == "earlier":
            name, _, said = line.rest.partition("=")
            self.earlier[name.strip()] = said.strip()
        else:
            taken: Callable[[Line], None] = getattr(self, f"_{line.word}")
            taken(line)

    @property
    def turn(self) -> Turn:
        """The turn as it stands; the first line that needs one begins the conversation."""
        return self._now().turn

    def _now(self) -> Moved:
        if self.moved is None:
            flow = _starting_at(self.flow, self.from_step, self.given)
            self.flow = flow
            self._to(with_words(flow, begin(flow, country=self.country), self.earlier))
        assert self.moved is not None  # noqa: S101  set just above
        return self.moved

    def _to(self, moved: Moved) -> None:
        state = from_text(to_text(moved.state))
        _claim(state == moved.state, "the state is another one once written and read")
        self.moved = replace(moved, state=state)
        turn = moved.turn
        self.unspoken = [m.id for m in turn.messages if m.speaker == "bot"]
        self.unspoken += [turn.question.id] if turn.question else []

    def _bot(self, line: Line) -> None:
        turn = self.turn
        spoken = [id.partition(".")[0] if id.startswith("safety/") else id for id in self.unspoken]
        _claim(line.rest in spoken, f'"{line.rest}" does not speak here; what comes is {self._coming()}')
        # A page of help says several lines under one name; the last of them is its question.
        self.unspoken = self.unspoken[len(spoken) - spoken[::-1].index(line.rest) :]
        if line.fragment is not None:
            told = [m.text for m in turn.messages if line.rest in (m.id, m.id.rpartition(".")[0])]
            if turn.question and turn.question.id == line.rest:
                told += [turn.question.prompt, *(m.text for m in turn.messages if m.id == "again")]
            _claim(any(line.fragment in text for text in told), f'"{line.rest}" says something else')

    def _coming(self) -> str:
        return ", ".join(self.unspoken) or "the end"

    def _you(self, line: Line) -> None:
        self.turn  # noqa: B018  begins the conversation, if nothing has
        self._answer(Answer(self._asked(), text=self._heard(line.rest)))

    def _heard(self, typed: str) -> Heard:
        """What was typed; `\\u200b` stands for a character that cannot be seen, `\\n` for a new line."""
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), typed)
        return hear(self.flow.shared.net, text.replace("\\n", "\n"))

    def _pick(self, line: Line) -> None:
        values = tuple(value.strip() for value in line.rest.split(",") if value.strip())
        words = None if line.fragment is None else self._heard(line.fragment)
        self._answer(Answer(self._asked(), values, words))

    def _skip(self, line: Line) -> None:
        self._answer(Answer(self._asked(), skipped=True))

    def _back(self, line: Line) -> None:
        self._to(go_back(self.flow, self._now().state))

    def _edit(self, line: Line) -> None:
        self.editing = line.rest

    def _asked(self) -> str:
        question = self.turn.question
        if self.editing:
            return self.editing
        _claim(question is not None, "nothing is asked any more")
        assert question is not None  # noqa: S101  claimed above
        left = [id for id in self.unspoken if id == question.id]
        _claim(not left, f'"{question.id}" is asked here; name it with "bot:" first')
        return question.id

    def _answer(self, answer: Answer) -> None:
        state = self._now().state
        if answer.text is not None and not answer.question_id.startswith("safety/"):
            self.typed = answer.question_id
        if self.editing:
            self.editing = None
            self._to(change(self.flow, state, answer))
        else:
            self._to(advance(self.flow, state, answer))

    def _understood(self, line: Line) -> None:
        concept, _, status = line.rest.partition(" ")
        state = self._now().state
        heard = {m.concern: m.status for m in state.entries[self.typed or ""].mentions}
        for exchange in walk(self.flow, state).exchanges:
            if exchange.asked.key == self.typed:
                heard = dict(exchange.value.mentions)
        if concept == "nothing":
            _claim(not heard, f"understood: {heard}")
        else:
            held = heard.get(concept) == status if status else concept in heard
            _claim(held, f"understood: {heard or 'nothing'}")

    def _safety(self, line: Line) -> None:
        question = self.turn.question
        asks = question is not None and question.id.startswith("safety/")
        if line.rest == "none":
            _claim(not asks, f"the net asks: {self._coming()}")
            return
        route, _, certainty = line.rest.partition(" ")
        found = [(f.route, f.certainty) for e in self._now().state.entries.values() for f in e.findings]
        _claim(asks and (route, certainty) in found, f"the net heard {found or 'nothing'}")

    def _parked(self, line: Line) -> None:
        state = self._now().state
        _claim(line.rest in state.entries, f'there is no answer "{line.rest}"')
        _claim(line.rest not in walk(self.flow, state).counted, f'"{line.rest}" counts')

    def _end(self, line: Line) -> None:
        ended = walk(self.flow, self._now().state).ended
        _claim(ended == line.rest, f"the conversation is at {ended or self._coming()}")

    def _note(self, line: Line) -> None:
        length: Length = next((word for word in LENGTHS if word in line.how), "letter")
        tone: Tone = next((word for word in TONES if word in line.how), "plain")
        note = compose(self.flow, self._now().state, length, tone)
        verb, _, named = line.rest.partition(" ")
        if verb == "to":
            _claim(note.to == named, f"the note is to {note.to}")
            return
        wanted = {"has": "in", "lacks": "in", "offers": "offered"}.get(verb)
        _claim(wanted is not None, 'write "has", "lacks", "offers" or "to"')
        there = any(_is(s, named, line.fragment) for s in note.sentences if s.state == wanted)
        _claim(there == (verb != "lacks"), f"the {length} says: {_told(note)}")


def _is(sentence: Sentence, named: str, fragment: str | None) -> bool:
    if fragment is not None and fragment not in sentence.text:
        return False
    section, _, value = named.partition(".")
    if not named or sentence.id == named or sentence.id.startswith(f"{named}."):
        return True
    chosen = {(p.source or "").partition(".")[2] for p in sentence.parts if p.by == "chosen"}
    return sentence.id == section and value in chosen


def _told(note: Note) -> str:
    return " / ".join(f"[{s.id}] {s.text}" for s in note.sentences if s.state == "in") or "nothing"


def with_words(flow: Flow, moved: Moved, words: Mapping[str, str]) -> Moved:
    """The same with these words, by variable, as if an earlier conversation had brought them along: an
    option's value where the variable has some, else typed words."""
    state = moved.state
    for name, said in words.items():
        known = name in flow.variables and flow.variables[name].values
        heard = None if known else hear(flow.shared.net, said)
        given = Given((said,)) if heard is None else Given(text=said)
        state = state.with_entry(EARLIER + name, Entry(given, heard.findings if heard else ()))
    return Moved(state, current(flow, state)) if words else moved


def _starting_at(flow: Flow, step: str | None, given: list[tuple[str, str]]) -> Flow:
    """The same flow, begun at a step with some variables set, for tests of one place."""
    if step is None and not given:
        return flow
    first: dict[str, Step] = {}
    for n, (name, value) in enumerate(given):
        first[f"given_{n}"] = Assign(f"given_{n}", name, value, (Branch(None, f"given_{n + 1}"),))
    first[f"given_{len(given)}"] = Decide(f"given_{len(given)}", (Branch(None, step or flow.start),))
    return replace(flow, steps={**first, **flow.steps})
