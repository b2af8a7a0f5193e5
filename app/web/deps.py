"""What routes depend on, each named once by the word of the domain."""

from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.service import (
    Bearer,
    Carrying,
    Conversations,
    FlowCard,
    Helping,
    Notes,
    Repeat,
    Resuming,
    Retention,
    Service,
    Shares,
)
from app.web import headers, languages, sizes
from app.web.limits import CreationLimit
from app.web.problems import Refusal

OPENINGS = "60/minute"  # links that are opened from one address
LONGEST_TAG = 18  # 2**53 - 1 in its quotes
_scheme = HTTPBearer(auto_error=False, scheme_name="token", description="The conversation's token.")


@dataclass(frozen=True, slots=True)
class House:
    """What the app holds while it runs; it is `app.state.house`."""

    service: Service
    creations: CreationLimit
    outside: headers.Outside
    openings: CreationLimit = field(default_factory=lambda: CreationLimit(OPENINGS))


async def house(request: Request) -> House:
    """What the app holds."""
    found: House = request.app.state.house
    return found


_House = Annotated[House, Depends(house)]


async def _service(held: _House) -> Service:
    return held.service


async def _conversations(held: _House) -> Conversations:
    return held.service.conversations


async def _carrying(held: _House) -> Carrying:
    return held.service.carrying


async def _resuming(held: _House) -> Resuming:
    return held.service.resuming


async def _notes(held: _House) -> Notes:
    return held.service.notes


async def _shares(held: _House) -> Shares:
    return held.service.shares


async def _retention(held: _House) -> Retention:
    return held.service.retention


async def _helping(held: _House) -> Helping:
    return held.service.helping


def outside_for(request: Request, held: House, size: sizes.Size | None = None) -> headers.Outside:
    """How the outside reaches us, and the size of text for this request, or the one that is given."""
    known = held.outside
    text = sizes.of(request, request.cookies.get(known.cookie, ""))
    return replace(known, text=replace(text, name=size) if size else text)


async def _outside(request: Request, held: _House) -> headers.Outside:
    return outside_for(request, held)


TheService = Annotated[Service, Depends(_service)]
Talks = Annotated[Conversations, Depends(_conversations)]
Carries = Annotated[Carrying, Depends(_carrying)]
Resumes = Annotated[Resuming, Depends(_resuming)]
TheNotes = Annotated[Notes, Depends(_notes)]
TheShares = Annotated[Shares, Depends(_shares)]
Keeping = Annotated[Retention, Depends(_retention)]
Help = Annotated[Helping, Depends(_helping)]
Outside = Annotated[headers.Outside, Depends(_outside)]


async def creation_allowed(request: Request, held: _House) -> None:
    """Counts a creation of this address; 429 above the limit."""
    wait = held.creations.refuses(request.client.host if request.client else None)
    if wait is not None:
        raise Refusal("too-many-requests", headers={"Retry-After": str(wait)})


async def opening_allowed(request: Request, held: _House) -> None:
    """Counts a link that somebody at this address tries to open; 429 above the limit."""
    wait = held.openings.refuses(request.client.host if request.client else None)
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
UUID_4 = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"
# Patterns are for the documentation: what does not fit is refused below, in words of its own.
RandomKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=255,
        description="A random UUID (version 4), worth as much as the token; a repeat begins nothing.",
        json_schema_extra={"pattern": UUID_4},
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag, instead of `version`.",
        json_schema_extra={"pattern": '^"[0-9]{1,16}"$'},
    ),
]
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
    return asked if asked is not None else languages.preferred(card.languages, accepted)
