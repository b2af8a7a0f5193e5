"""Figures of notes: a persona walks the flow, and what its note keeps, offers or gives away is counted."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.engine import compose
from app.flows.figures import Figure, Measured, told_in_lines
from app.flows.measuring_notes import measure_notes, walk
from tests.flows.world import made, shipped

ADA: dict[str, Any] = {
    "id": "p1",
    "opening": "It feels flat",
    "answers": {
        "moment": "She yawned at the very thing I had rehearsed",
        "helped": "She kept the lamp low for me",
        "feeling": "Small",
        "fear": "She will hand me to the one down the hall",
    },
    "concerns": ["cold", "unheard"],
    "must_appear_in_note": ["the very thing I had rehearsed", "the lamp low"],
    "must_not_appear": ["hall", "rehearse"],
    "style": "gentle",
}


def measured(folder: Path, *personas: dict[str, Any]) -> Measured:
    (folder / "personas.jsonl").write_text("\n".join(map(json.dumps, personas)), encoding="utf-8")
    return measure_notes(shipped().flows()[0], folder)


def figure(measured: Measured, name: str) -> Figure:
    return next(each for each in measured.figures if each.name == f"personas: {name}")


def test_a_persona_whose_words_arrive_misses_nothing(tmp_path: Path) -> None:
    found = measured(tmp_path, ADA)
    assert [each for each in found.figures if each.ok is False] == []
    assert (figure(found, "required fragments kept").hits, figure(found, "forbidden words in").of) == (2, 2)
    assert figure(found, "notes that verify passes").of == 12
    assert set(found.misses.values()) == {()}


@pytest.mark.parametrize(
    ("changed", "name", "missed"),
    [
        (
            {"must_appear_in_note": ["the lamp high"]},
            "required fragments kept",
            "a required fragment missing",
        ),
        ({"must_not_appear": ["LAMP"]}, "forbidden words in", "a forbidden word in"),
    ],
    ids=["fragment", "word"],
)
def test_what_is_missing_or_should_not_be_there_is_a_miss(
    tmp_path: Path, changed: dict[str, Any], name: str, missed: str
) -> None:
    found = measured(tmp_path, {**ADA, **changed})
    assert figure(found, name).ok is False
    assert found.misses[f"personas: {missed}"] == ("p1",)


def test_what_a_long_answer_only_offers_is_told_apart(tmp_path: Path) -> None:
    aside = " ".join(f"Then came the {n} thing, and it went on as it had gone on before." for n in range(40))
    told = {**ADA["answers"], "moment": f"She yawned. {aside} Last of all the blue folder was closed."}
    found = measured(
        tmp_path, {**ADA, "answers": told, "must_appear_in_note": ["the blue folder was closed"]}
    )
    assert figure(found, "required fragments kept").hits == 0
    assert figure(found, "fragments kept or offered").hits == 1


def test_a_persona_that_is_asked_about_danger_is_counted_and_goes_on(tmp_path: Path) -> None:
    found = measured(tmp_path, {**ADA, "opening": "I want to kill myself"})
    assert figure(found, "stopped by the net").hits == 1
    assert figure(found, "conversations that ended").ok


def test_a_persona_picks_the_concerns_on_offer_and_keeps_its_fear_private() -> None:
    flow = shipped().flows()[0]
    state = walk(flow, {**ADA, "concerns": ["cold", "no_such_concern"]}).state
    given = {key: entry.given for key, entry in state.entries.items()}
    assert given["concerns"] is not None
    assert given["concerns"].values == ("cold",)
    assert given["fear_shared"] is not None
    assert given["fear_shared"].values == ("no",)
    assert "down the hall" not in compose(flow, state).text()


def test_a_flow_without_an_end_is_a_miss_and_no_hang() -> None:
    steps = """vars:
  opening: {type: text}
steps:
  again: {ask: What is it?, saves: opening, next: once_more}
  once_more: {ask: And then?, saves: opening, next: again}
"""
    flow = made(
        steps, "to: therapist\nsections:\n  - {id: opening, when: opening is answered, text: One line.}\n"
    )
    assert not walk(flow, ADA).ended


def test_a_folder_without_personas_tells_nothing(tmp_path: Path) -> None:
    found = measure_notes(shipped().flows()[0], tmp_path)
    assert "personas" not in "\n".join(told_in_lines(found))
