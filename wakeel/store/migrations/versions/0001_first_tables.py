"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT: sa.Double[float] = sa.Double()  # epoch seconds


def upgrade() -> None:
    """Create them."""
    ledger()
    door()
    workspace()
    archive()


def ledger() -> None:
    """Create the effect ledger."""
    op.create_table(
        "effects",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("uncertain", sa.Boolean, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("answered_by", sa.Text),
        sa.Column("begun", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("input", sa.LargeBinary),
        sa.Column("result", sa.LargeBinary),
        sa.Column("links", sa.LargeBinary),
        sa.Column("undo", sa.LargeBinary),
    )
    op.create_index("effects_of_run", "effects", ["run"])


def door() -> None:
    """Create the events and what they start."""
    op.create_table(
        "events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("client", sa.Text),
        sa.Column("data", sa.LargeBinary),
        sa.Column("body_hash", sa.Text, nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("occurred", MOMENT),
        sa.Column("again", sa.Text, nullable=False),
        sa.Column("matched", MOMENT),
        sa.UniqueConstraint("source", "key", name="events_once"),
    )
    partial_index("events_unmatched", "events", ["id"], "matched IS NULL")
    op.create_index("events_by_age", "events", ["received"])
    op.create_table(
        "matches",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
        sa.Column("activation", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("queue_key", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary),
        sa.UniqueConstraint("event_id", "activation", name="matches_once"),
    )
    partial_index("matches_run", "matches", ["run_id"], "state <> 'skipped'", unique=True)
    partial_index("matches_due", "matches", ["due", "id"], "state = 'pending'")
    queued = "queue_key IS NOT NULL AND state IN ('pending', 'started')"
    partial_index("matches_queue", "matches", ["activation", "queue_key", "id"], queued)


def workspace() -> None:
    """Create what an apply writes, and the secrets."""
    op.create_table("facts", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "plans",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("activation", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
    )
    op.create_table(
        "live",
        sa.Column("activation", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("plans.version"), nullable=False),
    )
    op.create_table(
        "connections",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("connector", sa.Text, nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
    )
    op.create_table("replies", sa.Column("name", sa.Text, primary_key=True), sa.Column("text", sa.Text, nullable=False))
    op.create_table(
        "troubles", sa.Column("file", sa.Text, primary_key=True), sa.Column("problems", sa.Text, nullable=False)
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def archive() -> None:
    """Create the archive of runs."""
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Text, primary_key=True),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("event_id", ID),
        sa.Column("temporal_run_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("result", sa.LargeBinary),
    )
    op.create_index("runs_by_age", "runs", [sa.text("COALESCE(started_at, closed_at)")])
    partial_index("runs_open", "runs", ["started_at"], "closed_at IS NULL")


def partial_index(name: str, table: str, names: list[str], where: str, *, unique: bool = False) -> None:
    """Create an index over the rows that are looked for."""
    condition = sa.text(where)
    op.create_index(name, table, names, unique=unique, sqlite_where=condition, postgresql_where=condition)
