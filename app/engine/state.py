"""All that a conversation remembers, and its text form.

A state is the flow's revision and one ordered map from answer key to entry. Everything else (where
the conversation stands, what is off the path) falls out of a replay. Beside it stand what unclear
words turned out to mean, the client's edits of the note, and their settings.

Words typed at the note, and those brought along from an earlier conversation, are entries too, under keys
that no question has (`NOTE`, `UNSENT`, `EARLIER`): so the net, the meanings and the export know them, and
the path does not.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.engine.safety import Finding

FORMAT = 1
NOTE = "note/"
"""With a sentence's id behind it: the key of the client's own wording of that sentence."""
UNSENT = "unsent"
"""The key of what the client would say if nobody ever read it."""
LONGEST_LINE, LONGEST_UNSENT, LONGEST_ANSWER = 1_000, 10_000, 8_000
"""Characters of a sentence in other words, of what nobody reads, and of the longest answer to a question."""
EARLIER = "earlier/"
"""With a variable behind it: the key of what was brought along from an earlier conversation."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the client gave. `nothing`: words were kept that say nothing ("idk")."""

    values: tuple[str, ...] = ()
    text: str | None = field(default=None, repr=False)
    skipped: bool = False
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A concern heard in a text; `span` in code points of what was typed."""

    concern: str
    status: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer with what was heard in it. `given` is None where a text answered nothing but was
    heard; `undone`: taken back by Back, kept as prefill. `over`: of a sentence put in other words, a
    digest of what stood there before."""

    given: Given | None
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    undone: bool = False
    over: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A conversation.

    `version` rises with each change. `meanings` holds the answers to safety questions, by question
    id and digest of the words asked about: the same words never ask twice, and an edit of other
    words disturbs nothing. `edits` maps a note's sentence id to `keep` or `out`; `as_typed` are the
    sentences in which our changes are taken back, `order` is how the client arranged the note.
    `country` is ISO 3166 or None (not told). `keep_for`: days the client chose to have it kept.
    """

    revision: str
    version: int = 1
    language: str = "en"
    country: str | None = None
    keep_for: int | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    meanings: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, str] = field(default_factory=dict)
    as_typed: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def with_entry(self, key: str, entry: Entry) -> "State":
        """The state with this answer, in its old place or at the end; the version unchanged."""
        return replace(self, entries={**self.entries, key: entry})

    def at_note(self) -> tuple[tuple[str, Entry], ...]:
        """What was typed at the note and not taken back, oldest first."""
        return tuple(
            (key, entry)
            for key, entry in self.entries.items()
            if (key == UNSENT or key.startswith(NOTE)) and not entry.undone
        )

    def brought(self) -> tuple[tuple[str, Entry], ...]:
        """What was brought along from an earlier conversation, and not taken back."""
        return tuple((k, e) for k, e in self.entries.items() if k.startswith(EARLIER) and not e.undone)

    def moved(self) -> "State":
        """The state one version on."""
        return replace(self, version=self.version + 1)


def to_text(state: State) -> str:
    """The state as JSON text, for sealing."""
    return json.dumps(
        {
            "format": FORMAT,
            "revision": state.revision,
            "version": state.version,
            "language": state.language,
            "country": state.country,
            "keep_for": state.keep_for,
            "entries": {key: _entry_out(entry) for key, entry in state.entries.items()},
            "meanings": dict(state.meanings),
            "edits": dict(state.edits),
            "as_typed": state.as_typed,
            "order": state.order,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str) -> State:
    """The state that `to_text` wrote."""
    read = json.loads(text)
    before = tuple(id for id, edit in read["edits"].items() if edit == "as_typed")  # as it was kept once
    return State(
        revision=read["revision"],
        version=read["version"],
        language=read["language"],
        country=read["country"],
        keep_for=read["keep_for"],
        entries={key: _entry_in(entry) for key, entry in read["entries"].items()},
        meanings=read["meanings"],
        edits={id: edit for id, edit in read["edits"].items() if id not in before},
        as_typed=(*read.get("as_typed", ()), *before),
        order=tuple(read.get("order", ())),
    )


def _entry_out(entry: Entry) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if entry.given is not None:
        given = entry.given
        out["given"] = {"values": given.values, "text": given.text}
        out["given"] |= {"skipped": True} if given.skipped else {}
        out["given"] |= {"nothing": True} if given.nothing else {}
    if entry.findings:
        out["findings"] = [
            [f.family, f.route, f.certainty, f.question, f.page, list(f.span), f.digest, f.rule]
            for f in entry.findings
        ]
    if entry.mentions:
        out["mentions"] = [[m.concern, m.status, list(m.span)] for m in entry.mentions]
    if entry.undone:
        out["undone"] = True
    if entry.over:
        out["over"] = entry.over
    return out


def _entry_in(read: dict[str, Any]) -> Entry:
    given = read.get("given")
    return Entry(
        given=None
        if given is None
        else Given(
            values=tuple(given["values"]),
            text=given["text"],
            skipped=given.get("skipped", False),
            nothing=given.get("nothing", False),
        ),
        findings=tuple(
            Finding(family, route, certainty, question, page, (span[0], span[1]), digest, rule)
            for family, route, certainty, question, page, span, digest, rule in read.get("findings", ())
        ),
        mentions=tuple(
            Mention(c, status, (span[0], span[1])) for c, status, span in read.get("mentions", ())
        ),
        undone=read.get("undone", False),
        over=read.get("over", ""),
    )
