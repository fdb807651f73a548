"""Tests of an instrument from its presses: bounces, loudness, octave shift and connection."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from game.judge.presses import told_once
from game.music.note import Press, Touch

STROKES = 10
"""Number of presses in a bounce test."""

STROKE_S = 0.12
"""A press this soon after a release is a bounce of the instrument, not of a careful finger."""

SPARE = 1.5
ROUND_MS = 10
MOST_BOUNCE_MS = 120

LEAST_PRESSES = 12
"""Minimum number of presses for results on loudness and octaves."""

LEAST_INTERVALS = 60
"""Minimum number of intervals for a result on jitter."""

FINE_JITTER_MS = 4.0
"""Cables stay below this jitter in milliseconds even on a busy machine;

wireless connections mostly do not.
"""

TO_SD = 1.4826


@dataclass(frozen=True, slots=True)
class Bounces:
    """Result of pressing one key carefully several times.

    strokes: presses a finger made. bounces: presses that came with them. shortest_ms: the shortest gap of all
    from the key's being let go, or pressed where it was still down, to its next press; None before two.
    longest_bounce_ms: the longest gap of a bounce, None without any.
    """

    strokes: int
    bounces: int
    shortest_ms: float | None
    longest_bounce_ms: float | None

    @property
    def done(self) -> bool:
        """Whether enough strokes were made."""
        return self.strokes >= STROKES

    def proposed_ms(self, pads: bool) -> int:
        """A filter that would have caught every bounce, for pads; for keys none, whatever they did.

        On a piano, fast repeats are music and a filter would remove them; it can be set by hand.
        """
        if not pads or self.longest_bounce_ms is None:
            return 0
        steps = -(-self.longest_bounce_ms * SPARE // ROUND_MS)
        return min(MOST_BOUNCE_MS, int(steps * ROUND_MS))


def bounces(touches: Iterable[Touch]) -> Bounces:
    """Result for the key that was pressed most."""
    mine = _most_pressed(told_once(touches))
    gaps_s: list[float] = []
    since_s: float | None = None
    for touch in mine:
        if isinstance(touch, Press) and since_s is not None:
            gaps_s.append(touch.time_s - since_s)
        since_s = touch.time_s
    presses = sum(isinstance(touch, Press) for touch in mine)
    bounced = [gap_s for gap_s in gaps_s if gap_s < STROKE_S]
    return Bounces(
        strokes=presses - len(bounced),
        bounces=len(bounced),
        shortest_ms=min(gaps_s) * 1000 if gaps_s else None,
        longest_bounce_ms=max(bounced) * 1000 if bounced else None,
    )


def _most_pressed(touches: Sequence[Touch]) -> list[Touch]:
    pitches = [touch.pitch for touch in touches if isinstance(touch, Press)]
    pitch = max(sorted(set(pitches)), key=pitches.count, default=-1)
    return sorted((t for t in touches if t.pitch == pitch), key=lambda t: (t.time_s, isinstance(t, Press)))


def one_loudness(velocities: Sequence[int]) -> bool | None:
    """Whether a device sends one velocity for every press; None before enough presses."""
    return None if len(velocities) < LEAST_PRESSES else len(set(velocities)) == 1


def loudness_shares(velocities: Sequence[int], bars: int = 16) -> list[float]:
    """How many presses lie in each of equal parts of 1–127, the softest first; the highest bar is 1."""
    counts = [0] * bars
    for velocity in velocities:
        counts[min(bars - 1, max(0, velocity - 1) * bars // 127)] += 1
    most = max(counts, default=0)
    return [count / most if most else 0.0 for count in counts]


def octaves_shifted(pitches: Sequence[int], lowest: int, highest: int) -> int:
    """By how many octaves a keyboard is shifted against the keys that were learned; upwards is positive.

    0 also where that cannot be told: no key lies outside, or no shift would bring all of them back.
    """
    outside = any(not lowest <= pitch <= highest for pitch in pitches)
    if len(pitches) < LEAST_PRESSES or not outside:
        return 0
    for octaves in (1, -1, 2, -2, 3, -3, 4, -4):
        if all(lowest <= pitch - 12 * octaves <= highest for pitch in pitches):
            return octaves
    return 0


def jitter_ms(touches: Sequence[Touch]) -> float | None:
    """Jitter of messages between driver and program, as an SD in milliseconds; None if unknown.

    The driver's own interval since the message before is held against the interval of the stamps. Where other
    messages came between, a pair says nothing true; the median of the deviations does not mind some of those.
    Unknown before enough pairs, and from a driver that has no time of its own.
    """
    ordered = sorted(touches, key=lambda touch: touch.time_s)
    pairs = [(b.time_s - a.time_s, b.delta_s) for a, b in pairwise(ordered) if b.delta_s is not None]
    told = [(stamped_s, delta_s) for stamped_s, delta_s in pairs if delta_s > 0]
    if len(pairs) < LEAST_INTERVALS or len(told) < len(pairs) / 2:
        return None
    off_s = np.array([stamped_s - delta_s for stamped_s, delta_s in told])
    spread_s = TO_SD * float(np.median(np.abs(off_s - np.median(off_s))))
    # A difference of two stamps has twice the variance of one.
    return spread_s * 1000 / 2**0.5
