"""Options of a page that lead through another flow, and what may then go to the therapist."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.engine import Answer, Flow, change, compose, go_back, replay, thread, verify
from app.engine.checks import GRANTED
from app.engine.support import who_to_ask
from app.flows.library import Library
from tests.flows.walking import every_note, places
from tests.flows.world import Talk, shared_texts, shipped, shipped_flows, typed

HEAD = "format: 1\nflow: {0}\ntitle: A case\nminutes: 1\n"
CASE = """vars: {first: {type: text}, sure: {type: yes_no}, last: {type: text}}
steps:
  first: {ask: What is it?, saves: first}
  heard: {say: Good.}
  sure: {confirm: "Sure?", saves: sure, only_for: therapist}
  facts: {call: facts, only_for: self}
  last: {ask: And last?, saves: last, only_for: therapist}
  done: {end: note}
"""
FACTS = """vars: {what: {type: text}, shown: {type: yes_no}}
steps:
  begin: {say: For you alone.}
  what: {ask: What happened?, saves: what}
  shown: {confirm: Show them?, saves: shown, next: [{if: shown is yes, go: list}, {else: done}]}
  list: {say: Here they are., shows: regulators}
  done: {end: note}
"""
LINES = """vars: {lines: {type: many, of: [stop, nothing]}}
steps:
  lines:
    pick: What to say?
    saves: lines
    own_words: no
    none: nothing
    options: {stop: Stop, nothing: Nothing}
  done: {end: note}
"""
NOTE = "format: 1\nnote: {0}\nto: {1}\nsections:\n  - {2}\n"


@pytest.fixture(name="texts", scope="module")
def _texts() -> Mapping[str, str]:
    """A tiny flow, and two that the page of misconduct leads through."""
    texts = {**shared_texts()}
    safety = texts["_shared/safety.yaml"]
    safety = safety.replace("Short is safer., grants", "Short is safer., call: lines, grants")
    texts["_shared/safety.yaml"] = safety.replace(
        "stop: {label: Stop here",
        "facts: {label: Write it down, call: facts}\n        stop: {label: Stop here",
    )
    flows = {
        "case": (CASE, "therapist", "{id: lead, text: Can we talk?}"),
        "facts": (FACTS, "self", '{id: what, when: what is answered, text: "It was: {what|quote}"}'),
        "lines": (
            LINES,
            "therapist\ncloses: yes",
            '{id: lines, for_each: lines, lines: {stop: Stop., nothing: ""}}',
        ),
    }
    for id, (flow, to, section) in flows.items():
        texts[f"{id}/flow.yaml"] = HEAD.format(id) + flow
        texts[f"{id}/note.yaml"] = NOTE.replace("{0}", id).replace("{1}", to).replace("{2}", section)
    return texts


@pytest.fixture(name="library", scope="module")
def _library(texts: Mapping[str, str]) -> Library:
    return Library(texts)


def flow_of(library: Library, id: str = "case") -> Flow:
    flow = library.flow(id)
    assert flow is not None, "\n".join(map(str, library.diagnostics))
    return flow


@pytest.fixture(name="kissed")
def _kissed(library: Library) -> Talk:
    talk = Talk(flow_of(library)).type("my therapist kissed me")
    assert talk.asks == "safety/misconduct"
    return talk


def test_an_option_leads_through_its_flow_and_on_to_where_the_text_led(kissed: Talk) -> None:
    assert kissed.pick("facts").asks == "facts/what"
    assert [m.text for m in kissed.moved.turn.messages if m.speaker == "bot"] == ["For you alone."]
    kissed.type("In May").skip()

    assert kissed.moved.turn.finished
    assert replay(kissed.flow, kissed.state).counted == ("first", "facts/what", "facts/shown")
    note = compose(kissed.flow, kissed.state)
    assert note.to == "self"
    assert note.text() == "What is it? “my therapist kissed me”.\n\nWhat happened? “In May”.\n"
    assert verify(json.loads(json.dumps(note.as_json())), kissed.flow) == []


def test_who_carries_on_is_asked_for_the_record_once_at_its_place(kissed: Talk) -> None:
    assert kissed.pick("carry_on").asks == "facts/what"
    assert kissed.skip().skip().moved.turn.finished


def test_after_the_flow_one_quiet_line_stands_for_what_would_be_said(library: Library) -> None:
    texts = library.shared.replies
    talk = Talk(flow_of(library, "lines")).type("my therapist kissed me").pick("facts").skip()

    assert talk.skip().asks == "lines"
    assert texts["after_help"] not in [m.text for m in talk.moved.turn.messages]  # nothing would be said
    assert replay(talk.flow, talk.state).counted == ("facts/what", "facts/shown")


def test_back_leads_through_the_flow_and_out_of_it(kissed: Talk) -> None:
    kissed.pick("facts").type("In May")
    back = go_back(kissed.flow, kissed.state)
    assert back.turn.question is not None
    assert back.turn.question.id == "facts/what"
    out = go_back(kissed.flow, back.state)
    assert out.turn.question is not None
    assert out.turn.question.id == "first"


def test_an_edit_away_from_the_words_parks_what_was_said_in_the_flow(kissed: Talk) -> None:
    kissed.pick("facts").type("In May").skip()
    away = change(kissed.flow, kissed.state, typed(kissed.flow, "first", "It is dull"))

    assert set(away.no_longer_counts) == {"facts/what", "facts/shown"}
    assert away.turn.question is not None
    assert away.turn.question.id == "sure"
    assert compose(kissed.flow, away.state).to == "therapist"
    back = change(kissed.flow, away.state, typed(kissed.flow, "first", "my therapist kissed me"))
    assert "facts/what" in replay(kissed.flow, back.state).counted


def test_a_wish_to_write_makes_the_note_of_the_called_flow_and_no_other(kissed: Talk) -> None:
    kissed.pick("still_want")
    assert kissed.asks == "lines/lines"
    assert "Short is safer." in [m.text for m in kissed.moved.turn.messages]
    kissed.pick("stop")

    assert kissed.moved.turn.finished
    assert [m.text for m in kissed.moved.turn.messages] == ["Stop"]  # no next question is promised
    for note in every_note(kissed.flow, kissed.state):
        assert (note.to, note.text(), note.closes) == ("therapist", "Stop.\n", True)
        assert verify(json.loads(json.dumps(note.as_json())), kissed.flow) == []


@pytest.mark.parametrize("values", [("nothing",), ()], ids=["nothing", "skipped"])
def test_where_nothing_is_to_be_said_the_note_stays_with_the_client(
    kissed: Talk, values: tuple[str, ...]
) -> None:
    kissed.pick("still_want")
    kissed.pick(*values) if values else kissed.skip()

    assert compose(kissed.flow, kissed.state).to == "self"


def test_a_conversation_that_does_not_know_the_flow_grants_nothing(library: Library) -> None:
    old = replace(flow_of(library), beside={})
    talk = Talk(old).type("my therapist kissed me").pick("still_want")

    assert GRANTED not in talk.state.meanings
    assert compose(old, talk.state).to == "self"


def test_misconduct_told_where_it_answers_nothing_is_not_forgotten(library: Library) -> None:
    talk = Talk(flow_of(library)).type("It is dull").type("my therapist kissed me").pick("carry_on")
    assert talk.pick("yes").asks == "facts/what"
    talk = Talk(flow_of(library, "lines")).type("my therapist kissed me").pick("carry_on").pick("stop")
    assert compose(talk.flow, talk.state).to == "self"

    edited = change(talk.flow, talk.state, Answer("lines", ("nothing",)))
    edited = change(talk.flow, edited.state, Answer("lines", ("stop",)))
    assert compose(talk.flow, edited.state).to == "self"


def test_a_record_has_what_a_therapist_did_and_offers_other_danger(library: Library) -> None:
    talk = Talk(flow_of(library, "facts")).type("my therapist kissed me").pick("facts").skip()
    assert [s.state for s in compose(talk.flow, talk.state).sentences] == ["in"]

    talk = Talk(flow_of(library, "facts")).type("I want to kill myself").pick("now").skip()
    assert talk.moved.turn.finished  # nobody is told, so it is not asked
    assert [s.state for s in compose(talk.flow, talk.state).sentences] == ["offered"]


def test_a_wish_to_write_within_a_record_stands_in_the_record(library: Library) -> None:
    talk = (
        Talk(flow_of(library, "facts")).type("my therapist kissed me").pick("still_want").pick("stop").skip()
    )
    note = compose(talk.flow, talk.state)

    assert note.to == "self"
    assert note.text() == "It was: “my therapist kissed me”.\n\nWhat to say? Stop.\n"


def test_an_answer_off_the_path_keeps_its_question(kissed: Talk) -> None:
    kissed.pick("facts").type("In May")
    assert [spoke.prompt.text for spoke in thread(kissed.flow, kissed.state)] == [
        "What is it?",
        "What happened?",
    ]


def test_two_flows_of_the_same_files_are_told_apart(texts: Mapping[str, str], library: Library) -> None:
    facts, lines = flow_of(library, "facts"), flow_of(library, "lines")
    assert facts.revision != lines.revision

    newer = Library({**texts, "facts/flow.yaml": texts["facts/flow.yaml"].replace("What happened?", "What?")})
    for old in (facts, lines):
        assert newer.by_revision(old.revision) is None
        pinned = newer.by_revision(old.revision, library.files(old.id))
        assert pinned is not None
        assert (pinned.id, set(pinned.beside)) == (old.id, set(old.beside))


def test_who_to_ask_begins_with_what_to_know_and_ends_with_what_holds_anywhere() -> None:
    help = shipped().shared.help
    anywhere, british = who_to_ask(help, None), who_to_ask(help, "GB")

    assert anywhere[: len(help.before_you_call)] == help.before_you_call
    assert "HCPC: Psychologists and arts therapists" in british
    assert set(anywhere) < set(british)
    assert (
        british[-1]
        == "A sexual-violence centre: Someone to talk to, whatever you decide. nomoredirectory.org"
    )


def test_after_misconduct_no_place_of_a_shipped_flow_has_a_note_to_the_therapist_unless_asked_for() -> None:
    lines = {"I’m ending this.", "Please stop.", "Please send my records."}
    kept, granted = 0, 0
    for number, flow in enumerate(shipped_flows()):
        for place in places(number):
            told = any(f.route == "misconduct" and f.certainty == "explicit"
                       for e in place.state.entries.values() for f in e.findings)  # fmt: skip
            if not told:
                continue
            note = compose(flow, place.state)
            if GRANTED in place.state.meanings and note.to == "therapist":
                assert {s.text for s in note.sentences if s.state == "in"} <= lines, (
                    flow.id,
                    place.turn.question,
                )
                granted += 1
            else:
                assert note.to == "self", (flow.id, place.turn.question)
                kept += 1
    assert kept > 20
