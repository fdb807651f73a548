"""How much of a song is asked of one finger, of three, of five: one table, for songs and for imports."""

from dataclasses import dataclass
from enum import StrEnum


class Reduction(StrEnum):
    """How much of a song is asked, easiest first; the value is the end of a level's id."""

    ONE_FINGER = "1"
    THREE_FINGERS = "3"
    FIVE_FINGERS = "5"
    TWO_HANDS = "both"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one hand is asked. Proposals for a clinician to sign off, kept in one table below.

    keys: how many of the five keys under the hand are played. finger: the one that plays all of them; None
    where each key has its own finger. gap_s: the shortest time from note to note. strength: how strong a
    place in the bar has to be, as in `Song.strength`: 1 leaves out what lies between counts.
    """

    keys: int
    finger: int | None
    gap_s: float
    strength: int

    @property
    def fingers(self) -> int:
        """How many fingers play."""
        return self.keys if self.finger is None else 1


LIMITS = {
    Reduction.ONE_FINGER: Limits(5, 2, 1.25, 1),
    Reduction.THREE_FINGERS: Limits(3, None, 0.66, 1),
    Reduction.FIVE_FINGERS: Limits(5, None, 0.4, 0),
}
"""At most 0.8, 1.5 and 2.5 notes a second, never more."""
