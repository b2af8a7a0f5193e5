"""Holds the recorded traffic of a client against what docs/integrators.md asks of it.

    python3 conforms.py RECORDING.har [--at https://words.example]

A HAR file is what browsers and proxies export. This one file needs nothing but the standard library. It names
rules and the numbers of entries (from 1, in the file's order), and prints no word of a person and no address.
Exit code 1 where a rule is broken, 2 where the file cannot be read. Delete the recording afterwards.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlsplit

RULES = {
    "encrypted": "HTTPS, but on this machine",
    "token-in-header": "a token stands in Authorization and nowhere else",
    "words-stay": "words, ids and codes go to the server's bodies: in no address, and to no other host",
    "safety-by-person": "a person answers a question of the safety net, not a program",
    "version-of-last-turn": "a change names the version of the last turn that came",
    "key-on-retry": "what is sent again has the same Idempotency-Key, and a key stands for one request",
    "conflict-handled": "after a 409 or 412 it goes on from the turn given, and sends no words on by itself",
    "no-polling": "nothing is asked for again and again: a conversation changes only by its own requests",
    "not-cached": "what is not to be stored comes from no cache",
    "left-or-erased": "a conversation that was begun is left or erased",
}
BY_EYE = (
    "turn.support is shown first, and whole, wherever support.shown is true",
    "help is in reach on every screen, also offline (turn.support.contacts, kept in memory)",
    "words are neither logged, nor counted, nor kept after leaving",
    "the lines that say purpose, keeper and days stand before begin",
)
AT_ONCE = 1.0  # seconds; a page of help is not read in less
POLLS = 5
OUR_QUERY = {"length", "tone", "print", "paper"}
SHORTEST = 8  # characters; shorter words are found anywhere
TOKEN = re.compile(r"\b(?:ct_[A-Za-z0-9_-]{43}_[0-9a-f]{8}|iws_[A-Za-z0-9_-]{43})")
HERE = ("127.0.0.1", "localhost", "::1")
MOVES = re.compile(r"/conversations/[^/]+(/back|/answers(/.+)?|/note)?\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its answer. `began` and `ended` in seconds; `status` 0 where no answer came."""

    number: int
    began: float
    ended: float
    method: str
    url: str
    sent: dict[str, str] = field(repr=False)
    body: str = field(repr=False)
    status: int
    got: dict[str, str] = field(repr=False)
    answer: str = field(repr=False)
    from_cache: bool
    ours: bool

    @property
    def path(self) -> str:
        """The path below /v1, without the query."""
        return urlsplit(self.url).path.partition("/v1")[2]

    @property
    def conversation(self) -> str:
        """The id of the conversation that it is about; of one that opens, the one opened."""
        found = re.match(r"/conversations/([^/]+)", self.path)
        return found[1] if found else str(self.opened.get("id", ""))

    @property
    def opened(self) -> dict[str, Any]:
        """The answer that gives out a token; empty where it is none."""
        told = _dict(self.answer)
        return told if self.ours and "token" in told else {}

    @property
    def changes(self) -> bool:
        """Whether it moves a conversation on."""
        return self.ours and bool(MOVES.match(self.path)) and self.method in ("POST", "PUT", "PATCH")

    @property
    def turn(self) -> dict[str, Any]:
        """The turn in the answer, a refusal's among them; empty without one."""
        found = _dict(self.answer).get("turn")
        return found if isinstance(found, dict) else {}

    @property
    def version(self) -> int | None:
        """The version for which it was sent."""
        tag = self.sent.get("if-match", "").strip('" ')
        given = _dict(self.body).get("version")
        return int(tag) if tag.isdigit() else given if isinstance(given, int) else None

    @property
    def key(self) -> str:
        """Its Idempotency-Key."""
        return self.sent.get("idempotency-key", "")


def read(har: dict[str, Any], at: str | None) -> list[Entry]:
    """The entries of a recording by the time they began; KeyError, TypeError, ValueError where it is none."""
    entries = har["log"]["entries"]
    origins = {at.rstrip("/")} if at else {_origin(e["request"]["url"]) for e in entries if _speaks_to_us(e)}
    found = [_entry(number, each, origins) for number, each in enumerate(entries, 1)]
    return sorted(found, key=lambda each: (each.began, each.number))


def _entry(number: int, each: dict[str, Any], origins: set[str]) -> Entry:
    request, response = each["request"], each["response"]
    began = datetime.fromisoformat(each["startedDateTime"].replace("Z", "+00:00")).timestamp()
    kept = each.get("_fromCache") or response.get("_fetchedViaServiceWorker") or response.get("fromDiskCache")
    return Entry(
        number,
        began,
        began + max(float(each.get("time") or 0), 0) / 1000,
        request["method"],
        request["url"],
        _headers(request),
        (request.get("postData") or {}).get("text") or "",
        max(int(response.get("status") or 0), 0),
        _headers(response),
        (response.get("content") or {}).get("text") or "",
        bool(kept),
        _origin(request["url"]) in origins,
    )


def broken(entries: list[Entry]) -> Iterator[tuple[str, int]]:
    """Each broken rule with the number of the entry that breaks it."""
    ours = [each for each in entries if each.ours]
    yield from _about_secrets(entries)
    for each in ours:
        where = urlsplit(each.url)
        if where.scheme != "https" and where.hostname not in HERE:
            yield "encrypted", each.number
        if each.from_cache and "no-store" in each.got.get("cache-control", ""):
            yield "not-cached", each.number
    for conversation in sorted({each.conversation for each in ours} - {""}):
        about = [each for each in ours if each.conversation == conversation]
        yield from _about_safety(about)
        yield from _about_versions(about)
        yield from _about_conflicts(about)
        yield from _about_polling(about)
        yield from _about_the_end(about)
    yield from _about_keys(ours)


def _about_secrets(entries: list[Entry]) -> Iterator[tuple[str, int]]:
    words = {each for entry in entries if entry.ours for each in _words(_dict(entry.body))}
    ids = {entry.conversation.lower() for entry in entries if entry.ours} - {""}
    for each in entries:
        headers = [value for name, value in each.sent.items() if not (each.ours and name == "authorization")]
        said = _plain("\n".join((each.url, *headers)))
        asked = {pair.partition("=")[0] for pair in urlsplit(each.url).query.split("&")} - {""}
        if each.ours:
            wrong = any(word in said for word in words) or not asked <= OUR_QUERY
        else:
            wrong = any(word in said or word in _plain(each.body) for word in words | ids)
        if wrong:
            yield "words-stay", each.number
        if any(TOKEN.search(text) for text in (each.url, *headers, each.body)):
            yield "token-in-header", each.number


def _about_safety(about: list[Entry]) -> Iterator[tuple[str, int]]:
    """What follows a question of the net, and follows at once, no person did."""
    for number, shown in enumerate(about):
        asked = (shown.turn.get("question") or {}).get("id", "")
        following = next((each for each in about[number + 1 :] if each.changes), None)
        if asked.startswith("safety/") and following and following.began - shown.ended < AT_ONCE:
            yield "safety-by-person", following.number


def _about_versions(about: list[Entry]) -> Iterator[tuple[str, int]]:
    keys: set[str] = set()
    for each in about:
        came = [e for e in about if e.turn.get("version") and e.ended <= each.began]
        last = max(came, key=lambda e: e.ended).turn["version"] if came else None
        again = each.key != "" and each.key in keys
        if each.changes and None not in (last, each.version) and each.version != last and not again:
            yield "version-of-last-turn", each.number
        keys.add(each.key)


def _about_conflicts(about: list[Entry]) -> Iterator[tuple[str, int]]:
    for number, refused in enumerate(about):
        following = next((each for each in about[number + 1 :] if each.changes), None)
        if refused.status not in (409, 412) or not refused.turn or following is None:
            continue
        words, at_once = _words(_dict(refused.body)), following.began - refused.ended < AT_ONCE
        by_itself = at_once and words and words == _words(_dict(following.body))
        if by_itself or following.version not in (None, refused.turn.get("version")):
            yield "conflict-handled", following.number


def _about_polling(about: list[Entry]) -> Iterator[tuple[str, int]]:
    asked: dict[str, int] = {}
    for each in about:
        if each.method != "GET":
            asked.clear()
            continue
        asked[each.url] = asked.get(each.url, 0) + 1
        if asked[each.url] == POLLS:
            yield "no-polling", each.number


def _about_the_end(about: list[Entry]) -> Iterator[tuple[str, int]]:
    opened = [each for each in about if each.opened]
    ways = ((each.method, each.path.count("/"), each.path.endswith("/leave")) for each in about)
    if opened and not any(way in (("DELETE", 2, False), ("POST", 3, True)) for way in ways):
        yield "left-or-erased", opened[0].number


def _about_keys(ours: list[Entry]) -> Iterator[tuple[str, int]]:
    by_key: dict[str, Entry] = {}
    for number, each in enumerate(ours):
        first = by_key.setdefault(each.key, each) if each.key else each
        if (first.method, first.url, first.body) != (each.method, each.url, each.body):
            yield "key-on-retry", each.number
        failed = each.method in ("POST", "PUT", "PATCH") and (each.status == 0 or each.status >= 500)
        for later in ours[number + 1 :] if failed else ():
            same = (later.method, later.url, later.body) == (each.method, each.url, each.body)
            if same and (not each.key or later.key != each.key):
                yield "key-on-retry", later.number
                break


def _words(body: dict[str, Any]) -> frozenset[str]:
    """What a person wrote in a body, long enough to be told apart; and a code, which opens everything."""
    texts = [body.get("text"), body.get("unsent"), body.get("code")]
    edits = body.get("edits")
    texts += [each.get("text") for each in edits if isinstance(each, dict)] if isinstance(edits, list) else []
    plain = (_plain(each) for each in texts if isinstance(each, str))
    return frozenset(each for each in plain if len(each) >= SHORTEST)


def _plain(text: str) -> str:
    """A text as it is compared: without the escapes of addresses and JSON, in lower case."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unquote_plus(text))
    return " ".join(re.sub(r"\\[nrt]", " ", text).replace('\\"', '"').lower().split())


def _dict(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text.startswith("{") else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _headers(side: dict[str, Any]) -> dict[str, str]:
    return {each["name"].lower(): each["value"] for each in side.get("headers", ())}


def _origin(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])


def _speaks_to_us(each: dict[str, Any]) -> bool:
    return bool(re.search(r"/v1/(flows|conversations|resume|import)\b", each["request"]["url"].split("?")[0]))


def told(entries: list[Entry]) -> tuple[list[str], bool]:
    """The lines to print, and whether every rule is kept."""
    found: dict[str, list[int]] = {}
    for rule, number in broken(entries):
        found.setdefault(rule, []).append(number)
    seen = sum(each.ours for each in entries)
    lines = [f"{seen} of {len(entries)} entries are for the server."]
    for rule, says in RULES.items():
        numbers = ", ".join(map(str, sorted(set(found.get(rule, ())))))
        lines.append(f"BROKEN {rule}: {says} (entries {numbers})" if numbers else f"kept   {rule}: {says}")
    lines += [f"by eye {each}" for each in BY_EYE]
    return lines, bool(seen) and not found


def main() -> int:
    """Reads a recording, prints what was found."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("recording", type=Path)
    asked.add_argument("--at", help="the server's origin, where its addresses do not show it")
    given = asked.parse_args()
    try:
        entries = read(json.loads(given.recording.read_text("utf-8-sig")), given.at)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        sys.stderr.write("This is no HAR file that can be read.\n")
        return 2
    lines, kept = told(entries)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
