"""Shares: a frozen copy of a note behind a link, for the therapist to open.

The copy holds what is in the note and nothing else: no sentence that was left out or offered, no answer
as it was typed. Only a note to the therapist is shared: a record that a client makes for themself is theirs
to keep, and its link would open at a page for the therapist (the clinical guide, 4.5).
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from app.engine import Length, Note, Tone, compose
from app.service import errors
from app.service.given import Bearer, Repeat
from app.service.pinned import Pinned, as_stored, end_of, translated
from app.storage import errors as stored
from app.storage import share_seals
from app.storage.shares import NewShare

FORMAT = 1


@dataclass(frozen=True, slots=True)
class MadeShare:
    """A link just made. `key` belongs after the `#` of its address; it and the PIN are given out here only.
    It opens until `expires_at` (UTC)."""

    id: str
    key: str = field(repr=False)
    pin: str | None = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A link that still opens, as its maker sees it. `opens`: how often it was; `max_views` None: as often
    as wanted."""

    id: str
    expires_at: datetime
    opens: int
    max_views: int | None
    has_pin: bool


@dataclass(frozen=True, slots=True)
class SealedCopy:
    """What the holder of a link is given: the copy, sealed with the link's key."""

    sealed: bytes = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SharedNote:
    """A copy that was opened. `closes`: no talk follows the note; `signs`: there is room for a name."""

    language: str
    closes: bool
    signs: bool
    paragraphs: tuple[tuple[str, ...], ...] = field(repr=False)
    expires_at: datetime

    def text(self) -> str:
        """The note as plain text: a blank line between paragraphs, one line feed at the end."""
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs) + "\n"


class Shares:
    """Make, list, revoke; and open, for whoever holds the link."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def make(
        self,
        who: Bearer,
        length: Length,
        tone: Tone,
        days: int,
        *,
        max_views: int | None = None,
        with_pin: bool = False,
        repeat: Repeat | None = None,
    ) -> MadeShare:
        """Freeze the note as it stands, for 1 to 30 days. A repeat gives the same link while it opens. Raises
        NothingToShare, TooManyShares, RepeatDiffers, ConversationNotFound."""
        opened = await self._pinned.look(who)
        note = compose(opened.flow, opened.state, length, tone)
        if not can_be_shared(note):
            raise errors.NothingToShare("There is no note to the therapist.")
        new = NewShare(_frozen(note), days, max_views, with_pin, as_stored(repeat))
        async with translated():
            try:
                made = await self._pinned.store.shares.make(who.id, who.token, new)
            except stored.SharesFull as error:
                raise errors.TooManyShares("Revoke a link first.") from error
        return MadeShare(made.id, made.key, made.pin, end_of(made.expires_day))

    async def listed(self, who: Bearer) -> tuple[OpenShare, ...]:
        """The links of this conversation that still open, the soonest to end first. Raises
        ConversationNotFound."""
        async with translated():
            kept = await self._pinned.store.shares.listed(who.id, who.token)
        return tuple(OpenShare(s.id, end_of(s.expires_day), s.opens, s.max_views, s.has_pin) for s in kept)

    async def revoke(self, who: Bearer, share_id: str) -> None:
        """End a link at once. Raises ShareNotFound, ConversationNotFound."""
        async with translated():
            try:
                await self._pinned.store.shares.revoke(who.id, who.token, share_id)
            except stored.ShareUnknown as error:
                raise errors.ShareNotFound("This conversation has no such link.") from error

    async def open(self, share_id: str, token: str, pin: str | None) -> SealedCopy:
        """The copy for the holder of the link's token (`iws_…`), who opens it with the link's key. Counts.
        Raises ShareNotFound whatever is wrong with the link, PinNeeded."""
        async with _translated():
            came = await self._pinned.store.shares.open(share_id, token, pin)
        return SealedCopy(came.inner, end_of(came.expires_day))

    async def read(self, share_id: str, key: str, pin: str | None) -> SharedNote:
        """The same for who sends the link's key, because their browser cannot use it. Nothing of it is kept.
        Raises as `open`."""
        async with _translated():
            link_key = share_seals.read_key(key)
            copy = await self.open(share_id, share_seals.token_of(link_key), pin)
            text = share_seals.open_inner(link_key, share_id, copy.sealed)
        read = json.loads(text)
        paragraphs = tuple(tuple(paragraph) for paragraph in read["paragraphs"])
        return SharedNote(read["language"], read["closes"], read["signs"], paragraphs, copy.expires_at)


def can_be_shared(note: Note) -> bool:
    """Whether this is a note to the therapist with a sentence in it."""
    return note.to == "therapist" and bool(note.paragraphs())


def _frozen(note: Note) -> bytes:
    copy = {
        "format": FORMAT,
        "language": note.language,
        "closes": note.closes,
        "signs": note.length != "opener",
        "paragraphs": [[sentence.text for sentence in paragraph] for paragraph in note.paragraphs()],
    }
    return json.dumps(copy, ensure_ascii=False, separators=(",", ":")).encode()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """What storage refuses about a link. A copy that does not open is no more told apart than any other."""
    try:
        async with translated():
            yield
    except stored.ShareUnknown as error:
        raise errors.ShareNotFound("Nothing opens behind this link.") from error
    except stored.PinRefused as error:
        raise errors.PinNeeded("The PIN is missing or wrong.") from error
    except errors.ConversationDamaged as error:
        raise errors.ShareNotFound("Nothing opens behind this link.") from error
