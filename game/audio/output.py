"""The speaker interface, and a silent speaker."""

from collections.abc import Iterable
from typing import Protocol

from game.audio.loudness import Volumes
from game.audio.piano import RATE
from game.audio.render import Waveform
from game.errors import UserError

BUFFERS = (256, 512, 1024)
"""Buffer sizes of the mixer in samples, smallest first: 5, 11 and 21 ms.

Less gains nothing: sound servers ask no more often. More is for machines on which sound breaks up.
"""


class Track(Protocol):
    """A rendered stretch, ready to start."""

    def get_length(self) -> float:
        """Seconds."""


class Output(Protocol):
    """A speaker, heard or not. Every method may be called from any thread and returns at once."""

    @property
    def error(self) -> UserError | None:
        """Why nothing is heard, or None."""

    @property
    def volumes(self) -> Volumes:
        """The volume settings."""

    @property
    def rate(self) -> int:
        """Samples a second that `load` takes."""

    @property
    def buffer(self) -> int:
        """Buffer size in samples, one of `BUFFERS`; 0 without a device."""

    def settle(self) -> None:
        """Return once it is known whether there is a device; the one call that may wait."""

    def position_s(self) -> float | None:
        """Playback position in seconds from an arbitrary origin; None if unknown."""

    def use_buffer(self, buffer: int) -> None:
        """Reopen the device with another buffer size; not while anything sounds."""

    def set_volumes(self, click: float, music: float, keys: float) -> None:
        """Move the sliders, 0–1. Keys follow at once, clicks and music from the next rendering on."""

    def prepare(self, pitches: Iterable[int]) -> None:
        """Make the tones of these pitches ready, in the background."""

    def press(self, pitch: int, velocity: int) -> None:
        """Sound a key now."""

    def release(self, pitch: int) -> None:
        """Fade out a key."""

    def load(self, waveform: Waveform) -> Track | None:
        """Make a stretch ready to start; takes some 10 ms a minute, so do it ahead. None in silence."""

    def play_backing(self, track: Track | None) -> None:
        """Start a loaded stretch now, in place of what was playing."""

    def stop_backing(self) -> None:
        """Fade it out."""

    def all_off(self) -> None:
        """Fade out all sound."""

    def device_went(self) -> None:
        """The sound system said that the device which is open is gone: sound nothing more on it."""

    def close(self) -> None:
        """Give the sound device back."""


class SilentSpeaker:
    """A speaker without sound; `error` says why."""

    def __init__(self, error: UserError | None = None, volumes: Volumes | None = None) -> None:
        self.error = error
        self.volumes = volumes or Volumes()
        self.rate = RATE
        self.buffer = 0

    def settle(self) -> None: ...

    def position_s(self) -> float | None:
        return None

    def use_buffer(self, buffer: int) -> None: ...

    def set_volumes(self, click: float, music: float, keys: float) -> None:
        self.volumes = Volumes(click, music, keys)

    def prepare(self, pitches: Iterable[int]) -> None: ...

    def press(self, pitch: int, velocity: int) -> None: ...

    def release(self, pitch: int) -> None: ...

    def load(self, waveform: Waveform) -> Track | None:
        return None

    def play_backing(self, track: Track | None) -> None: ...

    def stop_backing(self) -> None: ...

    def all_off(self) -> None: ...

    def device_went(self) -> None: ...

    def close(self) -> None: ...
