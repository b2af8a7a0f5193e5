"""Each wrong file draws exactly its diagnostics: place, code, wording, way out."""

import string
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app.flows.diagnostics import Diagnostic, Diagnostics, FlowFileError, Place, did_you_mean, wordings
from app.flows.library import Library

Check = Callable[[Mapping[str, str]], list[Diagnostic]]
BROKEN = Path(__file__).parent / "broken"
FOLDERS = sorted(path.name for path in BROKEN.iterdir())


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_wrong_file_says_exactly_what_is_wrong(folder: str, wrong_with: Check) -> None:
    files = {
        path.relative_to(BROKEN / folder).as_posix(): path.read_text("utf-8")
        for path in (BROKEN / folder).glob("*/*.yaml")
    }
    expected = (BROKEN / folder / "expected.txt").read_text("utf-8")

    assert "\n".join(map(str, wrong_with(files))) + "\n" == expected


def test_the_small_folder_has_nothing_wrong(wrong_with: Check) -> None:
    assert wrong_with({}) == []


def test_every_code_has_an_example_in_the_gallery() -> None:
    shown = {folder.split("_")[0] for folder in FOLDERS}

    assert set(wordings()) - shown == set()


def test_every_example_of_a_code_draws_that_code() -> None:
    for folder in FOLDERS:
        code = folder.split("_")[0]
        if code in wordings():
            assert f": {code} " in (BROKEN / folder / "expected.txt").read_text("utf-8"), folder


def test_every_wording_names_its_placeholders_and_an_example() -> None:
    for wording in wordings().values():
        named = {name for _, name, _, _ in string.Formatter().parse(wording.says) if name}
        assert named == set(wording.placeholders), wording.code
        assert wording.wrong != wording.right, wording.code
        assert wording.way_out.endswith("."), wording.code


def test_three_faults_of_three_kinds_come_out_together_in_order(wrong_with: Check) -> None:
    path = BROKEN / "three_faults_in_one_file" / "tiny" / "flow.yaml"
    found = wrong_with({"tiny/flow.yaml": path.read_text("utf-8")})

    assert [diagnostic.code for diagnostic in found] == ["IW201", "IW301", "IW302"]
    assert [diagnostic.place.line for diagnostic in found] == sorted(d.place.line for d in found)


def test_faults_of_several_files_come_out_together(wrong_with: Check) -> None:
    three = ("IW203_not_snake_case", "IW204_unknown_filter", "IW308_same_label")
    files = {
        path.relative_to(BROKEN / folder).as_posix(): path.read_text("utf-8")
        for folder in three
        for path in (BROKEN / folder).glob("*/*.yaml")
    }

    assert {d.place.file for d in wrong_with(files)} == {
        "naming/flow.yaml",
        "tiny/flow.yaml",
        "tiny/note.yaml",
    }


@pytest.mark.parametrize(
    "missing",
    ["_shared/safety.en.yaml", "_shared/concerns.yaml", "_shared/replies.yaml", "_shared/help.yaml"],
)
def test_a_missing_shared_file_stops_the_house(missing: str, whole: Mapping[str, str]) -> None:
    with pytest.raises(FlowFileError) as stopped:
        Library({name: text for name, text in whole.items() if name != missing})

    assert [(d.code, d.place.file) for d in stopped.value.diagnostics] == [("IW202", missing)]


def test_a_flow_without_a_note_is_asked_for_one(whole: Mapping[str, str]) -> None:
    library = Library({name: text for name, text in whole.items() if name != "tiny/note.yaml"})

    assert [str(d).splitlines()[0] for d in library.diagnostics] == [
        'tiny/flow.yaml:1:1: IW202 the folder lacks "note.yaml".'
    ]


def test_a_safety_file_of_its_own_is_refused_to_a_flow(wrong_with: Check) -> None:
    found = wrong_with({"tiny/safety.yaml": "pages: {}\n"})

    assert [(d.code, d.place) for d in found] == [("IW309", Place("tiny/safety.yaml"))]


def test_a_finding_counts_once_and_is_named_from_where_its_author_stands() -> None:
    found = Diagnostics()
    for _ in range(2):
        found.add("IW302", Place("a/flow.yaml", 3, 7), name="feer")
    (only,) = found

    assert str(only.under("flows/")) == (
        'flows/a/flow.yaml:3:7: IW302 no variable is called "feer".\n'
        '    Correct the name, or add it to "vars".'
    )


def test_nothing_is_offered_where_no_name_is_close() -> None:
    assert did_you_mean("feelng", ["feeling", "ask"]) == 'Did you mean "feeling"?'
    assert did_you_mean("zebra", ["feeling", "ask"]) == ""


def test_every_code_stands_in_the_authors_guide() -> None:
    guide = (Path(__file__).parents[2] / "conversation_flows" / "README.md").read_text("utf-8")

    assert [code for code in wordings() if code not in guide] == []
