"""The speaker: the only file that uses the mixer."""

import os
import tempfile
import threading
import wave
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pygame
from pygame import mixer

from game.audio.loudness import KEY_PEAK, Volumes, as_int16, chord_gain, velocity_gain
from game.audio.output import BUFFERS, SilentSpeaker, Track
from game.audio.piano import RATE, on_piano, tone
from game.audio.probe import WITHOUT_DEVICE, device_error, no_device
from game.audio.render import Waveform
from game.audio.tone_cache import ToneCache
from game.errors import UserError

_TRIES = 14
_MIDDLE = (0.25, 0.75)

VOICES = 32
RELEASE_MS = 140
"""How long a released key takes to fall silent. The mixer fades in steps of one buffer."""

_SPARE = 8
"""Channels more than voices, for those that are fading."""

_BACKING = 2
_QUICK_MS = 40
_BRIEF_S = 1.2
_SMALLEST = 1 / 128  # the mixer's smallest volume that is not silence


class Speaker:
    """Sounds keys, and one backing at a time. Its methods may be called from any thread."""

    error: UserError | None = None

    def __init__(self, rate: int, volumes: Volumes, buffer: int) -> None:
        """Over a mixer that is open with that many samples in its buffer."""
        self.rate = rate
        self.volumes = volumes
        self._lock = threading.RLock()
        self._set_up(buffer)
        self._closed = self._given_back = False
        self.prepare([60])  # the first tone of a process is the slowest to make

    def _set_up(self, buffer: int) -> None:
        mixer.set_num_channels(_BACKING + VOICES + _SPARE)
        mixer.set_reserved(_BACKING + VOICES + _SPARE)
        self.buffer, self.driver = buffer, mixer.get_driver()
        self._count_silence()
        self._shelf = ToneCache(self._tone)
        self._backing = deque(mixer.Channel(i) for i in range(_BACKING))
        self._keys = deque(mixer.Channel(_BACKING + i) for i in range(VOICES + _SPARE))
        self._sounding: dict[int, mixer.Channel] = {}

    def _count_silence(self) -> None:
        """Sound silence for ever, because the mixer tells how much it has mixed of its music only.

        It comes from a file: the mixer's own thread, which must not wait for Python, reads it.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = os.path.join(folder, "silence.wav")
            with wave.open(path, "wb") as silence:
                silence.setparams((2, 2, self.rate, 0, "NONE", ""))
                silence.writeframes(bytes(4 * self.rate))
            mixer.music.load(path)
        mixer.music.play(-1)

    def settle(self) -> None:
        """No-op: the device is open."""

    def use_buffer(self, buffer: int) -> None:
        """A device that is open keeps its buffer; `LiveSpeaker` opens another."""

    def position_s(self) -> float | None:
        """Seconds the device has sounded since it was opened, to a millisecond; None where none can tell."""
        if self._closed or self.driver in WITHOUT_DEVICE or not mixer.music.get_busy():
            return None
        return mixer.music.get_pos() / 1000

    def set_volumes(self, click: float, music: float, keys: float) -> None:
        """Move the sliders, 0–1. Keys follow at once, clicks and music from the next rendering on."""
        self.volumes = Volumes(click, music, keys)

    def prepare(self, pitches: Iterable[int]) -> None:
        """Make the tones of these pitches ready, in the background."""
        self._shelf.prepare(on_piano(pitch) for pitch in pitches)

    def press(self, pitch: int, velocity: int) -> None:
        """Sound a key now; the same key's last tone fades. velocity: 1–127."""
        if self._closed or self.volumes.keys_gain == 0:
            return
        shelf = self._shelf
        sound, layer = shelf.take(on_piano(pitch), velocity)
        sound.set_volume(max(_SMALLEST, self.volumes.keys_gain))
        with self._lock:
            if self._closed or shelf is not self._shelf:
                return
            self._fade(pitch, _QUICK_MS)
            channel = self._channel()
            self._sounding[pitch] = channel
            gain = velocity_gain(velocity) / velocity_gain(layer) * chord_gain(self._held())
            channel.play(sound)
            channel.set_volume(max(_SMALLEST, min(1.0, gain)))

    def release(self, pitch: int) -> None:
        """Fade out a key."""
        with self._lock:
            self._fade(pitch, RELEASE_MS)

    def load(self, waveform: Waveform) -> Track | None:
        """Make a stretch ready to start; takes some 10 ms a minute, so do it ahead. None when closed."""
        with self._lock:
            return None if self._closed else mixer.Sound(buffer=waveform.samples.data)

    def play_backing(self, track: Track | None) -> None:
        """Start a loaded stretch now, in place of what was playing."""
        with self._lock:
            self.stop_backing()
            self._backing.rotate()
            if isinstance(track, mixer.Sound) and not self._closed:
                self._await_middle()
                self._backing[0].play(track)

    def _await_middle(self) -> None:
        """Wait for the middle of a buffer, 10 ms at most.

        What is started sounds with the next buffer. Started anywhere, it would be up to a whole buffer early
        or late against the clock, another time each run; so it is as good as always the same.
        """
        moment = threading.Event()
        for _ in range(_TRIES):
            at_s = self.position_s()
            if at_s is None or _MIDDLE[0] < at_s * self.rate / self.buffer % 1 < _MIDDLE[1]:
                return
            moment.wait(0.001)

    def stop_backing(self) -> None:
        """Fade it out."""
        if not self._closed:
            self._backing[0].fadeout(_QUICK_MS)

    def all_off(self) -> None:
        """Fade out all sound."""
        with self._lock:
            self.stop_backing()
            for pitch in tuple(self._sounding):
                self._fade(pitch, _QUICK_MS)

    def device_went(self) -> None:
        """Sound nothing more, on a device that is gone; it stays open until `close`."""
        with self._lock:
            self._closed = True

    def close(self) -> None:
        """Give the sound device back; from then on nothing sounds."""
        self.device_went()
        if self._given_back:
            return
        self._given_back = True
        self._shelf.close()
        mixer.quit()

    def _tone(self, pitch: int, layer: int, brief: bool) -> mixer.Sound:
        made = tone(pitch, layer, self.rate, _BRIEF_S if brief else None)
        return mixer.Sound(buffer=as_int16(made, KEY_PEAK).data)

    def _held(self) -> int:
        return sum(channel.get_busy() for channel in self._sounding.values()) + 1

    def _fade(self, pitch: int, ms: int) -> None:
        channel = self._sounding.pop(pitch, None)
        if channel is not None and not self._closed:
            channel.fadeout(ms)

    def _channel(self) -> mixer.Channel:
        """A channel that is free, or the one that has sounded longest; a voice too many fades."""
        if len(self._sounding) >= VOICES:
            self._fade(next(iter(self._sounding)), _QUICK_MS)
        free = next((c for c in self._keys if not c.get_busy()), self._keys[0])
        self._keys.remove(free)
        self._keys.append(free)
        for pitch in [p for p, c in self._sounding.items() if c is free]:
            del self._sounding[pitch]
        return free


def open_speaker(
    volumes: Volumes | None = None, rate: int = RATE, buffer: int = BUFFERS[0]
) -> Speaker | SilentSpeaker:
    """The machine's speaker, or a silent one whose `error` says in a sentence why. Never raises."""
    volumes = volumes or Volumes()
    error = device_error(rate, buffer)
    return SilentSpeaker(error, volumes) if error else open_unprobed(volumes, rate, buffer)


def open_unprobed(volumes: Volumes, rate: int, buffer: int) -> Speaker | SilentSpeaker:
    """The same without asking first; a fault of the sound system ends the process."""
    try:
        _open_mixer(rate, buffer)
    except pygame.error as fault:
        return SilentSpeaker(no_device(fault), volumes)
    return Speaker(rate, volumes, buffer)


def _open_mixer(rate: int, buffer: int) -> None:
    with _hushed():
        mixer.quit()
        mixer.init(rate, -16, 2, buffer, allowedchanges=0)


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep the sound system's C libraries from the terminal: what is wrong is said in a sentence."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a terminal
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
