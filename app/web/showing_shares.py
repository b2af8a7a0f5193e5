"""Links as pages and answers show them: the address with its key, the code to scan, the place to make one."""

import io
from collections.abc import Iterable
from datetime import datetime

import segno
from fastapi import Request

from app.engine import Note
from app.service import MadeShare, OpenShare, SharedNote
from app.service.shares import can_be_shared
from app.web import drawing
from app.web.headers import Outside
from app.web.views_paper import Foot, Kept, PaperView
from app.web.views_shares import Giving, OpenLink, QrCode, ShareMadeView

RIM = 4  # squares around a code, as its standard asks


def address_of(outside: Outside, request: Request, made: MadeShare) -> str:
    """The link. The key stands after the `#`, which no browser sends to any server."""
    return f"{outside.origin_for(request)}/n/{made.id}#{made.key}"


def code_of(address: str) -> QrCode:
    """The link as a code to scan: each run of dark squares is one stroke of the path."""
    made = segno.make(address, error="m", micro=False)
    strokes = io.StringIO()
    for y, row in enumerate(made.matrix_iter(border=RIM)):
        x, line = 0, [bool(square) for square in row]
        while x < len(line):
            wide = next((n for n in range(x, len(line)) if line[n] != line[x]), len(line)) - x
            strokes.write(f"M{x} {y}h{wide}v1h-{wide}z" if line[x] else "")
            x += wide
    return QrCode(int(made.symbol_size(border=RIM)[0]), strokes.getvalue())


def svg_of(code: QrCode) -> str:
    """The code as a file of its own."""
    macros = drawing.templates.get_template("qr.html").module
    return str(macros.qr(code, alone=True))  # type: ignore[attr-defined] # a macro of the template


def giving(conversation: str, note: Note, links: Iterable[OpenShare]) -> Giving | None:
    """The section on the note page; None where no link can be made and none is open. Links made earlier can
    be ended, whatever the note has become."""
    path = f"/c/{conversation}/shares"
    made = tuple(OpenLink(day(s.expires_at), s.has_pin, f"{path}/{s.id}/revoke") for s in links)
    if not made and not can_be_shared(note):
        return None
    return Giving(can_be_shared(note), path, note.length, note.tone, made)


def made_view(outside: Outside, conversation: str, address: str, made: MadeShare) -> ShareMadeView:
    """The link, this once."""
    around = drawing.layout_within(outside, conversation, "Your link")
    return ShareMadeView(around, address, code_of(address), made.pin, day(made.expires_at))


def paper_view(note: SharedNote) -> PaperView:
    """The copy on paper: the note as it was given, and nothing that its writer keeps."""
    paragraphs = tuple(" ".join(sentences) for sentences in note.paragraphs)
    foot = Foot(signs=note.signs, agrees=not note.closes)
    return PaperView("plain", note.language, paragraphs, foot, Kept((), (), "", ""))


def day(moment: datetime) -> str:
    """A day as it is written: 2 December 2026."""
    return f"{moment.day} {moment:%B %Y}"
