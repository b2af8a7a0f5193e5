"""The learned half of the net: cues, sums, thresholds, what it may and may not do."""

import time

import pytest

from app.engine.nets import ROUTES, FamilySource, Route
from app.engine.passages import compile_classes, cues_of, passages_of, windows
from app.engine.phrases import Rule
from app.engine.safety import FAINT, POINTS, Net, compile_net, hear
from app.engine.sensing import Points, Sense, compile_sense, sense
from app.engine.tokens import read
from tests.unit.engine.test_tokens import HOSTILE

CLASSES = compile_classes(
    {
        "PAPERS": ("will", "bank account"),
        "GONE": ("gone",),
        "CUT": ("=cutting",),
        "THERAPIST": ("therapist",),
    },
    "THERAPIST",
)


def table(points: dict[str, Points], threshold: int = 10) -> Sense:
    return compile_sense(
        CLASSES, points, {}, (threshold, threshold, threshold, threshold),
        {"crisis_self": "life_or_therapy", "crisis_other": "really_hurt", "danger": "hurt_or_scared",
         "misconduct": "did_they"},
        {"crisis_self": {"hurting_now": frozenset(("CUT",))}},
    )  # fmt: skip


def net_with(points: dict[str, Points], threshold: int = 10) -> Net:
    family = FamilySource("crisis_self", "explicit", any=(Rule("want to die", "s.yaml:1:1"),), page="dying")
    return compile_net({"wish": family}, {}, {}, table(points, threshold))


STORY = "We meet on the first floor, and the lift has been out since spring. "
"""A sentence with no cue in it."""


def cues_in(text: str) -> frozenset[str]:
    parts = passages_of(read(text), CLASSES)
    return frozenset().union(*(cues_of(parts, window) for window in windows(parts)))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("the will is done", "@PAPERS"),
        ("my bank account", "@PAPERS"),
        ("i am not gone", "not:@GONE"),
        ("i will be gone", "i:@GONE"),
        ("she is gone", "t:@GONE"),
        ("she wins", "<t> win"),
        ("the therapist nods", "<T> nod"),
        ("ok fine then, yes. The will is done.", "near:@PAPERS"),
        ("in 2016", "in #"),
    ],
)
def test_a_sentence_has_the_cue(text: str, cue: str) -> None:
    assert cue in cues_in(text)


def test_a_denial_ends_with_its_clause() -> None:
    assert "not:@GONE" not in cues_in("not today, she is gone")


def test_points_over_the_threshold_ask_the_question_of_their_route() -> None:
    heard = hear(net_with({"@PAPERS": (0, 0, 90, 0)}), STORY + "the will is done")
    found = heard.strongest
    assert found is not None
    assert (found.family, found.route, found.certainty, found.question) == (
        POINTS, "danger", "unclear", "hurt_or_scared",
    )  # fmt: skip
    assert heard.text[slice(*found.span)] == "the will is done"
    assert found.rule == "points: @PAPERS 90"


def test_one_or_two_words_are_left_to_the_families() -> None:
    assert hear(net_with({"@PAPERS": (90, 0, 0, 0)}), "the will").findings == ()


def test_tiny_sentences_are_heard_together() -> None:
    assert "@GONE" in cues_in("Yes. Gone. The will.")
    assert len(passages_of(read("Yes. Gone. The will."), CLASSES)) == 1


def test_a_story_told_in_pieces_is_heard_as_a_whole() -> None:
    points: dict[str, Points] = {"@PAPERS": (9, 0, 0, 0), "@GONE": (9, 0, 0, 0), "@CUT": (9, 0, 0, 0)}
    pieces = f"The will is all done. {STORY}The dog is gone now. {STORY}He keeps cutting the grass."
    found = sense(table(points, 15), read(pieces))
    assert found is not None
    assert (found.first, found.last) == (0, len(read(pieces)))
    assert sense(table(points, 15), read("The will is all done. " + STORY)) is None


def test_the_narrowest_stretch_that_is_enough_is_the_one_named() -> None:
    text = STORY + "The will is done. " + STORY
    found = sense(table({"@PAPERS": (90, 0, 0, 0)}), read(text))
    assert found is not None
    assert read(text).typed(found.first, found.last) == "The will is done"


def test_points_under_the_threshold_ask_nothing() -> None:
    assert hear(net_with({"@PAPERS": (90, 0, 0, 0)}, 400), STORY + "the will is done").findings == ()


def test_what_is_rare_counts_most() -> None:
    points: dict[str, Points] = {"@PAPERS": (40, 0, 0, 0), "@GONE": (0, 0, 0, 0)}
    read_text = read("the will is done and gone")
    questions: dict[Route, str] = dict.fromkeys(ROUTES, "really_hurt")

    def with_rarity(rarity: dict[str, int]) -> Sense:
        return compile_sense(CLASSES, points, rarity, (28, 28, 28, 28), questions, {})

    assert sense(with_rarity({"@PAPERS": 12, "@GONE": 3}), read_text) is not None
    assert sense(with_rarity({"@PAPERS": 12, "@GONE": 12}), read_text) is None


def test_what_speaks_against_is_taken_off() -> None:
    points: dict[str, Points] = {
        "@PAPERS": (90, 0, 0, 0),
        "near:@GONE": (-90, 0, 0, 0),
        "@GONE": (-90, 0, 0, 0),
    }
    assert hear(net_with(points), STORY + "the will is done").findings
    assert not hear(net_with(points), STORY + "the will is done. The dog is gone.").findings


def test_a_class_chooses_the_closer_question() -> None:
    found = sense(table({"@CUT": (90, 0, 0, 0)}), read("cutting a lot"))
    assert found is not None
    assert found.question == "hurting_now"


def test_one_line_is_not_drowned_in_a_long_text() -> None:
    text = "He is late. " * 40 + "The will is done. " + "He is late. " * 40
    assert hear(net_with({"@PAPERS": (90, 0, 0, 0)}), text).findings


def test_a_family_is_neither_silenced_nor_doubled() -> None:
    points: dict[str, Points] = {"@PAPERS": (90, 0, 0, 0), "die": (-90, -90, -90, -90)}
    findings = hear(net_with(points), STORY + "i want to die. the will is done.").findings
    assert [(found.family, found.certainty) for found in findings] == [("wish", "explicit")]


def test_the_digest_is_of_the_words_alone() -> None:
    net = net_with({"@PAPERS": (90, 0, 0, 0)})
    once, again = (
        hear(net, STORY + text).strongest
        for text in ("The will is done.", "He is late again. THE WILL is done!")
    )
    assert once is not None
    assert again is not None
    assert once.digest == again.digest


def test_the_same_text_is_heard_the_same() -> None:
    points: dict[str, Points] = {"@PAPERS": (40, 0, 0, 0), "@GONE": (40, 0, 0, 0), "done": (40, 0, 0, 0)}
    heard = {hear(net_with(points), STORY + "the will is done and gone").findings for _ in range(3)}
    assert len(heard) == 1


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "will " * 1600, "gone. " * 1300], ids=lambda text: text[:6]
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    net = net_with({"@PAPERS": (90, 0, 0, 0)})
    start = time.process_time()
    hear(net, text)
    assert time.process_time() - start < 0.3


def test_one_sentence_among_many_alike_is_heard_for_what_it_says() -> None:
    text = STORY * 12 + "The will is done. " + STORY * 12
    found = sense(table({"@PAPERS": (90, 0, 0, 0)}), read(text))
    assert found is not None
    assert read(text).typed(found.first, found.last) == "The will is done"


def test_a_class_without_points_still_chooses_the_question() -> None:
    found = sense(table({"@PAPERS": (90, 0, 0, 0)}), read("the will is done and i keep cutting"))
    assert found is not None
    assert found.question == "hurting_now"


@pytest.mark.parametrize(("threshold", "family"), [(10, POINTS), (40, FAINT)])
def test_what_is_little_over_the_threshold_is_faint(threshold: int, family: str) -> None:
    heard = hear(net_with({"@PAPERS": (0, 0, 90, 0)}, threshold), STORY + "the will is done")
    assert [finding.family for finding in heard.findings] == [family]
