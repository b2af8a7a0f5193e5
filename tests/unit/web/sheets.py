"""How a test reads a PDF: every word in the order it is written, and whatever in it could act."""

import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

ACTIVE = frozenset({
    "/JS", "/JavaScript", "/Launch", "/URI", "/EmbeddedFile", "/EmbeddedFiles", "/AA", "/OpenAction",
    "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMedia", "/AcroForm", "/Annots",
})  # fmt: skip
_PAIRS = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_BLOCKS = re.compile(rb"begin(bfchar|bfrange)(.*?)end", re.DOTALL)
_RANGES = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def letters(text: str) -> str:
    """What can be seen of a text: no spaces, no line ends, no signs without a shape."""
    return "".join(ch for ch in text if not ch.isspace() and unicodedata.category(ch) not in ("Cf", "Cc"))


def pieces_of(pdf: bytes) -> list[str]:
    """All that the pages say, artifacts left out, letter by letter, with the stated text of each span that
    states one. A passage from right to left stands as it is set."""
    return [piece for page in PdfReader(io.BytesIO(pdf)).pages for piece in _said_on(page) if piece]


def once(pieces: list[str]) -> list[str]:
    """The same without repetitions: typst sets a letter with several marks in pieces, and states all of it
    with each. (A letter with marks that was typed twice in a row also counts once.)"""
    return [now for before, now in pairwise(["", *pieces]) if len(now) == 1 or now != before]


def active_names(pdf: bytes) -> set[str]:
    """The names of everything in the file that could act, lead out or carry a file."""
    reader = PdfReader(io.BytesIO(pdf))
    seen: set[int] = set()
    found: set[str] = set()

    def look(thing: Any) -> None:
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                return
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            found.update(ACTIVE & {*thing, *(v for v in thing.values() if isinstance(v, str))})
            for value in thing.values():
                look(value)
        elif isinstance(thing, ArrayObject):
            for value in thing:
                look(value)

    look(reader.trailer)
    return found


def _said_on(page: PageObject) -> Iterator[str]:
    resources = page["/Resources"].get_object()
    fonts = resources.get("/Font", {})
    meanings = {name: _meanings(font.get_object()) for name, font in fonts.items()}
    contents, inside = page.get_contents(), list[str]()
    assert contents is not None
    now: dict[int, str] = {}
    for operands, operator in ContentStream(contents, page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            given = operands[1] if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else {}
            inside.append("hush" if operands[0] == "/Artifact" or "/ActualText" in given else "")
            yield str(given.get("/ActualText", ""))
        elif operator == b"EMC":
            inside.pop()
        elif operator == b"Tf":
            now = meanings[operands[0]]
        elif operator in (b"Tj", b"TJ") and "hush" not in inside:
            for piece in operands[0] if operator == b"TJ" else operands:
                yield from _spelled(piece, now)


def _spelled(piece: Any, meanings: dict[int, str]) -> Iterator[str]:
    if isinstance(piece, int | float):
        return
    codes = getattr(piece, "original_bytes", piece)
    for at in range(0, len(codes), 2):
        yield meanings.get(int.from_bytes(codes[at : at + 2], "big"), "")


def _meanings(font: DictionaryObject) -> dict[int, str]:
    """What each code of a font stands for."""
    stream = font["/ToUnicode"].get_object().get_data()
    found: dict[int, str] = {}
    for kind, block in _BLOCKS.findall(stream):
        if kind == b"bfchar":
            for code, text in _PAIRS.findall(block):
                found[int(code, 16)] = _text(text)
        for first, last, text in _RANGES.findall(block) if kind == b"bfrange" else ():
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(ord(_text(text)) + step)
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
