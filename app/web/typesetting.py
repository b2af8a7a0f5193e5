"""Sets one sheet of paper by typst, in a process of its own: JSON in, the standard and the PDF out.

Started by `paper.py` for each sheet and gone after it. A text that is made to break a typesetter may then
cost this process its time, its memory or its life, and nothing else; what the typesetter says of its
errors quotes the words, so nobody hears it; and no word stays in a cache. Imports nothing of ours.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

import typst

SECONDS = 10  # of processor time; a sheet takes a fraction of one
ROOM = 2 * 1024**3  # bytes of address space
_APP = Path(__file__).parents[1]


def main() -> None:
    """Reads a sheet, writes a line that names the standard, and the PDF. To PDF/UA-1; to none, but tagged all
    the same, where a letter is in none of our fonts: that must never cost somebody their note."""
    _bound()
    told = {"sheet": sys.stdin.buffer.read().decode()}
    try:
        made, standard = _compiled(told, "ua-1"), b"PDF/UA-1"
    except typst.TypstError:
        made, standard = _compiled(told, None), b"none"
    sys.stdout.buffer.write(standard + b"\n" + made)


def _compiled(told: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    """With our own fonts alone, so that every machine makes the same sheet."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_APP / "fonts")]
    )
    source = (_APP / "templates/note.typ").read_bytes()
    made = typst.Compiler(source, font_paths=fonts, sys_inputs=told).compile(
        format="pdf", pdf_standards=standard
    )
    if not isinstance(made, bytes):
        raise TypeError("typst makes one PDF of one sheet")
    return made


def _bound() -> None:
    """Not every system knows both limits; the caller's clock stands behind them. One thread: a machine with
    many cores would spend the address space on stacks."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, ROOM)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
