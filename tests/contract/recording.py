"""Clients whose traffic is recorded as a browser would export it: one that does as it is asked, and one for
each way of going wrong. The clock is the recording's own, so that a person may take their time.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, quote_plus
from uuid import uuid4

import httpx

ELSEWHERE = "https://counts.example/pixel"
WORDS = "She never “looks” up — not once"
DANGER = "i want to kill myself"
POLLS = 5


class Client:
    """A client whose traffic is recorded as a browser would export it."""

    def __init__(self, at: str) -> None:
        self.at, self.entries = at, list[dict[str, Any]]()
        self.now = datetime(2030, 1, 1, tzinfo=UTC)
        self.id = self.token = ""
        self.turn: dict[str, Any] = {}

    def send(self, method: str, path: str, body: Any = None, *, wait: float = 20, **headers: str) -> int:
        """A request after a while; the number of its entry. Headers by their names, with _ for -."""
        self.now += timedelta(seconds=wait)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        response = httpx.request(method, self.at + path, json=body, headers=named)
        number = self.note(response.request, response)
        told = response.json() if response.content and "json" in response.headers["content-type"] else {}
        self.id, self.token = told.get("id", self.id), told.get("token", self.token)
        self.turn = told.get("turn", self.turn)
        return number

    def note(self, request: httpx.Request, response: httpx.Response | None, **more: Any) -> int:
        """Writes an entry down; `response` None: no answer came."""
        got: dict[str, Any] = {"status": 0, "headers": [], "content": {}}
        if response is not None:
            got = {
                "status": response.status_code,
                "headers": [{"name": name, "value": value} for name, value in response.headers.items()],
                "content": {"text": response.text},
            }
        sent = [{"name": name, "value": value} for name, value in request.headers.items()]
        self.entries.append(
            {
                "startedDateTime": self.now.isoformat().replace("+00:00", "Z"),
                "time": 40,
                "request": {
                    "method": request.method,
                    "url": str(request.url),
                    "headers": sent,
                    "postData": {"text": request.content.decode()},
                },
                "response": got,
                **more,
            }
        )
        return len(self.entries)

    def tell(self, address: str, body: str = "", **headers: str) -> int:
        """A request to another host, which is written down and not sent."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.note(httpx.Request("POST", address, content=body, headers=named), None)

    def change_in_another_tab(self) -> None:
        """What this recording does not hold."""
        headers = {"Authorization": f"Bearer {self.token}"}
        httpx.patch(self.at + self.path, json={"country": "IE"}, headers=headers)

    @property
    def path(self) -> str:
        return f"/v1/conversations/{self.id}"

    def begin(self) -> int:
        body = {"flow": "connection", "country": "GB"}
        return self.send("POST", "/v1/conversations", body, Idempotency_Key=str(uuid4()))

    def answer(self, wait: float = 20, version: int | None = None, key: str = "", **given: Any) -> int:
        asked = {"version": version or self.turn["version"], "question_id": self.turn["question"]["id"]}
        return self.send(
            "POST", f"{self.path}/answers", asked | given, wait=wait, Idempotency_Key=key or str(uuid4())
        )


def well_behaved(at: str) -> Client:
    client = Client(at)
    client.send("GET", "/v1/flows")
    client.begin()
    client.answer(text=DANGER)
    assert client.turn["question"]["id"].startswith("safety/")
    client.answer(skipped=True)
    client.answer(values=[client.turn["question"]["options"][0]["value"]])
    client.change_in_another_tab()
    client.answer(text=WORDS)
    client.answer(text=WORDS, wait=30)
    client.send("POST", f"{client.path}/back", {"version": client.turn["version"]})
    client.send("GET", f"{client.path}/note?length=opener&tone=plain")
    client.send("DELETE", client.path)
    return client


def program_answers_for_the_person(client: Client) -> int:
    client.answer(text=DANGER)
    return client.answer(wait=0.1, skipped=True)


def program_goes_back_for_the_person(client: Client) -> int:
    client.answer(text="i just want it to end")
    return client.send("POST", f"{client.path}/back", {"version": client.turn["version"]}, wait=0.1)


def token_in_an_address(client: Client) -> int:
    return client.tell(f"{ELSEWHERE}?t={client.token}")


def token_in_another_header(client: Client) -> int:
    return client.send("GET", client.path, X_Token=client.token)


def token_in_a_body(client: Client) -> int:
    return client.tell(ELSEWHERE, json.dumps({"at": client.token}))


def words_in_an_address(client: Client) -> int:
    client.answer(text=WORDS)
    return client.tell(f"{ELSEWHERE}?said={quote_plus(WORDS)}")


def words_in_our_address(client: Client) -> int:
    return client.send("GET", f"{client.path}?text={quote(WORDS)}")


def words_in_a_body_elsewhere(client: Client) -> int:
    client.answer(text=WORDS)
    return client.tell(ELSEWHERE, json.dumps({"event": "typed", "value": WORDS}))


def words_in_a_referrer(client: Client) -> int:
    client.answer(text=WORDS)
    return client.tell(ELSEWHERE, Referer=f"https://practice.example/?q={quote(WORDS.lower())}")


def conversation_told_elsewhere(client: Client) -> int:
    return client.tell(f"{ELSEWHERE}/{client.id}")


def version_counted_by_the_client(client: Client) -> int:
    client.answer(skipped=True)
    return client.answer(skipped=True, version=client.turn["version"] + 1)


def conflict_not_taken_in(client: Client) -> int:
    client.answer(skipped=True)
    client.answer(text=WORDS, version=1)
    return client.answer(text=WORDS, version=1)


def words_sent_on_by_a_program(client: Client) -> int:
    client.answer(skipped=True)
    client.answer(text=WORDS, version=1)
    return client.answer(text=WORDS, wait=0.1)


def again_without_a_key(client: Client) -> int:
    client.answer(text=WORDS)
    lost = client.entries[-1]
    client.entries.append(json.loads(json.dumps(lost)))
    lost["response"] = {"status": 0, "headers": [], "content": {}}
    for each in client.entries[-2:]:
        each["request"]["headers"] = [h for h in each["request"]["headers"] if h["name"] != "idempotency-key"]
    return len(client.entries)


def again_under_another_key(client: Client) -> int:
    number = again_without_a_key(client)
    for place, each in enumerate(client.entries[-2:]):
        each["request"]["headers"].append({"name": "Idempotency-Key", "value": f"key {place}"})
    return number


def one_key_for_two_requests(client: Client) -> int:
    client.answer(skipped=True, key="mine")
    return client.answer(skipped=True, key="mine")


def asks_again_and_again(client: Client) -> int:
    return [client.send("GET", client.path, wait=2) for _ in range(POLLS)][-1]


def keeps_what_is_not_to_be_kept(client: Client) -> int:
    number = client.send("GET", client.path)
    client.entries[-1]["_fromCache"] = "disk"
    return number


def asks_in_the_open(client: Client) -> int:
    number = client.send("GET", "/v1/flows")
    client.entries[-1]["request"]["url"] = "http://words.example/v1/flows"
    return number


WAYS: list[tuple[str, Callable[[Client], int]]] = [
    ("safety-by-person", program_answers_for_the_person),
    ("safety-by-person", program_goes_back_for_the_person),
    ("token-in-header", token_in_an_address),
    ("token-in-header", token_in_another_header),
    ("token-in-header", token_in_a_body),
    ("words-stay", words_in_an_address),
    ("words-stay", words_in_our_address),
    ("words-stay", words_in_a_body_elsewhere),
    ("words-stay", words_in_a_referrer),
    ("words-stay", conversation_told_elsewhere),
    ("version-of-last-turn", version_counted_by_the_client),
    ("conflict-handled", conflict_not_taken_in),
    ("conflict-handled", words_sent_on_by_a_program),
    ("key-on-retry", again_without_a_key),
    ("key-on-retry", again_under_another_key),
    ("key-on-retry", one_key_for_two_requests),
    ("no-polling", asks_again_and_again),
    ("not-cached", keeps_what_is_not_to_be_kept),
    ("encrypted", asks_in_the_open),
]
