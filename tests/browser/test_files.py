"""Save the file, open it another day, and go on to the talk after the talk; with scripts switched off."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.walking import Walk

ASK = "let me finish first"


def test_a_saved_file_opens_again_and_leads_to_the_talk_after_the_talk(
    walk: Walk, page: Page, tmp_path: Path
) -> None:
    walk.begin("soon")
    walk.type("she talks over me")
    walk.type(ASK)
    walk.within("/note")
    expect(page.locator(".letter")).to_contain_text(ASK)
    page.get_by_text("Open it again later").click()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save the whole file").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert file.name == "notes.json"
    walk.within("/delete")
    walk.press("Delete everything")

    walk.open("/resume")
    walk.press("Open your file")  # none chosen
    expect(page.get_by_role("alert")).to_contain_text("Choose your file first")
    page.get_by_label("Your file", exact=True).set_input_files(file)
    walk.press("Open your file")
    expect(page.get_by_role("heading", name="Your conversation is open")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(ASK)
    first = walk.id
    page.get_by_role("link", name="Continue").click()
    walk.within("/note")
    walk.press("Begin After the talk")
    expect(page.get_by_role("heading", name="Your conversation is open")).to_be_visible()
    assert walk.id != first
    page.get_by_role("link", name="Continue").click()
    expect(page.locator("#turn")).to_contain_text(f"Last time you asked for this: “{ASK}”")
    walk.press("I said it, or they read it")
    walk.press("I took my words back")
    walk.press("Say that I took my words back")
    page.get_by_role("link", name="See the note").click()
    expect(page.locator(".letter")).to_contain_text("Last time I took it back. I’d like to try again.")
    expect(page.locator(".letter")).to_contain_text(ASK)
