"""Basic types: a note that is asked, and the presses and releases that came."""

from dataclasses import dataclass
from enum import StrEnum

from game.music.device import Device

LOWEST_PITCH, HIGHEST_PITCH = 0, 127
THUMB, LITTLE_FINGER = 1, 5


class Hand(StrEnum):
    """A hand of the player."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Hand":
        return Hand.RIGHT if self is Hand.LEFT else Hand.LEFT


@dataclass(frozen=True, slots=True)
class Note:
    """A note asked in a run, in song time.

    index: place in the run's list of notes, which is ordered by onset and then pitch.
    onset_s, duration_s: seconds; song time 0 is beat 0.
    pitch: MIDI note number, 0–127.
    hand, finger: who is asked to play it (1 thumb to 5 little finger); None where the music does not say.
    velocity: how loud it is asked, 1–127, or None.
    """

    index: int
    onset_s: float
    duration_s: float
    pitch: int
    hand: Hand | None = None
    finger: int | None = None
    velocity: int | None = None

    @property
    def end_s(self) -> float:
        """Song time at which the key should be released."""
        return self.onset_s + self.duration_s


@dataclass(frozen=True, slots=True)
class Press:
    """A key going down.

    time_s: seconds, on the clock of its holder: the driver's stamp in a recording, song time in the judge.
    velocity: 1–127. It is key speed on the device's own curve, not force.
    delta_s: the driver's own interval since the touch before, a diagnostic; None where there is none.
    channel: MIDI channel, 0–15; None where there is none. device: what it was made on; None where that is
    not said, as with a single instrument.
    """

    time_s: float
    pitch: int
    velocity: int = 64
    delta_s: float | None = None
    channel: int | None = None
    device: Device | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A key coming up; times, channel and device as in `Press`.

    synthetic: True when no key was seen to move: the program let go for the hand.
    """

    time_s: float
    pitch: int
    delta_s: float | None = None
    synthetic: bool = False
    channel: int | None = None
    device: Device | None = None


Touch = Press | Release


def asynchrony_s(note: Note, press_s: float) -> float:
    """Press minus onset in seconds; early is negative.

    The only place where this is computed. Rounded to 0.1 ms, so that a press on a window's edge lies inside
    the window at any onset.
    """
    return round(press_s - note.onset_s, 4) + 0.0
