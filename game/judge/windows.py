"""Hit windows and grades: half-widths in real seconds, the same at every speed."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

SAME_KEY_SHARE = 0.45
"""The widest a window may be, as a share of the gap to the next note on the same key.

Below one half the windows of neighbours never meet, so a press has one note at most to belong to.
"""


STEP_S = 1e-4
"""The resolution to which an asynchrony is rounded."""

_NOISE = 1e-6
"""Tolerance for binary fractions, in steps: 0.45 × 0.2 s is 900 steps, not 899."""


class Grade(StrEnum):
    """The tier that a player sees; never part of a clinical number."""

    PERFECT = "perfect"
    GREAT = "great"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class HitWindows:
    """Half-widths in seconds; both edges belong to the window."""

    perfect_s: float
    great_s: float
    good_s: float

    def __post_init__(self) -> None:
        if not 0 < self.perfect_s <= self.great_s <= self.good_s:
            raise ValueError(f"windows must grow from zero: {self}")

    def grade(self, asynchrony_s: float) -> Grade | None:
        """The tier of an asynchrony, or None outside every window."""
        size = abs(asynchrony_s) - _NOISE * STEP_S
        if size <= self.perfect_s:
            return Grade.PERFECT
        if size <= self.great_s:
            return Grade.GREAT
        return Grade.GOOD if size <= self.good_s else None

    def no_wider_than(self, limit_s: float) -> "HitWindows":
        """The same windows, each cut to `limit_s` (down to a whole 0.1 ms) where it is wider."""
        if limit_s >= self.good_s:
            return self
        cut_s = max(1, floor(limit_s / STEP_S + _NOISE)) * STEP_S
        return HitWindows(min(self.perfect_s, cut_s), min(self.great_s, cut_s), min(self.good_s, cut_s))
