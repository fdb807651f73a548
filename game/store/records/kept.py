"""What is kept, as the rest of the program sees it: people, runs, and what a check found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from game.errors import UserError
from game.judge.conditions import Conditions
from game.music.device import Device
from game.music.recording import Ended, Recording
from game.settings import Plan, Settings

GUEST_ID = "00000000-0000-0000-0000-000000000000"
"""The profile of whoever plays without one; it is always there."""

THERAPIST = "therapist"
"""The owner of the PIN in front of plans, reports and profiles."""


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
    """What is known of a run when it begins.

    level_text: the level as played, after every adaptation. version: of this program.
    clock_s: what the clock of presses showed at `started_at`, or None where nobody asked.
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
    """A kept run without its presses and its level's text.

    ended: `UNFINISHED` also while nobody has said how it ended. reached_s: as in `Recording`.
    summary: numbers derived from the run and kept only to be at hand, or None.
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
    """A kept run with everything that its verdicts are derived from."""

    header: RunHeader
    level_text: str
    recording: Recording

    @property
    def conditions(self) -> Conditions:
        """What it was judged under."""
        return self.header.conditions


@dataclass(frozen=True, slots=True)
class ErasedCounts:
    """How much was deleted for good."""

    runs: int
    touches: int


@dataclass(frozen=True, slots=True)
class PinAttempt:
    """What became of a try at a PIN. locked_until: no try counts before then; None when it is not locked."""

    right: bool
    tries_left: int
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of everything kept came to. faults: one sentence each; none when all is well.

    open_runs: runs that are under way, or were cut off and not begun after.
    """

    profiles: int
    runs: int
    open_runs: int
    touches: int
    faults: tuple[UserError, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is amiss."""
        return not self.faults
