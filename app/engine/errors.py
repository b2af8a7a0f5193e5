"""The engine was used wrongly: our fault, never a client's.

EngineError
├── NotTheQuestion      an answer for a question that is not asked now
├── NothingToGoBackTo   back at the first question
├── ConversationOver    an answer after the end
├── NotAnOption         a value that the question does not offer
├── UnknownAnswer       a change of an answer that was never given
└── FlowNeverWaits      a flow that goes round without asking (the proofs refuse it)

None of them holds a client's words, and none of them changes a state.
"""


class EngineError(Exception):
    """The engine was used wrongly; the state is as it was."""


class NotTheQuestion(EngineError):
    """The answer names a question that the conversation does not ask now."""


class NothingToGoBackTo(EngineError):
    """There is no earlier answer on the path."""


class ConversationOver(EngineError):
    """The conversation has reached its end; change an answer, or go back."""


class NotAnOption(EngineError):
    """A value that the question does not offer, or a kind of answer that it does not take."""


class UnknownAnswer(EngineError):
    """No answer with this key was given in this conversation."""


class FlowNeverWaits(EngineError):
    """The flow goes round in a circle that asks nothing."""
