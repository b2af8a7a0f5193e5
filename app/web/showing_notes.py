"""The review and the note as their pages show them: from the engine's classes to `views_notes.py`."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode
from uuid import uuid4

from app.engine import LENGTHS, TONES, Length, Note, Part, Said, Sentence, Tone
from app.engine.addressing import Edit
from app.service import Helping, Looked, OpenShare
from app.web import drawing, showing_files, showing_help, showing_paper, showing_practise, showing_shares
from app.web.headers import Outside
from app.web.showing_practise import NO_REMINDER, NOTHING, Asked, Chosen
from app.web.views import Fault, Form, Layout
from app.web.views_editing import Editing
from app.web.views_notes import (
    ChangeOfWords,
    Downloads,
    NoteView,
    Piece,
    ReviewView,
    SaidRow,
    Tab,
)

LENGTH_LABELS = {"opener": "To say", "message": "Message", "letter": "Letter"}
AROUND = 2  # words on both sides of a change
SHOWN_RULES = ("address", "agreement")  # capitals and full stops are listed, and not dotted in the note


def review_view(
    outside: Outside, conversation: str, looked: Looked, fault: Fault | None = None
) -> ReviewView:
    """Every answer, with a way to change it."""
    path = f"/c/{conversation}"
    turn = looked.turn
    return ReviewView(
        layout=_layout(outside, conversation, looked, "Check", "Go to your answers", "answers"),
        problem=fault,
        says=tuple(m.text for m in turn.messages if m.speaker == "bot") if turn.finished else (),
        answers=tuple(_said_row(path, said) for said in looked.answers if said.counts),
        reworded=tuple(looked.reworded.values()),
        unsent=looked.unsent or "",
        aside=tuple(_said_row(path, said) for said in looked.answers if not said.counts),
        finished=turn.finished,
        can_go_back=turn.can_go_back,
        form=Form(path, turn.version, str(uuid4())),
    )


def note_view(
    outside: Outside,
    helping: Helping,
    conversation: str,
    looked: Looked,
    note: Note,
    opener: Note,
    links: Iterable[OpenShare],
    editing: Editing,
    fault: Fault | None = None,
    chosen: Chosen = NOTHING,
    asked: Asked = NO_REMINDER,
) -> NoteView:
    """The note and what can be done with it; `opener`: as it is said; `asked`: a reminder at fault."""
    path = f"/c/{conversation}"
    practise = helping.practise()
    plan = showing_practise.plan_text(practise, note, chosen)
    beside = showing_practise.practising(practise, conversation, note, opener, chosen, asked)
    return NoteView(
        layout=_note_layout(outside, conversation, looked, bool(fault or (beside and beside.lacks))),
        problem=fault,
        for_self=note.to == "self",
        closes=note.closes,
        lengths=() if note.closes else _tabs(path, {n: LENGTH_LABELS[n] for n in LENGTHS}, note, "length"),
        tones=() if note.closes else _tabs(path, {n: n.capitalize() for n in TONES}, note, "tone"),
        paragraphs=tuple(_pieces(paragraph, note) for paragraph in note.paragraphs()),
        foot=showing_paper.foot(note),
        fear_out=any(said.private and said.counts and not said.skipped for said in looked.answers),
        finished=looked.turn.finished,
        plain=note.text().strip(),
        downloads=_downloads(path, note, looked.country, chosen if plan else NOTHING),
        changed=tuple(c for s in note.sentences if s.state != "offered" for c in _changes(s, note)),
        editing=editing,
        practising=beside,
        form=Form(_put(f"{path}/note", note.length, note.tone), looked.turn.version, str(uuid4())),
        kept=showing_paper.kept(helping, looked, opener, plan),
        giving=showing_shares.giving(conversation, note, links),
        onward=showing_files.onward(conversation, looked),
    )


def _note_layout(outside: Outside, conversation: str, looked: Looked, lacks: bool) -> Layout:
    title = "Error: Your note" if lacks else "Your note"
    return _layout(outside, conversation, looked, title, "Go to the note", "note")


def _downloads(path: str, note: Note, country: str | None, chosen: Chosen) -> Downloads:
    put = {"length": note.length, "tone": note.tone}
    pdf = f"{path}/note.pdf?" + urlencode(put | {"paper": showing_paper.usual_size(country)})
    talks = showing_paper.foot(note).agrees
    plan = "&" + urlencode(codes) if (codes := chosen.codes()) else ""
    return Downloads(
        _put(f"{path}/note.txt", note.length, note.tone),
        _put(f"{path}/note.md", note.length, note.tone),
        pdf,
        f"{pdf}&print=large",
        f"{pdf}&print=card{plan}" if talks else "",
        f"{pdf}&print=questions" if talks else "",
    )


def _layout(
    outside: Outside, conversation: str, looked: Looked, title: str, label: str, target: str
) -> Layout:
    return drawing.layout_within(
        outside,
        conversation,
        title,
        label=label,
        target=target,
        country=looked.country,
        has_code=looked.has_code,
        contacts=showing_help.rows(looked.turn.support.contacts),
    )


def _said_row(path: str, said: Said) -> SaidRow:
    lines = (*said.labels, *((said.text,) if said.text is not None else ()))
    return SaidRow(
        said.heading, lines, said.skipped, said.private, f"{path}/change/{quote(said.question_id, safe='/:')}"
    )


def _put(path: str, length: Length, tone: Tone) -> str:
    return f"{path}?length={length}&tone={tone}"


def _tabs(path: str, labels: dict[str, str], note: Note, what: str) -> tuple[Tab, ...]:
    now = {"length": note.length, "tone": note.tone}
    return tuple(
        Tab(label, f"{path}/note?{urlencode(now | {what: name})}", now[what] == name)
        for name, label in labels.items()
    )


def _pieces(sentences: Iterable[Sentence], note: Note) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for sentence in sentences:
        out += [Piece(" ", False)] if out else []
        for part in sentence.parts:
            out += _pieces_of(part, note)
    return tuple(out)


def _pieces_of(part: Part, note: Note) -> list[Piece]:
    """A client's words cut where a word was changed; whole where the changes do not add up."""
    if not part.changes or part.answer is None or part.span is None:
        return [Piece(part.text, False)]
    out = _cut(note.answers[part.answer], part.span, part.changes)
    whole = "".join(piece.text for piece in out) == part.text
    return out if whole else [Piece(part.text, True)]


def _cut(typed: str, span: tuple[int, int], changes: Iterable[Edit]) -> list[Piece]:
    out: list[Piece] = []
    at = span[0]
    for change in sorted(changes, key=lambda each: each.at):
        out += [Piece(typed[at : change.at], False), Piece(change.now, change.rule in SHOWN_RULES)]
        at = change.at + len(change.was)
    out.append(Piece(typed[at : span[1]], False))
    return [piece for piece in out if piece.text]


def _changes(sentence: Sentence, note: Note) -> Iterable[ChangeOfWords]:
    """What was changed, with a few words around each change; all of it where it was taken back."""
    for part in sentence.parts:
        if part.answer is None or part.span is None or not (part.changes or sentence.as_typed):
            continue
        typed, span = note.answers[part.answer], part.span
        windows = _windows(typed, span, part.changes) or [span]
        was = [typed[start:end].strip() for start, end in windows]
        now = [_now(typed, window, part.changes) for window in windows]
        yield ChangeOfWords(
            sentence.id,
            _joined(was, windows, span),
            _joined(now, windows, span),
            sentence.as_typed,
        )


def _windows(typed: str, span: tuple[int, int], changes: Iterable[Edit]) -> list[tuple[int, int]]:
    """The stretches of the words as typed that show what was changed. Where somebody is now addressed,
    capitals and full stops need no stretch of their own."""
    every = sorted(changes, key=lambda change: change.at)
    told = [change for change in every if change.rule in SHOWN_RULES] or every
    found: list[tuple[int, int]] = []
    for change in told:
        start, end = _around_it(typed, span, change.at, change.at + len(change.was))
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _around_it(typed: str, span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    before = [n + 1 for n in range(span[0], start) if typed[n].isspace()]
    after = [n for n in range(end, span[1]) if typed[n].isspace()]
    return (
        before[-AROUND - 1] if len(before) > AROUND else span[0],
        after[AROUND] if len(after) > AROUND else span[1],
    )


def _now(typed: str, window: tuple[int, int], changes: Iterable[Edit]) -> str:
    inside = [c for c in changes if window[0] <= c.at and c.at + len(c.was) <= window[1]]
    return "".join(piece.text for piece in _cut(typed, window, inside)).strip()


def _joined(texts: list[str], windows: list[tuple[int, int]], span: tuple[int, int]) -> str:
    left = "… " if windows[0][0] > span[0] else ""
    return left + " … ".join(texts) + (" …" if windows[-1][1] < span[1] else "")
