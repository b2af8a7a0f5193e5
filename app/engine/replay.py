"""Where a conversation stands: the flow walked from its start along the answers that were given.

Back, edits and undo need no machinery of their own. They change answers, and the walk is made
again: what lies off the path is parked, and comes back when the path does. Nothing here changes a
state; `dialogue.py` does.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.engine.checks import (
    GRANTED,
    OWN_NOTE,
    Checking,
    pending_check,
    routes_heard,
    said_after,
    stays_out,
    taken,
    tell_them_pending,
    things_meant,
)
from app.engine.conditions import UNSET, Value, holds
from app.engine.errors import FlowNeverWaits
from app.engine.flow import Assign, Call, End, Flow, Option, Question, Say
from app.engine.languages import language_of
from app.engine.speaking import only_english, said
from app.engine.state import Entry, State
from app.engine.support import filled, who_to_ask
from app.engine.turn import Message
from app.engine.values import assigned, brought_along, is_offered, next_of, starting, value_of

# No honest flow takes so many steps between two answers; more is a circle that asks nothing.
MOST_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question at its place: the answer's key, the step, what is known there, and what was said
    since the answer before it. `saves` is a variable of the flow that was begun, or None."""

    key: str
    step: Question
    values: Mapping[str, Value] = field(repr=False)
    messages: tuple[Message, ...] = field(repr=False)
    saves: str | None
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question on the path with the answer that counts."""

    asked: Waiting
    entry: Entry = field(repr=False)
    value: Value = field(repr=False)


@dataclass(frozen=True, slots=True)
class Replay:
    """A walk. Exactly one of `waiting`, `check`, `ended` says how it stopped. `messages` were said
    since the last answer; `values` are those of the flow that was begun; `part` counts from 1.
    `unsettled` is the answer whose words are being asked about; `within` are the variables of the flows
    with a note of their own that were gone through."""

    exchanges: tuple[Exchange, ...]
    messages: tuple[Message, ...]
    waiting: Waiting | None
    check: Checking | None
    ended: str | None
    values: Mapping[str, Value]
    part: int
    unsettled: Exchange | None
    within: Mapping[str, Mapping[str, Value]]

    @property
    def counted(self) -> tuple[str, ...]:
        """The keys of the answers that count, in order."""
        return tuple(e.asked.key for e in self.exchanges)


def replay(flow: Flow, state: State) -> Replay:
    """Walk `flow` along the answers of `state`.

    Raises FlowNeverWaits where the flow goes round without asking.
    """
    walk = _Walk(flow, state)
    walk.ended = walk.at_earlier()
    if not (walk.waiting or walk.check or walk.ended):
        walk.ended = walk.through(flow, "", walk.values, {})
    walk.at_note()
    if walk.ended == "note" and walk.check is None and walk.may_tell_them:
        walk.check = tell_them_pending(state, flow.shared.safety)
        walk.ended = None if walk.check else "note"
    return Replay(
        tuple(walk.exchanges),
        tuple(walk.messages),
        walk.waiting,
        walk.check,
        walk.ended,
        walk.values,
        max(walk.part, 1),
        walk.unsettled,
        walk.within,
    )


class _Walk:
    def __init__(self, flow: Flow, state: State) -> None:
        self.flow, self.state = flow, state
        self.values: dict[str, Value] = {**dict(starting(flow)), **dict(brought_along(flow, state))}
        self.exchanges: list[Exchange] = []
        self.messages: list[Message] = []
        self.waiting: Waiting | None = None
        self.check: Checking | None = None
        self.ended: str | None = None
        self.part = 0
        self.unsettled: Exchange | None = None
        self.quiet = False
        self.told: tuple[Message, ...] = ()
        self.other_language = False
        self.left = MOST_STEPS
        self.visits: Counter[str] = Counter()
        self.within: dict[str, Mapping[str, Value]] = {}
        self.misconduct = "misconduct" in routes_heard(state, flow.shared.safety)
        self.granted = state.meanings.get(GRANTED)

    @property
    def to_therapist(self) -> bool:
        """Whether what leads to this flow's note for the therapist is asked."""
        return not self.misconduct or self.granted == OWN_NOTE

    @property
    def may_tell_them(self) -> bool:
        """Whether a note comes of this in which thoughts of dying could be told to the therapist."""
        plan = self.flow.note
        return self.to_therapist and plan is not None and plan.to != "self" and not plan.closes

    def through(
        self, flow: Flow, path: str, values: dict[str, Value], outer: Mapping[str, str]
    ) -> str | None:
        """Walk one flow to its end; the kind of end, or None where the walk stopped to wait.
        `outer` maps this flow's variables to those of the flow that was begun."""
        step_id = flow.start
        while True:
            self.left -= 1
            if self.left < 0:
                raise FlowNeverWaits(f'flow "{flow.id}" goes round at step "{step_id}" without asking')
            step = flow.steps[step_id]
            if not path and step_id in flow.parts:
                self.part = max(self.part, flow.parts.index(step_id) + 1)
            if isinstance(step, End):
                return step.kind
            if isinstance(step, Say | Question | Call) and self.passes_by(step, path):
                pass
            elif isinstance(step, Say):
                self.speak(flow, path, step, values)
            elif isinstance(step, Question):
                ended = self.at_question(flow, step, path, values, outer)
                if self.waiting or self.check or ended:
                    return ended
            elif isinstance(step, Assign):
                values[step.variable] = assigned(flow, step, values.get(step.variable, UNSET))
            elif isinstance(step, Call):
                ended = self.into(step, path, values, outer)
                if self.waiting or self.check or ended:
                    return ended
            step_id = next_of(step.next, values)

    def at_earlier(self) -> str | None:
        """What was brought along is asked about like an answer, before anything is said."""
        for key, entry in self.state.brought():
            self.check = pending_check(key, entry, self.state, self.flow.shared.safety)
            if self.check is not None:
                return None
            self.messages += self.said_of(entry)
            self.quiet = self.quiet or bool(stays_out(entry, self.state, self.flow.shared.safety))
            ended = self.led_away(entry)
            if self.waiting or self.check or ended:
                return ended
        return None

    def said_of(self, entry: Entry) -> list[Message]:
        """What the answers to the safety questions about these words call for."""
        lines = said_after(entry, self.state, self.flow.shared.safety)
        help, country = self.flow.shared.help, self.state.country
        return [Message("safety/said", filled(line, help, country)) for line in lines]

    def speak(self, flow: Flow, path: str, step: Say, values: dict[str, Value]) -> None:
        """Say it; but after a page of help one quiet line stands for all that would be said."""
        replies, help = flow.shared.replies, flow.shared.help
        if self.quiet:
            self.messages = [*self.told, Message("after_help", replies["after_help"])]
        elif message := said(path + step.id, step.text, values, replies):
            self.messages.append(message)
            rows = who_to_ask(help, self.state.country) if step.shows else ()
            self.messages += [Message(f"{path}{step.id}.{n}", row) for n, row in enumerate(rows, 1)]

    def passes_by(self, step: Say | Question | Call, path: str) -> bool:
        """Whether a step is left out, because it leads to a note for the therapist and none is made, or
        because it belongs to the client's own record; never where its answer is there already. A record
        that a page led to is not begun again."""
        if step.only_for is None:
            return False
        if step.only_for == "therapist" and self.to_therapist:
            return False
        if step.only_for == "self" and self.misconduct and not self.granted:
            return isinstance(step, Call) and step.flow.id in self.within
        if isinstance(step, Call):
            begun = any(key.startswith(f"{path}{step.id}/") for key in self.state.entries)
            return step.only_for == "self" or not begun
        return isinstance(step, Say) or path + step.id not in self.state.entries

    def into(self, step: Call, path: str, values: dict[str, Value], outer: Mapping[str, str]) -> str | None:
        """Go through a called flow and take back what it returns."""
        inner = dict(starting(step.flow))
        inner |= {theirs: values.get(ours, UNSET) for theirs, ours in step.gives.items()}
        names = {theirs: (outer.get(ours, "") if path else ours) for ours, theirs in step.saves.items()}
        has_note = step.flow.note is not None
        if has_note:
            self.within[step.flow.id] = inner
        ended = self.through(step.flow, self._key(path + step.id) + "/", inner, names)
        if ended == "return" or (ended == "note" and has_note):
            values.update({ours: inner.get(theirs, UNSET) for ours, theirs in step.saves.items()})
            return None
        return ended

    def led_away(self, entry: Entry) -> str | None:
        """End where the page of these words said so; else go through the flow it led to, once, and then one
        quiet line again."""
        options = taken(entry, self.state, self.flow.shared.safety)
        if any(option.ends for option in options):
            return "safe_exit"
        option = next((o for o in options if o.call in self.flow.beside), None)
        if option is None or option.call in self.within:
            return None
        inner = self.flow.beside[option.call or ""]
        line = filled(option.line or "", self.flow.shared.help, self.state.country)
        self.messages = [*([Message("safety/said", line)] if line else []), *self.told]
        self.quiet = False
        ended = self.into(Call(inner.id, inner, {}, {}, ()), "", self.values, {})
        self.quiet = True
        return ended

    def at_question(
        self, flow: Flow, step: Question, path: str, values: dict[str, Value], outer: Mapping[str, str]
    ) -> str | None:
        """Take the answer that was given here, or stop and wait for one."""
        key = self._key(path + step.id)
        saves = (outer.get(step.saves or "") or None) if path else step.saves
        options = tuple(o for o in step.options if holds(o.condition, values))
        asked = Waiting(key, step, dict(values), tuple(self.messages), saves, options)
        entry = self.state.entries.get(key)
        if entry is None or entry.undone or not is_offered(entry, step, options):
            self.waiting = asked
            return None
        texts = flow.shared.safety
        self.check = pending_check(key, entry, self.state, texts)
        value = value_of(key, step, entry, things_meant(entry, self.state, texts)) if entry.given else UNSET
        if self.check is not None:
            self.unsettled = Exchange(asked, entry, value)
            return None
        if entry.given is not None:
            if step.saves and not (value.status == "skipped" and values.get(step.saves, UNSET).known):
                values[step.saves] = value
            self.exchanges.append(Exchange(asked, entry, value))
            self.told = self.first_in_another_language(entry.given.text, flow)
            self.messages = [*self.said_of(entry), *self.told]
            self.quiet = bool(stays_out(entry, self.state, texts))
        ended = self.led_away(entry)
        if entry.given is None and not (self.waiting or self.check or ended):
            self.waiting = replace(asked, messages=tuple(self.messages))
        return ended

    def at_note(self) -> None:
        """What was typed at the note is asked about like an answer, before anything else that waits."""
        texts, entries = self.flow.shared.safety, self.state.at_note()
        for key, entry in entries if self.check is None else ():
            stood = self.waiting, self.ended, self.messages, self.quiet
            self.waiting = self.ended = None
            self.check = pending_check(key, entry, self.state, texts)
            self.ended = None if self.check else self.led_away(entry)
            if self.waiting or self.check or self.ended:
                return
            self.waiting, self.ended, self.messages, self.quiet = stood
        if entries and entries[-1][0] == [*self.state.entries][-1]:  # nothing was answered since
            self.messages += self.said_of(entries[-1][1])

    def first_in_another_language(self, text: str | None, flow: Flow) -> tuple[Message, ...]:
        """That only English is understood, after the first text on the path that is none."""
        language = language_of(text) if text and not self.other_language else None
        self.other_language = self.other_language or language is not None
        return only_english(language, flow.shared.replies) if language else ()

    def _key(self, place: str) -> str:
        self.visits[place] += 1
        return place if self.visits[place] == 1 else f"{place}:{self.visits[place]}"
