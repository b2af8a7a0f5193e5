"""The pages of links: the section on the note page, the link, the cover, the therapist's page."""

import io
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pypdf import PdfReader

from tests.api.paging import Page, Visitor
from tests.api.serving import Talk
from tests.api.sharing import Link, open_freely

pytestmark = pytest.mark.anyio
WORDS = "she looked at the clock, QUAGGA-4417"
NAMES = [
    "Slackbot-LinkExpanding 1.0",
    "WhatsApp/2.23",
    "Mozilla/5.0 (compatible; SafeLinks)",
    "Twitterbot/1.0",
]


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_freely(tmp_path_factory.mktemp("data")) as client:
        yield client


@pytest.fixture
async def visitor(http: httpx.AsyncClient) -> Visitor:
    begun = await Visitor.begin(http)
    await begun.finish(WORDS)
    return begun


async def made_by(visitor: Visitor, **fields: str) -> tuple[Page, Link]:
    """The page that shows a link just made, and the link."""
    page = await visitor.see("/note")
    form = next(form for form in page.forms if form.action.endswith("/shares"))
    made = await visitor.post(form.action, {**form.fields, **fields})
    url = re.search(r">(http://[^<]+#[\w-]{43})<", made.html)
    assert url, made.text
    pin = re.search(r'class="code">(\d{6})<', made.html)
    told = {"id": urlsplit(url[1]).path.split("/")[2], "url": url[1], "pin": pin[1] if pin else None}
    return made, Link.of(visitor.http, told)


async def test_what_a_link_cannot_protect_is_said_before_it_is_made(visitor: Visitor) -> None:
    page = await visitor.see("/note")
    section = page.text[page.text.index("Give it to your therapist") :]
    button = section.index("Make the link")
    for said in (
        "Anyone who has the link can read the note",
        "stays in the history of each browser",
        "may be kept in your file",
        "Parents, insurers, courts or a partner",
        "read it aloud and keep it instead",
        "Leave out full names of others",
    ):
        assert 0 < section.index(said) < button


async def test_the_note_that_is_shown_is_the_one_that_is_shared(visitor: Visitor) -> None:
    page = await visitor.see("/note?length=message&tone=soft")
    form = next(form for form in page.forms if form.action.endswith("/shares"))
    assert (form.fields["length"], form.fields["tone"], form.fields["days"]) == ("message", "soft", "7")


async def test_a_link_is_shown_once_with_a_mail_that_holds_it_alone(visitor: Visitor) -> None:
    made, link = await made_by(visitor, days="30")
    assert made.status == 201
    mail = urlsplit(made.links["Write an e-mail"])
    assert (mail.scheme, mail.path) == ("mailto", "")
    assert parse_qs(mail.query) == {
        "subject": ["Notes"],
        "body": [f"http://127.0.0.1:8000{link.path}#{link.key}"],
    }
    assert link.key not in (await visitor.see("/note")).html
    assert "QUAGGA-4417" not in made.html


async def test_the_code_to_scan_is_dark_on_light_and_has_a_name(visitor: Visitor) -> None:
    made, _ = await made_by(visitor)
    svg = made.html[made.html.index("<svg") : made.html.index("</svg>")]
    assert 'role="img"' in svg
    assert "<title>" in svg
    assert '<path fill="#fff"' in svg
    assert '<path fill="#000"' in svg
    assert "style=" not in svg


async def test_links_are_listed_on_the_note_page_and_ended_there(visitor: Visitor) -> None:
    _, link = await made_by(visitor, pin="yes")
    page = await visitor.see("/note")
    assert "with six numbers" in page.text
    form = next(form for form in page.forms if form.action.endswith("/revoke"))
    after = await visitor.post(form.action, form.fields)
    assert not any(form.action.endswith("/revoke") for form in after.forms)
    assert (await link.post(pin=link.pin or "")).status_code == 404


async def test_after_misconduct_no_link_is_offered_and_old_ones_can_be_ended(visitor: Visitor) -> None:
    await made_by(visitor)
    page = await visitor.see("/change/opening")
    await visitor.send(page, text="my therapist kissed me")
    note = await visitor.see("/note")
    assert "a record for you alone" in note.text
    assert "Make the link" not in note.text
    assert "Give it to your therapist" not in note.text
    assert any(form.action.endswith("/revoke") for form in note.forms)


async def test_a_record_without_links_has_no_section_for_them(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http, "felt_wrong")
    await visitor.send(await visitor.see(), text="he took my hand and did not let go")
    note = await visitor.see("/note")
    assert "a record for you alone" in note.text
    assert "link" not in {form.action.rpartition("/")[2] for form in note.forms}
    assert "Give it to your therapist" not in note.text


async def test_a_form_from_elsewhere_makes_no_link(visitor: Visitor) -> None:
    refused = await visitor.ask(
        "POST", "/shares", headers={"Sec-Fetch-Site": "cross-site"}, data={"days": "7"}
    )
    assert refused.status_code == 403


async def test_a_hundred_robots_spend_nothing_and_see_no_word(
    visitor: Visitor, http: httpx.AsyncClient
) -> None:
    _, link = await made_by(visitor)
    unknown = (await http.get(f"/n/shr_{'A' * 22}")).content
    for number in range(100):
        method = "HEAD" if number % 2 else "GET"
        response = await http.request(method, link.path, headers={"User-Agent": NAMES[number % 4]})
        assert response.status_code == 200
        assert response.headers["x-robots-tag"] == "noindex"
        assert response.content == (b"" if method == "HEAD" else unknown)
    cover = (await http.get(link.path)).text
    assert "<title>Notes</title>" in cover
    assert '<meta name="robots" content="noindex">' in cover
    for word in ("og:", "twitter:", "QUAGGA-4417", link.key, "description"):
        assert word not in cover
    assert opens(await visitor.ask("GET", "/export")) == [0]
    await link.post()
    assert opens(await visitor.ask("GET", "/export")) == [1]


def opens(exported: httpx.Response) -> list[int]:
    return [share["opens"] for share in exported.json()["shares"]]


@pytest.mark.parametrize("pasted", ["{key}", "  {key}\n", "#{key}", "http://127.0.0.1:8000{path}#{key}"])
async def test_without_scripts_the_part_after_the_hash_opens_the_note(visitor: Visitor, pasted: str) -> None:
    _, link = await made_by(visitor)
    page = Page(await link.post(key=pasted.format(key=link.key, path=link.path)))
    assert page.status == 200
    assert "Your client made you a note" in page.headings
    assert "QUAGGA-4417" in page.text
    assert page.response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("pasted", ["", "  ", "http://127.0.0.1:8000/n/shr_x", "too-short"])
async def test_half_a_link_is_asked_for_again_and_not_repeated(visitor: Visitor, pasted: str) -> None:
    _, link = await made_by(visitor)
    page = Page(await link.post(key=pasted))
    assert page.status == 422
    assert "Part of the link is missing" in page.headings
    assert not pasted.strip() or pasted not in page.html


async def test_the_numbers_are_asked_for_with_the_key_kept_in_the_form(visitor: Visitor) -> None:
    _, link = await made_by(visitor, pin="yes")
    asked = Page(await link.post())
    assert (asked.status, "six numbers" in asked.text) == (403, True)
    form = next(form for form in asked.forms if "key" in form.fields)
    wrong = Page(await link.post(**form.fields, pin="12"))
    assert "These are not the numbers" in wrong.headings
    assert link.pin
    page = Page(await link.post(**form.fields, pin=f" {link.pin[:3]} {link.pin[3:]} "))
    assert "QUAGGA-4417" in page.text


async def test_the_note_is_a_text_file_too(visitor: Visitor) -> None:
    _, link = await made_by(visitor)
    page = Page(await link.post())
    form = next(form for form in page.forms if ("take", "text") in form.offers)
    file = await link.post(**form.fields, take="text")
    assert file.headers["content-disposition"] == 'attachment; filename="notes.txt"'
    assert file.text == (await visitor.ask("GET", "/note.txt")).text


async def test_the_note_is_a_pdf_too_by_the_same_post(visitor: Visitor) -> None:
    _, link = await made_by(visitor)
    file = await link.post(take="pdf")
    assert file.headers["content-disposition"] == 'attachment; filename="notes.pdf"'
    assert file.content.startswith(b"%PDF-")
    (page, *more) = PdfReader(io.BytesIO(file.content)).pages
    assert "QUAGGA-4417" in page.extract_text()
    assert more == []


POINTS = [
    "It took courage", "fixed questions", "not a complaint and not a diagnosis", "Thank them once",
    "What did I miss?", "What was it like when I did that?", "I can see how that landed", "Answer the ask",
    "after the moment itself",
    "Repair takes more than one go", "Supervision is the place", "Help them leave well",
    "I’d like to hear when I get it wrong", "It may not be the whole story",
]  # fmt: skip
RATHER_NOT = [
    "sorry you feel that way",
    "What does this remind you of?",
    "Other clients find",
    "transference",
    "a long defence",
]


@pytest.mark.parametrize("said", [*POINTS, *RATHER_NOT])
async def test_the_therapist_reads_how_to_receive_it(visitor: Visitor, said: str) -> None:
    _, link = await made_by(visitor)
    assert said in Page(await link.post()).text


async def test_a_note_that_ends_it_asks_the_therapist_for_no_talk(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http, "ending")
    await talk.walk(lambda turn: turn["question"]["id"] == "lines")
    await talk.answer(values=["ending", "records"])
    link = await Link.make(talk)
    assert (await link.open())["closes"] is True
    page = Page(await link.post())
    assert "It asks for no talk" in page.text
    assert "What was it like when I did that?" not in page.text


async def test_hostile_words_stay_words(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.begin(http)
    await visitor.finish("you said <script>alert(1)</script> {{7*7}} & “so”")
    _, link = await made_by(visitor)
    html = (await link.post()).text
    assert html.count("<script") == html.count('<script type="module" src="/static/frame.js?') == 1
    assert "<script>alert(1)</script> {{7*7}} & “so”" in unescape(html)


async def test_the_cover_lets_one_script_of_ours_run_that_makes_no_html(http: httpx.AsyncClient) -> None:
    response = await http.get(f"/n/shr_{'A' * 22}")
    policy = response.headers["content-security-policy"]
    for rule in ("script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script[^>]*>", response.text) == re.findall(
        r'<script type="module" src="/static/(?:frame|share)\.js\?v=[0-9a-f]{12}">', response.text
    )
    source = Path("app/static/share.js").read_text("utf-8")
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Storage",
        "DOMParser",
    ):
        assert sink not in source
