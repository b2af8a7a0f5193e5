"""The engine was used wrongly: our fault, never a client's.

EngineError
├── NotTheQuestion      an answer for a question that is not asked now
├── NothingToGoBackTo   back at the first question
├── ConversationOver    an answer after the end
├── NotAnOption         a value that the question does not offer
├── UnknownAnswer       a change of an answer that was never given
├── UnknownSentence     an edit of a sentence that the note does not have
├── EditNotTaken        an edit that does not fit this sentence
├── FileNotTaken        a file that holds what the flow does not ask
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


class UnknownSentence(EngineError):
    """No length of the note has a sentence with this id."""


class EditNotTaken(EngineError):
    """The sentence does not take this edit: a record quotes answers, an author's line has no words of the
    client in it."""


class FileNotTaken(EngineError):
    """A file holds an answer that the flow does not ask for or offer; `number`: its place, from 0."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.number = number


class FlowNeverWaits(EngineError):
    """The flow goes round in a circle that asks nothing."""
