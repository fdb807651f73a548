"""The settings that verdicts of a run depend on. They are stored with the run."""

from dataclasses import dataclass

from game.judge.windows import HitWindows

BAND_BOUNCE_S = 0.15
"""If many keys count as one, presses of several of them within this time are one press."""


PAD_BOUNCE_S = 0.05
"""Pads often send a second stroke within this time; keys do not."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a run.

    windows: hit windows before they are cut to the gaps of the level.
    speed: times the written tempo, 0.25–1.5.
    bounce_s: a press on a key that soon after the same key was let go (or pressed, where it is still down)
    is a bounce of the hand or the device; 0 lets all pass.
    input_offset_s, audio_offset_s: the station's constant delays, from key to stamp and from clock to ear;
    a press is compared with the beat as it was heard. video_offset_s moves only the picture.
    release: True where letting go on time is judged.
    nearest_of: pitches; a press on any key counts as on the nearest of these. (): each key is its own.
    calibrated: ISO date on which these offsets were measured with this instrument; "" where they never were.
    """

    windows: HitWindows
    speed: float = 1.0
    bounce_s: float = 0.0
    input_offset_s: float = 0.0
    audio_offset_s: float = 0.0
    video_offset_s: float = 0.0
    release: bool = False
    calibrated: str = ""
    nearest_of: tuple[int, ...] = ()

    @property
    def offset_s(self) -> float:
        """Offset in seconds subtracted from a press's song time before it is compared."""
        return self.input_offset_s + self.audio_offset_s
