"""Why a request that we understand is refused. No status codes here: `app.web.problems` knows them.

ServiceError
├── FlowNotFound
├── ConversationNotFound     unknown, wrong token, erased or expired alike
├── AnswerNotFound
├── ResumeCodeNotFound
├── ShareNotFound            unknown, wrong key, revoked, expired or used up alike
├── PinNeeded
├── NothingToShare
├── Refused                  with the current turn
│   ├── StaleVersion
│   ├── NotTheQuestionNow
│   ├── ConversationFinished
│   └── NothingToGoBackToNow
├── InvalidAnswer            the question does not take it
├── RepeatDiffers
├── KeyNotRandom
├── ConversationFull
├── TooManyShares
├── ConversationDamaged
├── TooManyTries
└── StorageDown
"""

from app.engine import Turn


class ServiceError(Exception):
    """A request that we understand and refuse. Its text is for developers; it holds no client's words."""


class FlowNotFound(ServiceError):
    """No flow on offer has this id."""


class ConversationNotFound(ServiceError):
    """No open conversation answers to this id and token."""


class AnswerNotFound(ServiceError):
    """No answer with this key was given in this conversation, or the note has no such sentence."""


class ResumeCodeNotFound(ServiceError):
    """No conversation answers to this code: mistyped, spent, or the conversation has ended."""


class ShareNotFound(ServiceError):
    """Nothing opens behind this link, or this conversation has no such link."""


class PinNeeded(ServiceError):
    """The link asks for a PIN, and this was none or the wrong one; the fifth wrong one destroys it."""


class NothingToShare(ServiceError):
    """What is written is a record for the client alone, or no sentence of the note is in."""


class Refused(ServiceError):
    """Refused as the conversation stands; `turn` is where it stands, for the token's bearer."""

    def __init__(self, message: str, turn: Turn) -> None:
        super().__init__(message)
        self.turn = turn


class StaleVersion(Refused):
    """The conversation has moved on since."""


class NotTheQuestionNow(Refused):
    """Another question is asked now."""


class ConversationFinished(Refused):
    """There is no question: the note is there."""


class NothingToGoBackToNow(Refused):
    """This is the first question."""


class InvalidAnswer(ServiceError):
    """The question, a setting or a sentence does not take this value; `pointer` names the field of the
    request, `why` the sentence that says so (`problems.SENTENCES`)."""

    def __init__(self, message: str, pointer: str, why: str = "not_taken") -> None:
        super().__init__(message)
        self.pointer, self.why = pointer, why


class RepeatDiffers(ServiceError):
    """The Idempotency-Key was used for another request."""


class KeyNotRandom(ServiceError):
    """A conversation is created only under a random UUID (version 4)."""


class ConversationFull(ServiceError):
    """Beyond 200 turns or 256 KiB."""


class TooManyShares(ServiceError):
    """As many links are open as a conversation may have."""


class ConversationDamaged(ServiceError):
    """What is stored does not open: a row was altered or exchanged."""


class TooManyTries(ServiceError):
    """Too many resume codes were tried just now; `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StorageDown(ServiceError):
    """Not saved; the same request may be sent again."""
