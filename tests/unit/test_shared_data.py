"""Helplines, regulators, the texts of safety, help and practice: their form, and how they read.

What the phrase files hear is tested beside their engine. No test here looks at today's date.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.unit.lexicon_files import SHARED

KINDS = {"suicide", "talk", "child", "youth", "dv", "dv_self", "sexual", "poison", "lgbtq", "medical"}
FIELDS = {
    "cc", "kind", "name", "call", "text_chat", "text_to", "text_word", "hours", "languages", "site", "seen",
    "grade", "verified_on", "verified_by", "source_url", "pair_with", "note",
}  # fmt: skip
ACTIONS = {"line", "means", "route", "call", "ends"}
AVOIDED = re.compile(
    r"\b(?:brave|amazing|proud of you|great job|you're strong|alliance|rupture|transference|boundar(?:y|ies)|"
    r"process|hold space|valid|trauma response|attachment|red flags?|toxic|gaslight\w*|diagnos\w+|commit\w*|"
    r"successful\w*|failed attempt|i understand|i hear you|i'm here for you|you (?:should|need to|must)|"
    r"(?<!something )you have to|abuser|illegal|leave (?:him|her|them)|confidential|promise)\b|!",
    re.IGNORECASE,
)
FILLED = {"emergency": "112", "line": "Samaritans", "medical": "a doctor", "poison": "a poison line"}
TEXTS = ("safety.yaml", "help.yaml", "practise.yaml", "regulators.yaml")
# Names of bodies are no sentences; nor are the ids and kinds that stand between the texts.
NOT_SPOKEN = {
    "name", "for", "site", "cc", "grade", "as_known_in", "contacts", "route", "page", "means", "call",
}  # fmt: skip
SHORTEST_FOR_LIX = 8


def _file(name: str) -> Any:
    return YAML(typ="base", pure=True).load((SHARED / name).read_text(encoding="utf-8"))


HELPLINES = _file("helplines.yaml")
ROWS: list[dict[str, Any]] = HELPLINES["rows"]
SHOWN = [row for row in ROWS if row["grade"] == "A" or row.get("verified_on")]
SAFETY = _file("safety.yaml")


def _spoken(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in NOT_SPOKEN:
                yield from _spoken(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _spoken(value, f"{path}/{number}")
    else:
        yield path, re.sub(r"\{(\w+)\}", lambda hole: FILLED.get(hole[1], hole[1]), node)


SPOKEN = [
    pytest.param(text, id=f"{name}{path}")
    for name in TEXTS
    for path, text in _spoken(_file(name))
    if " " in text
]


def _option_groups() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    for name, check in SAFETY["checks"].items():
        yield f"check {name}", check["options"]
    for route, pages in SAFETY["pages"].items():
        for name, page in ({"": pages} if "say" in pages else pages).items():
            if "options" in page:
                yield f"page {route} {name}", page["options"]


def _pages(route: str) -> list[dict[str, Any]]:
    pages = SAFETY["pages"][route]
    return [pages] if "say" in pages else list(pages.values())


OPTION_GROUPS = [pytest.param(options, id=name) for name, options in _option_groups()]


def test_a_plan_has_a_hole_for_each_of_its_parts_and_codes_that_need_no_escaping() -> None:
    plans = _file("practise.yaml")["plans"]
    assert re.findall(r"\{\w+\}", plans["sentence"]) == ["{when}", "{then}"]
    assert re.findall(r"\{\w+\}", plans["or_else"]) == ["{plan_b}"]
    codes = [code for part in ("when", "then", "plan_b") for code in plans[part]["options"]]
    assert [code for code in codes if not re.fullmatch(r"[a-z][a-z_]{2,20}", code)] == []


def test_a_reminder_says_one_neutral_word_that_fits_a_line_of_its_file() -> None:
    event = _file("practise.yaml")["reminder"]["event"]
    assert re.fullmatch(r"[^\W\d_]{3,20}", event)
    assert not re.search(r"therap|session|note|talk|counsel|feel", event, re.IGNORECASE)


def test_every_row_has_known_fields_and_a_known_kind() -> None:
    assert [row for row in ROWS if not set(row) <= FIELDS or row["kind"] not in KINDS] == []


def test_every_row_can_be_reached_by_voice_or_text() -> None:
    assert [row for row in ROWS if not (row.get("call") or row.get("text_chat"))] == []


def test_a_shown_row_has_a_site_and_says_who_vouches_for_it() -> None:
    unvouched = [
        row
        for row in SHOWN
        if not row.get("site") or (row["grade"] != "A" and not {"verified_by", "source_url"} <= set(row))
    ]
    assert unvouched == []


def test_doubt_stands_in_notes_alone() -> None:
    doubtful = [row for row in ROWS for key, value in row.items() if key != "note" and "?" in value]
    assert doubtful == []


def test_pairs_are_whole_and_of_one_grade() -> None:
    by_name = {(row["cc"], row["name"]): row for row in ROWS}
    for row in (row for row in ROWS if "pair_with" in row):
        partner = by_name[row["cc"], row["pair_with"]]
        assert partner["pair_with"] == row["name"]
        assert partner["grade"] == row["grade"]
        assert ("verified_on" in partner) == ("verified_on" in row)


def test_no_number_stands_twice_for_one_kind_of_help() -> None:
    calls = [
        (row["cc"], row["kind"], call) for row in ROWS if "call" in row for call in row["call"].split(", ")
    ]
    assert sorted(set(calls)) == sorted(calls)


def test_a_text_message_has_a_number_to_go_to() -> None:
    assert [row for row in ROWS if "text_word" in row and "text_to" not in row] == []
    assert [row for row in ROWS if not re.fullmatch(r"[\d ]*", row.get("text_to", ""))] == []


def test_every_country_in_the_data_has_a_name() -> None:
    regulators = _file("regulators.yaml")["rows"]
    used = {row["cc"] for row in (*ROWS, *regulators)} | set(HELPLINES["emergency"])
    assert used == set(HELPLINES["countries"])


def test_every_country_with_a_shown_row_has_an_emergency_number() -> None:
    assert {row["cc"] for row in SHOWN} - set(HELPLINES["emergency"]) == set()
    assert [n for n in HELPLINES["emergency"].values() if not re.fullmatch(r"\d{3,5}(/\d{2,5})?", n)] == []


def test_the_directories_that_are_always_shown_have_sites() -> None:
    assert [entry["site"] for entry in HELPLINES["directories"]] == [
        "findahelpline.com", "befrienders.org", "iasp.info",
        "childhelplineinternational.org", "nomoredirectory.org",
    ]  # fmt: skip


def test_regulators_are_sure_for_two_countries_and_there_is_always_somewhere_to_turn() -> None:
    regulators = _file("regulators.yaml")
    assert {row["cc"] for row in regulators["rows"] if row["grade"] == "A"} == {"US", "GB"}
    assert len(regulators["anywhere"]) == 5


@pytest.mark.parametrize("options", OPTION_GROUPS)
def test_an_option_does_one_thing_and_its_page_exists(options: dict[str, dict[str, str]]) -> None:
    for option in options.values():
        assert len(ACTIONS & set(option)) <= 1 + ({"line", "call"} <= set(option))  # a line, then the flow
        assert set(option) <= ACTIONS | {"label", "page", "grants"}
        if "route" in option:
            pages = SAFETY["pages"][option["route"]]
            assert "page" not in option or option["page"] in pages


@pytest.mark.parametrize("options", OPTION_GROUPS)
def test_labels_of_one_question_differ_and_one_leads_on(options: dict[str, dict[str, str]]) -> None:
    labels = [option["label"].casefold() for option in options.values()]
    assert len(set(labels)) == len(labels)
    assert [option for option in options.values() if not ACTIONS & set(option)]


def test_pages_name_kinds_of_helplines_that_there_are() -> None:
    pages = [page for route in SAFETY["pages"] for page in _pages(route)]
    sections = _file("help.yaml")["sections"].values()
    named = {kind for place in (*pages, *sections) for kind in place.get("contacts", [])}
    assert named <= KINDS


def test_one_option_grants_a_note_to_the_therapist_and_its_flow_says_three_lines_at_most() -> None:
    granting = [
        (value, each["call"])
        for _, options in _option_groups()
        for value, each in options.items()
        if "grants" in each
    ]
    assert granting == [("still_want", "ending")]
    note = _file("../ending/note.yaml")
    lines = [line for section in note["sections"] for line in section.get("lines", {}).values() if line]
    assert lines == ["I’m ending this.", "Please stop.", "Please send my records."]
    assert note["closes"] == "yes"


@pytest.mark.parametrize("text", SPOKEN)
def test_a_text_has_no_word_that_we_avoid(text: str) -> None:
    assert AVOIDED.findall(text) == []


@pytest.mark.parametrize("text", SPOKEN)
def test_a_text_is_short_and_easy_to_read(text: str) -> None:
    sentences = [part for part in re.split(r"(?<=[.?:])\s+", text) if part]
    words = re.findall(r"[\w'’-]+", text)
    assert len(words) <= 60
    assert max(len(re.findall(r"[\w'’-]+", sentence)) for sentence in sentences) <= 20
    long_words = sum(len(word) > 6 for word in words)
    if len(words) >= SHORTEST_FOR_LIX:
        assert len(words) / len(sentences) + 100 * long_words / len(words) < 40


def test_a_page_as_a_whole_reads_easily() -> None:
    for route in SAFETY["pages"]:
        for page in _pages(route):
            lines = [text for _, text in _spoken(page["say"])]
            words = re.findall(r"[\w'’-]+", " ".join(lines))
            sentences = [part for line in lines for part in re.split(r"(?<=[.?])\s+", line)]
            lix = len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)
            assert lix <= 30
