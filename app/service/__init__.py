"""What the house does for a client, one method and one transaction at a time; no HTTP, no SQL.

`Service` holds the parts; `app.web` calls them and nothing below them.
"""

from dataclasses import dataclass

from app.engine import Said
from app.flows.library import Library
from app.service.carrying import Carrying
from app.service.conversations import Conversations
from app.service.errors import ServiceError, StorageDown
from app.service.given import (
    Bearer,
    CameIn,
    FlowCard,
    Given,
    HeldFile,
    Looked,
    Opened,
    Repeat,
    ShownNote,
)
from app.service.helping import Helping
from app.service.notes import LineEdit, NoteEdits, Notes
from app.service.pinned import Pinned, translated
from app.service.resuming import Resuming
from app.service.retention import Retention
from app.service.shares import MadeShare, OpenShare, SealedCopy, SharedNote, Shares
from app.service.tallying import Tally, TallyLine
from app.storage.store import Store

__all__ = [
    "Bearer",
    "CameIn",
    "Carrying",
    "Conversations",
    "FlowCard",
    "Given",
    "HeldFile",
    "Helping",
    "LineEdit",
    "Looked",
    "MadeShare",
    "NoteEdits",
    "Notes",
    "OpenShare",
    "Opened",
    "Repeat",
    "Resuming",
    "Retention",
    "Said",
    "SealedCopy",
    "Service",
    "ServiceError",
    "SharedNote",
    "Shares",
    "ShownNote",
    "Tally",
    "TallyLine",
]


@dataclass(frozen=True, slots=True)
class Service:
    """All parts of the service over one store and one library."""

    conversations: Conversations
    carrying: Carrying
    resuming: Resuming
    notes: Notes
    shares: Shares
    retention: Retention
    helping: Helping
    tally: Tally
    pinned: Pinned

    @classmethod
    def over(cls, store: Store, library: Library) -> "Service":
        """Put the parts together."""
        pinned = Pinned(store, library)
        return cls(
            Conversations(pinned, library),
            Carrying(pinned, library),
            Resuming(pinned),
            Notes(pinned),
            Shares(pinned),
            Retention(pinned),
            Helping(library),
            Tally(pinned),
            pinned,
        )

    async def ready(self) -> bool:
        """Whether turns can be saved."""
        try:
            async with translated():
                await self.pinned.store.revisions()
        except StorageDown:
            return False
        return True
