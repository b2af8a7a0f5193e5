"""How the house's classes take the shapes of `shapes.py`, and how those leave as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from pydantic_core import to_json
from starlette.responses import Response

from app.engine import OWN_WORDS, Asked, Doubt, Message, Note, Prefill, Turn
from app.service import CameIn, FlowCard, Opened, Said
from app.web import shapes


def as_json(told: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response of JSON, serialised once."""
    return Response(to_json(told), status, dict(headers or {}), "application/json")


def tag(version: int) -> dict[str, str]:
    """The ETag of a version."""
    return {"ETag": f'"{version}"'}


def turn_out(turn: Turn) -> shapes.TurnOut:
    """A turn in the contract's shape."""
    support = turn.support
    return {
        "version": turn.version,
        "messages": [message_out(each) for each in turn.messages],
        "question": None if turn.question is None else question_out(turn.question),
        "progress": {"step": turn.progress.step, "of": turn.progress.of},
        "can_go_back": turn.can_go_back,
        "can_skip": turn.can_skip,
        "finished": turn.finished,
        "support": {
            "shown": support.shown,
            "route": support.route,
            "contacts": [
                {
                    "name": each.name,
                    "call": each.call or None,
                    "text_chat": each.text_chat or None,
                    "hours": each.hours or None,
                    "site": each.site or None,
                }
                for each in support.contacts
            ],
        },
    }


def message_out(message: Message) -> shapes.MessageOut:
    """Words of a turn."""
    return {
        "id": message.id,
        "text": message.text,
        "own": list(message.own),
        "speaker": message.speaker,
        "language": message.language,
    }


def question_out(asked: Asked) -> shapes.QuestionOut:
    """The question of a turn."""
    return {
        "id": asked.id,
        "kind": asked.kind,
        "saves": asked.saves,
        "prompt": asked.prompt,
        "own": list(asked.own),
        "hint": asked.hint,
        "why": asked.why,
        "skip": asked.skip or None,
        "options": [
            {"value": each.value, "label": each.label, "group": each.group or None, "more": each.more}
            for each in asked.options
        ],
        "none": asked.none,
        "own_words": asked.own_words,
        "low": asked.low,
        "high": asked.high,
        "max_length": asked.max_length,
        "prefill": None if asked.prefill is None else prefill_out(asked.prefill, asked.kind),
    }


def prefill_out(prefill: Prefill, kind: str) -> shapes.PrefillOut:
    """What stands in the question already."""
    told: shapes.PrefillOut = {}
    values = _chosen(prefill.values)
    if values and kind == "pick":
        told["values"] = values
    elif values:
        told["value"] = values[0]
    if prefill.text is not None:
        told["text"] = prefill.text
    return told


def answer_out(said: Said) -> shapes.AnswerOut:
    """An answer that was given."""
    told: shapes.AnswerOut = {"question_id": said.question_id, "saves": said.saves, "counts": said.counts}
    values = _chosen(said.values)
    if said.skipped:
        told["skipped"] = True
    elif said.kind == "pick" and (values or said.text is None):
        told["values"] = values
    elif values:
        told["value"] = values[0]
    if said.text is not None:
        told["text"] = said.text
    return told


def _chosen(values: tuple[str, ...]) -> list[str]:
    """The options among the values: own words beside them are the text."""
    return [value for value in values if value != OWN_WORDS]


def flow_out(card: FlowCard) -> shapes.FlowOut:
    """A flow on offer."""
    return {
        "id": card.id,
        "title": card.title,
        "languages": list(card.languages),
        "minutes": card.minutes,
        "revision": card.revision,
        "takes": list(card.takes),
    }


def note_out(note: Note, doubts: Iterable[Doubt]) -> shapes.NoteOut:
    """A note, sentence by sentence, with whose words each part is, and what can be asked about them."""
    asked = [{"id": doubt.sentence, "forms": list(doubt.forms)} for doubt in doubts]
    return cast("shapes.NoteOut", {**note.as_json(), "doubts": asked})


def next_out(turn: Turn) -> shapes.NextOut:
    """The next turn."""
    return {"turn": turn_out(turn)}


def opened_out(opened: Opened) -> shapes.OpenedOut:
    """A conversation just opened, with the token that opens it."""
    return {
        "id": opened.id,
        "token": opened.token,
        "expires_at": opened.expires_at,
        "turn": turn_out(opened.turn),
    }


def imported_out(came: CameIn) -> shapes.ImportedOut:
    """A conversation that came in from a file."""
    return {
        **opened_out(came.opened),
        "questions_changed": came.changed,
        "left_out": came.left_out,
    }


def note_as_json(note: Note, doubts: Iterable[Doubt]) -> str:
    """A note as JSON text."""
    return to_json(note_out(note, doubts)).decode()
