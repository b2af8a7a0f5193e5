"""The note on paper over /v1 and from its page: the same words as a page to print and as a PDF."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.api.paging import Visitor
from tests.api.serving import Talk, assert_problem
from tests.unit.web.sheets import active_names, letters, pieces_of

pytestmark = pytest.mark.anyio
WORDS = "I don't feel heard <b>by</b> her *at all* #panic()."
PRINTS = ("plain", "large", "card", "questions")


def said_in(response: httpx.Response) -> str:
    """Every letter of a PDF; the dots before its lines are not words."""
    assert response.headers["content-type"] == "application/pdf"
    return letters("".join(pieces_of(response.content))).replace("•", "")


def said_on(page: str) -> str:
    """Every letter of a page that paper shows."""
    body = re.sub(r'<(h\d)[^>]*class="vh"[^>]*>.*?</\1>', "", page.split("<body>")[1])
    return letters(unescape(re.sub(r"<[^>]+>", "", body)))


async def sheet(talk: Talk, **asked: str) -> httpx.Response:
    return await talk.ask("GET", "/note.pdf", params=asked)


@pytest.mark.parametrize("which", PRINTS)
async def test_the_page_to_print_and_the_pdf_say_the_same(talk: Talk, which: str) -> None:
    await talk.finish(WORDS)
    page = await talk.ask("GET", "/note.html", params={"print": which})
    made = await sheet(talk, print=which)
    assert made.headers["x-pdf-standard"] == "PDF/UA-1"
    assert said_in(made) == said_on(page.text)
    assert active_names(made.content) == set()


@pytest.mark.parametrize("length", ["opener", "message", "letter"])
@pytest.mark.parametrize("tone", ["soft", "firm"])
async def test_the_pdf_has_every_word_of_the_text_and_then_the_foot(
    talk: Talk, length: str, tone: str
) -> None:
    await talk.finish(WORDS)
    text = (await talk.ask("GET", "/note.txt", params={"length": length, "tone": tone})).text
    made = said_in(await sheet(talk, length=length, tone=tone))
    assert made.startswith(letters(text))
    assert made.removeprefix(letters(text)).startswith(
        "Whatweagreed" if length == "opener" else "NameWhatweagreed"
    )


async def test_the_file_is_neutral_in_name_and_stays_out_of_caches(talk: Talk) -> None:
    response = await sheet(talk)
    assert response.headers["content-disposition"] == 'attachment; filename="notes.pdf"'
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["etag"] == '"1"'


async def test_a_letter_that_no_font_has_is_told_in_the_header(talk: Talk) -> None:
    await talk.finish("བོད I feel small.")
    response = await sheet(talk)
    assert (response.status_code, response.headers["x-pdf-standard"]) == (200, "none")


@pytest.mark.parametrize("asked", [{"paper": "a5"}, {"print": "huge"}, {"length": "long"}])
async def test_a_sheet_that_is_not_offered_is_refused(talk: Talk, asked: dict[str, str]) -> None:
    assert_problem(await sheet(talk, **asked), 422, "invalid-request")


async def told(talk: Talk) -> None:
    """A whole conversation, in which the ask has words of its own."""
    await talk.walk(lambda turn: bool(turn["question"]["id"] == "ask"), "you looked at the clock")
    await talk.answer(text="to slow down a bit")
    await talk.finish("it will be awkward")


async def lines_of(talk: Talk, which: str) -> list[str]:
    """What the printed card or the printed questions list."""
    page = await talk.ask("GET", "/note.html", params={"print": which})
    return [unescape(line) for line in re.findall(r'<li dir="auto">(.*?)</li>', page.text)]


async def sentences_of(talk: Talk, length: str) -> dict[str, str]:
    """What is in the note, by the sentence's id."""
    note: dict[str, Any] = (await talk.ask("GET", "/note", params={"length": length})).json()
    return {each["id"]: each["text"] for each in note["sentences"] if each["state"] == "in"}


async def test_the_card_has_the_first_line_what_hurts_and_the_ask(talk: Talk) -> None:
    await told(talk)
    card, opener = await lines_of(talk, "card"), await sentences_of(talk, "opener")
    assert " ".join(card) == " ".join(opener.values())
    assert len(card) == 3
    for line, id in zip(card, ("say_it", "moment", "ask"), strict=True):
        assert opener[id] in line


async def test_the_questions_stand_alone_in_whole_sentences(talk: Talk) -> None:
    await told(talk)
    asked, letter = await lines_of(talk, "questions"), await sentences_of(talk, "letter")
    assert letter["ask"] in asked
    assert "slow down a bit" in letter["ask"]
    assert set(asked) <= set(letter.values())
    assert {letter["lead"], letter["feeling"]}.isdisjoint(asked)


async def test_with_nothing_answered_every_sheet_is_there(talk: Talk) -> None:
    for which in PRINTS:
        response = await sheet(talk, print=which, paper="letter")
        assert (response.status_code, response.headers["x-pdf-standard"]) == (200, "PDF/UA-1")


async def test_a_record_for_oneself_has_no_foot_no_card_and_no_questions(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http, "felt_wrong")
    await talk.answer(text="they talked about my clothes")
    assert "Whatweagreed" not in said_in(await sheet(talk))
    assert "Tosayatthestart" not in said_in(await sheet(talk, print="card"))
    assert "Nothingisaskedinthenotenow." in said_in(await sheet(talk, print="questions"))


async def test_the_notes_page_links_each_sheet_in_the_paper_of_the_country(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.finish("you looked at the clock")
    page = unescape((await visitor.see("/note")).html)
    links = [link for link in re.findall(r'href="([^"]*note\.pdf[^"]*)"', page) if link]
    assert len(links) == 4
    for link in links:
        response = await visitor.ask("GET", link.removeprefix(f"/c/{visitor.id}"))
        assert response.headers["content-disposition"] == 'attachment; filename="notes.pdf"'
        assert response.headers["x-pdf-standard"] == "PDF/UA-1"
        assert "paper=a4" in link
    assert "When and then" not in page.split('id="keep"')[1]


async def test_a_sheet_that_is_not_made_in_time_is_a_problem_without_a_word(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.finish("ZEBRA-7391")
    monkeypatch.setattr("app.web.paper.LONGEST", 0.001)
    response = await sheet(talk)
    assert_problem(response, 500, "unexpected")
    assert "ZEBRA" not in response.text
