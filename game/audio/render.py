"""Clicks and accompaniment of a level as one stretch of samples, each sound at its sample and no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.audio.click import click
from game.audio.loudness import FULL_SCALE, Samples, Volumes, as_int16, under_ceiling
from game.audio.piano import RATE, tone
from game.audio.score import DAMPING_S, Cue, Play, Score
from game.music.level import Level

_BLOCK = 1 << 18
_STRIDE = 1 << 13  # sums are made in parts that stay in the processor's cache
_BRIEF_S = 1.0

Sound = NDArray[np.int16] | Samples


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Stereo samples, int16 of shape (n, 2), and how many there are a second."""

    samples: NDArray[np.int16]
    rate: int

    @property
    def length_s(self) -> float:
        return len(self.samples) / self.rate

    def after(self, start_s: float) -> "Waveform":
        """What is left of it after so many seconds."""
        return Waveform(self.samples[max(0, round(start_s * self.rate)) :], self.rate)


def render(
    level: Level,
    speed: float,
    from_beat: float = 0.0,
    count_in_beats: float = 0.0,
    volumes: Volumes | None = None,
    rate: int = RATE,
) -> Waveform:
    """What a play of a level sounds like, without the player.

    Sample 0 is the instant of the first count-in click; beat `from_beat` follows
    round(count_in_beats · 60 / tempo there · rate) samples later. Sums are bent under a ceiling and never
    clip.
    """
    score = Score(level, speed, volumes or Volumes(), rate)
    return rendered(Play(score, from_beat, count_in_beats))


def rendered(play: Play) -> Waveform:
    """A play as samples."""
    return Waveform(mixed(play.cues(), play.count, play.score.rate), play.score.rate)


def mixed(cues: list[Cue], count: int, rate: int) -> NDArray[np.int16]:
    """The first `count` samples of all cues together; cues in order of their start.

    Goes block by block, so that a long song needs little memory beyond its samples.
    """
    samples = np.empty((count, 2), np.int16)
    waiting = iter([*cues, Cue(count, 0.0, 0)])
    cue, block = next(waiting), np.zeros((_BLOCK, 2), np.float32)
    for begin in range(0, count, _BLOCK):
        end = min(count, begin + _BLOCK)
        while cue.start < end:
            for start, sound in _sounds(cue, rate) if cue.gain else ():
                block = _with(block, sound, start - begin, cue.gain)
            cue = next(waiting)
        whole = under_ceiling(block[: end - begin])
        whole *= FULL_SCALE
        samples[begin:end] = np.rint(whole, out=whole)
        block[: len(block) - _BLOCK] = block[_BLOCK:]
        block[-_BLOCK:] = 0
    return samples


def _sounds(cue: Cue, rate: int) -> Iterator[tuple[int, Sound]]:
    """What a cue sounds like before its gain, in parts, and where each part begins."""
    if cue.pitch is None:
        yield cue.start, _click(cue.accent, rate)
        return
    tail = _damping(rate)
    rung = _rung(cue.pitch, cue.velocity, rate, cue.length + len(tail) < rate * _BRIEF_S)
    yield cue.start, rung[: cue.length]
    let_go = rung[cue.length : cue.length + len(tail)]
    yield cue.start + cue.length, let_go * tail[: len(let_go)]


def _with(block: Samples, sound: Sound, at: int, gain: float) -> Samples:
    """The block with a sound in it, longer than before where the sound goes past its end."""
    if at + len(sound) > len(block):
        block = np.concatenate([block, np.zeros((_BLOCK, 2), np.float32)])
        return _with(block, sound, at, gain)
    for i in range(0, len(sound), _STRIDE):
        part = sound[i : i + _STRIDE]
        block[at + i : at + i + len(part)] += part * np.float32(gain / FULL_SCALE)
    return block


@lru_cache(maxsize=4)
def _click(accent: bool, rate: int) -> Sound:
    return as_int16(click(accent, rate))


@lru_cache(maxsize=192)
def _rung(pitch: int, velocity: int, rate: int, brief: bool) -> Sound:
    """A tone, as integers to need half the room. A brief one is heard only before its last third fades."""
    return as_int16(tone(pitch, velocity, rate, _BRIEF_S * 1.5 if brief else None))


def forget_tones() -> None:
    """Clear the cache of rendered tones."""
    _rung.cache_clear()


@lru_cache(maxsize=2)
def _damping(rate: int) -> Samples:
    count = round(DAMPING_S * rate)
    return (0.5 + 0.5 * np.cos(np.pi * np.arange(1, count + 1) / count)).astype(np.float32)[:, None]
