"""The note is changed on its page, with plain forms: other words, order, who is meant, what nobody reads."""

import httpx
import pytest

from tests.api.paging import Form, Page, Visitor, letter

pytestmark = pytest.mark.anyio
WORDS = "she looked up at the clock"


async def finished(http: httpx.AsyncClient, words: str = WORDS) -> Visitor:
    visitor = await Visitor.begin(http)
    await visitor.finish(words)
    return visitor


def line_of(page: Page, id: str, do: str = "text") -> Form:
    """The form of one line that has this button."""
    return next(
        form for form in page.forms if form.fields.get("sentence") == id and ("do", do) in form.offers
    )


def lines_of(page: Page) -> list[str]:
    """The ids of the lines, in their order."""
    return list(dict.fromkeys(form.fields["sentence"] for form in page.forms if "sentence" in form.fields))


def doing(page: Page, do: str) -> Form:
    """The first form with this button."""
    return next(form for form in page.forms if ("do", do) in form.offers)


async def press(visitor: Visitor, form: Form, **fields: str) -> Page:
    return await visitor.post(form.action, {**form.fields, **fields})


async def test_a_line_is_put_in_other_words_and_back_to_what_was(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    before = letter(page)
    changed = await press(visitor, line_of(page, "moment"), do="text", text="You looked at the clock, twice.")
    assert "You looked at the clock, twice." in letter(changed)
    assert line_of(changed, "moment").fields["text"] == "You looked at the clock, twice."
    assert "open" in changed.html.partition('id="edit"')[0][-60:], "the lines stay unfolded"
    back = await press(visitor, line_of(changed, "moment"), do="back")
    assert letter(back) == before


async def test_a_line_is_left_out_and_put_back(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    text = line_of(page, "moment").fields["text"].strip()
    without = await press(visitor, line_of(page, "moment", "out"), do="out")
    assert letter(without).count(text) == letter(page).count(text) - 1
    assert "Left out: " in without.text
    again = await press(visitor, line_of(without, "moment", "keep"), do="keep")
    assert letter(again) == letter(page)


async def test_an_emptied_box_leaves_the_line_out(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    text = line_of(page, "moment").fields["text"].strip()
    without = await press(visitor, line_of(page, "moment"), do="text", text="")
    assert letter(without).count(text) == letter(page).count(text) - 1


async def test_a_line_moves_up_and_down_and_the_page_comes_back_to_it(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    order = lines_of(page)
    form = line_of(page, order[1], "up")
    response = await visitor.ask(
        "POST", form.action.removeprefix(f"/c/{visitor.id}"), data={**form.fields, "do": "up"}
    )
    assert response.headers["location"].endswith("&edit=lines#line-1")
    page = await visitor.follow(response)
    after = lines_of(page)
    assert after[:2] == [order[1], order[0]]
    assert ("do", "up") not in line_of(page, order[1], "out").offers
    page = await press(visitor, line_of(page, order[1], "down"), do="down")
    assert lines_of(page) == order


async def test_all_of_it_goes_back_to_what_was_with_one_button(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    before = letter(page)
    assert "Back to what was, all of it" not in page.text
    page = await press(visitor, line_of(page, "moment"), do="text", text="Other words.")
    page = await press(visitor, line_of(page, "ask", "out"), do="out")
    back = await press(visitor, doing(page, "afresh"), do="afresh")
    assert letter(back) == before


async def test_danger_in_other_words_comes_before_the_note(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    helped = await press(visitor, line_of(page, "moment"), do="text", text="i want to kill myself")
    assert "It sounds like you may be thinking about ending your life." in helped.text
    note = await visitor.see("/note")
    assert "kill" not in letter(note)


async def test_a_text_that_is_too_long_stays_in_its_box(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    refused = await press(visitor, line_of(page, "moment"), do="text", text="long " * 300)
    assert refused.status == 422
    assert "There is room for 1,000 characters." in refused.text
    assert line_of(refused, "moment").fields["text"] == "long " * 300


async def test_an_edit_from_another_tab_is_refused_and_its_words_stay(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    await press(visitor, line_of(page, "ask", "out"), do="out")
    late = await press(visitor, line_of(page, "moment"), do="text", text="Other words.")
    assert late.status == 409
    assert "You changed this in another tab" in late.text
    assert line_of(late, "moment").fields["text"] == "Other words."
    kept = await press(visitor, line_of(late, "moment"), do="text", text="Other words.")
    assert "Other words." in letter(kept)


async def test_the_same_form_sent_twice_counts_once(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    form = line_of(await visitor.see("/note"), "moment")
    await press(visitor, form, do="text", text="Other words.")
    again = await press(visitor, form, do="text", text="Other words.")
    assert again.status == 200
    assert "Other words." in letter(again)


async def test_what_is_just_for_me_is_kept_and_only_ticked_lines_are_in(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    page = await press(visitor, doing(page, "unsent"), do="unsent", text="i am angry. i miss how it was")
    assert doing(page, "unsent").fields["text"] == "i am angry. i miss how it was"
    assert "angry" not in letter(page)
    form = next(form for form in page.forms if ("keep", "unsent.2") in form.offers)
    page = await press(visitor, form, do="add", keep="unsent.2")
    assert "I miss how it was." in letter(page)
    assert "angry" not in letter(page)
    page = await press(visitor, doing(page, "unsent"), do="unsent", text="")
    assert "I miss how it was." not in page.text


async def test_the_review_tells_what_was_typed_at_the_note(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    page = await press(visitor, line_of(page, "moment"), do="text", text="Other words.")
    await press(visitor, doing(page, "unsent"), do="unsent", text="nobody hears this")
    review = await visitor.see("/review")
    assert "Other words." in review.text
    assert "nobody hears this" in review.text


async def test_a_record_is_changed_in_the_answers_alone(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.send(await visitor.see(), text="my therapist kissed me in the session")
    page = await visitor.see("/note")
    assert "A line here is an answer as you gave it" in page.text
    assert not any("text" in form.fields for form in page.forms if "sentence" in form.fields)


async def test_every_id_of_the_page_is_there_once(http: httpx.AsyncClient) -> None:
    visitor = await finished(http)
    page = await visitor.see("/note")
    assert sorted(set(page.ids)) == sorted(page.ids)


async def test_who_is_meant_is_asked_and_the_answer_changes_the_words(http: httpx.AsyncClient) -> None:
    visitor = await finished(http, "my mother rang and she told her to wait")
    page = await visitor.see("/note")
    assert "Who is “she” and “her” here?" in page.text
    form = next(form for form in page.forms if any(name == "them" for name, _ in form.offers))
    line = next(value for name, value in form.offers if name == "them")
    left = await press(visitor, form, other=line)
    assert "she told her to wait" in letter(left)
    assert ("them", line) not in [offer for form in left.forms for offer in form.offers]


async def test_who_is_meant_may_be_the_therapist(http: httpx.AsyncClient) -> None:
    visitor = await finished(http, "my mother rang and she told her to wait")
    page = await visitor.see("/note")
    form = next(form for form in page.forms if any(name == "them" for name, _ in form.offers))
    line = next(value for name, value in form.offers if name == "them")
    turned = await press(visitor, form, them=line)
    assert "you told you to wait" in letter(turned)
