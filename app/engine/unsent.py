"""What a client would say if nobody ever read it, sentence by sentence.

It is kept with the conversation and heard by the net like any words. In a letter and a message its
sentences are offered; none is in a note unless the client ticks it (the clinical guide, 7: unsent first).
"""

from collections.abc import Mapping
from dataclasses import replace

from app.engine.own_words import Piece, addressed_pieces, as_typed, ends_whole
from app.engine.provenance import Part, Sentence
from app.engine.rewording import THERAPIST, who_is_meant
from app.engine.state import UNSENT, State


def unsent_sentences(
    state: State, replies: Mapping[str, str], pronoun: str | None, names: tuple[str, ...], paragraph: int
) -> list[Sentence]:
    """One offered line for each sentence of it, all in one paragraph."""
    entry = state.entries.get(UNSENT)
    typed = entry.given.text if entry and entry.given and not entry.undone else None
    if typed is None:
        return []
    sure = who_is_meant(state.meanings, typed) == THERAPIST
    out = []
    for n, piece in enumerate(addressed_pieces(typed, pronoun, names, sure), 1):
        id = UNSENT if n == 1 else f"{UNSENT}.{n}"
        back = id in state.as_typed
        parts = _parts(as_typed(piece) if back else piece, typed, replies)
        edit = state.edits.get(id)
        sentence = Sentence(id, parts, paragraph, "offered", back)
        out.append(sentence if edit is None else replace(sentence, state="in" if edit == "keep" else "out"))
    return out


def _parts(piece: Piece, typed: str, replies: Mapping[str, str]) -> tuple[Part, ...]:
    own = Part("own", piece.text(typed), answer=UNSENT, span=piece.span, changes=piece.changes)
    if not piece.quoted:
        return (own,)
    close = replies["close_quote"] + ("" if ends_whole(own.text) else ".")
    return (
        Part("confirmed", replies["open_quote"], "replies"), own, Part("confirmed", close, "replies"),
    )  # fmt: skip
