"""An example of every operation: its request, its successes, and the problems it may meet.

Beside the routes and not in them, so that a route can be read. A test produces each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = "ct_" + "A" * 43 + "_00000000"
UNTIL = "2030-01-31T00:00:00Z"
ID = "cnv_AAAAAAAAAAAAAAAAAAAAAA"
SHARE = "shr_" + "A" * 22
CODE = "7KQ2-M9XD-4TRB-W3HN"
PIN = "402918"
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
    "takes": [],
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
    "doubts": [{"id": "hindered", "forms": ["she"]}],
}
CARRIED = {
    "format": 1,
    "revision": REVISION,
    "language": "en",
    "country": "GB",
    "keep_for": None,
    "entries": [
        {"key": "opening", "given": {"values": [], "text": "not heard", "skipped": False}},
        {"key": "ask", "given": {"values": [], "text": "Ask me twice", "skipped": False}},
    ],
    "meanings": {},
    "edits": {"close": "out"},
    "as_typed": [],
    "order": [],
}
EXPORT = {
    "format": 1,
    "flow": "connection",
    "title": "I don't feel a connection",
    "revision": REVISION,
    "language": "en",
    "country": "GB",
    "kept_until": UNTIL,
    "answers": [],
    "safety_answers": {},
    "note_edits": {"kept": {"close": "out"}, "as_typed": [], "order": [], "texts": {}},
    "unsent": None,
    "shares": [],
    "conversation": CARRIED,
}

ANYWHERE = ("origin-not-allowed",)
WITH_TOKEN = (*ANYWHERE, "missing-token", "conversation-not-found")
HELD = (*WITH_TOKEN, "conversation-damaged")
BODY = ("invalid-request", "too-large")
NOTED = (*HELD, "invalid-request")
MOVES = (*HELD, *BODY, "stale-version", "repeat-differs")


@dataclass(frozen=True, slots=True)
class Example:
    """One operation. `success` maps a status to a body, None where there is none; `tagged`: with an
    ETag; `matched`: takes If-Match, so that a stale version may be 412; `also`: requests of other kinds."""

    success: Mapping[int, Any]
    problems: tuple[str, ...] = ()
    request: Any = None
    also: Mapping[str, Any] = field(default_factory=dict)
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
        {"after an earlier one": {"flow": "after", "earlier": EXPORT}},
        tagged=True,
        headers=("Location",),
    ),
    "import": Example(
        {201: {**OPENED, "questions_changed": False, "left_out": 0}},
        (*ANYWHERE, *BODY, "flow-not-found", "too-many-requests"),
        EXPORT,
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
        {"version": 1, "question_id": "opening", "text": "I don't feel heard"},
        tagged=True,
        matched=True,
    ),
    "change": Example(
        {200: {"turn": TURN, "no_longer_counts": ["concerns:2"]}},
        (*MOVES, "answer-not-found"),
        {"version": 2, "text": "I don't feel a connection"},
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
    "make_resume_code": Example({201: {"code": CODE, "expires_at": UNTIL}}, HELD),
    "resume": Example(
        {200: OPENED},
        (*ANYWHERE, *BODY, "resume-code-not-found", "too-many-requests"),
        {"code": CODE},
        tagged=True,
    ),
    "export": Example({200: EXPORT}, HELD),
    "erase": Example({204: None, 202: {"last_traces_within": 60}}, WITH_TOKEN),
    "show_note": Example({200: NOTE, 304: None}, NOTED, tagged=True),
    "show_note_as_page": Example({200: f"<!doctype html>… {_NOTE_TEXT}", 304: None}, NOTED, tagged=True),
    "show_note_as_pdf": Example({200: "%PDF-1.7 …", 304: None}, NOTED, tagged=True),
    "show_note_as_text": Example({200: _NOTE_TEXT, 304: None}, NOTED, tagged=True),
    "show_note_as_markdown": Example({200: _NOTE_TEXT, 304: None}, NOTED, tagged=True),
    "edit_note": Example(
        {200: {"note": NOTE, "turn": TURN}},
        (*MOVES, "answer-not-found"),
        {
            "version": 5,
            "edits": [
                {"id": "moment", "text": "You looked at the clock while I spoke."},
                {"id": "lead", "keep": False},
                {"id": "helped.own_words", "as_typed": True},
                {"id": "ask", "place": 2},
                {"id": "hindered.own_words", "to_you": True},
                {"id": "wish", "text": None},
            ],
            "unsent": "i wanted to get up and go",
        },
        tagged=True,
        matched=True,
    ),
    "make_share": Example(
        {
            201: {
                "id": SHARE,
                "url": f"https://words.example/n/{SHARE}#{'A' * 43}",
                "qr_svg": "<svg>…</svg>",
                "pin": PIN,
                "expires_at": UNTIL,
            }
        },
        (*HELD, *BODY, "nothing-to-share", "repeat-differs"),
        {"length": "letter", "tone": "plain", "expires_in": 7, "pin": True},
    ),
    "list_shares": Example(
        {200: {"shares": [{"id": SHARE, "expires_at": UNTIL, "opens": 1, "max_views": None, "pin": True}]}},
        HELD,
    ),
    "revoke_share": Example({204: None}, (*HELD, "share-not-found")),
    "open_share": Example(
        {200: {"sealed": "AQ…", "expires_at": UNTIL}},
        (*BODY, "missing-token", "share-not-found", "pin-needed", "too-many-requests"),
        {"pin": PIN},
    ),
    "is_alive": Example({200: {"status": "ok"}}),
    "is_ready": Example({200: {"status": "ok"}}, ("storage-unavailable",)),
}
