"""What storage refuses, and why. Messages are for developers and carry no client's words.

StorageError
 ├─ AccessUnknown       unknown, wrong token or code, left, erased, expired: all alike
 ├─ StaleWrite          the conversation moved on meanwhile, or the stored reply is gone
 ├─ RepeatDiffers       an idempotency key came back with another request
 ├─ CreateKeyRefused    a creation's idempotency key is not a random UUID
 ├─ TooManyTries        resume codes are tried too often
 ├─ ShareUnknown        nothing opens behind this link: unknown, wrong key, revoked, expired, used up alike
 ├─ PinRefused          the link's key is right, its PIN is missing or wrong
 ├─ SharesFull          a conversation has as many open links as it may
 ├─ SealBroken          a stored value does not open: damaged, swapped or rolled back
 ├─ RevisionUnknown     no files are kept for this flow's revision
 ├─ CodeUnknown         something was to be counted that is on no list
 ├─ StorageUnavailable  the database refused; whether the write happened can be unknown
 └─ StartRefused        the store must not be opened as things stand
     ├─ KeysRefused      the server's keys are missing, open to others or do not fit
     └─ DatabaseRefused  the database file is not one that this program may use
"""


class StorageError(Exception):
    """Any refusal of storage."""


class AccessUnknown(StorageError):
    """Nothing opens with this id and token, or with this code."""

    def __init__(self) -> None:
        super().__init__("Nothing opens with these credentials. Treat it as not found.")


class StaleWrite(StorageError):
    """The change was not made. Read the conversation again and start from there."""

    def __init__(self) -> None:
        super().__init__("The conversation has moved on. Read it again and decide anew.")


class RepeatDiffers(StorageError):
    """The idempotency key was spent on another request, or its conversation has moved on."""

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for another request. Send a fresh one.")


class CreateKeyRefused(StorageError):
    """The idempotency key of a creation must be a UUID of version 4."""

    def __init__(self) -> None:
        super().__init__("Creating takes a random UUID (version 4) as idempotency key, nothing else.")


class TooManyTries(StorageError):
    """Resume codes are tried too often. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many resume codes were tried. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class ShareUnknown(StorageError):
    """Nothing opens behind this link."""

    def __init__(self) -> None:
        super().__init__("Nothing opens with this id and key. Treat it as not found.")


class PinRefused(StorageError):
    """The link asks for a PIN, and this was none or the wrong one. A wrong one was counted."""

    def __init__(self) -> None:
        super().__init__("This share opens with its PIN. Ask for it; the fifth wrong one destroys it.")


class SharesFull(StorageError):
    """Another link would be one too many."""

    def __init__(self) -> None:
        super().__init__("This conversation has as many open links as it may. Revoke one first.")


class SealBroken(StorageError):
    """A stored value was damaged, swapped or rolled back, or its server key is gone."""

    def __init__(self) -> None:
        super().__init__("A stored value does not open with its key and its place. Offer to delete it.")


class RevisionUnknown(StorageError):
    """No conversation is on this revision, so its files are not kept."""

    def __init__(self) -> None:
        super().__init__("No files are kept for this revision.")


class CodeUnknown(StorageError):
    """A change was to count what is not on the closed list: an error of ours. Nothing was written."""

    def __init__(self) -> None:
        # Without the code: what is on no list could be anything, even a client's words.
        super().__init__("A code is not on the closed list. Add it to `app.engine.tallying.codes`.")


class StorageUnavailable(StorageError):
    """The database refused. A retry with the same idempotency key finds out what happened."""

    def __init__(self) -> None:
        super().__init__("The database did not confirm. Retry with the same idempotency key.")


class StartRefused(StorageError):
    """The store must not be opened as things stand; the message says what to do."""


class KeysRefused(StartRefused):
    """The server's keys are missing, open to others, or do not fit the database."""


class DatabaseRefused(StartRefused):
    """The database is newer than this program, unreadable, or ignores a setting."""
