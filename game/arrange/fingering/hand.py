"""Costs of postures and moves, from the costs of their parts. Always for a right hand."""

from functools import cache
from itertools import combinations, pairwise

from game.arrange.fingering.costs import (
    ALL_FINGERS,
    COSTS,
    FAR,
    FARTHEST,
    NEVER,
    SLACK,
    SPANS,
    FingeringCosts,
    HandReach,
)
from game.music.keyboard import is_black
from game.music.note import THUMB
from game.music.scales import OCTAVE

Fingers = tuple[int, ...]
Pitches = tuple[int, ...]
Places = tuple[float, ...]

LEAP_KEYS = 5
"""From so many white keys on the hand leaps, and fingers do not cross."""

WHITES = 7
"""White keys in an octave."""

_WHITE_STEPS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0)


@cache
def place(pitch: int) -> float:
    """Where a key lies from left to right; a black key lies between its neighbours."""
    return _WHITE_STEPS[pitch % 12] + 7 * (pitch // 12)


@cache
def choices(count: int, allowed: frozenset[int]) -> tuple[Fingers, ...]:
    """The ways to put so many fingers on keys from below, in order."""
    return tuple(combinations(sorted(allowed), count))


class Ergonomics:
    """The costs of one hand, remembered as they are asked."""

    def __init__(
        self, reach: HandReach, allowed: frozenset[int], costs: FingeringCosts | None = None
    ) -> None:
        self.reach, self.allowed, self.costs = reach, allowed, costs or COSTS
        self._stretches: dict[tuple[int, int, float], float] = {}
        self._steps: dict[tuple[int, int, float], float] = {}
        self._keys = {(f, black): self._on_key(f, black) for f in ALL_FINGERS for black in (False, True)}

    @property
    def widest_semitones(self) -> float:
        """Keys farther apart than this are in no position of the hand."""
        low, high = min(self.allowed), max(self.allowed)
        limit = SPANS[low, high].limit if low < high else 0.0
        return (self.reach.spans * (limit + 1.0) + 1.0) * OCTAVE / WHITES

    def on_key(self, finger: int, pitch: int) -> float:
        """A finger playing a key at all."""
        return self._keys[finger, is_black(pitch)]

    def _on_key(self, finger: int, black: bool) -> float:
        c = self.costs
        weak = {4: c.weak_4, 5: c.weak_5}.get(finger, 0.0) * self.reach.comfort
        return weak + ({1: c.thumb_on_black, 5: c.fifth_on_black}.get(finger, 0.0) if black else 0.0)

    def on_keys(self, fingers: Fingers, pitches: Pitches) -> float:
        """Fingers playing keys at once, both from below."""
        if len(pitches) == 1:
            return self.on_key(fingers[0], pitches[0])
        cost = sum([self.on_key(f, p) for f, p in zip(fingers, pitches, strict=True)])
        if len(pitches) == 3 and fingers != (1, 3, 5) and _in_root_position(pitches):
            cost += self.costs.triad
        return cost

    def stretch(self, low: int, high: int, width: float) -> float:
        """Two fingers, low < high, lying a width apart."""
        key = (low, high, width)
        known = self._stretches.get(key)
        if known is None:
            known = self._stretches[key] = self._stretch(*key)
        return known

    def _stretch(self, low: int, high: int, width: float) -> float:
        span = SPANS[low, high]
        if width > high - low:
            width /= self.reach.spans
        apart = width - (high - low)
        if apart < -SLACK:
            closed = self.costs.closed_thumb if low == THUMB else self.costs.closed
            return closed * (-apart - SLACK) * self.reach.comfort
        keys = max(0.0, apart - SLACK) + max(0.0, width - span.ease - SLACK)
        cost = self.costs.spread * span.per_key * keys
        return cost * self.reach.comfort + FAR * max(0.0, width - span.limit)

    def posture(self, places: Places, fingers: Fingers) -> float:
        """Fingers lying over keys at these places, both from below."""
        each = zip(pairwise(fingers), pairwise(places), strict=True)
        cost = sum([self.stretch(f, g, q - p) for (f, g), (p, q) in each])
        if len(fingers) > 2:
            cost += self.costs.outer * self.stretch(fingers[0], fingers[-1], places[-1] - places[0])
        return cost

    def step(self, finger: int, pitch: int, after: int, then: int) -> float:
        """Playing one key and then another without moving the hand."""
        key = (finger, after, abs(place(then) - place(pitch)))
        known = self._steps.get(key)
        if known is None:
            known = self._steps[key] = self._step(*key)
        return known

    def _step(self, finger: int, after: int, width: float) -> float:
        if finger == after:
            return 0.0
        low, high = sorted((finger, after))
        weak = self.costs.weak_step * self.reach.comfort if low >= 3 and high - low == 1 else 0.0
        return weak + self.costs.stride * self.stretch(low, high, width)

    def move(self, finger: int, pitch: int, after: int, then: int, freedom: float) -> float:
        """Leaving a posture on one key and beginning another on the next.

        freedom: 0 where notes are quick and bound, 1 where a rest frees the hand.
        """
        c, across = self.costs, place(then) - place(pitch)
        ease = self.ease(freedom)
        shift = abs(across - (after - finger))
        if across == 0:
            return c.stay if finger == after else ease * (c.change + c.stay * shift)
        lift = self._lift(shift, ease)
        if finger == after:  # a hop: where there are other fingers, none plays two keys in a row
            return lift + (NEVER if len(self.allowed) > 1 else ease * ease * c.same)
        if (across > 0) is (after > finger):
            return lift
        tangled = lift + ease * ease * (c.tangle if abs(across) < LEAP_KEYS else c.leap)
        if THUMB not in (finger, after):
            return tangled
        thumb, other = (then, pitch) if after == THUMB else (pitch, then)
        passing = self._passing(max(finger, after), thumb, other)
        return min(tangled, passing * (0.5 + 0.5 * ease))

    def _passing(self, other: int, thumb: int, beside: int) -> float:
        """The thumb on its key passing under another finger on the key beside."""
        c = self.costs
        cost = {2: c.pass_2, 3: c.pass_3, 4: c.pass_4, 5: c.pass_5}[other]
        cost += c.pass_key * max(0.0, abs(place(thumb) - place(beside)) - 1.5)
        if is_black(thumb) and not is_black(beside):
            cost += c.pass_black_thumb
        elif is_black(beside) and not is_black(thumb):
            cost += c.pass_off_black
        return cost

    def ease(self, freedom: float) -> float:
        """What a move costs, as a share of its cost between quick bound notes."""
        return 1.0 - (1.0 - self.costs.free) * freedom

    def _lift(self, shift: float, ease: float) -> float:
        if shift <= SLACK:
            return self.costs.stay
        return ease * (self.costs.move + self.costs.move_key * min(shift, FARTHEST))

    def move_chord(self, shift: float, changed: int, hops: int, ease: float) -> float:
        """The same where more than one key is under the hand before or after.

        shift: how far the hand goes, in keys. changed: keys that get another finger. hops: fingers that get
        another key.
        """
        c = self.costs
        return self._lift(shift, ease) + ease * (2 * c.change * changed + c.same / 5 * hops)


def _in_root_position(pitches: Pitches) -> bool:
    """Whether three keys lie a third apart each; so they do in the mirror, too."""
    return all(b - a in (3, 4) for a, b in pairwise(pitches))


def origin(pitches: Pitches, fingers: Fingers) -> float:
    """Where the thumb would lie, were the fingers a key apart."""
    return sum(place(p) - f for p, f in zip(pitches, fingers, strict=True)) / len(pitches)
