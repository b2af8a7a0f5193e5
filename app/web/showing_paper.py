"""From a note to what stands on paper, whatever draws it: a page to print or a PDF."""

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

from app.engine import Note, Sentence
from app.service import Helping, Looked
from app.web import showing_help
from app.web.views_paper import Foot, Kept, PaperSize, PaperView, Print

# Where CLDR has US Letter; A4 everywhere else.
_LETTER = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())


def usual_size(country: str | None) -> PaperSize:
    """The paper of a country, by its code in ISO 3166."""
    return "letter" if country in _LETTER else "a4"


def paper_view(
    helping: Helping, looked: Looked, note: Note, opener: Note, print: Print, plan: str = ""
) -> PaperView:
    """One sheet of a note; `opener` is the same note at the length that is said aloud, `plan` when and then
    in words."""
    paragraphs: tuple[str, ...] = ()
    if print == "questions":
        paragraphs = questions(note)
    elif print != "card":
        paragraphs = tuple(" ".join(s.text for s in each) for each in note.paragraphs())
    return PaperView(print, note.language, paragraphs, foot(note), kept(helping, looked, opener, plan))


def foot(note: Note) -> Foot:
    """Room for a name below what is sent or handed over; for what they agree where a talk follows."""
    return Foot(note.to != "self" and note.length != "opener", note.to != "self" and not note.closes)


def kept(helping: Helping, looked: Looked, opener: Note, plan: str = "") -> Kept:
    """The page that the client keeps: no card where no talk follows, and a plan only where one was chosen."""
    support = looked.turn.support
    return Kept(
        card(opener) if foot(opener).agrees else (),
        showing_help.rows(each for each in support.contacts if each.call or each.text_chat),
        support.emergency,
        helping.page(looked.country).as_known_in,
        plan,
    )


def questions(note: Note) -> tuple[str, ...]:
    """The sentences of a note that ask for something, one for each thing asked; none in a record."""
    asked = [s for s in _said(note) if s.asks] if foot(note).agrees else []
    return tuple(" ".join(s.text for s in run) for _, run in groupby(asked, lambda s: s.id.split(".")[0]))


def first_line(opener: Note) -> str:
    """The first sentence that is said aloud; empty where nothing is in the note."""
    return next((sentence.text for sentence in _said(opener)), "")


def card(opener: Note) -> tuple[str, ...]:
    """The opener in a few lines: sentences of one kind in a row are one, and an author's line goes with what
    it follows."""
    return tuple(" ".join(s.text for s in run) for run in _runs(_said(opener)))


def _said(note: Note) -> Iterable[Sentence]:
    return (sentence for paragraph in note.paragraphs() for sentence in paragraph)


def _runs(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    runs: list[tuple[str, list[Sentence]]] = []
    for sentence in sentences:
        kind = _kind(sentence)
        if runs and kind in ("frame", runs[-1][0]):
            runs[-1][1].append(sentence)
        else:
            runs.append((kind, [sentence]))
    return [run for _, run in runs]


def _kind(sentence: Sentence) -> Literal["asks", "tells", "frame"]:
    if sentence.asks:
        return "asks"
    return "frame" if all(part.by == "confirmed" for part in sentence.parts) else "tells"
