"""How a conversation is kept for the first time, whatever it begins with."""

from app.engine import Flow, Moved, to_text
from app.flows.library import Library
from app.service import errors
from app.service.given import Opened
from app.service.pinned import MOST_BYTES, Pinned, end_of, keep_days, translated
from app.service.replies import read_turn, write_turn
from app.storage.rows import Change
from app.storage.rows import Repeat as StoredRepeat


def offered(library: Library, flow_id: str) -> Flow:
    """The flow on offer with this id. Raises FlowNotFound."""
    flow = library.flow(flow_id)
    if flow is None:
        raise errors.FlowNotFound("No flow on offer has this id; GET /v1/flows lists them.")
    return flow


async def begun(pinned: Pinned, flow: Flow, moved: Moved, key: str | None, body: bytes) -> Opened:
    """Keep a conversation that stands at version 1. `key`: a random UUID that stands for this `body`; the
    same again gives the same conversation while nothing is changed. Raises ConversationFull, KeyNotRandom,
    RepeatDiffers, StorageDown."""
    text = to_text(moved.state).encode()
    if len(text) > MOST_BYTES:
        raise errors.ConversationFull("No room for more: 256 KiB are kept.")

    def first(_: str) -> Change:
        return Change(text, write_turn(moved.turn), keep_days(moved.state, moved.turn))

    async with translated():
        stored = await pinned.store.begin(
            flow.revision,
            pinned.library.files(flow.id),
            first,
            repeat=StoredRepeat(key, body) if key is not None else None,
        )
    return Opened(stored.id, stored.token, end_of(stored.expires_day), read_turn(stored.reply)[0])
