"""The tables. Times of day are ISO 8601 texts with their offset; JSON is text, the same in every database."""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Text, nullable=False, comment="empty for the guest"),
    Column("settings", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("last_hash", Text, nullable=False, comment="of the run sealed last; empty before the first"),
)

station = Table(
    "station",
    metadata,
    Column("station", Text, primary_key=True, comment="empty in a file, which belongs to one station"),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

pins = Table(
    "pins",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", Text, nullable=False, comment="empty when it is not locked"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("profile_id", Text, ForeignKey("profiles.id"), nullable=False),
    Column("station", Text, nullable=False),
    Column("level_id", Text, nullable=False),
    Column("level_title", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("ended", Text, comment="null while the run is open"),
    Column("reached_s", Double),
    Column("conditions", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("program_version", Text, nullable=False),
    Column("clock_s", Double, comment="what the clock of presses showed at started_at"),
    Column("previous_hash", Text),
    Column("hash", Text),
    Column("summary", Text),
    # The largest column stands last: a list of runs then never reads over it.
    Column("level_text", Text, nullable=False),
)
Index("ix_runs_profile_id", runs.c.profile_id, runs.c.id)

anchors = Table(
    "anchors",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("clock_s", Double, nullable=False),
    Column("song_s", Double, nullable=False),
    Column("rate", Double, nullable=False),
    sqlite_with_rowid=False,
)

marks = Table(
    "marks",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("clock_s", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

touches = Table(
    "touches",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("time_s", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("pitch", Integer, nullable=False),
    Column("velocity", Integer),
    Column("delta_s", Double),
    Column("made", Boolean, nullable=False),
    Column("channel", Integer, comment="null where none was told"),
    Column("device", Text, comment="null where it is not told apart from the run's"),
    sqlite_with_rowid=False,
)

PARTS = (anchors, marks, touches)
"""Tables with the events of a run, row by row."""
