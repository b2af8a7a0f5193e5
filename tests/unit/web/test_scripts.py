"""What our scripts weigh, what they may not use, and what a page costs to load."""

import gzip
import re
from pathlib import Path

import pytest

from app.web import drawing, theming
from app.web.theming import Theme, colour, contrast, moved, number, stylesheet

STATIC = Path(drawing.__file__).parents[1] / "static"
SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))
SENT_TO_A_FRAME = ["frame.js", "frame.css", "words.css", "paper.css", "note.css", "aloud.js"]
# Each would be a way for text to become markup or code, or to be kept where others find it.
NEVER = [
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "localStorage",
    "indexedDB", "document.cookie", "serviceWorker", "sendBeacon", "XMLHttpRequest", "console.",
    'setAttribute("style"',
]  # fmt: skip


def compressed(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


def test_the_loader_weighs_less_than_two_kilobytes() -> None:
    assert compressed("widget.js") < 2048


def test_the_module_and_its_styles_weigh_less_than_fifteen_kilobytes() -> None:
    assert compressed(*SENT_TO_A_FRAME) < 15_000


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("word", NEVER)
def test_no_script_uses_what_would_turn_text_into_code_or_keep_it(name: str, word: str) -> None:
    assert word not in (STATIC / name).read_text("utf-8")


def test_only_the_frames_module_keeps_its_token_for_the_tab() -> None:
    assert [name for name in SCRIPTS if "sessionStorage" in (STATIC / name).read_text("utf-8")] == [
        "frame.js"
    ]


def test_what_reads_aloud_takes_only_voices_of_the_device() -> None:
    texts = [(STATIC / name).read_text("utf-8") for name in SCRIPTS]
    assert [text[:80] for text in texts if "speechSynthesis" in text and "localService" not in text] == []


def test_the_loader_never_looks_into_its_frame() -> None:
    text = (STATIC / "widget.js").read_text("utf-8")
    assert "contentDocument" not in text
    assert re.findall(r"contentWindow\??\.(\w+)", text) == ["postMessage"]


@pytest.mark.parametrize("name", ["widget.js", "frame.js"])
def test_no_message_goes_to_just_any_origin(name: str) -> None:
    calls = re.findall(r"postMessage\((.*)\)", (STATIC / name).read_text("utf-8"))
    assert calls
    assert [call for call in calls if "*" in call] == []


@pytest.mark.parametrize("name", ["widget.js", "frame.js"])
def test_no_sentence_for_people_stands_in_a_script(name: str) -> None:
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", (STATIC / name).read_text("utf-8"), flags=re.S)
    shown = re.findall(r"""(?:textContent|title|label)\s*=\s*["'`]([^"'`]+)""", text)
    assert shown == []


# A host's look


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#0a7", (0, 170, 119)),
        (" #00AA77 ", (0, 170, 119)),
        ("rgb(0, 170, 119)", (0, 170, 119)),
        ("rgb(0 170 999)", (0, 170, 255)),
        ("red", None),
        ("#12345", None),
        ("", None),
        ("#fff;} body{display:none", None),
        ("url(https://a.example)", None),
    ],
)
def test_a_colour_is_read_or_it_is_none(text: str, found: tuple[int, int, int] | None) -> None:
    assert colour(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("12px", 12.0), ("1.15", 1.15), ("-3", None), ("1e9", None), ("12em", None), ("", None)],
)
def test_a_number_is_read_or_it_is_none(text: str, found: float | None) -> None:
    assert number(text) == found


@pytest.mark.parametrize("wanted", [(255, 255, 255), (0, 0, 0), (255, 255, 0), (224, 176, 0), (31, 59, 91)])
@pytest.mark.parametrize(
    ("grounds", "towards"),
    [(theming.LIGHT, theming.BLACK), (theming.DARK, theming.WHITE)],
    ids=["light", "dark"],
)
def test_every_colour_can_be_read_on_every_ground(
    wanted: theming.Colour, grounds: tuple[theming.Colour, ...], towards: theming.Colour
) -> None:
    found = moved(wanted, grounds, towards)
    assert all(contrast(found, ground) >= 4.5 for ground in grounds)
    if all(contrast(wanted, ground) >= 4.5 for ground in grounds):
        assert found == wanted


@pytest.mark.parametrize("on", ["", "#fff", "#000", "#777"])
@pytest.mark.parametrize("accent", ["#ff0", "#1f3b5b", "#000", "#fff", "#808080"])
def test_words_on_the_main_button_can_be_read(accent: str, on: str) -> None:
    rules = stylesheet(Theme.read(accent, on, "", ""))
    pairs = re.findall(r"--fill:(#\w{6});--on-fill:(#\w{6})", rules)
    assert len(pairs) == 2
    for fill, above in pairs:
        assert contrast(colour(fill) or (0, 0, 0), colour(above) or (0, 0, 0)) >= 4.5


@pytest.mark.parametrize(
    ("radius", "scale", "rules"),
    [
        ("99px", "", ":root{--radius:24px}"),
        ("0", "", ":root{--radius:0px}"),
        ("", "9", "html{font-size:212.5%}"),
        ("", "0.1", "html{font-size:90.3125%}"),
        ("x", "y", ""),
    ],
)
def test_corners_and_size_stay_within_bounds(radius: str, scale: str, rules: str) -> None:
    assert stylesheet(Theme.read("", "", radius, scale)) == rules


def test_the_grounds_are_those_of_our_stylesheet() -> None:
    css = (STATIC / "words.css").read_text("utf-8")
    stood = re.findall(r"--paper:(#\w{6});--sheet:(#\w{6})", css)
    assert [(colour(paper), colour(sheet)) for paper, sheet in stood] == [theming.LIGHT, theming.DARK]
    assert f"font:{theming.TEXT:g}%" in css
