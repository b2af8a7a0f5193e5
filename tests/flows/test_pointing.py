"""Points come from three files: proposed, signed, classes. Faults come out at their place."""

from collections.abc import Mapping

import pytest

from app.engine.understanding import understand
from app.flows.diagnostics import Diagnostics
from app.flows.library import Library
from app.flows.sources import SharedList, read_lists

CLASSES = "classes:\n  FORGET: [forget, misremember]\n"
POINTS = "points:\n  unheard: |-\n    12: @FORGET, name\n    3: my name\n  cold: |-\n    9: nod\n"
SIGNED = "signed: {read: [unheard]}\nstrike: [my name]\nset: {nod: {unheard: 12, cold: 0}}\n"


def files(whole: Mapping[str, str], points: str = POINTS, signed: str = SIGNED) -> dict[str, str]:
    added = {"classes.en.yaml": CLASSES, "points.en.yaml": points, "points.en.signed.yaml": signed}
    return {**whole, **{f"_shared/{name}": text for name, text in added.items()}}


def listed(texts: Mapping[str, str]) -> tuple[SharedList | None, list[str]]:
    found = Diagnostics()
    lists = read_lists(texts, found)
    return lists.get("concerns"), [str(each).splitlines()[0] for each in found]


def test_points_are_heard_with_their_line(whole: Mapping[str, str]) -> None:
    concerns, faults = listed(files(whole))
    assert concerns is not None
    assert faults == []
    first = understand(concerns.lexicon, "misremembers")[0]
    assert (first.concept, first.because[0].rule) == ("unheard", "_shared/points.en.yaml:3")


def test_what_people_signed_wins(whole: Mapping[str, str]) -> None:
    concerns, _ = listed(files(whole))
    assert concerns is not None
    assert [each.concept for each in understand(concerns.lexicon, "nod")] == ["unheard"]
    assert understand(concerns.lexicon, "my")[:1] == ()
    both = understand(concerns.lexicon, "my name")[0]
    assert (both.points, both.runner_up) == (12, None)


def test_without_proposed_points_sayings_decide_alone(whole: Mapping[str, str]) -> None:
    concerns, _ = listed(whole)
    assert concerns is not None
    assert not concerns.lexicon.has_points


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        ("points:\n  warm: |-\n    3: name\n", "_shared/points.en.yaml:2:3: IW303"),
        ("points:\n  cold: |-\n    3: name\n    13: nod\n", "_shared/points.en.yaml:4:1: IW204"),
        ("points:\n  cold: |-\n    name\n", "_shared/points.en.yaml:3:1: IW204"),
    ],
    ids=["unknown_concern", "too_many_points", "no_points"],
)
def test_a_fault_comes_out_at_its_place(whole: Mapping[str, str], points: str, fault: str) -> None:
    concerns, faults = listed(files(whole, points))
    assert concerns is None
    assert [each for each in faults if each.startswith(fault)]


def test_a_signed_concern_has_to_be_one(whole: Mapping[str, str]) -> None:
    _, faults = listed(files(whole, signed="set: {nod: {warm: 3}}\n"))
    assert [each for each in faults if each.startswith("_shared/points.en.signed.yaml:1:13: IW303")]


def test_a_conversation_is_pinned_to_its_points(whole: Mapping[str, str]) -> None:
    before, after = Library(files(whole)), Library(files(whole, POINTS.replace("9: nod", "8: nod")))
    assert {"_shared/points.en.yaml", "_shared/points.en.signed.yaml", "_shared/classes.en.yaml"} <= set(
        before.files("tiny")
    )
    revisions = {library.flows()[0].revision for library in (before, after)}
    assert len(revisions) == 2
