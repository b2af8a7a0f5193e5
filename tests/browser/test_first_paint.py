"""The first words of a page on a slow phone and a slow line: a processor at a quarter of its speed,
400 kbit/s, 300 ms. The bounds leave room for a machine that does other things too; mostly it takes 1.1 s."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINTED = """new Promise((tell) => new PerformanceObserver((list) => {
  for (const each of list.getEntriesByName("first-contentful-paint")) tell(each.startTime);
}).observe({type: "paint", buffered: true}))"""
MOST_MS, MOST_BYTES = 2500, 32_000


@pytest.mark.parametrize("path", ["/", "/help", "/talk/connection", "/embed/connection"])
def test_a_slow_phone_on_a_slow_line_shows_the_first_words_soon(
    browser: Browser, site: Site, path: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page, sizes, asked = context.new_page(), list[float](), list[str]()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.address + path)
    painted = page.evaluate(PAINTED)
    context.close()
    assert [url for url in asked if not url.startswith(f"{site.address}/")] == []
    assert sum(sizes) < MOST_BYTES
    assert painted < MOST_MS
