"""A whole client of Into Words for the terminal: it shows any turn of any flow, and keeps nothing.

    pip install httpx
    python talk.py [--at http://127.0.0.1:8000] [--flow connection] [--country GB]

Answer with words, or with the numbers of what is offered: "1", "1 3", "2: and words of your own".
/skip, /back, /help, /note, /leave and /delete are there at every question. The end of input leaves.
"""

import argparse
import re
import sys
import time
import uuid
from typing import Any

import httpx

TRIES = 3
BEFORE = """Some questions, in about eight minutes, and a note to your therapist in your own words.
Your answers are kept sealed on the server: a day if you stop at once, 7 days if you stop halfway, 30 days
once it is finished. /delete erases them now. Help, wherever you are: https://findahelpline.com/
Press Enter to agree and begin, or type /leave."""


class Problem(Exception):
    """What the server refused (RFC 9457). It holds none of the client's words."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(told["title"])
        self.status: int = told["status"]
        self.turn: dict[str, Any] | None = told.get("turn")


class Conversation:
    """One conversation; `turn` is the turn it stands at. The token is in no address and in no file."""

    def __init__(self, http: httpx.Client, flow: str, country: str | None) -> None:
        self._http = http
        self._token, self._path = "", ""
        opened = self._send("POST", "/v1/conversations", {"flow": flow, "country": country}).json()
        self._token, self._path = opened["token"], f"/v1/conversations/{opened['id']}"
        self.turn: dict[str, Any] = opened["turn"]

    def answer(self, given: dict[str, Any]) -> None:
        """Answers the question that is asked now, at the version of the last turn."""
        asked = {"version": self.turn["version"], "question_id": self.turn["question"]["id"]}
        self.turn = self._send("POST", f"{self._path}/answers", asked | given).json()["turn"]

    def back(self) -> None:
        """One step back."""
        self.turn = self._send("POST", f"{self._path}/back", {"version": self.turn["version"]}).json()["turn"]

    def note(self) -> str:
        """The note as it stands: at any time, from whatever was answered."""
        return self._send("GET", f"{self._path}/note.txt").text

    def end(self, *, erase: bool) -> None:
        """Erases it, or leaves it, which without a resume code erases as well. What is gone is done."""
        try:
            self._send(*(("DELETE", self._path) if erase else ("POST", f"{self._path}/leave")))
        except Problem as problem:
            if problem.status != 404:
                raise

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """One request, and again under the same key where no answer came: it is never done twice."""
        headers = {} if method == "GET" else {"Idempotency-Key": str(uuid.uuid4())}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        for left in reversed(range(TRIES)):
            try:
                response = self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError:
                if not left:
                    raise
                time.sleep(1)
                continue
            if response.status_code < 500 or not left:
                break
            time.sleep(float(response.headers.get("Retry-After", 1)))
        if response.is_error:
            raise Problem(response.json())
        return response


def say(text: str = "") -> None:
    """A line for the person."""
    sys.stdout.write(text + "\n")


def show_contacts(contacts: list[dict[str, Any]]) -> None:
    """Whom to turn to."""
    for each in contacts:
        told = (each[part] for part in ("name", "call", "text_chat", "hours", "site"))
        say("  " + ", ".join(part for part in told if part))


def show(turn: dict[str, Any]) -> None:
    """A turn: support before everything else, then what is said, then what is asked."""
    say()
    if turn["support"]["shown"]:
        show_contacts(turn["support"]["contacts"])
    question = turn["question"]
    for message in turn["messages"]:
        if not question or message["text"] != question["prompt"]:
            say(message["text"])
    if not question:
        return
    say(question["prompt"])
    if question["hint"]:
        say(f"({question['hint']})")
    for number, option in enumerate(question["options"], 1):
        say(f"  {number}. {option['label']}")
    if question["none"]:
        say(f"  0. {question['none']}")


def read(question: dict[str, Any], typed: str) -> dict[str, Any]:
    """A line as an answer: numbers alone stand for options, words behind a colon stand beside them. All else
    goes as it was typed: a wish that begins with a number is still a wish."""
    options = question["options"]
    found = re.fullmatch(r"([0-9 ,]+)(?::(.*))?", typed)
    numbers = [int(each) for each in re.findall("[0-9]+", found[1])] if found else []
    if not numbers or max(numbers) > len(options):
        return {"text": typed}
    values = [options[number - 1]["value"] for number in numbers if number]
    beside = {"text": found[2].strip()} if found and found[2] else {}
    return {"values": values, **beside} if question["kind"] == "pick" else {"value": values[0], **beside}


def take(talk: Conversation, typed: str) -> bool:
    """Does what a line asks for; False where it ends the talk."""
    match typed.strip():
        case "":
            say("Answer, or type /skip.")
        case "/skip":
            talk.answer({"skipped": True})
        case "/back":
            talk.back()
        case "/help":
            show_contacts(talk.turn["support"]["contacts"])
        case "/note":
            say(talk.note())
        case "/leave" | "/delete":
            talk.end(erase=typed.strip() == "/delete")
            say("It is erased.")
            return False
        case words if talk.turn["question"]:
            talk.answer(read(talk.turn["question"], words))
        case _:
            say("Type /back to be asked again, /leave or /delete.")
    return True


def hold(talk: Conversation) -> None:
    """The talk, line by line, until it is ended."""
    shown = None
    while True:
        if talk.turn is not shown:
            show(talk.turn)
            shown = talk.turn
            if talk.turn["finished"]:
                say("\n" + talk.note())
        sys.stdout.write("> ")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        try:
            if not take(talk, typed.rstrip("\n") if typed else "/leave"):
                return
        except Problem as problem:
            if problem.status == 404:
                say("This conversation has ended.")
                return
            # 409: go on from the turn given; the words are not sent on to another question by themselves.
            say(f"{problem}.")
            talk.turn = problem.turn or talk.turn
        except httpx.TransportError:
            say("This was not sent. Whom you can turn to in the meantime:")
            show_contacts(talk.turn["support"]["contacts"])


def main() -> None:
    """Says what this is, and begins once that is agreed to."""
    asked = argparse.ArgumentParser(description="Put it into words, in the terminal.")
    asked.add_argument("--at", default="http://127.0.0.1:8000", help="where Into Words runs")
    asked.add_argument("--flow", default="connection")
    asked.add_argument("--country", help="two letters: whose helplines to show")
    given = asked.parse_args()
    say(BEFORE)
    if sys.stdin.readline().strip() == "/leave":
        return
    # Redirects are not followed: a token goes where it was given out and nowhere else.
    with httpx.Client(base_url=given.at, follow_redirects=False, timeout=10) as http:
        hold(Conversation(http, given.flow, given.country))


if __name__ == "__main__":
    main()
