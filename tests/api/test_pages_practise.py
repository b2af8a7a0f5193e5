"""What stands beside a note: a first line, replies, a plan in codes, a reminder. Nothing of it is kept."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx
import icalendar
import pytest
from ruamel.yaml import YAML

from tests.api.paging import OURS, Form, Page, Visitor, letter
from tests.unit.lexicon_files import SHARED
from tests.unit.web.sheets import letters, pieces_of

pytestmark = pytest.mark.anyio
WORDS = "she looked up at the clock"
PLAN = "?when=my_week&then=start&plan_b=let_read&plan=made"
TEXTS = YAML(typ="safe", pure=True).load(SHARED / "practise.yaml")
SAID = " ".join(
    (
        TEXTS["plans"]["sentence"].format(
            when=TEXTS["plans"]["when"]["options"]["my_week"], then=TEXTS["plans"]["then"]["options"]["start"]
        ),
        TEXTS["plans"]["or_else"].format(plan_b=TEXTS["plans"]["plan_b"]["options"]["let_read"]),
    )
)
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


async def at_the_note(http: httpx.AsyncClient, flow: str = "connection") -> Visitor:
    visitor = await Visitor.begin(http, flow)
    await visitor.finish(WORDS)
    return visitor


def planning(page: Page) -> Form:
    return next(form for form in page.forms if ("plan", "made") in form.offers)


async def remind(visitor: Visitor, **fields: str) -> httpx.Response:
    return await visitor.ask("POST", "/note/reminder", data=fields)


async def test_the_first_line_of_the_note_stands_there_to_be_read_out_loud(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    page = await visitor.see("/note?tone=firm")
    aloud = re.search(r'<blockquote class="aloud own" dir="auto">(.*?)</blockquote>', page.html)
    assert aloud
    opener = letter(await visitor.see("/note?length=opener&tone=firm")).strip()
    assert opener.startswith(aloud[1])
    assert len(aloud[1]) > 20
    assert "Read it out loud, once." in page.text


async def test_three_replies_come_first_and_the_others_behind_more(http: httpx.AsyncClient) -> None:
    page = await (await at_the_note(http)).see("/note")
    first, _, more = page.html.partition("<summary>Other things they might say</summary>")
    shown = ["Tell me more", "That’s your pattern", "Silence"], ["I’m sorry", "Annoyance", "Tears"]
    assert (
        re.findall(r'<b class="named">(.*?)</b><ul class="dots">(?:<li>[^<]+</li>){2}</ul>', first)
        == shown[0]
    )
    assert (
        re.findall(r'<b class="named">(.*?)</b><ul class="dots">(?:<li>[^<]+</li>){2}</ul>', more)[:3]
        == shown[1]
    )


async def test_a_plan_is_put_together_from_codes_and_shown_to_copy(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    page = await visitor.see("/note?length=message&tone=soft")
    form = planning(page)
    assert form.action == f"/c/{visitor.id}/note#plan"
    assert {k: form.fields[k] for k in ("length", "tone")} == {"length": "message", "tone": "soft"}
    assert "Your plan, to copy" not in page.text
    for name, code in (("when", "my_week"), ("then", "start"), ("plan_b", "let_read")):
        assert (name, code) in form.offers
    made = await visitor.see("/note" + PLAN)
    assert f"{SAID}</textarea>" in made.html
    assert planning(made).fields["when"] == "my_week"


async def test_nothing_of_a_plan_is_kept(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    before = (await visitor.ask("GET", "/export")).text
    await visitor.see("/note" + PLAN)
    assert (await visitor.ask("GET", "/export")).text == before
    assert SAID not in (await visitor.see("/note")).text


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        pytest.param("?plan=made", ["when", "then"], id="nothing chosen"),
        pytest.param("?when=fine&plan_b=send&plan=made", ["then"], id="no line"),
        pytest.param("?when=she+was+late&then=start&plan=made", ["when"], id="a code that is none of ours"),
    ],
)
async def test_a_plan_without_its_parts_says_what_is_missing(
    http: httpx.AsyncClient, query: str, missing: list[str]
) -> None:
    page = await (await at_the_note(http)).see("/note" + query)
    assert re.findall(r'id="(\w+)-error"', page.html) == missing
    assert page.text.count("Choose one of these.") == len(missing)
    assert page.title.startswith("Error: ")
    assert "Your plan, to copy" not in page.text
    assert "she was late" not in page.text


async def test_a_plan_is_on_paper_only_where_it_was_put_together(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    plain, planned = await visitor.see("/note"), await visitor.see("/note" + PLAN)
    assert '<p class="plan">' not in plain.html
    assert f'<p class="plan">{SAID}</p>' in planned.html
    for page, there in ((plain, False), (planned, True)):
        card = next(link for link in page.links.values() if "print=card" in link)
        file = await visitor.ask("GET", card.removeprefix(f"/c/{visitor.id}"))
        assert (letters(SAID) in letters("".join(pieces_of(file.content)))) is there


async def test_a_reminder_is_a_file_that_a_calendar_reads(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    response = await remind(visitor, date=f"{TOMORROW:%Y-%m-%d}", time="18:30")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="reminder.ics"'
    assert response.headers["cache-control"] == "no-store"
    calendar = icalendar.Calendar.from_ical(response.text)
    assert calendar.errors == []
    (event,) = calendar.events
    assert event.errors == []
    assert event["SUMMARY"] == "Reminder"
    start = event.DTSTART
    assert start == datetime.combine(TOMORROW, time(18, 30))
    assert start.tzinfo is None
    assert event["CLASS"] == "PRIVATE"
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm.TRIGGER) == ("DISPLAY", timedelta(0))
    assert "\n" not in response.text.replace("\r\n", "")
    assert max(len(line.encode()) for line in response.text.split("\r\n")) <= 75


async def test_a_reminder_tells_nothing_of_the_note_nor_where_it_comes_from(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    sent = {"date": f"{TOMORROW:%Y-%m-%d}", "time": "09:00"}
    first, second = (await remind(visitor, **sent)).text, (await remind(visitor, **sent)).text
    told = first.casefold()
    for word in (
        visitor.id,
        "words",
        "note",
        "therap",
        "clock",
        "http",
        "url",
        "://",
        "organizer",
        str(http.base_url.host),
    ):
        assert word.casefold() not in told
    assert re.findall(r"UID:(.*)", first) != re.findall(r"UID:(.*)", second)


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        pytest.param({}, "date", "Choose a day.", id="nothing"),
        pytest.param({"date": "soon", "time": "09:00"}, "date", "Choose a day.", id="no day"),
        pytest.param(
            {"date": "2001-01-01", "time": "09:00"}, "date", "This day is over.", id="a day that is over"
        ),
        pytest.param({"date": f"{TOMORROW:%Y-%m-%d}"}, "time", "Choose a time.", id="no time"),
        pytest.param(
            {"date": f"{TOMORROW:%Y-%m-%d}", "time": "25:00"}, "time", "Choose a time.", id="no such time"
        ),
    ],
)
async def test_a_reminder_that_lacks_something_says_so_beside_its_field(
    http: httpx.AsyncClient, sent: dict[str, str], field: str, says: str
) -> None:
    visitor = await at_the_note(http)
    page = Page(await remind(visitor, length="opener", **sent))
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert re.search(rf'<p class="error" id="{field}-error">.*{re.escape(says)}', page.html)
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true" aria-describedby="{field}-error"', page.html)
    assert page.html.count('aria-invalid="true"') == 1
    assert page.links["Go to what is missing"] == f"#{field}"
    (form,) = [form for form in page.forms if form.action.endswith("/note/reminder#reminder")]
    assert form.fields["length"] == "opener"
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in page.html


async def test_a_day_that_may_still_be_somewhere_is_not_over(http: httpx.AsyncClient) -> None:
    yesterday: date = TOMORROW - timedelta(days=2)
    assert (await remind(await at_the_note(http), date=f"{yesterday}", time="23:00")).status_code == 200


async def test_a_reminder_is_made_for_our_own_page_and_its_bearer_alone(http: httpx.AsyncClient) -> None:
    visitor = await at_the_note(http)
    sent: dict[str, Any] = {"data": {"date": f"{TOMORROW}", "time": "09:00"}}
    foreign = await visitor.ask("POST", "/note/reminder", headers={"Sec-Fetch-Site": "same-site"}, **sent)
    assert foreign.status_code == 403
    nobody = await http.post(f"/c/{visitor.id}/note/reminder", headers=OURS, **sent)
    assert nobody.status_code == 404


async def test_sleeping_on_it_is_said_where_a_note_can_be_sent_and_nowhere_else(
    http: httpx.AsyncClient,
) -> None:
    line = "You can also sleep on it, and read it again tomorrow."
    page = await (await at_the_note(http)).see("/note")
    assert page.text.count(line) == 1
    assert page.links["A reminder"] == "#reminder"
    assert "reminder" in page.ids
    ending = await Visitor.begin(http, "ending")
    await ending.send(await ending.see(), values=["ending", "records"])
    assert line not in (await ending.see("/note")).text


@pytest.mark.parametrize("flow", ["felt_wrong", "ending"])
async def test_beside_a_note_that_leads_to_no_talk_only_what_settles_is_offered(
    http: httpx.AsyncClient, flow: str
) -> None:
    visitor = await Visitor.begin(http, flow)
    page = await visitor.see("/note" + PLAN)
    for text in ("Say the first line", "What they might say", "When and then", "A reminder", SAID):
        assert text not in page.text
    assert "If it got a lot" in page.text
    assert "How are you now?" in page.text
