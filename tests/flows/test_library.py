"""Folders become flows with revisions; a pinned flow comes back from its stored texts."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.conditions import Includes, Within
from app.engine.flow import Call, Flow, Question, Slot
from app.flows.diagnostics import Diagnostics, FlowFileError
from app.flows.library import Library, check, check_texts
from app.flows.schemas import schemas

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "conversation_flows"


@pytest.fixture(scope="module")
def library(whole: Mapping[str, str]) -> Library:
    return Library(whole)


@pytest.fixture(scope="module")
def tiny(library: Library) -> Flow:
    flow = library.flow("tiny")
    assert flow is not None
    return flow


def question(flow: Flow, id: str) -> Question:
    step = flow.steps[id]
    assert isinstance(step, Question)
    return step


def test_flows_on_offer_stand_in_the_order_of_their_doors(whole: Mapping[str, str]) -> None:
    first = {
        name.replace("tiny/", "first/"): text.replace(": tiny", ": first").replace("order: 1", "order: 0")
        for name, text in whole.items()
        if name.startswith("tiny/")
    }
    second = {
        name.replace("tiny/", "second/"): text.replace(": tiny", ": second") for name, text in whole.items()
    }
    texts = {**whole, **second, **{n: t.replace("order: 0", "order: 2") for n, t in first.items()}}

    assert [flow.id for flow in Library(texts).flows()] == ["second", "tiny", "first"]


def test_a_called_flow_cannot_be_begun(library: Library, tiny: Flow) -> None:
    assert library.flow("naming") is None
    assert library.flow("nothing_like_it") is None
    call = tiny.steps["naming"]
    assert isinstance(call, Call)
    assert (call.flow.id, call.gives, call.saves) == ("naming", {"known": "opening"}, {"pronoun": "pronoun"})


def test_options_come_from_the_shared_list_behind_the_variable(tiny: Flow) -> None:
    concerns, feeling = question(tiny, "concerns"), question(tiny, "feeling")

    assert [(o.value, o.group) for o in concerns.options] == [
        ("cold", "How it feels between us"),
        ("unheard", "How it feels between us"),
        ("unclear", ""),
    ]
    assert concerns.offer_first == ("unheard",)
    assert [(o.value, o.word) for o in feeling.options] == [
        ("hurt", "hurt"),
        ("sad", "sad, or low"),
        ("stung", "stung"),
    ]


def test_closer_words_wait_for_their_family(tiny: Flow) -> None:
    hurt, *_, stung = question(tiny, "closer").options

    assert hurt.condition == Includes("feeling", ("hurt", "hurt"))
    assert stung.condition == Includes("feeling", ("hurt", "stung"))
    assert stung.group == "Hurt"


def test_questions_know_their_labels_bounds_and_examples(tiny: Flow) -> None:
    heavy, shared, opening = question(tiny, "heavy"), question(tiny, "shared"), question(tiny, "opening")

    assert (heavy.first, heavy.last, heavy.low, heavy.high) == (1, 5, "Light", "Heavy")
    assert [(o.value, o.label) for o in shared.options] == [("yes", "Put it in"), ("no", "No")]
    assert opening.examples == ("concerns", {"cold": ("Could you use your own words?",)})
    assert tiny.steps["ways_on"].next[0].condition == Within("heavy", 4, None)  # type: ignore[union-attr]


def test_the_next_step_follows_where_none_is_named(tiny: Flow) -> None:
    assert [branch.target for branch in question(tiny, "opening").next] == ["concerns"]


def test_shared_lines_of_a_note_come_with_what_is_offered_beside_them(tiny: Flow) -> None:
    assert tiny.note is not None
    section = next(section for section in tiny.note.sections if section.id == "concerns")
    assert section.lines is not None
    assert section.more is not None

    assert section.lines["cold"].pieces == ("Our sessions feel cold to me.",)
    assert section.lines["cold"].source == "concerns.cold.line"
    assert section.lines["own_words"].pieces == ("The way I’d put it: ", Slot("own_words", "to_you"))
    assert [template.source for template in section.more["cold"]] == ["concerns.cold.more.1"]


def test_silence_in_a_note_is_deliberate(tiny: Flow) -> None:
    assert tiny.note is not None
    feeling, pronoun = tiny.note.sections[3], tiny.note.sections[4]

    assert feeling.otherwise is not None
    assert feeling.otherwise.pieces == ()
    assert pronoun.lines is not None
    assert pronoun.lines["she"].pieces == ()


def test_only_checked_helplines_are_shown(library: Library) -> None:
    country = library.shared.help.countries["GB"]

    assert [contact.name for contact in country.contacts] == ["A line"]
    assert country.emergency == "999"


def test_a_page_without_a_question_has_that_of_its_route(library: Library) -> None:
    safety = library.shared.safety

    assert safety.page("crisis_self", "harm").prompt == "What makes it hard?"
    assert safety.page("crisis_other", None).says == ("You wrote about someone.",)
    assert safety.checks["life_or_therapy"].options[2].line == "You can ask someone outside."


def test_a_revision_covers_called_flows_and_lists_and_nothing_else(
    whole: Mapping[str, str], tiny: Flow
) -> None:
    def revision(name: str) -> str:
        changed = Library({**whole, name: whole[name] + "# changed\n"}).flow("tiny")
        assert changed is not None
        return changed.revision

    pinned = ["naming/flow.yaml", "tiny/note.yaml", "_shared/concerns.en.yaml", "_shared/feelings.yaml"]
    free = ["_shared/safety.en.yaml", "_shared/replies.yaml", "_shared/help.yaml", "_shared/commands.en.yaml"]

    assert all(revision(name) != tiny.revision for name in pinned)
    assert all(revision(name) == tiny.revision for name in free)


def test_a_pinned_flow_comes_back_after_its_folder_changed(
    whole: Mapping[str, str], library: Library
) -> None:
    old = library.flow("tiny")
    assert old is not None
    changed = {
        "tiny/flow.yaml": whole["tiny/flow.yaml"].replace("What feels off?", "What is it?"),
        "_shared/replies.yaml": whole["_shared/replies.yaml"].replace("Skip this", "Leave it"),
    }
    newer = Library({**whole, **changed})

    assert newer.by_revision(old.revision) is None
    pinned = newer.by_revision(old.revision, library.files("tiny"))
    assert pinned is not None
    assert dataclasses.replace(pinned, shared=old.shared, lexicons={}, steps={}) == dataclasses.replace(
        old, lexicons={}, steps={}
    )
    assert question(pinned, "opening").prompt == question(old, "opening").prompt
    assert pinned.shared.replies["skip"] == "Leave it"
    assert newer.by_revision(old.revision) is pinned


def test_files_that_are_not_what_their_hash_says_are_not_built(library: Library) -> None:
    files = library.files("tiny")

    assert library.by_revision("sha256:0", files) is None
    assert set(files) == {
        "_shared/concerns.en.yaml",
        "_shared/concerns.yaml",
        "_shared/feelings.en.yaml",
        "_shared/feelings.yaml",
        "naming/flow.yaml",
        "tiny/flow.yaml",
        "tiny/note.yaml",
    }


def test_a_faulty_flow_is_left_out_and_the_others_stay(whole: Mapping[str, str]) -> None:
    other = {
        name.replace("tiny/", "other/"): text.replace(": tiny", ": other").replace("go: done", "go: dnoe")
        for name, text in whole.items()
        if name.startswith("tiny/")
    }
    other["other/flow.yaml"] = other["other/flow.yaml"].replace("else: done", "else: dnoe")
    library = Library({**whole, **other})

    assert [flow.id for flow in library.flows()] == ["tiny"]
    assert [(d.code, d.place.file) for d in library.diagnostics] == [("IW301", "other/flow.yaml")]


def test_a_flow_that_calls_a_faulty_one_is_left_out_too(whole: Mapping[str, str]) -> None:
    library = Library(
        {**whole, "naming/flow.yaml": whole["naming/flow.yaml"].replace("own_words: no", "own: no")}
    )

    assert library.flow("tiny") is None
    assert {d.place.file for d in library.diagnostics} == {"naming/flow.yaml"}


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, whole: Mapping[str, str]) -> None:
    for name, text in whole.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "tiny" / "note.yaml").write_bytes(b"format: \xff\n")

    library = Library.load(tmp_path)
    assert library.flows() == ()
    assert [str(d.place) for d in library.diagnostics] == ["tiny/note.yaml:1:9"]
    (tmp_path / "_shared" / "help.yaml").write_bytes(b"\xff")
    with pytest.raises(FlowFileError):
        Library.load(tmp_path)


def test_one_flow_can_be_checked_alone(tmp_path: Path, whole: Mapping[str, str]) -> None:
    for name, text in whole.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            text.replace("own_words: no", "own: no").replace("go: leave", "go: leaf"), "utf-8"
        )

    assert [d.code for d in check(tmp_path)] == ["IW201", "IW301"]
    (only,) = check(tmp_path, ["tiny"])
    assert only.place.file == f"{tmp_path}/tiny/flow.yaml"
    assert [d.code for d in check(tmp_path, ["missing"])] == ["IW202"]


PLACES = st.integers(0, 2000)
PATCHES = st.sampled_from(
    [
        "",
        "x",
        ":",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "'",
        '"',
        "\n",
        "  ",
        "|",
        "is",
        "next: x\n",
        "🙂",
        "99999999999",
    ]
)


@settings(max_examples=120, deadline=None)
@given(
    PLACES,
    st.integers(0, 30),
    PATCHES,
    st.sampled_from(["tiny/flow.yaml", "tiny/note.yaml", "_shared/concerns.yaml"]),
)
def test_a_file_changed_anywhere_is_built_or_explained(
    whole: Mapping[str, str], start: int, size: int, patch: str, name: str
) -> None:
    text = whole[name]
    start %= len(text)
    found = Diagnostics()
    check_texts({**whole, name: text[:start] + patch + text[start + size :]}, found)

    assert all(diagnostic.place.file in whole and diagnostic.place.line >= 1 for diagnostic in found)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_committed_schema_is_the_grammar_of_today(name: str) -> None:
    assert (FLOWS / name).read_text("utf-8") == schemas()[name]


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load(FLOWS)


@pytest.mark.parametrize("id", ["connection", "soon"])
def test_a_shipped_flow_builds_and_comes_back_from_its_files(id: str, shipped: Library) -> None:
    flow = shipped.flow(id)
    assert flow is not None, [str(d) for d in shipped.diagnostics]

    assert flow.door is not None
    assert set(flow.lexicons) == {"concerns", "feelings"}
    assert shipped.by_revision(flow.revision, shipped.files(id)) is flow
