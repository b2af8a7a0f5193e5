"""`into-words` as authors and operators use it: what it prints, and how it ends."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.engine import Answer, advance, begin, compose, hear
from app.flows.library import Library

FLOWS = Path(__file__).parents[2] / "conversation_flows"


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("INTO_WORDS_FLOWS", str(FLOWS))
    return CliRunner()


def test_play_talks_to_the_end_and_saves_a_transcript_that_runs(runner: CliRunner, tmp_path: Path) -> None:
    saved = tmp_path / "mine.txt"
    played = runner.invoke(cli, ["play", "soon", "--save", str(saved)], input="she forgets\nask me twice\n")

    assert played.exit_code == 0, played.output
    assert "You forget." in played.output
    lines = saved.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(("you", "end"))] == [
        "you: she forgets",
        "you: ask me twice",
        "end: note",
    ]


def test_play_answers_by_number_goes_back_and_stops_where_told(runner: CliRunner) -> None:
    played = runner.invoke(cli, ["play", "connection"], input="cold and distant\n1 2\n/back\n")

    assert played.exit_code == 0, played.output
    assert played.output.count("Which of these is closest?") == 2


def test_explain_says_words_span_rule_and_runner_up(runner: CliRunner) -> None:
    told = json.loads(runner.invoke(cli, ["explain", "She talks over me"]).output)

    first = told["concerns"][0]
    assert first["concern"] == "unheard"
    assert first["because"][0]["words"] == "talks over me"
    assert first["because"][0]["span"] == [4, 17]
    assert first["because"][0]["rule"].startswith("_shared/concerns.en.yaml:")


def test_explain_names_the_way_out_where_a_step_does_not_listen(runner: CliRunner) -> None:
    refused = runner.invoke(cli, ["explain", "hello", "--step", "connection/wish"])

    assert refused.exit_code == 1
    assert "understands no free text" in refused.output


def test_listen_answers_each_line_and_never_with_no_concern(runner: CliRunner) -> None:
    asked = '{"id": "a", "text": "I want to die"}\n\n{"id": "b", "text": "qwxz"}\n'
    a, b = map(json.loads, runner.invoke(cli, ["listen"], input=asked).output.splitlines())

    assert (a["id"], a["safety"]["route"], a["safety"]["certainty"]) == ("a", "crisis_self", "explicit")
    assert b["safety"] == {"route": "none", "certainty": "none", "because": []}
    assert b["concerns"] == [{"concern": "unclear", "status": "possible", "because": []}]


def test_listen_names_the_line_that_is_not_json(runner: CliRunner) -> None:
    refused = runner.invoke(cli, ["listen"], input='{"id": "a", "text": "hi"}\nnonsense\n')

    assert refused.exit_code == 1
    assert "Line 2" in refused.output
    assert "nonsense" not in refused.output


def test_measure_tells_listening_and_notes_and_fails_where_a_goal_is_missed(
    runner: CliRunner, tmp_path: Path
) -> None:
    persona = {"id": "p1", "opening": "flat", "answers": {"moment": "She yawned"}, "concerns": ["cold"]}
    sets = {
        "safety": {"id": "s1", "text": "I want to kill myself", "label": "crisis_self"},
        "concerns": {"id": "c1", "text": "It is much too fast", "labels": ["pace"]},
        "personas": {**persona, "must_appear_in_note": ["yawned", "laughed"], "must_not_appear": []},
    }
    for name, row in sets.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    told = runner.invoke(cli, ["measure", str(tmp_path)])

    assert told.exit_code == 1
    lines = {line[:42].strip(): line for line in told.output.splitlines()}
    assert "1 of 1" in lines["crisis_self caught"]
    assert "1 of 2" in lines["personas: required fragments kept"]
    assert "missed" in lines["personas: required fragments kept"]
    assert "  personas: a required fragment missing: 1 (p1)" in told.output


def test_measure_refuses_a_folder_of_something_else(runner: CliRunner, tmp_path: Path) -> None:
    told = runner.invoke(cli, ["measure", str(tmp_path)])
    assert told.exit_code == 1
    assert "is no evaluation folder" in told.stderr


def a_note() -> dict[str, object]:
    library = Library.load(FLOWS)
    flow = library.flow("soon")
    assert flow is not None
    words = hear(library.shared.net, "she looked away")
    moved = advance(flow, begin(flow).state, Answer("opening", text=words))
    return compose(flow, moved.state).as_json()


def test_verify_is_content_with_a_note_of_ours_and_not_with_one_word_more(
    runner: CliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "note.json"
    note = a_note()
    file.write_text(json.dumps(note), encoding="utf-8")
    assert runner.invoke(cli, ["verify", str(file)]).exit_code == 0

    text = json.dumps(note).replace("looked away", "always looked away")
    file.write_text(text, encoding="utf-8")
    refused = runner.invoke(cli, ["verify", str(file)])
    assert refused.exit_code == 1
    assert "sentence" in refused.output


def test_verify_says_what_to_save_where_a_file_is_no_note(runner: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "note.json"
    file.write_text("[]", encoding="utf-8")
    refused = runner.invoke(cli, ["verify", str(file)])

    assert refused.exit_code == 1
    assert "/note" in refused.output


def test_test_fails_with_the_line_that_does_not_hold(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "_shared").symlink_to(FLOWS / "_shared")
    (tmp_path / "soon/tests").mkdir(parents=True)
    for name in ("flow.yaml", "note.yaml"):
        (tmp_path / "soon" / name).write_text((FLOWS / "soon" / name).read_text("utf-8"), encoding="utf-8")
    (tmp_path / "soon/tests/wrong.txt").write_text("# Wrong.\nbot: opening\nskip\nbot: nowhere\n", "utf-8")
    monkeypatch.setenv("INTO_WORDS_FLOWS", str(tmp_path))
    ran = runner.invoke(cli, ["test"])

    assert ran.exit_code == 1
    assert 'wrong.txt:4: "nowhere" does not speak here' in ran.output
    assert "0 passed, 1 failed" in ran.output


def test_an_unknown_flow_is_told_with_those_on_offer(runner: CliRunner) -> None:
    refused = runner.invoke(cli, ["play", "conection"])

    assert refused.exit_code == 1
    assert "connection" in refused.output


def test_purge_says_what_it_erased(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTO_WORDS_DATA", str(tmp_path))
    ran = runner.invoke(cli, ["purge"])

    assert ran.exit_code == 0, ran.output
    assert "Erased: 0 conversations" in ran.output


def test_tally_shows_the_months_that_are_over_and_no_count_under_five(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTO_WORDS_DATA", str(tmp_path))
    empty = runner.invoke(cli, ["tally"])
    with closing(sqlite3.connect(tmp_path / "into-words.db")) as db:
        for month, answer, times in (("2025-06", "", 41), ("2025-06", "neither", 33), ("2025-06", "life", 4)):
            row = (month, "cannot_go_on", "life_or_therapy", answer, times)
            db.execute("INSERT INTO tally VALUES (?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO tally VALUES ('9999-12', 'slurs_and_cures', 'did_they', '', 50)")
        db.commit()
    ran = runner.invoke(cli, ["tally"])

    assert (empty.exit_code, ran.exit_code) == (0, 0), ran.output
    assert "month " not in empty.output
    head, line, left_out = ran.output.splitlines()
    assert head.split() == ["month", "family", "question", "asked", "answers"]
    assert line.split(maxsplit=4) == [
        "2025-06",
        "cannot_go_on",
        "life_or_therapy",
        "41",
        "therapy under 5, life under 5, both under 5, neither 33, skipped under 5",
    ]
    assert "this month" in left_out
