"""The PDF of a sheet: all of the words and nothing else, to PDF/UA-1 wherever our fonts have the letters."""

import io
import random
import time
import unicodedata
from collections import Counter

import pytest
from pypdf import PdfReader

from app.web.paper import MARKS, SheetNotMade, pdf, readable
from app.web.views import Row
from app.web.views_paper import PAPER_SIZES, PRINTS, Foot, Kept, PaperSize, PaperView, Print
from tests.unit.web.sheets import active_names, letters, once, pieces_of

HELP = (Row("Samaritans", "", (), "116 123"),)
LETTER = (
    "Dear Dr Lee,",
    "I don’t feel a connection yet. I’m nervous to say it.",
    "Please stay on it longer.",
)
FOOT = (
    "Name What we agreed When we look again "
    "I made this with fixed questions; the words are mine or ones I chose."
)
ASK = "One thing I’d like to ask: stay with it."

TEXTS = {
    "typst's own marks": "#panic(\"x\") $x$ *b* _i_ @ref <l> // /* c */ `r` = h - a + b \\u{61} #{1+1}",
    "an import": '#import "@preview/x:1.0.0": * #read("/etc/passwd") #sys.inputs.sheet #eval("1")',
    "a link that is no link": "https://example.org/a?b=c#d mailto:a@b.c javascript:alert(1)",
    "families of emoji": "👩‍👩‍👧 👨🏽‍🚒 🏳️‍🌈 🇬🇧 1️⃣ ❤️‍🩹 😔 ☹️ ✨",
    "Arabic": "أشعر أنك لا تسمعني حين أتحدث عن أمي. مُحَمَّد",
    "Hebrew": "אני לא מרגישה קשר. שָׁלוֹם",
    "Devanagari": "मुझे लगता है कि आप मुझे नहीं समझते। क्षत्रिय",
    "Chinese, Japanese and Korean": "我感觉不到联系。與您談談。お話ししたい。이야기하고 싶어요.",
    "Greek and Cyrillic": "Δεν νιώθω σύνδεση. Я не чувствую связи.",
    "combining marks": "e\u0301 n\u0303 a\u030a\u0328 Z\u0351\u036b\u0343\u034f\u0338",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\u00adf\ufeffg",
    "control characters": "a\x00b\x07c\x1bd\x7fe\x85f\x0cg\x0bh\ti\r\nj",
    "replaced control characters": "a\ufffdb",
    "right to left overrides": "pay \u202eerom\u202c now \u2067x\u2069 \u202dy",
    "4,000 letters without a space": "x" * 4000,
    "4,000 letters of Arabic without a space": "شعر" * 1300,
    "only line feeds": "\n" * 4000,
    "words between line feeds": "one\ntwo\n\n\n\nthree",
    "letters of mathematics": "𝓘 𝗳𝗲𝗲𝗹 𝘴𝘮𝘢𝘭𝘭",
    "signs": "→ ✓ ☐ ½ € № … “quoted” — ‘so’ 5 < 6 & 7 > 2",
    "other scripts": "আমি ગુજરાતી ਪੰਜਾਬੀ தமிழ் ไทย Հայերեն ქართული",
}  # fmt: skip


def sheet(
    *paragraphs: str, print: Print = "plain", foot: Foot | None = None, card: tuple[str, ...] = ()
) -> PaperView:
    kept = Kept(card, HELP, "999", "November 2026")
    return PaperView(print, "en", paragraphs, foot or Foot(True, True), kept)


def is_simple(text: str) -> bool:
    """Whether a text runs one way, with one sign for each letter."""
    right_to_left = ("R", "AL", "AN", "RLO", "RLE", "RLI")
    return not any(
        unicodedata.bidirectional(ch) in right_to_left or unicodedata.category(ch)[0] == "M" or ch > "\uffff"
        for ch in text
    )


def assert_says(made: bytes, *wanted: str) -> None:
    """The sheet says this, letter by letter; in scripts that are not set so, no letter more and none less."""
    whole, pieces = "".join(map(readable, wanted)), pieces_of(made)
    if is_simple(whole):
        assert letters("".join(pieces)) == letters(whole)
        return
    most, least = Counter(letters("".join(pieces))), Counter(letters("".join(once(pieces))))
    told = Counter(letters(whole))
    assert told <= most, "something is missing"
    assert least <= told, "something was added"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_sheet_says_what_the_note_says(text: str) -> None:
    made, standard = pdf(sheet(LETTER[0], text, LETTER[1]), "a4")
    assert standard == "PDF/UA-1"
    assert_says(made, LETTER[0], text, LETTER[1], FOOT)
    assert active_names(made) == set()


def test_no_hostile_text_becomes_anything_but_words(at_length: bool) -> None:
    chance = random.Random(7391)  # noqa: S311 - the same texts on every run
    pieces = [*TEXTS.values(), *"#$*_@<>/\\`=-+~'\"{}[]()", "\u202e", "\u200d", " ", "\n", "I felt small. "]
    for _ in range(1000 if at_length else 60):
        texts = tuple(
            "".join(chance.choice(pieces)[: chance.randrange(1, 200)] for _ in range(chance.randrange(1, 12)))
            for _ in range(chance.randrange(1, 4))
        )
        which = chance.choice(("plain", "large"))
        made, standard = pdf(sheet(*texts, print=which), chance.choice(PAPER_SIZES))
        assert standard == "PDF/UA-1"
        assert_says(made, *texts, FOOT)
        assert active_names(made) == set()


@pytest.mark.parametrize(
    "text", ["བོད་ཡིག", "\U0010ffff", "\ue000"], ids=["Tibetan", "no character", "private use"]
)
def test_a_letter_in_none_of_our_fonts_costs_the_standard_and_not_the_note(text: str) -> None:
    made, standard = pdf(sheet("I felt small.", text), "a4")
    assert standard == "none"
    assert letters("I felt small.") in letters("".join(pieces_of(made)))
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert active_names(made) == set()


@pytest.mark.parametrize("which", PRINTS)
@pytest.mark.parametrize("size", PAPER_SIZES)
def test_every_sheet_is_tagged_neutral_and_in_its_language(which: Print, size: PaperSize) -> None:
    made, standard = pdf(sheet(*LETTER, print=which, card=LETTER), size)
    read = PdfReader(io.BytesIO(made))
    root, page = read.trailer["/Root"], read.pages[0]
    assert standard == "PDF/UA-1"
    assert root["/Lang"] == "en"
    assert read.metadata is not None
    assert read.metadata.title == "Notes"
    assert set(read.metadata) <= {"/Title", "/Creator"}
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert not any(
        word in root["/Metadata"].get_object().get_data() for word in (b"Lee", b"nervous", b"stay")
    )
    assert (round(page.mediabox.width), round(page.mediabox.height)) == {
        "a4": (595, 842),
        "letter": (612, 792),
    }[size]


def test_the_card_and_the_questions_say_their_own() -> None:
    card, _ = pdf(sheet(print="card", card=("Can I start?", ASK)), "a4")
    assert_says(
        card, "Keep this page To say at the start", "• Can I start?", f"• {ASK}",
        "If you need a person now Samaritans: 116 123 In danger now, call 999 Any country: findahelpline.com",
        "As known in November 2026. Please check on the site.",
    )  # fmt: skip
    asked, _ = pdf(sheet(ASK, print="questions", foot=Foot(True, True)), "a4")
    assert_says(asked, "What I’d like to ask", ASK, FOOT.removeprefix("Name "))
    none, _ = pdf(sheet(print="questions", foot=Foot(False, False)), "a4")
    assert_says(none, "What I’d like to ask", "Nothing is asked in the note now.")


def test_in_large_print_a_letter_that_fits_its_page_is_not_torn_for_its_foot() -> None:
    made, _ = pdf(
        sheet(*["I felt that you were far away when I told you about my exam."] * 7, print="large"), "a4"
    )
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert first.count("far away") == 7
    assert "Name" in first
    assert "What we agreed" in second


def test_a_record_has_no_room_for_two() -> None:
    made, _ = pdf(sheet("This is what I remember.", foot=Foot(False, False)), "a4")
    assert_says(made, "This is what I remember.")


@pytest.mark.parametrize(
    "text",
    ["\u0301" * 20_000, "a" + "\ufe0f" * 20_000, "\u0915\u094d" * 10_000, "\u200d" * 20_000, "我" * 20_000],
    ids=["marks", "variations", "one conjunct", "joiners", "no spaces"],
)
def test_a_text_made_to_break_a_typesetter_is_set_in_seconds(text: str) -> None:
    began = time.monotonic()
    pdf(sheet(text), "a4")
    assert time.monotonic() - began < 10


def test_marks_beyond_any_language_are_left_out_and_a_letter_never_is() -> None:
    assert readable("e" + "\u0301" * 100) == "e" + "\u0301" * MARKS
    assert readable("\u0915\u094d" * 100).count("\u0915") == 100


def test_a_sheet_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.paper.LONGEST", 0.001)
    with pytest.raises(SheetNotMade) as caught:
        pdf(sheet("I felt small."), "a4")
    assert caught.value.__suppress_context__
    assert "small" not in str(caught.value)
