"""The speaker of the whole program: silent until a device is open and after it went until one is back."""

import threading
from collections.abc import Callable, Iterable

from game.audio.loudness import Volumes
from game.audio.output import BUFFERS, Output, SilentSpeaker, Track
from game.audio.piano import RATE
from game.audio.probe import device_error
from game.audio.render import Waveform
from game.audio.speaker import open_unprobed
from game.errors import UserError

GONE = "The sound device is gone; the game plays on in silence: connect or switch on a speaker or headphones."

Probe = Callable[[int, int], UserError | None]
Opener = Callable[[Volumes, int, int], Output]


class LiveSpeaker:
    """One speaker for the whole program, whatever becomes of the device.

    `open` waits for the sound system and is for a thread of its own; all else returns at once.
    """

    def __init__(self, probe: Probe = device_error, opener: Opener = open_unprobed) -> None:
        """probe: why a device cannot be opened (rate, buffer). opener: opens one that can."""
        self._probe, self._opener = probe, opener
        self._now: Output = SilentSpeaker()
        self._dead: Output | None = None
        self._wanted_buffer = BUFFERS[0]
        self._pitches: tuple[int, ...] = ()
        self._opening = threading.Lock()
        self._settled, self._told = threading.Event(), threading.Event()
        self._closed = threading.Event()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    @property
    def error(self) -> UserError | None:
        return self._now.error

    @property
    def volumes(self) -> Volumes:
        return self._now.volumes

    @property
    def rate(self) -> int:
        return self._now.rate

    @property
    def buffer(self) -> int:
        return self._now.buffer

    def open(self, buffer: int | None = None) -> None:
        """Look for a device and open it, in place of the one that is open. buffer: samples at a time."""
        with self._opening:
            self._wanted_buffer = buffer or self._wanted_buffer
            self._let_go(self._dead)
            error = self._probe(RATE, self._wanted_buffer)
            if error and not self.closed:
                self._silence(error)
                self._let_go(self._dead)
            elif not self.closed:
                self._let_go(self._now)
                self._now = self._opener(self.volumes, RATE, self._wanted_buffer)
                self._now.prepare(self._pitches)
        self._settled.set()
        if self.closed:
            self._now.close()

    def _let_go(self, device: Output | None) -> None:
        """Give a device back: only one can be open at a time."""
        if device:
            device.close()
        self._dead = None

    def _silence(self, error: UserError) -> None:
        """Go on without the device; the thread that opens devices gives it back, which can take a while."""
        last, self._now = self._now, SilentSpeaker(error, self.volumes)
        last.device_went()
        self._dead = last

    def settle(self) -> None:
        """Return once it is known whether there is a device."""
        self._settled.wait()

    def device_went(self) -> None:
        """The sound system said that the device which is open is gone."""
        if self._now.buffer:
            self._silence(UserError(GONE, failed=True))
            self._told.set()

    def wait(self, timeout_s: float) -> None:
        """Wait so long, or until the device went or this is closed."""
        self._told.wait(timeout_s)
        self._told.clear()

    def position_s(self) -> float | None:
        return self._now.position_s()

    def use_buffer(self, buffer: int) -> None:
        """Reopen the device with another buffer size; without a device, use it for the next one."""
        self._wanted_buffer = buffer
        if self.buffer not in (0, buffer):
            self.open()

    def set_volumes(self, click: float, music: float, keys: float) -> None:
        self._now.set_volumes(click, music, keys)

    def prepare(self, pitches: Iterable[int]) -> None:
        self._pitches = tuple(pitches)
        self._now.prepare(self._pitches)

    def press(self, pitch: int, velocity: int) -> None:
        self._now.press(pitch, velocity)

    def release(self, pitch: int) -> None:
        self._now.release(pitch)

    def load(self, waveform: Waveform) -> Track | None:
        return self._now.load(waveform)

    def play_backing(self, track: Track | None) -> None:
        self._now.play_backing(track)

    def stop_backing(self) -> None:
        self._now.stop_backing()

    def all_off(self) -> None:
        self._now.all_off()

    def close(self) -> None:
        """Give the sound device back; from then on nothing sounds."""
        self._closed.set()
        self._settled.set()
        self._told.set()
        self._now.close()
