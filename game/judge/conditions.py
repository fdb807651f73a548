"""The settings in force in a run, as far as a verdict depends on them. They are stored with the run."""

from dataclasses import dataclass

from game.judge.windows import HitWindows

BAND_BOUNCE_S = 0.15
"""Where many keys count as one, a hand that comes down on several of them within this time pressed once."""


PAD_BOUNCE_S = 0.05
"""Pads send a second stroke within this time often enough; keys do not."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run was judged under.

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
        """What is taken off a press's song time before it is compared."""
        return self.input_offset_s + self.audio_offset_s
