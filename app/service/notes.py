"""The note at any time, and what the client keeps, leaves out or takes back in it."""

from collections.abc import Mapping
from dataclasses import replace

from app.engine import Length, Moved, Note, Tone, Turn, compose, current
from app.service import errors
from app.service.given import Bearer, Repeat
from app.service.pinned import Opening, Pinned
from app.service.replies import read_turn


class Notes:
    """Notes of conversations."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def note(self, who: Bearer, length: Length, tone: Tone) -> Note:
        """The note as it stands. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        return compose(opened.flow, opened.state, length, tone)

    async def edit(
        self,
        who: Bearer,
        version: int,
        edits: Mapping[str, str],
        length: Length,
        tone: Tone,
        repeat: Repeat | None = None,
    ) -> tuple[Note, Turn]:
        """Keep or leave out sentences by id, set a client's words as typed, or (`as_composed`) undo such an
        edit. The note is that of the turn; for a repeat, as it stands now. Raises AnswerNotFound where no
        length has such a sentence, StaleVersion, and as `note`."""
        made: list[Note] = []

        def act(opened: Opening) -> tuple[Moved, dict[str, object]]:
            known = _sentence_ids(opened)
            if not set(edits) <= known:
                raise errors.AnswerNotFound("The note has no such sentence.")
            kept = {**opened.state.edits, **edits}
            state = replace(opened.state, edits={k: v for k, v in kept.items() if v != "as_composed"})
            state = state.moved() if state != opened.state else state
            made[:] = [compose(opened.flow, state, length, tone)]
            return Moved(state, current(opened.flow, state)), {}

        changed = await self._pinned.change(who, version, act, repeat)
        note = made[0] if made else await self.note(who, length, tone)
        return note, read_turn(changed.reply)[0]


def _sentence_ids(opened: Opening) -> set[str]:
    lengths: tuple[Length, ...] = ("opener", "message", "letter")
    return {s.id for length in lengths for s in compose(opened.flow, opened.state, length).sentences}
