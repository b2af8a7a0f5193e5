"""What a screen reader is told of each kind of question, of help and of the note, held against small files.

Where a change is meant, delete the file in `trees/`: the next run writes it, fails once, and shows it as new.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.every_page import PLACES, Visitor

TREES = Path(__file__).parent / "trees"
SHOWN = (
    "doors",
    "ask",
    "ask, empty",
    "pick, few",
    "choose",
    "confirm",
    "scale",
    "check",
    "crisis_self",
    "help GB",
    "note",
)
ADDRESS = re.compile(r"^ *- /url:.*\n", re.MULTILINE)
COMES = {place.name: place.come for place in PLACES}


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_told_as_it_was_agreed(tab: Page, site: Site, name: str) -> None:
    COMES[name](Visitor(tab, site.address))
    told = ADDRESS.sub("", tab.locator("main").aria_snapshot() + "\n")
    file = TREES / f"{name.replace(', ', '_').replace(' ', '_')}.yml"
    agreed = file.read_text("utf-8") if file.exists() else ""
    if not agreed:
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert told == agreed
