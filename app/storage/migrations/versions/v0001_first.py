"""The first tables: revisions, conversations, ways in, turns, tries of codes, numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table on an empty database."""
    op.create_table(
        "revision",
        sa.Column("hash", sa.String(), primary_key=True),
        sa.Column("files", sa.Text(), nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(), sa.ForeignKey("revision.hash"), nullable=False),
        sa.Column("expires_day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_conversation_revision", "conversation", ["revision"])
    op.create_index("ix_conversation_expires_day", "conversation", ["expires_day"])
    _make_access()
    _make_turn()
    op.create_table(
        "code_try",
        sa.Column("minute", sa.Integer(), primary_key=True),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )


def _make_access() -> None:
    op.create_table(
        "access",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(),
            sa.ForeignKey("conversation.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("auth", sa.LargeBinary(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("auth"),
    )
    op.create_index("ix_access_kid", "access", ["kid"])
    op.create_index("ix_access_way", "access", ["conversation_id", "kind"], unique=True)


def _make_turn() -> None:
    op.create_table(
        "turn",
        sa.Column(
            "conversation_id",
            sa.String(),
            sa.ForeignKey("conversation.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("idem", sa.LargeBinary(), nullable=True),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
    )
    op.create_index("ix_turn_idem", "turn", ["conversation_id", "idem"], unique=True)
    op.create_index(
        "ix_turn_reply_day",
        "turn",
        ["day"],
        sqlite_where=sa.text("reply IS NOT NULL"),
        postgresql_where=sa.text("reply IS NOT NULL"),
    )
