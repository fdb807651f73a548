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

    fingers: of the right hand, from its lowest key up; a single one goes to every key of the place.
    keys: how many neighbouring keys of the scale the place has. gap_s: the shortest time from note to note.
    strength: how strong a place in the bar has to be, as in `Song.strength`: 1 leaves out what lies between
    counts.
    """

    fingers: tuple[int, ...]
    keys: int
    gap_s: float
    strength: int

    def finger(self, place: int) -> int:
        """The finger over a key of the place, counted from 0."""
        return self.fingers[0] if len(self.fingers) == 1 else self.fingers[place]


LIMITS = {
    Reduction.ONE_FINGER: Limits((2,), 5, 1.25, 1),
    Reduction.THREE_FINGERS: Limits((1, 2, 3), 3, 0.66, 1),
    Reduction.FIVE_FINGERS: Limits((1, 2, 3, 4, 5), 5, 0.4, 0),
}
