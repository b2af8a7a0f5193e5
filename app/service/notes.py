"""The note at any time, and what the client changes in it: words, order, what is in and what is out."""

import asyncio
from dataclasses import dataclass, field

from app.engine import (
    EditNotTaken,
    Flow,
    Heard,
    Length,
    Moved,
    Note,
    NoteEdit,
    State,
    Tone,
    Turn,
    UnknownSentence,
    compose,
    doubts,
    edit_note,
    hear,
)
from app.engine.editing import EditKind
from app.engine.state import LONGEST_LINE as LONGEST_LINE
from app.engine.state import LONGEST_UNSENT as LONGEST_UNSENT
from app.engine.state import NOTE, UNSENT
from app.service import errors
from app.service.given import Bearer, Repeat, ShownNote
from app.service.pinned import Opening, Pinned
from app.service.replies import read_turn


@dataclass(frozen=True, slots=True)
class LineEdit:
    """One edit of a sentence, as it came in: see `NoteEdit`; its text is not heard yet."""

    id: str
    what: EditKind
    value: str | bool | int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteEdits:
    """What is to change in a note. `afresh`: all edits before are taken back first. `unsent`: what nobody
    reads; blank deletes it, None lets it stand."""

    edits: tuple[LineEdit, ...] = ()
    afresh: bool = False
    unsent: str | None = field(default=None, repr=False)


class Notes:
    """Notes of conversations."""

    def __init__(self, pinned: Pinned) -> None:
        self._pinned = pinned

    async def note(self, who: Bearer, length: Length, tone: Tone) -> Note:
        """The note as it stands. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        return compose(opened.flow, opened.state, length, tone)

    async def with_opener(self, who: Bearer, length: Length, tone: Tone) -> tuple[Note, Note]:
        """The note as it stands, and the same at the length that is said. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        return (
            compose(opened.flow, opened.state, length, tone),
            compose(opened.flow, opened.state, "opener", tone),
        )

    async def shown(self, who: Bearer, length: Length, tone: Tone) -> ShownNote:
        """The note with what its page needs beside it. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        return _shown(opened.flow, opened.state, length, tone)

    async def edit(
        self,
        who: Bearer,
        version: int,
        sent: NoteEdits,
        length: Length,
        tone: Tone,
        repeat: Repeat | None = None,
    ) -> tuple[ShownNote, Turn]:
        """Edit the note; the net hears every text first, and the turn tells what it heard. Places count at
        this length. The note is that of the turn; for a repeat, as it stands now. Raises AnswerNotFound where
        no length has such a sentence, InvalidAnswer for a text that is too long or an edit that the sentence
        does not take, StaleVersion, and as `note`."""
        edits = [await self._heard(edit, n) for n, edit in enumerate(sent.edits)]
        unsent = None if sent.unsent is None else await self._hear(sent.unsent, LONGEST_UNSENT, "/unsent")
        made: list[ShownNote] = []

        def act(opened: Opening) -> tuple[Moved, dict[str, object]]:
            flow, state = opened.flow, opened.state
            try:
                moved = edit_note(flow, state, edits, length, tone, afresh=sent.afresh, unsent=unsent)
            except UnknownSentence as error:
                raise errors.AnswerNotFound("The note has no such sentence.") from error
            except EditNotTaken as error:
                raise errors.InvalidAnswer(str(error), "/edits", "edit_not_taken") from error
            made[:] = [_shown(flow, moved.state, length, tone)]
            return moved, {}

        words = sent.afresh or sent.unsent is not None or any(edit.what == "text" for edit in edits)
        changed = await self._pinned.change(who, version, act, repeat, forget=words)
        shown = made[0] if made else await self.shown(who, length, tone)
        return shown, read_turn(changed.reply)[0]

    async def _heard(self, edit: LineEdit, number: int) -> NoteEdit:
        if not isinstance(edit.value, str):
            return NoteEdit(edit.id, edit.what, edit.value)
        pointer = f"/edits/{number}/text"
        return NoteEdit(edit.id, edit.what, await self._hear(edit.value, LONGEST_LINE, pointer))

    async def _hear(self, text: str, most: int, pointer: str) -> Heard:
        """The net hears every text first; a long one takes a while, so beside the loop."""
        if len(text) > most:
            raise errors.InvalidAnswer(f"At most {most} characters.", pointer, "text_too_long")
        return await asyncio.to_thread(hear, self._pinned.library.shared.net, text)


def _shown(flow: Flow, state: State, length: Length, tone: Tone) -> ShownNote:
    note = compose(flow, state, length, tone)
    return ShownNote(note, compose(flow, state, "opener", tone), doubts(flow, state, note))


def words_at_note(state: State, standing: bool = False) -> tuple[dict[str, str], str | None]:
    """The client's own wordings by the sentence's id, and what nobody reads; with `standing` without the
    wordings that Back took back."""
    given = {key: e for key, e in state.entries.items() if e.given and e.given.text is not None}
    texts = {
        key.removeprefix(NOTE): (e.given.text if e.given else None) or ""
        for key, e in given.items()
        if key.startswith(NOTE) and not (standing and e.undone)
    }
    unsent = given.get(UNSENT)
    return texts, unsent.given.text if unsent and unsent.given else None
