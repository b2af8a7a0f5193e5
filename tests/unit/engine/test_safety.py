"""The net: families, each router, what decides, and what a finding carries. Commands beside it."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.commands import Commands, command_in, compile_commands, says_nothing, yes_or_no
from app.engine.nets import FamilySource, RouterSource
from app.engine.phrases import PhraseError, Rule
from app.engine.safety import Net, compile_net, hear
from tests.unit.engine.test_tokens import HOSTILE
from tests.unit.lexicon_files import net_of


def rules(*texts: str) -> tuple[Rule, ...]:
    return tuple(Rule(text, f"s.yaml:1:{number}") for number, text in enumerate(texts))


CLASSES = {
    "filler": ("just", "really"),
    "self": ("i", "^"),
    "me": ("me", ""),
    "time": ("years ago", "when i was 15"),
}
FAMILIES = {
    "wish": FamilySource(
        "crisis_self", "explicit", "life_or_therapy", "dying",
        slots={"subject": "self"}, any=rules("want to die", "suicidal", "{subject} do not want to exist"),
    ),
    "end": FamilySource("crisis_self", "unclear", "life_or_therapy", any=rules("end it", "cannot go on $"),
                        not_=rules("end it on time")),
    "others": FamilySource("crisis_other", "unclear", "hurt_someone", any=rules("hurt him")),
    "kiss": FamilySource("misconduct", "explicit", "how_is_it", level="stop", any=rules("kissed me"),
                         skip=("past",)),
}  # fmt: skip
ROUTERS = {
    "idiom": RouterSource("none", touching=rules("want to die of boredom")),
    "negation": RouterSource(
        "none", before=rules("not", "never", "do not think i"), stop=rules("i"), but_not=rules("not only"),
        even_cancels=True,
    ),
    "other_person": RouterSource("unclear", before=rules("my brother"), stop=rules("i"), question="who"),
    "past": RouterSource("unclear", near=rules("{time}"), scope="sentence", unless=rules("now")),
    "reported": RouterSource("none", before=rules("asked {me} if"), routes=("crisis_self",)),
    "therapy": RouterSource("none", after=rules("with my therapist"), routes=("crisis_self",)),
}  # fmt: skip


@pytest.fixture(scope="module")
def net() -> Net:
    return compile_net(FAMILIES, ROUTERS, CLASSES)


def outcome(net: Net, text: str) -> str:
    strongest = hear(net, text).strongest
    return f"{strongest.family} {strongest.certainty}" if strongest else "nothing"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("I want to die", "wish explicit"),
        ("I want to end it", "end unclear"),
        ("I want to end it on time", "nothing"),
        ("I can't go on", "end unclear"),
        ("I can't go on holiday", "nothing"),
        ("I want to die of boredom in there", "nothing"),
        ("I do not want to die", "nothing"),
        ("I'm not suicidal", "nothing"),
        ("I don't think I want to die", "nothing"),
        ("I'm not ok I want to die", "wish explicit"),
        ("not only suicidal", "wish explicit"),
        ("I never not want to die", "wish explicit"),
        ("my brother is suicidal", "wish unclear"),
        ("my brother says I want to die", "wish explicit"),
        ("when I was 15, I was suicidal", "wish unclear"),
        ("years ago suicidal and I am now suicidal", "wish explicit"),
        ("he kissed me years ago", "kiss explicit"),
        ("she asked me if I was suicidal", "nothing"),
        ("she asked if suicidal", "nothing"),
        ("I want to end it with my therapist", "nothing"),
        ("not suicidal, I just don't want to exist", "wish explicit"),
        ("just don't want to exist", "wish explicit"),
        ("my cat does not want to exist", "nothing"),
        ("", "nothing"),
    ],
)
def test_a_text_leads_where_its_strongest_clause_does(net: Net, text: str, result: str) -> None:
    assert outcome(net, text) == result


def test_findings_rank_by_route_and_then_explicit_first(net: Net) -> None:
    heard = hear(net, "he kissed me, I'll hurt him, end it, I want to die")
    ranked = [(finding.route, finding.certainty) for finding in heard.findings]
    assert ranked == [
        ("crisis_self", "explicit"),
        ("crisis_self", "unclear"),
        ("crisis_other", "unclear"),
        ("misconduct", "explicit"),
    ]


def test_a_finding_says_where_it_stands_and_which_rule_heard_it(net: Net) -> None:
    finding = hear(net, "Well. I WANT to die").findings[0]
    assert (finding.span, finding.rule, finding.page, finding.question) == (
        (8, 19),
        "s.yaml:1:0",
        "dying",
        None,
    )


def test_an_unclear_finding_asks_the_question_of_its_family_first(net: Net) -> None:
    assert hear(net, "my brother is suicidal").findings[0].question == "life_or_therapy"


def test_equal_words_have_equal_digests_and_other_words_do_not(net: Net) -> None:
    digests = [hear(net, text).findings[0].digest for text in ("END  IT!", "i'll end it", "I can't go on")]
    assert digests[0] == digests[1] != digests[2]


def test_the_same_words_twice_are_one_finding(net: Net) -> None:
    assert len(hear(net, "end it, end it").findings) == 1


def test_what_was_heard_keeps_its_words_out_of_its_representation(net: Net) -> None:
    assert "die" not in repr(hear(net, "I want to die"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"route": "elsewhere"}, "route is one of"),
        ({"certainty": "perhaps"}, "certainty is one of"),
        ({"certainty": "unclear", "question": None}, "asks no question"),
        ({"question": None}, "neither has a question"),
        ({"level": "much"}, "level is one of"),
        ({"skip": ("nobody",)}, "skip is one of"),
        ({"any": (Rule("{nobody}", "s.yaml:9:9"),)}, "no class has this name"),
    ],
)
def test_a_family_that_makes_no_sense_is_refused(change: Mapping[str, object], says: str) -> None:
    fields = {"route": "crisis_self", "certainty": "explicit", "question": "x", "any": rules("x")} | dict(
        change
    )
    with pytest.raises(PhraseError, match=says):
        compile_net({"family": FamilySource(**fields)}, {"past": ROUTERS["past"]}, CLASSES)  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_findings_point_into_the_typed_text_whatever_is_typed(text: str) -> None:
    for finding in hear(SHARED_NET, text).findings:
        start, end = finding.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "want to die " * 700], ids=[*HOSTILE, "a hit again and again"]
)
def test_a_hostile_text_is_heard_within_a_moment(text: str) -> None:
    begun = time.perf_counter()
    hear(SHARED_NET, text)
    assert time.perf_counter() - begun < 5


@pytest.fixture(scope="module")
def commands() -> Commands:
    words = {
        "stop": rules("stop {please?}"),
        "back": rules("go back", "back"),
        "nothing": rules("idk", "nothing really", "not sure", "n/a", "-"),
        "yes": rules("yes", "yeah"),
        "no": rules("no", "nope"),
    }
    return compile_commands(words, {"please": ("please",), "filler": ("just",)})


@pytest.mark.parametrize(
    ("text", "command"),
    [("Stop!", "stop"), ("stop pls", "stop"), ("go back", "back"), ("I want to stop", None),
     ("stop therapy", None), ("idk", None), ("", None)],
)  # fmt: skip
def test_a_command_counts_only_as_the_whole_text(
    net: Net, commands: Commands, text: str, command: str | None
) -> None:
    assert command_in(commands, hear(net, text)) == command


@pytest.mark.parametrize(
    ("text", "nothing"),
    [("idk", True), ("Nothing, really.", True), ("n/a", True), ("-", True), ("...", True), ("", True),
     ("not sure he listens", False), ("no", False), ("\U0001f62d", False)],
)  # fmt: skip
def test_words_that_say_nothing_are_known(net: Net, commands: Commands, text: str, nothing: bool) -> None:
    assert says_nothing(commands, hear(net, text)) is nothing


def test_yes_and_no_are_known_as_whole_texts(net: Net, commands: Commands) -> None:
    assert [yes_or_no(commands, hear(net, text)) for text in ("Yeah!", "nope", "yes she does")] == [
        "yes",
        "no",
        None,
    ]


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(PhraseError, match="no command"):
        compile_commands({"dance": rules("dance")}, {})


SHARED_NET, _ = net_of("safety.en.yaml")


def test_a_router_may_look_around_and_be_for_one_family_alone() -> None:
    years = RouterSource(
        "none", near=rules("years with"), unless=rules("tonight"), scope="around", only=("end",)
    )
    net = compile_net({name: FAMILIES[name] for name in ("wish", "end")}, {"years": years}, CLASSES)

    assert not hear(net, "I want to end it. Nine years with her is plenty.").findings
    assert hear(net, "I want to end it tonight. Nine years with her is plenty.").findings
    assert hear(net, "I am suicidal. Nine years with her is plenty.").findings


def test_a_scope_that_is_none_is_an_error_with_the_ones_there_are() -> None:
    with pytest.raises(PhraseError, match="scope is one of clause, sentence, around"):
        compile_net(FAMILIES, {"far": RouterSource("none", near=rules("here"), scope="page")}, CLASSES)


def test_a_router_for_a_family_that_is_none_is_an_error() -> None:
    with pytest.raises(PhraseError, match='router "far": only is one of points, wish'):
        compile_net(FAMILIES, {"far": RouterSource("none", near=rules("here"), only=("wsh",))}, CLASSES)
