"""Stored data as the rest of the program sees it: people, runs, and results of a check."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from game.errors import UserError
from game.judge.conditions import Conditions
from game.music.device import Device
from game.music.recording import Ended, Recording
from game.settings import Plan, Settings

GUEST_ID = "00000000-0000-0000-0000-000000000000"
"""The profile used without choosing one; it always exists."""

THERAPIST = "therapist"
"""Owner of the PIN that protects plans, reports and profiles."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A person who plays, under whatever name they chose. created_at: None for the guest."""

    id: str
    name: str
    created_at: datetime | None
    settings: Settings
    plan: Plan
    archived: bool = False


@dataclass(frozen=True, slots=True)
class NewRun:
    """Data of a run at its start.

    level_text: the level as played, after every adaptation. version: of this program.
    clock_s: reading of the press clock at `started_at`, or None if unknown.
    """

    profile_id: str
    level_id: str
    level_title: str
    level_text: str
    conditions: Conditions
    device: Device
    started_at: datetime
    version: str
    clock_s: float | None = None

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None:
            raise ValueError("a run starts at a time with its offset from UTC")


@dataclass(frozen=True, slots=True)
class RunHeader:
    """A stored run without its presses and its level's text.

    ended: `UNFINISHED` also while the run is in progress. reached_s: as in `Recording`.
    summary: cached numbers derived from the run, or None.
    """

    id: str
    profile_id: str
    level_id: str
    level_title: str
    started_at: datetime
    conditions: Conditions
    device: Device
    version: str
    clock_s: float | None
    ended: Ended
    reached_s: float | None
    summary: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A stored run with all data needed to derive its verdicts."""

    header: RunHeader
    level_text: str
    recording: Recording

    @property
    def conditions(self) -> Conditions:
        """The conditions under which it was judged."""
        return self.header.conditions


@dataclass(frozen=True, slots=True)
class ErasedCounts:
    """How much was deleted for good."""

    runs: int
    touches: int


@dataclass(frozen=True, slots=True)
class PinAttempt:
    """Result of a PIN attempt. locked_until: no attempt counts before then; None if not locked."""

    right: bool
    tries_left: int
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Result of a check of all stored data. faults: one sentence each; empty if none.

    open_runs: runs in progress, or cut off without a later run.
    """

    profiles: int
    runs: int
    open_runs: int
    touches: int
    faults: tuple[UserError, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether no fault was found."""
        return not self.faults
