"""Entries of registers: goals, outcomes, comments and notes, every version kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("forbund_id", sa.Integer, nullable=False),
        sa.Column("register", sa.Text, nullable=False),
        sa.Column("kod", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("tid", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.CheckConstraint("length(register) > 0 AND length(kod) > 0", name="ck_entry_kod"),
        sa.ForeignKeyConstraint(["forbund_id"], ["forbund.id"], name="fk_entry_forbund_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_entry_forbund_id_register_kod_id", "entry", ["forbund_id", "register", "kod", "id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    action = "BEGIN SELECT RAISE(ABORT, 'append only'); END" if sqlite else "EXECUTE FUNCTION refuse_change()"
    for event in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER entry_no_{event.lower()} BEFORE {event} ON entry FOR EACH ROW {action}")
