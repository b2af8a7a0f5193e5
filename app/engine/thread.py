"""What has been said so far, for reading: the thread of a conversation, and its answers one by one."""

from dataclasses import dataclass, field

from app.engine.conditions import Value
from app.engine.flow import OWN_WORDS, Flow, Question
from app.engine.replay import replay
from app.engine.speaking import shown_answer, spoken
from app.engine.state import Entry, State
from app.engine.turn import Message


@dataclass(frozen=True, slots=True)
class Spoke:
    """A question with what was said before it and what the client answered (None: skipped)."""

    messages: tuple[Message, ...] = field(repr=False)
    prompt: Message = field(repr=False)
    answer: Message | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `counts`: it lies on the path. `private`: it stays out of the note."""

    question_id: str
    kind: str
    saves: str | None
    heading: str
    prompt: str = field(repr=False)
    values: tuple[str, ...]
    labels: tuple[str, ...]
    text: str | None = field(repr=False)
    skipped: bool
    counts: bool
    private: bool


def thread(flow: Flow, state: State) -> tuple[Spoke, ...]:
    """The conversation on its path, before the present turn."""
    out = []
    for exchange in replay(flow, state).exchanges:
        asked, replies = exchange.asked, flow.shared.replies
        prompt, own = spoken(asked.step.prompt, asked.values, replies)
        text, theirs = shown_answer(exchange.value, replies)
        answer = Message(asked.key, text, theirs, "client") if text else None
        out.append(Spoke(asked.messages, Message(asked.key, prompt, own), answer))
    return tuple(out)


def answers_given(flow: Flow, state: State) -> tuple[Said, ...]:
    """Every answer that is kept: those that count in the order of the path, then those off it."""
    now = replay(flow, state)
    out = []
    for exchange in (*now.exchanges, *((now.unsettled,) if now.unsettled else ())):
        if exchange.entry.given is None:
            continue
        step, value, saves = exchange.asked.step, exchange.value, exchange.asked.saves
        prompt = spoken(step.prompt, exchange.asked.values, flow.shared.replies)[0]
        out.append(
            _said(
                exchange.asked.key,
                step,
                exchange.entry,
                value,
                saves,
                prompt,
                _private(flow, saves, now.values),
            )
        )
    counted = {answer.question_id for answer in out}
    for key, entry in state.entries.items():
        parked = key not in counted and entry.given is not None and step_of(flow, key)
        if parked:
            out.append(_said(key, parked, entry, None, None, parked.heading, False))
    return tuple(out)


def _said(
    key: str, step: Question, entry: Entry, value: Value | None, saves: str | None, prompt: str, private: bool
) -> Said:
    given = entry.given
    assert given is not None
    own = not given.values or OWN_WORDS in given.values
    return Said(
        question_id=key,
        kind=step.kind,
        saves=saves,
        heading=step.heading or prompt,
        prompt=prompt,
        values=given.values,
        labels=tuple(label for v, label in zip(value.values, value.labels, strict=True) if v != OWN_WORDS)
        if value
        else (),
        text=given.text if own else None,
        skipped=given.skipped,
        counts=value is not None,
        private=private,
    )


def _private(flow: Flow, saves: str | None, values: dict[str, Value] | object) -> bool:
    variable = flow.variables.get(saves or "")
    consent = variable.private_unless if variable else None
    return bool(consent) and (
        not isinstance(values, dict) or values.get(consent or "", Value()).values != ("yes",)
    )


def step_of(flow: Flow, key: str) -> Question | None:
    """The question an answer's key belongs to; None where the flow has no such question any more."""
    *calls, last = [name.split(":")[0] for name in key.split("/")]
    for name in calls:
        inner = getattr(flow.steps.get(name), "flow", None) or flow.beside.get(name)
        if inner is None:
            return None
        flow = inner
    found = flow.steps.get(last)
    return found if isinstance(found, Question) else None
