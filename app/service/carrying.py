"""A conversation as a file, out and in, and a new one that opens with what was said in an earlier one."""

import asyncio
from dataclasses import asdict, replace
from typing import Any

from app.engine import (
    Carried,
    FileNotTaken,
    Flow,
    Moved,
    answers_given,
    begin_after,
    carried_in,
    carried_out,
    current,
)
from app.flows.library import Library
from app.service import errors
from app.service.beginning import begun, offered
from app.service.given import Bearer, CameIn, HeldFile, Opened
from app.service.notes import words_at_note
from app.service.pinned import UNFINISHED_AT_MOST, Pinned, end_of, translated

FORMAT = 1


class Carrying:
    """Take a conversation along, bring it back, go on from it."""

    def __init__(self, pinned: Pinned, library: Library) -> None:
        self._pinned, self._library = pinned, library

    async def export(self, who: Bearer) -> dict[str, Any]:
        """Everything that is held, verbatim: what a person reads, and `conversation`, which brings it back.
        No token, no code, and links by their id alone. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        flow, state = opened.flow, opened.state
        texts, unsent = words_at_note(state)
        async with translated():
            shares = await self._pinned.store.shares.listed(who.id, who.token)
        return {
            "format": FORMAT,
            "flow": flow.id,
            "title": flow.title,
            "revision": flow.revision,
            "language": state.language,
            "country": state.country,
            "kept_until": end_of(opened.row.expires_day).isoformat(),
            "answers": [asdict(answer) for answer in answers_given(flow, state)],
            "safety_answers": dict(state.meanings),
            "note_edits": {
                "kept": dict(state.edits),
                "as_typed": list(state.as_typed),
                "order": list(state.order),
                "texts": texts,
            },
            "unsent": unsent,
            "shares": [
                {
                    "id": s.id,
                    "open_until": end_of(s.expires_day).isoformat(),
                    "opens": s.opens,
                    "max_views": s.max_views,
                    "pin": s.has_pin,
                }
                for s in shares
            ],
            "conversation": carried_out(state),
        }

    async def bring_in(self, file: HeldFile, key: str | None, body: bytes) -> CameIn:
        """A new conversation from a file, as it stood; every text in it is heard by the net anew. `key` and
        `body` as in creating. Raises FlowNotFound, InvalidAnswer where the file holds what its flow does not
        ask, and as `Conversations.begin`."""
        flow = offered(self._library, file.flow)
        carried = await _read(flow, file, "")
        state = carried.state
        turn = current(flow, state)
        if state.keep_for and not turn.finished:
            state = replace(state, keep_for=min(state.keep_for, UNFINISHED_AT_MOST))
        opened = await begun(self._pinned, flow, Moved(state, turn), key, body)
        return CameIn(opened, carried.changed, carried.left_out)

    async def begin_with(
        self,
        flow_id: str,
        file: HeldFile,
        language: str | None,
        country: str | None,
        key: str | None,
        body: bytes,
    ) -> Opened:
        """A new conversation with what its flow takes from an earlier one, which came as a file. Raises as
        `bring_in`, and InvalidAnswer for a flow that takes nothing."""
        flow, before = offered(self._library, flow_id), offered(self._library, file.flow)
        if not flow.takes:
            raise errors.InvalidAnswer("This flow takes nothing from an earlier conversation.", "/earlier")
        if language is not None and language not in flow.languages:
            raise errors.InvalidAnswer("The flow is not offered in this language.", "/language")
        earlier = (await _read(before, file, "/earlier")).state
        moved = await asyncio.to_thread(begin_after, flow, before, earlier, language, country)
        return await begun(self._pinned, flow, moved, key, body)

    async def begin_from(self, who: Bearer, flow_id: str, key: str | None) -> Opened:
        """A new conversation with what its flow takes from this one, which stays as it is. Raises as
        `Conversations.begin`, and ConversationNotFound."""
        flow = offered(self._library, flow_id)
        opened = await self._pinned.look(who)
        moved = await asyncio.to_thread(begin_after, flow, opened.flow, opened.state)
        return await begun(self._pinned, flow, moved, key, f"{who.id}|{flow_id}".encode())


async def _read(flow: Flow, file: HeldFile, pointer: str) -> Carried:
    """The state of a file as the flow takes it. The net hears every text; that takes a while, so beside the
    loop."""
    try:
        return await asyncio.to_thread(carried_in, flow, file.claimed)
    except FileNotTaken as error:
        place = f"{pointer}/conversation/entries/{error.number}"
        raise errors.InvalidAnswer("The flow asks no such thing.", place, "not_asked") from error
