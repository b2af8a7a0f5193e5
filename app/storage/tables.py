"""The tables, as SQLModel describes them for migrations and their check. Never bodies of requests.

The statements of a turn run on the driver's connection and do not import this module. A column
is plain only where a reason stands in `tests/reliability/test_columns.py`; all else is sealed.
"""

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, text
from sqlmodel import Column, Field, SQLModel

_OF_CONVERSATION = "conversation.id"


class RevisionRow(SQLModel, table=True):
    """The files of a flow, kept while a conversation is pinned to them."""

    __tablename__ = "revision"
    hash: str = Field(primary_key=True)
    files: str = Field(sa_type=Text)


class ConversationRow(SQLModel, table=True):
    """One conversation; `sealed` is the state, padded to a multiple of 4,096 bytes."""

    __tablename__ = "conversation"
    id: str = Field(primary_key=True)
    version: int
    revision: str = Field(foreign_key="revision.hash", index=True)
    expires_day: int = Field(index=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class AccessRow(SQLModel, table=True):
    """One way into a conversation: `client` (a token) or `resume` (a typed code).

    `used` seals a time: when the token was given out, or when the code was first used.
    """

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_way", "conversation_id", "kind", unique=True),)
    id: str = Field(primary_key=True)
    conversation_id: str = Field(
        sa_column=Column(ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"), nullable=False)
    )
    kind: str
    auth: bytes = Field(sa_type=LargeBinary, unique=True)
    kid: str = Field(index=True)
    wrapped: bytes = Field(sa_type=LargeBinary)
    used: bytes = Field(sa_type=LargeBinary)


class TurnRow(SQLModel, table=True):
    """One change of a conversation, so that a repeat is answered and never made twice.

    The row outlives its `reply`, so that no idempotency key is spent twice.
    """

    __tablename__ = "turn"
    __table_args__ = (
        Index("ix_turn_idem", "conversation_id", "idem", unique=True),
        Index(
            "ix_turn_reply_day",
            "day",
            sqlite_where=text("reply IS NOT NULL"),
            postgresql_where=text("reply IS NOT NULL"),
        ),
    )
    conversation_id: str = Field(
        sa_column=Column(ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    )
    version: int = Field(primary_key=True)
    day: int
    idem: bytes | None = Field(default=None, sa_type=LargeBinary)
    reply: bytes | None = Field(default=None, sa_type=LargeBinary)


class ShareRow(SQLModel, table=True):
    """A frozen copy of a note, behind a link. It outlives a conversation that was left or has expired, and
    then belongs to none.

    `sealed` holds the copy in two layers: the inner one opens with the link's key, the outer one with a key
    of the server. `opens` counts, `tries` counts wrong PINs.
    """

    __tablename__ = "share"
    id: str = Field(primary_key=True)
    conversation_id: str | None = Field(
        sa_column=Column(ForeignKey(_OF_CONVERSATION, ondelete="SET NULL"), nullable=True, index=True)
    )
    auth: bytes = Field(sa_type=LargeBinary)
    kid: str = Field(index=True)
    expires_day: int = Field(index=True)
    opens: int
    max_views: int | None
    pin: bytes | None = Field(default=None, sa_type=LargeBinary)
    tries: int
    sealed: bytes = Field(sa_type=LargeBinary)


class TallyRow(SQLModel, table=True):
    """How often one code was counted in a month. It belongs to no conversation, so none leads to it."""

    __tablename__ = "tally"
    # Rows lie in the order of their keys: the order in which they came would tell of times.
    __table_args__ = ({"sqlite_with_rowid": False},)
    month: str = Field(primary_key=True)
    family: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    answer: str = Field(primary_key=True)
    times: int


class CodeTryRow(SQLModel, table=True):
    """How many resume codes were tried in a minute, by everyone together."""

    __tablename__ = "code_try"
    minute: int = Field(primary_key=True)
    tries: int


class MetaRow(SQLModel, table=True):
    """Numbers about the database itself, such as the latest day it has believed."""

    __tablename__ = "meta"
    name: str = Field(primary_key=True)
    number: int
