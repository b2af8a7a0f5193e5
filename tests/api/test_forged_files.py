"""A file is a stranger's: what is wrong in it is refused without a word of it, and it grants nothing."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from tests.api.filing import MARKER, File, brought_in, taken_out
from tests.api.serving import Talk, assert_problem, open_app

pytestmark = pytest.mark.anyio


async def test_a_note_to_the_therapist_cannot_be_granted_by_a_file(http: httpx.AsyncClient) -> None:
    talk = await Talk.begin(http)
    await talk.answer(text="my therapist kissed me")
    await talk.answer(value="carry_on")
    await talk.finish("It was in May.")
    file = await taken_out(talk)
    for granted in ("note_to_therapist", "ending", "connection"):
        file["conversation"]["meanings"]["granted"] = granted
        back = await brought_in(http, file)
        assert (await back.ask("GET", "/note")).json()["to"] == "self"


def place(file: File, *way: Any) -> Any:
    for step in way:
        file = file[step]
    return file


def put(*way: Any) -> Callable[[File], None]:
    """A change of a file: the last is put where the others lead."""

    def change(file: File) -> None:
        *to, last, value = way
        place(file, "conversation", *to)[last] = value

    return change


FIRST = ("entries", 0)
FORGED = {
    "another format": put("format", 2),
    "no format": put("format", MARKER),
    "no revision": put("revision", MARKER),
    "no language": put("language", f"{MARKER}!"),
    "no country": put("country", MARKER),
    "kept for ever": put("keep_for", 1_000_000),
    "a number for the words": put(*FIRST, "given", "text", 7),
    "words too long for the question": put(*FIRST, "given", "text", MARKER * 900),
    "words of blanks": put(*FIRST, "given", "text", "  \u200b "),
    "words for a skip": put(*FIRST, "given", "skipped", True),
    "an option of a question for words": put(*FIRST, "given", "values", [MARKER]),
    "an unknown option": put("entries", 1, "given", "values", [MARKER]),
    "an option twice": put("entries", 1, "given", "values", ["unheard", "unheard"]),
    "all and none": put("entries", 1, "given", "values", ["unheard", "unclear"]),
    "own words without words": put("entries", 1, "given", "values", ["own_words"]),
    "an unknown question": put(*FIRST, "key", "zebra_7391"),
    "a key that is none": put(*FIRST, "key", f"{MARKER} she never listens"),
    "an answer twice": put("entries", 1, "key", "opening"),
    "words brought along to a flow that takes none": put(*FIRST, "key", "earlier/ask"),
    "a line of the note that is too long": lambda file: file["conversation"]["entries"].append(
        {"key": "note/lead", "given": {"values": [], "text": MARKER * 200, "skipped": False}}
    ),
    "a line of the note that is an option": lambda file: file["conversation"]["entries"].append(
        {"key": "note/lead", "given": {"values": [MARKER], "text": MARKER, "skipped": False}}
    ),
    "a span": put(*FIRST, "given", "span", [0, 10_000]),
    "findings with spans": put(*FIRST, "findings", [[MARKER, "none", [5, 9000]]]),
    "an unknown route beside": put(
        *FIRST,
        "beside",
        [
            {
                "family": "x",
                "route": MARKER,
                "certainty": "explicit",
                "question": None,
                "page": None,
                "digest": "a",
            }
        ],
    ),
    "an edit that is none": put("edits", {"opening": MARKER}),
    "an edit of no sentence": put("edits", {f"{MARKER} ": "keep"}),
    "a meaning of no question": put("meanings", {f"{MARKER} she": "yes"}),
    "an order of no sentences": put("order", [MARKER]),
    "entries as an object": put("entries", {MARKER: MARKER}),
    "a field of its own": put(MARKER, MARKER),
    "no conversation": lambda file: file.update(conversation=None),
    "a list": lambda file: file.update(conversation=[MARKER]),
}


@pytest.fixture(scope="module")
async def http_for_forgers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with open_app(tmp_path_factory.mktemp("data")) as http:
        yield http


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("way", ["import", "earlier"])
async def test_a_forged_file_is_a_problem_without_a_word_of_it(
    http_for_forgers: httpx.AsyncClient, change: Callable[[File], None], way: str
) -> None:
    http = http_for_forgers
    talk = await Talk.begin(http)
    await talk.answer(text=f"{MARKER} she never listens")
    await talk.answer(values=["unheard"])
    file = await taken_out(talk)
    change(file)
    body = file if way == "import" else {"flow": "after", "earlier": file}
    response = await http.post("/v1/import" if way == "import" else "/v1/conversations", json=body)
    problem = assert_problem(response, 422, "invalid-request")
    assert all(each["pointer"].startswith("/") for each in problem["errors"])
    assert "zebra" not in response.text.lower()
    assert "listens" not in response.text


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        pytest.param(
            b'{"format": 1, "flow": "connection", "conversation":' + b"[" * 50_000, 422, "invalid-request"
        ),
        pytest.param(b'{"a":' * 100_000, 422, "invalid-request"),
        pytest.param(b" " * 10_000_000, 413, "too-large"),
        pytest.param(b'{"format": 1, "flow": "\\ud800"}', 422, "invalid-request"),
        pytest.param(b"PK\x03\x04\xff\xfe", 422, "invalid-request"),
    ],
    ids=["too deep", "objects too deep", "ten megabytes", "half a character", "no text"],
)
async def test_what_is_no_file_of_ours_is_refused(
    http: httpx.AsyncClient, body: bytes, status: int, slug: str
) -> None:
    response = await http.post("/v1/import", content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, status, slug)


async def test_an_unknown_flow_is_not_found(http: httpx.AsyncClient) -> None:
    file = await taken_out(await Talk.begin(http))
    assert_problem(await http.post("/v1/import", json={**file, "flow": MARKER}), 404, "flow-not-found")
