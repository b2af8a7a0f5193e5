"""What the house does for a client, one method and one transaction at a time; no HTTP, no SQL.

`Service` holds the parts; `app.web` calls them and nothing below them.
"""

from dataclasses import dataclass

from app.engine import Said
from app.flows.library import Library
from app.service.conversations import Conversations
from app.service.errors import ServiceError, StorageDown
from app.service.given import Bearer, FlowCard, Given, Looked, Opened, Repeat
from app.service.helping import Helping
from app.service.notes import Notes
from app.service.pinned import Pinned, translated
from app.service.resuming import Resuming
from app.service.retention import Retention
from app.service.tallying import Tally, TallyLine
from app.storage.store import Store

__all__ = [
    "Bearer",
    "Conversations",
    "FlowCard",
    "Given",
    "Helping",
    "Looked",
    "Notes",
    "Opened",
    "Repeat",
    "Resuming",
    "Retention",
    "Said",
    "Service",
    "ServiceError",
    "Tally",
    "TallyLine",
]


@dataclass(frozen=True, slots=True)
class Service:
    """All parts of the service over one store and one library."""

    conversations: Conversations
    resuming: Resuming
    notes: Notes
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
            Resuming(pinned),
            Notes(pinned),
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
