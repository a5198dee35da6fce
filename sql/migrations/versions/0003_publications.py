"""What may be published of a data version, and what has been published, when and by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publishing_plan",
        sa.Column("forbund_id", sa.Integer, nullable=False),
        sa.Column("basis", sa.Integer, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("forbund_id", "basis", "settings", "program", name="pk_publishing_plan"),
        sa.ForeignKeyConstraint(["forbund_id"], ["forbund.id"], name="fk_publishing_plan_forbund_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("forbund_id", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("first_day", sa.Text, nullable=False),
        sa.Column("last_day", sa.Text, nullable=False),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("basis", sa.Integer, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("tid", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.CheckConstraint("first_day <= last_day", name="ck_publication_order"),
        sa.ForeignKeyConstraint(["forbund_id"], ["forbund.id"], name="fk_publication_forbund_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_publication_forbund_id_id", "publication", ["forbund_id", "id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    action = "BEGIN SELECT RAISE(ABORT, 'append only'); END" if sqlite else "EXECUTE FUNCTION refuse_change()"
    for event in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER publication_no_{event.lower()} BEFORE {event} ON publication FOR EACH ROW {action}")
