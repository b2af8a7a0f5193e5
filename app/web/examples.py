"""An example of every operation: its request, its successes, and the problems it may meet.

Beside the routes and not in them, so that a route can be read. A test produces each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = "ct_" + "A" * 43 + "_00000000"
UNTIL = "2030-01-31T00:00:00Z"
ID = "cnv_AAAAAAAAAAAAAAAAAAAAAA"
REVISION = "sha256:" + "0" * 64

CONTACT = {
    "name": "Samaritans",
    "call": "116 123",
    "text_chat": None,
    "hours": "day and night",
    "site": "https://www.samaritans.org/",
}
QUESTION: dict[str, Any] = {
    "id": "moment",
    "kind": "ask",
    "saves": "moment",
    "prompt": "Was there one time when you felt it?",
    "own": [],
    "hint": "What happened, in a line or two.",
    "why": None,
    "skip": "I can't think of one",
    "options": [],
    "none": None,
    "own_words": True,
    "low": None,
    "high": None,
    "max_length": 4000,
    "prefill": None,
}
TURN: dict[str, Any] = {
    "version": 5,
    "messages": [
        {"id": "m1", "text": "You said “not heard”.", "own": [[10, 19]], "speaker": "bot", "language": None}
    ],
    "question": QUESTION,
    "progress": {"step": 2, "of": 6},
    "can_go_back": True,
    "can_skip": True,
    "finished": False,
    "support": {"shown": False, "route": None, "contacts": [CONTACT]},
}
FLOW = {
    "id": "connection",
    "title": "I don't feel a connection",
    "languages": ["en"],
    "minutes": 8,
    "revision": REVISION,
}
OPENED = {"id": ID, "token": TOKEN, "expires_at": UNTIL, "turn": TURN}
NOTE = {
    "note": "connection",
    "to": "therapist",
    "revision": REVISION,
    "language": "en",
    "length": "letter",
    "tone": "plain",
    "answers": {"moment": "She looked at the clock"},
    "sentences": [
        {
            "id": "moment",
            "text": "One time: you looked at the clock.",
            "paragraph": 2,
            "state": "in",
            "as_typed": False,
            "parts": [
                {"by": "confirmed", "text": "One time: ", "source": "connection.note.moment.text"},
                {
                    "by": "own",
                    "text": "you looked at the clock.",
                    "answer": "moment",
                    "span": [0, 23],
                    "changes": [
                        {"rule": "address", "at": 0, "was": "She", "now": "you"},
                        {"rule": "full_stop", "at": 23, "was": "", "now": "."},
                    ],
                },
            ],
        }
    ],
}
EXPORT = {"format": 1, "id": ID, "expires_at": UNTIL, "flow": "connection", "answers": []}

ANYWHERE = ("origin-not-allowed",)
WITH_TOKEN = (*ANYWHERE, "missing-token", "conversation-not-found")
HELD = (*WITH_TOKEN, "conversation-damaged")
BODY = ("invalid-request", "too-large")
NOTED = (*HELD, "invalid-request")
MOVES = (*HELD, *BODY, "stale-version", "repeat-differs")


@dataclass(frozen=True, slots=True)
class Example:
    """One operation. `success` maps a status to a body, None where there is none; `tagged`: with an
    ETag; `matched`: takes If-Match, so that a stale version may be 412."""

    success: Mapping[int, Any]
    problems: tuple[str, ...] = ()
    request: Any = None
    tagged: bool = False
    matched: bool = False
    headers: tuple[str, ...] = field(default=())


_NOTE_TEXT = "One time: you looked at the clock.\n"
BY_OPERATION: Mapping[str, Example] = {
    "list_flows": Example({200: {"flows": [FLOW]}, 304: None}, ANYWHERE, tagged=True),
    "show_flow": Example({200: FLOW, 304: None}, (*ANYWHERE, "flow-not-found"), tagged=True),
    "begin": Example(
        {201: OPENED},
        (*ANYWHERE, *BODY, "flow-not-found", "too-many-requests"),
        {"flow": "connection", "language": "en", "country": "GB"},
        tagged=True,
        headers=("Location",),
    ),
    "look": Example(
        {
            200: {
                "turn": TURN,
                "answers": [
                    {"question_id": "opening", "saves": "opening", "text": "not heard", "counts": True}
                ],
                "expires_at": UNTIL,
            },
            304: None,
        },
        HELD,
        tagged=True,
    ),
    "answer": Example(
        {200: {"turn": TURN}},
        (*MOVES, "not-the-question", "conversation-finished"),
        {"version": 4, "question_id": "moment", "text": "She looked at the clock"},
        tagged=True,
        matched=True,
    ),
    "change": Example(
        {200: {"turn": TURN, "no_longer_counts": ["concerns:2"]}},
        (*MOVES, "answer-not-found"),
        {"version": 5, "values": ["unheard"]},
        tagged=True,
        matched=True,
    ),
    "go_back": Example(
        {200: {"turn": TURN}}, (*MOVES, "nothing-to-go-back-to"), {"version": 5}, tagged=True, matched=True
    ),
    "set_up": Example(
        {200: {"turn": TURN, "expires_at": UNTIL}},
        MOVES,
        {"country": "IE", "keep_for": 3},
        tagged=True,
        matched=True,
    ),
    "leave": Example({204: None}, HELD),
    "make_resume_code": Example({201: {"code": "7KQ2-M9XD-4TRB-W3HN", "expires_at": UNTIL}}, HELD),
    "resume": Example(
        {200: OPENED},
        (*ANYWHERE, *BODY, "resume-code-not-found", "too-many-requests"),
        {"code": "7KQ2-M9XD-4TRB-W3HN"},
        tagged=True,
    ),
    "export": Example({200: EXPORT}, HELD),
    "erase": Example({204: None, 202: {"last_traces_within": 60}}, WITH_TOKEN),
    "show_note": Example({200: NOTE, 304: None}, NOTED, tagged=True),
    "show_note_as_page": Example({200: f"<!doctype html>… {_NOTE_TEXT}", 304: None}, NOTED, tagged=True),
    "show_note_as_text": Example({200: _NOTE_TEXT, 304: None}, NOTED, tagged=True),
    "show_note_as_markdown": Example({200: _NOTE_TEXT, 304: None}, NOTED, tagged=True),
    "edit_note": Example(
        {200: {"note": NOTE, "turn": TURN}},
        (*MOVES, "answer-not-found"),
        {"version": 5, "edits": [{"id": "moment", "as_typed": True}, {"id": "close", "keep": False}]},
        tagged=True,
        matched=True,
    ),
    "is_alive": Example({200: {"status": "ok"}}),
    "is_ready": Example({200: {"status": "ok"}}, ("storage-unavailable",)),
}
