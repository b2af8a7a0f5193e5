"""Which language a text is in: English in all its kinds is never another one."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine.languages import OTHER, language_of

FEW_IN = 2000  # one text in so many may be taken for another language
EXAMPLES = Path(__file__).parents[3] / "conversation_flows" / "_shared" / "examples"
ENGLISH = {
    "scots": "Ah dinnae ken whit tae say tae him, he disnae listen tae me at aw",
    "scots, short": "A wis feart tae tell him an noo it's ower late",
    "nigerian pidgin": "My therapist no dey hear me at all, e be like say na book dem dey read",
    "nigerian pidgin, no english": "dem say make I go see person but na money palaver",
    "jamaican": "mi nuh know wah fi tell him, him nah listen to mi",
    "mostly english": "My therapist is nice yaar but woh sunti nahi, I feel like bas time pass ho raha hai",
    "a hindi tag": "I told her everything but she was like theek hai, chalo next week",
    "text-speak": "idk tbh w/ my T its just meh rn ngl, ive had it n im done",
    "no no no": "no no no no no no me no",
    "la la la": "la la la la la la la",
    "a long name": "Maria de la Cruz y los Santos",
    "a name with accents": "José María Núñez de la García Pérez",
    "another name": "Dr. van den Berg of the Hague, Mia, Ben, Dan and Elle",
    "loan words": "I'm a bit blasé, naïve and cliché about my fiancé's café",
    "quoted spanish": 'my mum says "no me hables" and my therapist laughs',
    "quoted chinese": "she said 我爱你 to me once and I don't know why",
    "french phrase": "c'est la vie I guess",
    "modalities": "ACT, CBT, DBT, EMDR, IFS and ERP",
    "a shrug": "¯\\_(ツ)_/¯",
    "one word": "nada",
    "two words": "gut, danke",
    "nothing": "",
    "signs": "... 12 !?",
}


def sentences() -> Iterator[tuple[str, str]]:
    """The invented sentences with their language."""
    language = ""
    for line in Path(__file__).with_name("languages.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            yield language, line


SENTENCES = list(sentences())


@pytest.mark.parametrize("language", sorted({language for language, _ in SENTENCES}))
def test_nearly_every_sentence_is_told_to_be_in_its_language(language: str) -> None:
    said = [text for each, text in SENTENCES if each == language]
    missed = [text for text in said if language_of(text) != language]
    assert len(said) == 20
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_in_all_its_kinds_is_no_other_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.jsonl")), ids=lambda file: str(file.stem))
def test_the_sayings_we_learn_from_are_english(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    taken = [text for line in lines if language_of(text := json.loads(line)["text"])]
    assert len(taken) <= 2 + len(lines) // FEW_IN, taken  # two are in another language


def test_what_is_typed_without_its_marks_is_known_all_the_same() -> None:
    assert language_of("No se como decirle que quiero mas tiempo tambien") == "es"
    assert language_of("nie wiem jak jej powiedziec ze chce przestac") == "pl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jag känner inte att min terapeut lyssnar på mig och det är svårt", OTHER),
        ("Tôi không cảm thấy nhà trị liệu lắng nghe tôi", OTHER),
        ("من احساس نمی‌کنم که درمانگرم گوش می‌دهد", "fa"),
        ("مجھے نہیں لگتا کہ وہ سنتی ہے", "ur"),
        ("ฉันไม่รู้สึกว่านักบำบัดฟังฉัน", OTHER),
    ],
)
def test_a_neighbour_is_not_taken_for_the_language_of_its_letters(text: str, language: str) -> None:
    assert language_of(text) == language


def test_words_said_again_and_again_count_once() -> None:
    assert language_of("siempre " * 50) is None
