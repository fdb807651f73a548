"""A flash meter: whether a sequence of pictures breaks WCAG 2.2's limit of three flashes in a second (2.3.1).

A general flash is a pair of opposing changes of relative luminance by 0.1 or more, the darker below 0.80.
A red flash is a pair of opposing transitions with a saturated red: a change of (R − G − B) · 320 by more than
20 where one of the two has R / (R + G + B) ≥ 0.8. They count where together they cover more than a quarter of
any 341 × 256 part of a 1024 × 768 view, which is a part of the window that scales with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

LUMINANCE_STEP, DARKER_BELOW = 0.1, 0.80
RED_STEP, RED_SHARE = 20.0, 0.8
MOST_FLASHES = 3
PART = (341 / 1024, 256 / 768)
COVERED = 0.25
CELLS = (96, 54)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flashes:
    """The most flashes within one second that any part of the view saw."""

    general: int
    red: int

    @property
    def safe(self) -> bool:
        """Whether both stay within three."""
        return max(self.general, self.red) <= MOST_FLASHES


def measure(frames: Iterable[pygame.Surface], hz: float) -> Flashes:
    """Measure pictures that follow each other `hz` times a second."""
    linear = [_linear(frame) for frame in frames]
    luminance = np.stack([0.2126 * f[..., 0] + 0.7152 * f[..., 1] + 0.0722 * f[..., 2] for f in linear])
    red = np.stack([np.clip(f[..., 0] - f[..., 1] - f[..., 2], 0, None) * 320 for f in linear])
    share = np.stack([f[..., 0] / np.maximum(f.sum(axis=-1), 1e-9) >= RED_SHARE for f in linear])
    dark = luminance < DARKER_BELOW
    general = _most(_turns(luminance, LUMINANCE_STEP, dark), hz)
    return Flashes(general, _most(_turns(red, RED_STEP, share), hz))


def _linear(frame: pygame.Surface) -> Floats:
    """Linear light of a frame, shape (height, width, 3), averaged to `CELLS`."""
    small = pygame.transform.smoothscale(frame.convert(24), CELLS)
    srgb = pygame.surfarray.array3d(small).transpose(1, 0, 2) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _turns(values: Floats, step: float, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where and when a change of `step` or more against the last one ends; shape (frames, height, width).

    allowed: where a value may be an end of it: at least one end must be one.
    """
    low, high = values[0].copy(), values[0].copy()
    low_ok, high_ok = allowed[0].copy(), allowed[0].copy()
    way = np.zeros(values[0].shape, np.int8)
    turned = np.zeros(values.shape, bool)
    for index in range(1, len(values)):
        value, ok = values[index], allowed[index]
        rose = (value - low >= step) & (way != 1) & (low_ok | ok)
        fell = (high - value >= step) & (way != -1) & (high_ok | ok)
        turned[index] = rose | fell
        way = np.where(rose, 1, np.where(fell, -1, way)).astype(np.int8)
        # Within a change its end moves on; after it, the next is measured from there.
        new_high = rose | (value >= high) | fell
        new_low = fell | (value <= low) | rose
        high, high_ok = np.where(new_high, value, high), np.where(new_high, ok, high_ok)
        low, low_ok = np.where(new_low, value, low), np.where(new_low, ok, low_ok)
    return turned


def _most(turned: NDArray[np.bool_], hz: float) -> int:
    """The most pairs of changes within a second that cover enough of some part at once."""
    frames, height, width = turned.shape
    tall, wide = max(1, round(height * PART[1])), max(1, round(width * PART[0]))
    second, most = max(1, round(hz)), 0
    covered = np.zeros((frames, height - tall + 1, width - wide + 1), bool)
    for index in range(frames):
        sums = np.pad(turned[index].astype(int).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        inside = sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide]
        covered[index] = inside > COVERED * tall * wide
    for begin in range(max(1, frames - second + 1)):
        most = max(most, int(covered[begin : begin + second].sum(axis=0).max()))
    return most // 2
