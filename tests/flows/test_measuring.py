"""Figures over an evaluation folder: what is counted, against which goal, and that no text comes out."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.flows.figures import Figure, Measured, told_in_lines, wilson
from app.flows.measuring import measure

SAFETY = [
    {"id": "s1", "text": "secret one", "label": "crisis_self", "note": ""},
    {"id": "s2", "text": "secret two", "label": "crisis_self", "note": ""},
    {"id": "s3", "text": "secret three", "label": "none", "note": "idiom: exaggeration"},
    {"id": "s4", "text": "secret four", "label": "none", "note": "plain"},
]
CONCERNS = [
    {"id": "c1", "text": "secret five", "labels": ["cold", "pace"], "note": ""},
    {"id": "c2", "text": "secret six", "labels": ["goals"], "note": ""},
]
OPENINGS = [
    {"id": "o1", "text": "secret seven", "labels": ["cold"], "safety": "danger", "note": ""},
    {"id": "o2", "text": "secret eight", "labels": ["cold"], "safety": "none", "note": "", "blurred": True},
]
TOLD = {
    "s1": ("crisis_self", "unclear", ["cold"]),
    "s2": ("danger", "explicit", ["cold"]),
    "s3": ("crisis_self", "unclear", ["cold"]),
    "c1": ("none", "none", ["pace", "cold"]),
    "c2": ("none", "none", ["cold", "pace", "unheard"]),
    "o1": ("danger", "explicit", ["cold"]),
    "o2": ("misconduct", "unclear", ["cold"]),
}


def listen(id: str, text: str) -> dict[str, Any]:
    route, certainty, named = TOLD.get(id, ("none", "none", ["unclear"]))
    concerns = [{"concern": name, "status": "sure", "because": []} for name in named]
    return {"id": id, "safety": {"route": route, "certainty": certainty, "because": []}, "concerns": concerns}


def write(folder: Path, **sets: list[dict[str, Any]]) -> None:
    for name, rows in sets.items():
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    write(tmp_path, safety=SAFETY, concerns=CONCERNS, openings=OPENINGS)
    return measure(listen, tmp_path)


@pytest.mark.parametrize(
    ("name", "hits", "of"),
    [
        ("concerns: primary first", 0, 2),
        ("concerns: primary within two", 1, 2),
        ("concerns: some label first", 1, 2),
        ("openings: primary first", 2, 2),
        ("crisis_self caught", 1, 2),
        ("right route", 1, 2),
        ("openings: risk caught", 1, 1),
        ("explicit alarm on none", 0, 3),
        ("hard negatives asked", 1, 1),
        ("ordinary messages asked", 0, 1),
        ("idiom: asked", 1, 1),
    ],
)
def test_a_figure_counts_hits_and_texts(measured: Measured, name: str, hits: int, of: int) -> None:
    figure = next(each for each in measured.figures if each.name == name)
    assert (figure.hits, figure.of) == (hits, of)


def test_misses_come_by_kind_and_id(measured: Measured) -> None:
    assert measured.misses["concerns: its second concern named first, among the three"] == ("c1",)
    assert measured.misses["crisis_self: not caught"] == ("s2",)
    assert measured.misses["idiom: unclear alarm"] == ("s3",)


def test_an_alarm_in_a_text_about_a_concern_is_listed(tmp_path: Path) -> None:
    write(tmp_path, safety=[], concerns=[{"id": "s2", "text": "", "labels": ["cold"]}])
    measured = measure(listen, tmp_path)
    assert measured.misses["concerns: explicit alarm"] == ("s2",)
    figure = next(each for each in measured.figures if each.name == "concerns: explicit alarm")
    assert (figure.hits, figure.ok) == (1, False)


def test_confusions_name_label_and_what_came_first(measured: Measured) -> None:
    assert measured.concerns == (("cold", "pace", 1), ("goals", "cold", 1))
    assert measured.routes == (("crisis_self", "danger", 1), ("none", "crisis_self", 1))


def test_a_folder_without_openings_has_no_figures_of_them(tmp_path: Path) -> None:
    write(tmp_path, safety=SAFETY, concerns=CONCERNS)
    told = "\n".join(told_in_lines(measure(listen, tmp_path)))
    assert "crisis_self caught" in told
    assert "openings" not in told


def test_a_folder_without_labels_of_safety_is_refused(tmp_path: Path) -> None:
    write(tmp_path, concerns=CONCERNS)
    with pytest.raises(OSError, match=r"safety\.jsonl"):
        measure(listen, tmp_path)


def test_no_text_is_printed(measured: Measured) -> None:
    assert "secret" not in "\n".join(told_in_lines(measured))


@pytest.mark.parametrize(
    ("figure", "ok"),
    [
        (Figure("", 8, 10, 0.8), True),
        (Figure("", 7, 10, 0.8), False),
        (Figure("", 1, 10, 0.1, at_most=True), True),
        (Figure("", 2, 10, 0.1, at_most=True), False),
        (Figure("", 8, 10, 0.9, slack=2), True),
        (Figure("", 8, 10), None),
        (Figure("", 0, 0, 0.9), None),
    ],
    ids=["reached", "missed", "low_enough", "too_many", "two_misses_allowed", "only_told", "no_texts"],
)
def test_a_goal_is_reached(figure: Figure, ok: bool | None) -> None:
    assert figure.ok is ok


def test_an_interval_stays_within_nothing_and_all() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 0) == (0.0, 1.0)
