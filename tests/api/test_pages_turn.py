"""One question after the other, without a script."""

import httpx
import pytest

from tests.api.paging import Page, Visitor

pytestmark = pytest.mark.anyio
WORDS = "i dont feel a connection"


async def test_the_first_page_asks_one_thing_and_repeats_nobody(http: httpx.AsyncClient) -> None:
    page = await (await Visitor.begin(http)).see()
    assert page.title == "Step 1 of about 6 - Notes"
    assert "You said:" not in page.text
    assert page.question.fields["version"] == "1"
    assert "To keep it, make a code first." in page.text


async def test_an_answer_leads_to_the_next_question_below_the_words_of_both(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text=WORDS)
    assert page.status == 200
    assert f"“{WORDS}”" in page.text
    assert ("values", "no_connection") in page.question.offers
    assert page.question.fields["values"] == "no_connection"


async def test_an_empty_answer_brings_the_question_back_with_what_to_do(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="  ")
    assert page.status == 200
    assert page.title.startswith("Error: ")
    assert 'role="alert"' in page.html
    assert page.links["Go to the answer"] == "#a"
    assert 'aria-invalid="true"' in page.html


async def test_words_that_do_not_fit_stay_in_the_box(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    words = "long " * 2000
    page = await visitor.send(await visitor.see(), text=words)
    assert page.title.startswith("Error: ")
    assert page.question.fields["text"] == words


async def test_a_command_is_no_mistake(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="help")
    assert not page.title.startswith("Error: ")
    assert "“Get help now” is at the top of every page." in page.text
    assert "findahelpline.com" in page.text


async def test_words_that_are_not_english_are_answered_once_with_people_to_turn_to(
    http: httpx.AsyncClient,
) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="Ich habe das Gefühl, dass sie mir nicht zuhört")
    assert "Only English is understood here." in page.text
    assert '<span lang="de" dir="auto">Hier wird nur Englisch verstanden.' in page.html
    assert "findahelpline.com" in page.text
    assert page.links["Other ways, other countries"] == page.links["Get help now"]

    page = await visitor.send(page, do="skip")
    assert "findahelpline.com" not in page.text.partition("Not sent yet")[0]
    assert "Only English is understood here." in page.text  # among what was said so far
    assert page.html.count('lang="de"') == 1


async def test_a_second_tab_learns_that_it_moved_on_and_keeps_its_words(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    first = await visitor.see()
    await visitor.send(first, text=WORDS)
    late = await visitor.send(first, text="something else entirely")
    assert late.status == 409
    assert "You changed this in another tab" in late.text
    assert "something else entirely" in late.text
    assert "Which of these is closest?" in late.text


async def test_sending_one_form_twice_counts_once(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    first = await visitor.see()
    sent = {**first.question.fields, "text": WORDS}
    once, again = await visitor.post("", sent), await visitor.post("", sent)
    assert once.question.fields["version"] == again.question.fields["version"] == "2"


async def test_back_brings_the_answer_and_skip_leaves_it(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text=WORDS)
    page = await visitor.send(page, do="back")
    assert page.question.fields["text"] == WORDS
    page = await visitor.send(page, do="skip")
    assert "Which of these is closest?" in page.text
    assert WORDS not in page.text.partition("What you have said so far")[0]


async def test_what_a_client_typed_is_text_and_never_markup(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="<script>alert(1)</script> {{7*7}} & “so”")
    assert "<script>" not in page.html
    assert "<script>alert(1)</script> {{7*7}} & “so”" in page.text


async def test_an_option_and_own_words_may_stand_together(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text=WORDS)
    page = await visitor.send(page, values=["no_connection"], text="like glass between us")
    assert "We don’t click, or they feel like a stranger" in page.text
    assert "like glass between us" in page.text


async def test_the_note_so_far_is_in_sight_from_the_second_answer_on(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    first = await visitor.send(await visitor.see(), text=WORDS)
    assert "Your note so far" not in first.text
    second = await visitor.send(first, values="no_connection")
    assert "Your note so far" in second.text


async def test_explicit_danger_is_the_page_with_people_to_call(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="i want to kill myself")
    assert "It sounds like you may be thinking about ending your life." in page.text
    assert page.title == "Notes"
    assert "kill myself" not in page.text
    assert {"value", "do"} <= {name for name, _ in page.question.offers}
    assert page.links["Carry on later"].endswith("/resume-code")


async def test_a_country_chosen_on_the_page_of_help_shows_its_numbers_there(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.send(await visitor.see(), text="i want to kill myself")
    page = await visitor.post("/help", {"country": "GB", "then": "turn"})
    assert 'href="tel:999"' in page.html
    assert page.links["Get help now"].endswith("/help?country=GB")


async def test_unclear_words_get_one_question_with_answers_of_equal_weight(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="i just want it to end")
    assert page.question.fields["question"].startswith("safety/")
    assert len([name for name, _ in page.question.offers if name == "value"]) == 4
    assert ("do", "next") not in page.question.offers


async def test_a_form_that_is_none_of_ours_is_refused_without_a_word_of_it(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    for body in (b"version=1&key=k&text=%FF%FE", b"text=ZEBRA", b"&".join(b"f%d=1" % n for n in range(60))):
        response = await visitor.ask("POST", content=body)
        page = Page(response)
        assert (page.status, "We couldn’t read that" in page.text) == (422, True)
        assert "ZEBRA" not in page.html
