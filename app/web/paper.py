"""A sheet of paper as a PDF, by typst: to PDF/UA-1, or tagged all the same where no font has a letter.

The template is a file of ours and the words reach it as JSON alone, so that nothing in them is ever
source. The typesetter runs in a process of its own, within limits: see `typesetting.py`.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response

from app.web.drawing import templates
from app.web.views_paper import PaperSize, PaperView

Standard = Literal["PDF/UA-1", "none"]
NAME = "notes.pdf"
MARKS = 30  # marks on one letter; no language stacks more than a few, and thousands cost a machine its memory
AT_ONCE = 2  # sheets made at the same time; others wait, and no thread of anything else is taken
LONGEST = 15  # seconds
_TYPESETTING = str(Path(__file__).with_name("typesetting.py"))
_VIRAMA = 9  # the combining class of the signs that join two letters of an Indic script
_PAPER = {"a4": "a4", "letter": "us-letter"}
# Line ends that typst or a browser would read in their own way, and marks that no reader sees: the byte
# order mark (PDF/UA refuses it) and the two that print a passage back to front.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202d\u202e]")


class SheetNotMade(RuntimeError):
    """No sheet came of it."""


async def respond(view: PaperView, paper: PaperSize, headers: Mapping[str, str] | None = None) -> Response:
    """The sheet as a file of a neutral name; a thread waits for it, and nobody else."""
    made, standard = await to_thread.run_sync(pdf, view, paper, limiter=_threads())
    ours = {"X-PDF-Standard": standard, "Content-Disposition": f'attachment; filename="{NAME}"'}
    return Response(made, headers={**(headers or {}), **ours}, media_type="application/pdf")


def pdf(view: PaperView, paper: PaperSize) -> tuple[bytes, Standard]:
    """The sheet, and the standard that the compiler held it to. Raises SheetNotMade where the typesetter died
    or took more than `LONGEST` seconds."""
    told = json.dumps(_told(view, paper)).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and no word of anybody in the arguments
            [sys.executable, "-I", _TYPESETTING],
            input=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=True,
        )
    except subprocess.SubprocessError:
        raise SheetNotMade("The typesetter did not finish this sheet.") from None
    standard, _, made = done.stdout.partition(b"\n")
    return made, "PDF/UA-1" if standard == b"PDF/UA-1" else "none"


@cache
def _threads() -> CapacityLimiter:
    return CapacityLimiter(AT_ONCE)


def _told(view: PaperView, paper: PaperSize) -> dict[str, Any]:
    """What the template reads."""
    kept = view.kept
    return {
        "paper": _PAPER[paper],
        "print": view.print,
        "lang": view.language.split("-")[0].lower(),
        "words": _words(),
        "paragraphs": [_passage(text) for text in view.paragraphs],
        "foot": {"signs": view.foot.signs, "agrees": view.foot.agrees},
        "kept": {
            "card": [_passage(text) for text in kept.card],
            "contacts": [{"name": each.name, "plain": each.plain} for each in kept.contacts],
            "emergency": kept.emergency,
            "known": kept.known,
            "plan": kept.plan,
        },
    }


def _words() -> dict[str, str]:
    """Our own words, from the template that the printed page has them from."""
    module = templates.get_template("paper_words.html").module
    return {name: str(text) for name, text in vars(module).items() if not name.startswith("_")}


def _passage(text: str) -> dict[str, Any]:
    shown = readable(text)
    return {"text": shown, "rtl": _is_rtl(shown)}


def readable(text: str) -> str:
    """A text as paper has it: every letter, one empty line at most, and no mark that nobody can see."""
    lines = _EMPTY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text)).strip().replace("\t", " ")
    return _with_few_marks(_UNSEEN.sub("", lines))


def _with_few_marks(text: str) -> str:
    """At most `MARKS` marks on one letter, and a chain of letters joined by viramas broken after as many: a
    sign that joins nothing keeps both halves."""
    kept: list[str] = []
    marks, before = 0, ""
    for ch in text:
        joined = before != "" and unicodedata.combining(before) == _VIRAMA
        is_mark = unicodedata.category(ch) in ("Mn", "Mc", "Me", "Cf")
        marks = marks + 1 if is_mark or joined else 0
        before = ch
        if marks <= MARKS:
            kept.append(ch)
        elif not is_mark:
            kept += ["\u200c", ch]
            marks = 0
    return "".join(kept)


def _is_rtl(text: str) -> bool:
    """The direction of the first letter that has one, as HTML's `dir=auto`."""
    found = (unicodedata.bidirectional(ch) for ch in text)
    return next((way in ("R", "AL") for way in found if way in ("L", "R", "AL")), False)
