"""The examples that stand beside each concept and family come out as their authors say."""

import pytest

from app.engine.commands import COMMANDS, command_in
from app.engine.safety import hear
from app.engine.understanding import understand
from tests.unit.lexicon_files import SHARED, commands_of, lexicon_of, net_of

FILES = sorted(path.name for path in SHARED.glob("*.en.yaml"))
LEXICONS = ["concerns.en.yaml", "feelings.en.yaml"]


def test_the_phrase_files_of_english_are_found() -> None:
    assert {"concerns.en.yaml", "feelings.en.yaml", "safety.en.yaml", "commands.en.yaml"} <= set(FILES)


@pytest.mark.parametrize("name", LEXICONS)
def test_every_concept_has_three_examples_each_way(name: str) -> None:
    _, sources = lexicon_of(name)
    assert [key for key, source in sources.items() if min(len(source.yes), len(source.no)) < 3] == []


@pytest.mark.parametrize("name", LEXICONS)
def test_examples_of_a_concept_come_out_as_written(name: str) -> None:
    lexicon, sources = lexicon_of(name)
    wrong = [
        (key, example.place, example.text)
        for key, source in sources.items()
        for wanted, examples in ((True, source.yes), (False, source.no))
        for example in examples
        if (key in [found.concept for found in understand(lexicon, example.text)]) != wanted
    ]
    assert wrong == []


def test_examples_of_a_safety_family_come_out_as_written() -> None:
    net, sources = net_of("safety.en.yaml")
    wrong = [
        (key, rule.place, rule.text)
        for key, source in sources.items()
        for wanted, rules in ((True, source.yes), (False, source.no))
        for rule in rules
        if (key in [finding.family for finding in hear(net, rule.text).findings]) != wanted
    ]
    assert wrong == []


def test_no_command_is_a_finding_of_the_net() -> None:
    net, _ = net_of("safety.en.yaml")
    commands = commands_of("commands.en.yaml")
    for command in COMMANDS:
        heard = hear(net, command)
        assert heard.findings == ()
        assert command_in(commands, heard) == command


def test_the_first_words_of_the_article_are_heard_as_no_connection() -> None:
    lexicon, _ = lexicon_of("concerns.en.yaml")
    first = understand(lexicon, "Because I don't feel a connection")[0]
    assert (first.concept, first.status) == ("no_connection", "sure")


def test_a_typed_feeling_finds_its_tile() -> None:
    lexicon, _ = lexicon_of("feelings.en.yaml")
    assert understand(lexicon, "i was gutted")[0].concept == "hurt"
