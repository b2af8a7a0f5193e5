"""A plan, a reminder and the first line beside the note: on a phone without scripts, and in the frame."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.hosting import Hosting
from tests.browser.test_accessible import violations_on
from tests.browser.walking import Walk
from tests.browser.walking_framed import FramedWalk

THUMB = 44  # CSS pixels
TITLES = ("Say the first line", "What they might say", "When and then", "A reminder")
PLAN = "When I notice I’m saying I’m fine, then I’ll hand over the note. If I can’t say it, I’ll send it"


def unfold(page: Page, *titles: str) -> None:
    for title in titles:
        page.locator("summary", has_text=title).click()


@pytest.fixture
def noted(walk: Walk, page: Page) -> Walk:
    """At the note after one answer."""
    walk.begin()
    walk.type("she never looks up from her pad")
    expect(page.locator("blockquote")).to_be_visible()
    walk.within("/note?length=message&tone=soft")
    return walk


def test_the_first_line_is_large_enough_to_read_at_arms_length(noted: Walk, page: Page) -> None:
    unfold(page, "Say the first line")
    line = page.locator(".aloud")
    expect(line).to_be_visible()
    assert line.evaluate("line => parseFloat(getComputedStyle(line).fontSize)") >= 24


def test_three_replies_are_shown_and_the_others_unfold(noted: Walk, page: Page) -> None:
    unfold(page, "What they might say")
    expect(page.get_by_text("Silence", exact=True)).to_be_visible()
    expect(page.get_by_text("Annoyance", exact=True)).to_be_hidden()
    unfold(page, "Other things they might say")
    expect(page.get_by_text("Annoyance", exact=True)).to_be_visible()


def test_a_plan_is_made_in_place_and_put_on_paper_and_no_word_of_it_is_in_the_address(
    noted: Walk, page: Page
) -> None:
    unfold(page, "When and then")
    page.get_by_label("When I notice I’m saying I’m fine").check()
    noted.press("Make the plan")
    expect(page.get_by_role("alert")).to_contain_text("The plan is not made yet")
    expect(page.get_by_label("When I notice I’m saying I’m fine")).to_be_checked()
    page.get_by_label("then I’ll hand over the note.").check()
    page.get_by_label("I’ll send it before the next session.").check()
    noted.press("Make the plan")
    expect(page.get_by_label("Your plan, to copy")).to_be_in_viewport()
    assert PLAN in page.get_by_label("Your plan, to copy").input_value()
    _, _, asked = page.url.partition("?")
    assert asked == "length=message&tone=soft&when=fine&then=hand_over&plan_b=send&plan=made#plan"
    page.emulate_media(media="print")
    expect(page.locator(".keep .plan")).to_contain_text(PLAN)
    page.emulate_media(media="screen")
    noted.within("/note")
    page.emulate_media(media="print")
    expect(page.locator(".keep .plan")).to_have_count(0)


def test_a_plan_leaves_the_print_at_two_pages(noted: Walk, page: Page) -> None:
    noted.within("/note?when=ten_minutes&then=again&plan_b=ask_me&plan=made")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 2


def test_a_reminder_is_saved_as_a_file_and_what_is_missing_is_said_beside_its_field(
    noted: Walk, page: Page, tmp_path: Path
) -> None:
    day = datetime.now(UTC).date() + timedelta(days=1)
    unfold(page, "A reminder")
    page.get_by_label("Day", exact=True).fill(f"{day:%Y-%m-%d}")
    noted.press("Save the reminder")
    expect(page.locator("#time-error")).to_be_in_viewport()
    expect(page.get_by_label("Day", exact=True)).to_have_value(f"{day:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill("07:45")
    with page.expect_download() as saved:
        noted.press("Save the reminder")
    assert saved.value.suggested_filename == "reminder.ics"
    saved.value.save_as(tmp_path / "reminder.ics")
    (event,) = icalendar.Calendar.from_ical((tmp_path / "reminder.ics").read_bytes()).events
    assert (event["SUMMARY"], f"{event.DTSTART:%Y-%m-%d %H:%M}") == ("Reminder", f"{day:%Y-%m-%d} 07:45")


def test_sleeping_on_it_leads_to_the_reminder(noted: Walk, page: Page) -> None:
    page.get_by_role("link", name="A reminder").click()
    expect(page.locator("#reminder")).to_be_in_viewport()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        bypass_csp=True, reduced_motion="reduce", viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def missing(tab: Page, site: Site) -> Page:
    """The note on a phone with a plan that lacks its parts, all of it unfolded."""
    walk = Walk(tab, site.address)
    walk.begin()
    walk.type("she never looks up from her pad")
    expect(tab.locator("blockquote")).to_be_visible()
    walk.within("/note?plan=made")
    tab.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_note_page_unfolded_has_no_violation(missing: Page, scheme: str) -> None:
    missing.emulate_media(color_scheme=scheme)
    assert violations_on(missing) == []
    assert missing.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_control_of_the_note_page_is_large_enough_for_a_thumb(missing: Page) -> None:
    """A radio or a box is as large as its label; a link inside a sentence is as large as its line."""
    small = missing.evaluate(
        """thumb => [...document.querySelectorAll('main :is(button, summary, a, label:has(input), input)')]
          .filter(each => !each.closest('label:has(input) *, p.hint') && each.type !== 'hidden')
          .filter(each => !each.matches('label input'))
          .map(each => [each.textContent.trim() || each.name, each.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.height < thumb || box.width < thumb))
          .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)""",
        THUMB,
    )
    assert small == []


def test_no_line_of_ours_is_longer_than_can_be_read(missing: Page) -> None:
    missing.set_viewport_size({"width": 1280, "height": 800})
    widest = missing.evaluate(
        "Math.max(...[...document.querySelectorAll('main p')].map(p => p.getBoundingClientRect().width"
        " / parseFloat(getComputedStyle(p).fontSize)))"
    )
    missing.set_viewport_size({"width": 360, "height": 740})
    assert widest <= 38  # about 75 letters


def test_in_a_frame_a_plan_is_drawn_in_place_and_a_reminder_is_saved(
    browser: Browser, site: Site, hosting: Hosting
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(hosting.page("inline", site.port))
    frame = page.frame_locator("into-words iframe")
    frame.get_by_role("button", name="Begin", exact=True).click()
    frame.locator("textarea#a").fill("she never looks up from her pad")
    frame.get_by_role("button", name="Continue", exact=True).click()
    expect(frame.locator("blockquote")).to_be_visible()
    frame.locator('a[href$="/note"]').first.click()
    frame.locator("summary", has_text="When and then").press("Enter")
    frame.get_by_label("then I’ll hand over the note.").check()
    frame.get_by_role("button", name="Make the plan").click()
    expect(frame.locator("#when-error")).to_be_visible()
    frame.get_by_label("When I notice I’m saying I’m fine").check()
    frame.get_by_role("button", name="Make the plan").click()
    expect(frame.get_by_label("Your plan, to copy")).to_have_value(PLAN.partition(" If")[0])
    frame.locator("summary", has_text="A reminder").press("Enter")
    frame.get_by_role("button", name="Save the reminder").click()
    expect(frame.locator("#date-error")).to_be_visible()
    frame.get_by_label("Day", exact=True).fill(f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}")
    frame.get_by_label("Time", exact=True).fill("07:45")
    with page.expect_download() as saved:
        frame.get_by_role("button", name="Save the reminder").click()
    assert saved.value.suggested_filename == "reminder.ics"
    context.close()


def test_in_a_frame_the_note_is_seen_once_its_stylesheet_has_come(
    browser: Browser, site: Site, hosting: Hosting
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    walk = FramedWalk(context.new_page(), hosting.page("inline", site.port))
    walk.begin()
    walk.type("she never looks up from her pad")
    held: list[Route] = []
    walk.host.route("**/note.css*", lambda route: held.append(route))
    walk.tap(walk.page.locator('a[href$="/note"]').first)
    walk.host.wait_for_event("request", lambda asked: "/note.css" in asked.url)
    expect(walk.page.locator("#turn")).to_be_visible()
    held[0].continue_()
    expect(walk.page.locator(".tabs").first).to_have_css("display", "flex")
    context.close()
