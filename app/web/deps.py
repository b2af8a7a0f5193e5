"""What routes depend on, each named once by the word of the domain."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.service import (
    Bearer,
    Conversations,
    FlowCard,
    Helping,
    Notes,
    Repeat,
    Resuming,
    Retention,
    Service,
)
from app.web import headers
from app.web.limits import CreationLimit
from app.web.problems import Refusal

LONGEST_TAG = 18  # 2**53 - 1 in its quotes
_scheme = HTTPBearer(auto_error=False, scheme_name="token", description="The conversation's token.")


@dataclass(frozen=True, slots=True)
class House:
    """What the app holds while it runs; it is `app.state.house`."""

    service: Service
    creations: CreationLimit
    outside: headers.Outside


async def house(request: Request) -> House:
    """What the app holds."""
    found: House = request.app.state.house
    return found


_House = Annotated[House, Depends(house)]


async def _service(held: _House) -> Service:
    return held.service


async def _conversations(held: _House) -> Conversations:
    return held.service.conversations


async def _resuming(held: _House) -> Resuming:
    return held.service.resuming


async def _notes(held: _House) -> Notes:
    return held.service.notes


async def _retention(held: _House) -> Retention:
    return held.service.retention


async def _helping(held: _House) -> Helping:
    return held.service.helping


async def _outside(held: _House) -> headers.Outside:
    return held.outside


TheService = Annotated[Service, Depends(_service)]
Talks = Annotated[Conversations, Depends(_conversations)]
Resumes = Annotated[Resuming, Depends(_resuming)]
TheNotes = Annotated[Notes, Depends(_notes)]
Keeping = Annotated[Retention, Depends(_retention)]
Help = Annotated[Helping, Depends(_helping)]
Outside = Annotated[headers.Outside, Depends(_outside)]


async def creation_allowed(request: Request, held: _House) -> None:
    """Counts a creation of this address; 429 above the limit."""
    wait = held.creations.refuses(request.client.host if request.client else None)
    if wait is not None:
        raise Refusal("too-many-requests", headers={"Retry-After": str(wait)})


async def _bearer(
    conversation_id: Annotated[str, Path(alias="id")],
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)],
) -> Bearer:
    if given is None:
        raise Refusal("missing-token", headers={"WWW-Authenticate": "Bearer"})
    return Bearer(conversation_id, given.credentials)


Who = Annotated[Bearer, Depends(_bearer)]
Key = Annotated[
    str | None,
    Header(alias="Idempotency-Key", max_length=255, description="A repeat with it changes nothing twice."),
]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="The ETag, instead of `version`.")]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match")]


async def _repeat(request: Request, key: Key = None) -> Repeat | None:
    if key is None:
        return None
    what = f"{request.method}|{request.scope['route'].path}|".encode()
    return Repeat(key, what + await request.body())


Repeats = Annotated[Repeat | None, Depends(_repeat)]


def version_of(version: int | None, if_match: str | None) -> int | None:
    """The version that a request was made for: the header's before the body's; None where neither is."""
    if if_match is None:
        return version
    tag = if_match.strip()
    quoted = len(tag) <= LONGEST_TAG and tag[:1] == tag[-1:] == '"'
    if not (quoted and tag[1:-1].isascii() and tag[1:-1].isdigit()):
        raise Refusal("invalid-request", ("header/if-match", "version_tag"))
    return int(tag[1:-1])


def needed_version(version: int | None, if_match: str | None) -> int:
    """As `version_of`, where a request cannot go without."""
    found = version_of(version, if_match)
    if found is None:
        raise Refusal("invalid-request", ("/version", "missing"))
    return found


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Whether the caller has this representation already."""
    if if_none_match is None:
        return False
    known = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return tag in known or "*" in known


def language_for(card: FlowCard, asked: str | None, accepted: str | None) -> str | None:
    """The language to begin in: the one asked for, or the most preferred of `Accept-Language` that the
    flow has; None leaves it to the flow."""
    if asked is not None:
        return asked
    wishes: list[tuple[float, int, str]] = []
    for place, entry in enumerate((accepted or "")[:500].split(",")):
        name, _, quality = entry.strip().partition(";q=")
        wishes.append((-_number(quality), place, name.strip().lower()))
    offered = {each.lower(): each for each in card.languages}
    for weight, _, name in sorted(wishes):
        found = offered.get(name) or offered.get(name.split("-")[0])
        if found and weight < 0:
            return found
    return None


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
