"""Erasing: at once for a client who asks, and by the calendar for what is due."""

from app.service.given import Bearer
from app.service.pinned import Pinned, translated
from app.storage.rows import Swept


class Retention:
    """Erase now, purge what is due."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def erase(self, who: Bearer) -> bool:
        """Erase all of it. False: gone, but its last traces leave the files within a minute. Raises
        ConversationNotFound, StorageDown."""
        async with translated():
            return await self._pinned.store.erase(who.id, who.token)

    async def purge(self) -> Swept:
        """Remove what is due; how many of each. Safe at any time, on several replicas."""
        async with translated():
            return await self._pinned.store.purge()
