"""The beats of music that was played freely, by dynamic programming (after Ellis 2007).

A beat may come where notes begin, and at about the same interval as the beat before; the row of beats that
gathers the most notes and bends the least wins.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FRAME_S = 0.01
PREFERRED_BPM, OCTAVES = 96.0, 0.9
"""The tempo that people feel where several fit, and how far it may lie from that: a spread in doublings."""
SLOWEST_BPM, FASTEST_BPM = 40.0, 200.0
STIFFNESS = 200.0
"""How much a beat that is not where the tempo has it costs, against what notes there gain."""
LONGEST_S = 1200.0
BLUR_S = 0.03


def tracked(onsets_s: Floats, weights: Floats) -> Floats | None:
    """The times of the beats, in seconds from before the first onset until behind the last; None where the
    music is too short or too long to find any.

    onsets_s: not before 0, in order. weights: of each, how much it counts.
    """
    start_s = float(onsets_s[0])
    length_s = float(onsets_s[-1]) - start_s
    if not 3.0 <= length_s <= LONGEST_S:
        return None
    strength = _strength(onsets_s - start_s, weights)
    period = _period(strength)
    beats = _beats(strength, period)
    if len(beats) < 4:
        return None
    times_s = start_s + beats * FRAME_S
    gap_s = float(np.median(np.diff(times_s)))
    before = times_s[0] - gap_s * np.arange(np.ceil((times_s[0] - start_s) / gap_s) + 1, 0, -1)
    after = times_s[-1] + gap_s * np.arange(1, np.ceil(length_s + start_s - times_s[-1]) / gap_s + 2)
    return np.concatenate([before, times_s, after])


def _strength(onsets_s: Floats, weights: Floats) -> Floats:
    """How much begins in each frame, blurred as hands are, chords damped to a root."""
    frames = np.rint(onsets_s / FRAME_S).astype(int)
    size = int(frames[-1]) + 1
    begun = np.sqrt(np.bincount(frames, weights / 64.0, minlength=size))
    reach = int(4 * BLUR_S / FRAME_S)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * FRAME_S / BLUR_S) ** 2)
    blurred: Floats = np.convolve(begun, bell, mode="full")[reach : reach + size]
    return blurred / (blurred.std() or 1.0)


def _period(strength: Floats) -> int:
    """Frames from beat to beat: where the music is most like itself later, near the preferred tempo."""
    shortest, longest = (int(60 / bpm / FRAME_S) for bpm in (FASTEST_BPM, SLOWEST_BPM))
    size = 1 << int(np.ceil(np.log2(2 * len(strength))))
    spectrum = np.fft.rfft(strength - strength.mean(), size)
    alike = np.fft.irfft(np.abs(spectrum) ** 2, size)
    lags = np.arange(shortest, min(longest, len(strength) - 1) + 1)
    bpm = 60 / (lags * FRAME_S)
    liked = np.exp(-0.5 * (np.log2(bpm / PREFERRED_BPM) / OCTAVES) ** 2)
    twice = np.where(2 * lags < len(alike), alike[np.minimum(2 * lags, len(alike) - 1)], 0.0)
    return int(lags[np.argmax((alike[lags] + 0.5 * twice) * liked)])


def _beats(strength: Floats, period: int) -> NDArray[np.int64]:
    """The frames of the best row of beats."""
    gaps = np.arange(-2 * period, -(period // 2) + 1)
    bend = -STIFFNESS * np.log(-gaps / period) ** 2
    size = len(strength)
    total = strength.copy()
    came = np.full(size, -1)
    # Frames nearer than half a period do not depend on each other, so that many are done at once.
    step = max(1, period // 2 - 1)
    for start in range(0, size, step):
        frames = np.arange(start, min(size, start + step))
        sources = frames[:, None] + gaps[None, :]
        scores = np.where(sources >= 0, total[np.maximum(sources, 0)] + bend, -np.inf)
        best = scores.argmax(axis=1)
        gain = scores[np.arange(len(frames)), best]
        better = gain > 0
        total[frames] = strength[frames] + np.where(better, gain, 0.0)
        came[frames] = np.where(better, sources[np.arange(len(frames)), best], -1)
    last_from = max(0, size - period)
    at = last_from + int(total[last_from:].argmax())
    row = []
    while at >= 0:
        row.append(at)
        at = int(came[at])
    return np.array(row[::-1])
