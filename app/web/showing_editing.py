"""The lines of a note as its page shows them for changing: the engine's classes as `views_editing.py`."""

from collections.abc import Iterable

from app.engine import Doubt, Note, Sentence
from app.engine.rewording import NEW
from app.engine.state import NOTE, UNSENT
from app.service import Looked
from app.web.forms import NoteForm
from app.web.views_editing import Editing, LineOfNote, LineToEdit, WhoIsMeant


def editing(
    looked: Looked, note: Note, doubts: Iterable[Doubt], unfolded: str, sent: NoteForm | None = None
) -> Editing:
    """What can be changed in the note; `sent`: what was just typed and is not kept."""
    offered = [s for s in note.sentences if s.state == "offered"]
    typed = sent.text if sent and sent.do == "unsent" else None
    return Editing(
        lines=_lines(note, sent),
        open=unfolded,
        edited=bool(looked.edited),
        who=tuple(WhoIsMeant(d.sentence, d.forms, d.text) for d in doubts),
        offered=tuple(LineOfNote(s.id, s.text) for s in offered if not _is_unsent(s)),
        unsent=(looked.unsent or "") if typed is None else typed,
        unsent_lines=tuple(LineOfNote(s.id, s.text) for s in offered if _is_unsent(s)),
    )


def number_of(note: Note, id: str) -> int:
    """The place of a sentence in the list of lines, from 1; 0 where it is in none."""
    return next((line.number for line in _lines(note, None) if line.id == id), 0)


def place_of(note: Note, id: str) -> int:
    """Its place among the printed sentences, from 1; 0 where it is not printed."""
    printed = [s.id for s in note.sentences if s.state == "in"]
    return printed.index(id) + 1 if id in printed else 0


def _lines(note: Note, sent: NoteForm | None) -> tuple[LineToEdit, ...]:
    shown = [s for s in note.sentences if s.state != "offered"]
    printed = [s.id for s in shown if s.state == "in"]
    return tuple(_line(n, sentence, printed, sent) for n, sentence in enumerate(shown, 1))


def _line(number: int, sentence: Sentence, printed: list[str], sent: NoteForm | None) -> LineToEdit:
    here = sent.text if sent and sent.do == "text" and sent.sentence == sentence.id else None
    inside = sentence.id in printed
    return LineToEdit(
        number=number,
        id=sentence.id,
        text=sentence.text,
        typed=sentence.text if here is None else here,
        out=sentence.state == "out",
        own=any(part.answer == NOTE + sentence.id for part in sentence.parts),
        up=inside and sentence.id != printed[0],
        down=inside and sentence.id != printed[-1],
    )


def _is_unsent(sentence: Sentence) -> bool:
    return sentence.id == UNSENT or sentence.id.startswith((UNSENT + ".", UNSENT + NEW))
