"""Leaving and coming back: the lock on the way out, and the typed code that opens it elsewhere."""

from datetime import datetime

from app.service import errors
from app.service.given import Bearer, Opened, Repeat
from app.service.pinned import Pinned, as_stored, end_of, translated
from app.storage import errors as stored


class Resuming:
    """Leave, resume code, resume."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def leave(self, who: Bearer) -> bool:
        """Lock now. Without a resume code nothing could ever open it again, so it is erased: True."""
        async with translated():
            return await self._pinned.store.leave(who.id, who.token)

    async def resume_code(self, who: Bearer, repeat: Repeat | None = None) -> tuple[str, datetime]:
        """A code that opens the conversation elsewhere, shown once; an earlier one ends, and a repeat gives
        the same. Also until when. Raises ConversationNotFound."""
        async with translated():
            code = await self._pinned.store.add_resume_code(who.id, who.token, as_stored(repeat))
            row = await self._pinned.store.read(who.id, who.token)
        return code, end_of(row.expires_day)

    async def resume(self, code: str) -> Opened:
        """Pick a conversation up; the token before it is dead. The code opens it for ten minutes more, or
        until the first change. Raises ResumeCodeNotFound, TooManyTries."""
        async with translated():
            try:
                found = await self._pinned.store.resume(code)
            except stored.AccessUnknown as error:
                raise errors.ResumeCodeNotFound("No conversation answers to this code.") from error
        opened = await self._pinned.look(Bearer(found.id, found.token))
        return Opened(found.id, found.token, end_of(opened.row.expires_day), opened.turn())
