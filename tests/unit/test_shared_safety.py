"""The safety files as they ship: what hears in other languages, what the points may do, and how they are
proposed."""

import importlib.util
import json
import time
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from app.engine.safety import POINTS, Net, hear
from app.flows.diagnostics import Diagnostics
from app.flows.sharing import build_shared

ROOT = Path(__file__).parents[2]
SHARED = ROOT / "conversation_flows" / "_shared"


@cache
def shipped() -> Net:
    texts = {f"_shared/{file.name}": file.read_text(encoding="utf-8") for file in SHARED.glob("*.yaml")}
    shared = build_shared(texts, Diagnostics())
    assert shared is not None
    return shared.net


def proposing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("propose_safety", ROOT / "scripts" / "propose_safety.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts_of(pattern: str, label: str | None = None) -> list[str]:
    lines = [
        json.loads(line)
        for file in sorted((SHARED / "examples").glob(pattern))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [line["text"] for line in lines if label is None or line["label"] == label]


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("Hola. Quiero morirme", "crisis_self"),
        ("je veux me tuer", "crisis_self"),
        ("ICH WILL NICHT MEHR LEBEN", "crisis_self"),
        ("vou me matar", "crisis_self"),
        ("voglio morire", "crisis_self"),
        ("ik wil dood", "crisis_self"),
        ("chce sie zabic", "crisis_self"),
        ("kendimi öldüreceğim", "crisis_self"),
        ("main marna chahta hoon", "crisis_self"),
        ("मैं मरना चाहती हूँ", "crisis_self"),
        ("我不想活了", "crisis_self"),
        ("もう死にたい", "crisis_self"),
        ("죽고 싶어요", "crisis_self"),
        ("mi marido me pega", "danger"),
        ("aidez moi il veut me tuer", "danger"),
        ("er schlägt mich", "danger"),
        ("夫に殴られました", "danger"),
    ],
)
def test_plain_danger_opens_its_page_in_any_of_the_languages(text: str, route: str) -> None:
    found = hear(shipped(), text).strongest
    assert found is not None
    assert (found.route, found.certainty) == (route, "explicit")


PLAIN = {
    "crisis_self": """
        I want to kill myself / I want to die / I don't want to live anymore / I took an overdose
        I swallowed all my tablets / I just overdosed / I'm suicidal / I want to end my life
        I cut myself last night
    """,
    "danger": """
        my husband hits me / my boyfriend strangled me / my wife threatened to kill me / he choked me
        my partner raped me / my dad beats me / I am locked in / he beats me with a belt
    """,
    "misconduct": """
        my therapist kissed me / my therapist raped me / my therapist asked me to undress
        my therapist had sex with me / I lent my therapist money / my therapist told my mother what I said
        my therapist passed everything I said on to my mother
    """,
}
ASKED = """
    I don't want to be here anymore / I want to end it / I can't go on / I throw up after every meal
    I am scared of my husband / I'm frightened of my own husband / I'm afraid to go home
    I don't feel safe at home / my ex is stalking me / my partner is violent / he is going to kill me
    what if I hurt my baby / I'm going to kill him / my friend wants to kill herself
    everyone would be better off without me / I have been saving up my tablets / took some pills today
    I'd be better off dead / I am better off dead / everyone's better off if I'm dead / I should just die
    I don't want to exist / I wish I'd never been born / I hope I don't wake up tomorrow
    life isn't worth living
    there is nothing to live for / I want to end my life / I've written goodbye letters to the kids
    I've got the pills counted out / I nearly walked in front of a bus / I think about death all the time
    I can't keep myself safe / I won't be here next week / they'd be better off without me
    the voice tells me to hurt people / I have fantasies of strangling my husband / I nearly shook my baby
    I'm being made to sell sex / I'm not allowed out of the house / my ex is following me / he has my passport
    she borrowed money from me / he talks about his other clients by name / he threatened to report me
"""


def sayings(text: str) -> list[str]:
    return [saying.strip() for line in text.strip().splitlines() for saying in line.split("/")]


@pytest.mark.parametrize(
    ("route", "text"), [(route, text) for route, texts in PLAIN.items() for text in sayings(texts)]
)
def test_plain_words_open_their_page(route: str, text: str) -> None:
    pages = {found.route for found in hear(shipped(), text).findings if found.certainty == "explicit"}
    assert route in pages


@pytest.mark.parametrize("text", sayings(ASKED))
def test_plain_words_are_never_passed_over(text: str) -> None:
    assert hear(shipped(), text).findings


def test_no_english_example_is_taken_for_another_language(at_length: bool) -> None:
    texts = texts_of("*.jsonl")[:: 1 if at_length else 8]
    heard = (found.family for text in texts for found in hear(shipped(), text).findings)
    assert not [family for family in heard if family.startswith("plain_")]


def test_points_never_open_a_page(at_length: bool) -> None:
    texts = texts_of("safety*.jsonl")[:: 1 if at_length else 8]
    by_points = [
        found for text in texts for found in hear(shipped(), text).findings if found.family == POINTS
    ]
    assert len(by_points) > 100
    assert {found.certainty for found in by_points} == {"unclear"}


def test_few_ordinary_examples_are_asked_about() -> None:
    texts = texts_of("concerns*.jsonl")
    asked = [text for text in texts if hear(shipped(), text).findings]
    assert len(asked) < 0.03 * len(texts)


def test_points_are_proposed_the_same_twice() -> None:
    script = proposing()
    classes = script.classes_of(SHARED)
    texts = [(text, label) for label in script.LABELS for text in texts_of("safety_n.jsonl", label)[:10]]
    once, again = (list(script.written(*script.proposed(script.Examples(texts, classes)))) for _ in range(2))
    assert once == again
    assert len(once) > 10


@pytest.mark.parametrize(
    "words",
    [
        "i ",
        "not want to die ",
        "my therapist put his hand on my ",
        "i want to kill myself. ",
        "\U0001f62d",
        "i, ",
    ],
    ids=["i", "denied", "half a family", "a family", "emoji", "commas"],
)
def test_eight_thousand_characters_are_heard_in_time(words: str) -> None:
    text = (words * 8000)[:8000]
    start = time.process_time()
    hear(shipped(), text)
    assert time.process_time() - start < 0.4


def test_what_is_taken_back_in_one_sentence_is_still_heard_in_the_next() -> None:
    healed = "I used to cut in year 8, I stopped two years ago."
    again = "I used to cut in year 8. I keep a blade under the bed and hold it every night."

    assert not hear(shipped(), healed).findings
    assert hear(shipped(), again).findings


@pytest.mark.parametrize(
    "typed",
    [
        "I can't go on anymore. Ten years with him hitting me and nobody listens.",
        "I can't do this anymore. Twelve years with the black dog and nothing helps.",
        "I want to end it. I have spent twelve years with this pain.",
        "I tell everyone the scars are old. I did it in the shower before I came.",
        "everyone would be better off, the keys are in the drawer",
        "some nights ah'm for killin masel",
    ],
)
def test_danger_is_asked_about_whatever_stands_beside_it(typed: str) -> None:
    heard = hear(shipped(), typed).strongest

    assert heard is not None
    assert heard.route == "crisis_self"
