"""The tally: what was counted in which month."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of counts; what was asked before was not counted."""
    op.create_table(
        "tally",
        sa.Column("month", sa.String(), primary_key=True),
        sa.Column("family", sa.String(), primary_key=True),
        sa.Column("question", sa.String(), primary_key=True),
        sa.Column("answer", sa.String(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
