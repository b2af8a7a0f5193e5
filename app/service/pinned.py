"""A row and its pinned flow, opened and closed: the step from storage to engine and back.

Each action is one pure function of a row, run by the store in its one transaction. A flow that this
process has not built yet is fetched from the database, and the action is tried again.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from app.engine import Flow, Moved, State, Turn, current, from_text, to_text
from app.engine.tallying import codes, counted
from app.flows.library import Library
from app.service import errors
from app.service.given import Bearer, Repeat
from app.service.replies import write_turn
from app.storage import errors as stored
from app.storage.rows import Change, Changed, Row
from app.storage.rows import Repeat as StoredRepeat
from app.storage.store import Store

UNANSWERED, UNFINISHED, FINISHED = 1, 7, 30  # days
UNFINISHED_AT_MOST, FINISHED_AT_MOST = 30, 90
MOST_TURNS = 200
MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """A conversation opened for one action."""

    flow: Flow
    state: State = field(repr=False)
    row: Row

    def turn(self) -> Turn:
        """Where it stands."""
        return current(self.flow, self.state)


class _NotBuilt(Exception):
    """This process has not built the flow of a row yet."""


class Pinned:
    """Opens conversations for the other parts of the service."""

    def __init__(self, store: Store, library: Library) -> None:
        self.store, self.library = store, library
        self._codes = codes(library.shared)

    async def look(self, who: Bearer) -> Opening:
        """Open for reading. Raises ConversationNotFound, ConversationDamaged, StorageDown."""
        async with translated():
            row = await self.store.read(who.id, who.token)
            try:
                return self._open(row)
            except _NotBuilt as missing:
                await self._build(str(missing))
                return self._open(row)

    async def change(
        self,
        who: Bearer,
        version: int | None,
        act: Callable[[Opening], tuple[Moved, dict[str, object]]],
        repeat: Repeat | None = None,
        forget: bool = False,
    ) -> Changed:
        """Open, act and keep, in one transaction. `version` None: whatever it is. `forget`: words were
        changed, so stored replies go. Raises what `look` raises, StaleVersion, ConversationFull,
        RepeatDiffers, and what `act` raises."""

        def work(row: Row) -> Change:
            opening = self._open(row)
            if version is not None and version != row.version:
                raise errors.StaleVersion(f"It is at version {row.version}.", opening.turn())
            moved, more = act(opening)
            reply = write_turn(moved.turn, **more)
            if moved.state == opening.state:
                return Change(None, reply)
            text = to_text(moved.state).encode()
            if moved.state.version > MOST_TURNS or len(text) > MOST_BYTES:
                raise errors.ConversationFull("No room for more: 200 turns or 256 KiB are kept.")
            days = keep_days(moved.state, moved.turn)
            return Change(text, reply, days, forget, counted(opening.flow, opening.state, moved.state))

        asked = as_stored(repeat)
        send = partial(self.store.change, who.id, who.token, work, repeat=asked, codes=self._codes)
        async with translated():
            try:
                return await send()
            except _NotBuilt as missing:
                await self._build(str(missing))
                return await send()

    async def build_all(self) -> None:
        """Build every flow that a kept conversation is on. Raises StorageDown."""
        async with translated():
            for revision in await self.store.revisions():
                if self.library.by_revision(revision) is None:
                    await self._build(revision)

    async def _build(self, revision: str) -> None:
        files = await self.store.revision_files(revision)
        if self.library.by_revision(revision, files) is None:
            raise errors.ConversationDamaged("The kept files of its flow are not what their hash says.")

    def _open(self, row: Row) -> Opening:
        flow = self.library.by_revision(row.revision)
        if flow is None:
            raise _NotBuilt(row.revision)
        return Opening(flow, from_text(row.text.decode()), row)


def keep_days(state: State, turn: Turn) -> int:
    """How many days a conversation is kept after this turn."""
    if not state.entries and not turn.finished:
        return UNANSWERED
    return state.keep_for or (FINISHED if turn.finished else UNFINISHED)


def end_of(day: int) -> datetime:
    """The moment after a last day, counted from 1970 in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day + 1)


def as_stored(repeat: Repeat | None) -> StoredRepeat | None:
    """The same for storage."""
    return None if repeat is None else StoredRepeat(repeat.key, repeat.body)


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """What storage refuses, in the words of the service."""
    try:
        yield
    except stored.AccessUnknown as error:
        raise errors.ConversationNotFound("No open conversation answers to this id and token.") from error
    except stored.RepeatDiffers as error:
        raise errors.RepeatDiffers("This Idempotency-Key was used for another request.") from error
    except stored.CreateKeyRefused as error:
        raise errors.KeyNotRandom("Create under a random UUID (version 4), or without a key.") from error
    except stored.TooManyTries as error:
        raise errors.TooManyTries("Too many codes were tried.", error.retry_after) from error
    except (stored.SealBroken, stored.RevisionUnknown) as error:
        raise errors.ConversationDamaged("What is stored does not open.") from error
    except stored.StorageUnavailable as error:
        raise errors.StorageDown("Not saved yet. Send the same request again.") from error
