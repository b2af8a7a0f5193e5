"""The engine: a flow, a state and an answer give the next state and the next turn. Pure.

Same flow, same state, same answer: same turn. No clock, no chance, no files, no network, no log; what
it needs of them is an argument. Start at `dialogue.py` (how a conversation moves), then `replay.py`.
"""

from app.engine.carrying import Carried, carried_in, carried_out
from app.engine.dialogue import (
    Moved,
    advance,
    begin,
    change,
    current,
    earlier_question,
    edit_note,
    go_back,
)
from app.engine.doubting import Doubt, doubts
from app.engine.earlier import begin_after, takes_from
from app.engine.editing import NoteEdit
from app.engine.errors import (
    ConversationOver,
    EditNotTaken,
    EngineError,
    FileNotTaken,
    FlowNeverWaits,
    NotAnOption,
    NothingToGoBackTo,
    NotTheQuestion,
    UnknownAnswer,
    UnknownSentence,
)
from app.engine.flow import LENGTHS, OWN_WORDS, TONES, Door, Flow, Length, Question, Shared, Tone
from app.engine.note import compose
from app.engine.provenance import Note, Part, Sentence, verify
from app.engine.replay import Exchange, replay
from app.engine.safety import Heard, hear
from app.engine.state import Entry, Given, State, from_text, to_text
from app.engine.support import Contact
from app.engine.thread import Said, Spoke, answers_given, thread
from app.engine.turn import Answer, Asked, Choice, Message, Prefill, Progress, Support, Turn
from app.engine.understanding import understand

__all__ = [
    "LENGTHS",
    "OWN_WORDS",
    "TONES",
    "Answer",
    "Asked",
    "Carried",
    "Choice",
    "Contact",
    "ConversationOver",
    "Door",
    "Doubt",
    "EditNotTaken",
    "EngineError",
    "Entry",
    "Exchange",
    "FileNotTaken",
    "Flow",
    "FlowNeverWaits",
    "Given",
    "Heard",
    "Length",
    "Message",
    "Moved",
    "NotAnOption",
    "NotTheQuestion",
    "Note",
    "NoteEdit",
    "NothingToGoBackTo",
    "Part",
    "Prefill",
    "Progress",
    "Question",
    "Said",
    "Sentence",
    "Shared",
    "Spoke",
    "State",
    "Support",
    "Tone",
    "Turn",
    "UnknownAnswer",
    "UnknownSentence",
    "advance",
    "answers_given",
    "begin",
    "begin_after",
    "carried_in",
    "carried_out",
    "change",
    "compose",
    "current",
    "doubts",
    "earlier_question",
    "edit_note",
    "from_text",
    "go_back",
    "hear",
    "replay",
    "takes_from",
    "thread",
    "to_text",
    "understand",
    "verify",
]
