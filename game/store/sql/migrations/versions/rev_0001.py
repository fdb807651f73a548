"""Everything: people, stations, PINs, and runs with what happened in them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUEST_ID = "00000000-0000-0000-0000-000000000000"


def upgrade() -> None:
    _people()
    _runs()
    _parts()


def _people() -> None:
    profiles = op.create_table(
        "profiles",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False, comment="empty for the guest"),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
        sa.Column(
            "last_hash", sa.Text, nullable=False, comment="of the run sealed last; empty before the first"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_profiles"),
    )
    guest = {"id": GUEST_ID, "name": "Guest", "created_at": "", "settings": "{}", "plan": "{}"}
    op.bulk_insert(profiles, [{**guest, "archived": False, "last_hash": ""}])
    op.create_table(
        "station",
        sa.Column(
            "station", sa.Text, nullable=False, comment="empty in a file, which belongs to one station"
        ),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "key", name="pk_station"),
    )
    op.create_table(
        "pins",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Text, nullable=False, comment="empty when it is not locked"),
        sa.PrimaryKeyConstraint("owner", name="pk_pins"),
    )


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("profile_id", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("level_id", sa.Text, nullable=False),
        sa.Column("level_title", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("ended", sa.Text, comment="null while the run is open"),
        sa.Column("reached_s", sa.Double),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("program_version", sa.Text, nullable=False),
        sa.Column("clock_s", sa.Double, comment="what the clock of presses showed at started_at"),
        sa.Column("previous_hash", sa.Text),
        sa.Column("hash", sa.Text),
        sa.Column("summary", sa.Text),
        sa.Column("level_text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name="fk_runs_profile_id"),
    )
    op.create_index("ix_runs_profile_id", "runs", ["profile_id", "id"])


def _parts() -> None:
    _part(
        "anchors",
        sa.Column("clock_s", sa.Double, nullable=False),
        sa.Column("song_s", sa.Double, nullable=False),
        sa.Column("rate", sa.Double, nullable=False),
    )
    _part(
        "marks",
        sa.Column("clock_s", sa.Double, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    _part(
        "touches",
        sa.Column("time_s", sa.Double, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("pitch", sa.Integer, nullable=False),
        sa.Column("velocity", sa.Integer),
        sa.Column("delta_s", sa.Double),
        sa.Column("made", sa.Boolean, nullable=False),
    )


def _part(
    name: str, *columns: "sa.Column[float] | sa.Column[str] | sa.Column[int] | sa.Column[bool]"
) -> None:
    """A table of rows that belong to a run, in their order."""
    op.create_table(
        name,
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint("run_id", "seq", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=f"fk_{name}_run_id"),
        sqlite_with_rowid=False,
    )
