"""Shares: frozen copies of notes, each behind a link."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of shares; until now there were none."""
    op.create_table(
        "share",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(),
            sa.ForeignKey("conversation.id", ondelete="SET NULL"),
            nullable=True,
        ),
        sa.Column("auth", sa.LargeBinary(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("expires_day", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("max_views", sa.Integer(), nullable=True),
        sa.Column("pin", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    for column in ("conversation_id", "expires_day", "kid"):
        op.create_index(f"ix_share_{column}", "share", [column])
