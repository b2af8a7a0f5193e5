"""The review, a change, the note and what leaves the house with the client."""

import httpx
import pytest

from tests.api.paging import Visitor, letter

pytestmark = pytest.mark.anyio


async def finished(http: httpx.AsyncClient) -> Visitor:
    visitor = await Visitor.begin(http)
    await visitor.finish()
    return visitor


async def test_the_last_answer_leads_to_the_review_of_all(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.finish()
    assert "Is this what you meant?" in page.text
    assert page.links["See the note"] == f"/c/{visitor.id}/note"
    assert "What feels off" in page.text


async def test_a_changed_answer_stands_in_the_review_and_in_the_note(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    asked = await visitor.see("/change/ask")
    assert asked.question.fields["text"] == "she should look up at me first"
    page = await visitor.send(asked, text="ask me before you move on")
    assert "ask me before you move on" in page.text
    assert "ask me before you move on" in (await visitor.see("/note")).text


async def test_a_change_that_says_nothing_is_asked_again_with_its_error(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.send(await visitor.see("/change/moment"), text="")
    assert page.title.startswith("Error: ")
    assert page.question.action == f"/c/{visitor.id}/change/moment"


async def test_danger_in_a_change_comes_before_the_review(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.send(await visitor.see("/change/moment"), text="i want to kill myself")
    assert "It sounds like you may be thinking about ending your life." in page.text


async def test_stopping_after_one_answer_gives_a_note(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.send(await visitor.see(), text="i dont feel a connection")
    page = await visitor.see("/note")
    assert page.status == 200
    assert "I want to tell you how this is going for me." in page.text
    assert page.links["Go on with the questions"] == f"/c/{visitor.id}#turn"


async def test_lengths_and_tones_are_links_that_say_which_is_shown(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note?length=opener&tone=firm")
    assert page.html.count('aria-current="true"') == 2
    assert "I need to say something first." in page.text
    assert page.links["Message"] == f"/c/{visitor.id}/note?length=message&tone=firm"


async def test_an_offered_line_is_out_until_it_is_ticked(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    assert "I’m nervous to say it." not in letter(page)
    form = next(form for form in page.forms if ("keep", "nervous") in form.offers)
    added = await visitor.post(form.action, {**form.fields, "do": "add", "keep": "nervous"})
    assert "I’m nervous to say it." in letter(added)


async def test_a_change_in_the_clients_words_is_shown_and_taken_back(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    assert "<ins>You</ins> looked up at the clock" in page.html
    form = next(form for form in page.forms if any(name == "undo" for name, _ in form.offers))
    line = next(value for name, value in form.offers if name == "undo")
    back = await visitor.post(form.action, {**form.fields, "undo": line})
    assert "“she looked up at the clock”" in letter(back)
    form = next(form for form in back.forms if ("compose", line) in form.offers)
    forth = await visitor.post(form.action, {**form.fields, "compose": line})
    assert letter(forth) == letter(page)


async def test_a_long_answer_shows_its_changes_with_a_few_words_around(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.finish("last week i told her about the move and that evening she called it a small thing")
    page = await visitor.see("/note")
    assert "<del>… i told her about the … that evening she called it …</del>" in page.html
    assert "<ins>… I told you about the … that evening you called it …</ins>" in page.html


async def test_an_edit_of_a_note_that_moved_on_is_refused_and_drawn_anew(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    await visitor.send(await visitor.see("/change/ask"), text="one more thing")
    form = next(form for form in page.forms if ("keep", "nervous") in form.offers)
    late = await visitor.post(form.action, {**form.fields, "do": "add", "keep": "nervous"})
    assert late.status == 409
    assert "You changed this in another tab" in late.text
    assert "one more thing" in letter(late)


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/note.txt", "text/plain; charset=utf-8", "notes.txt"),
        ("/note.md", "text/markdown; charset=utf-8", "notes.md"),
        ("/export", "application/json", "notes.json"),
    ],
)
async def test_a_file_has_a_neutral_name_and_the_clients_words(
    http: httpx.AsyncClient, path: str, kind: str, name: str
) -> None:
    visitor = await finished(http)
    response = await visitor.ask("GET", path)
    assert response.headers["content-type"] == kind
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "looked up at the clock" in response.text


async def test_a_private_worry_is_out_of_the_note_and_said_to_be(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.see()
    while "What worries you" not in page.headings:
        page = await visitor.send(page, do="skip")
    page = await visitor.send(page, text="that they will be hurt")
    await visitor.send(page, value="no")
    assert ", not in the note" in (await visitor.see("/review")).text
    note = await visitor.see("/note")
    assert "that they will be hurt" not in note.text
    assert "What makes it hard to say is not in the note." in note.text


async def test_labels_of_length_and_tone_begin_alike(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    links = (await visitor.see("/note")).links
    assert {"To say", "Message", "Letter", "Soft", "Plain", "Firm", "Polite"} <= links.keys()


async def test_after_misconduct_the_note_is_for_the_client_alone(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="my therapist kissed me in the session")
    assert "What you describe is not something you have to sort out with them." in page.text
    note = await visitor.see("/note")
    assert "For you" in note.headings
    assert "It is not a note to your therapist." in note.text
    assert "What we agreed" not in note.text


async def test_a_note_that_ends_it_has_no_lengths_no_tones_and_nothing_to_practise(
    http: httpx.AsyncClient,
) -> None:
    visitor = await Visitor.begin(http, "ending")
    await visitor.send(await visitor.see(), values=["ending", "records"])
    page = await visitor.see("/note")
    assert "I’m ending this. Please send my records." in page.text
    assert "Tone" not in page.text
    assert "What they might say" not in page.text
    assert "What we agreed" not in page.text


async def test_a_page_of_misconduct_leads_to_a_record_and_on_to_the_end(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    page = await visitor.send(await visitor.see(), text="my therapist kissed me")
    assert "Write down what happened, for me" in page.text
    assert page.text.count("Stop here") == 1, "the answer that ends it, and no link of the same name"
    assert page.links["See what is written so far"].endswith("/note")
    page = await visitor.send(page, value="write_down")
    assert "This makes a record for you alone." in page.text
    page = await visitor.send(page, text="In May, at the door")
    await visitor.finish("a fact")
    page = await visitor.see("/note")
    assert "This is a record for you alone." in page.text
    assert "In May, at the door" in page.text
    assert "What they might say" not in page.text
