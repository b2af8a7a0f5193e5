"""A note composed from a conversation: authors' sentences that the client chose, and the client's words.

Whose note it is and what goes into it is decided here; how its sentences are made in `composing.py`. After
a therapist's misconduct the note is the client's own record, until they ask for another (the clinical
guide, 4.5 and 6).
"""

from collections.abc import Mapping
from dataclasses import replace

from app.engine.composing import Composer
from app.engine.conditions import UNSET, Value
from app.engine.flow import Flow, Length, Tone
from app.engine.ordering import in_order
from app.engine.provenance import Note, Sentence
from app.engine.record import record_sentences, said_in, whose_note
from app.engine.replay import replay
from app.engine.rewording import reworded
from app.engine.state import State


def compose(flow: Flow, state: State, length: Length = "letter", tone: Tone = "plain") -> Note:
    """The note as it stands, at any time of a conversation."""
    now = replay(flow, state)
    whose = whose_note(flow, state)
    plan = whose.note if whose else None
    values = now.values if whose is flow else now.within.get(whose.id, {}) if whose else {}
    made = (
        Composer(whose, plan, state, _readable(flow, values), length, tone).sentences()
        if whose and plan
        else []
    )
    for_self = plan is None or not (made if whose is flow else [s for s in made if s.state != "offered"])
    if plan and plan.to != "self" and not for_self:
        made = reworded(made, state, flow.shared.safety)
    if plan is None or for_self or plan.to == "self":
        exchanges = said_in(now, None if for_self else tuple(flow.beside))
        private = _private(flow, now.values)
        record = record_sentences(exchanges, flow.shared.replies, private, len(made))
        made = [*([] if for_self else made), *(_edited(s, state) for s in record)]
    made = in_order(made, state.order)
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
