"""Converts design units to window pixels. The design is 720 units high and as wide as the window."""

from dataclasses import dataclass

from pygame import Rect

from game.screens.ui.theme import Theme

DESIGN_HEIGHT = 720
MARGIN = 56
LEGEND_HEIGHT = 70
LEAST_WIDTH = 960
"""A window is never treated as narrower than this many units; a narrower one shrinks all."""


@dataclass(frozen=True, slots=True)
class View:
    """Scale and layout direction.

    size: window in pixels. text_scale: times the normal size of text. mirrored: laid out right to left.
    caps: what stands on the five menu keys, where they are keys of the computer.
    """

    size: tuple[int, int]
    theme: Theme
    text_scale: float = 1.0
    mirrored: bool = False
    reduced_motion: bool = False
    caps: tuple[str, ...] = ()

    @property
    def scale(self) -> float:
        """Pixels to a unit."""
        return min(self.size[1] / DESIGN_HEIGHT, self.size[0] / LEAST_WIDTH)

    @property
    def width(self) -> float:
        """The window's width in units."""
        return self.size[0] / self.scale

    @property
    def height(self) -> float:
        """The window's height in units: 720, or more in a narrow window."""
        return self.size[1] / self.scale

    def px(self, units: float) -> int:
        """Units in whole pixels, 1 at least."""
        return max(1, round(units * self.scale))

    def text_px(self, units: float) -> int:
        """A type size in pixels, grown by the text setting."""
        return max(8, round(units * self.scale * self.text_scale))

    def rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """A rectangle in pixels; `x` counts from the side where reading starts."""
        left = self.width - x - width if self.mirrored else x
        return self.plain_rect(left, y, width, height)

    def plain_rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """A rectangle in pixels that is never mirrored: the keyboard and what falls on it."""
        s = self.scale
        left, top = round(x * s), round(y * s)
        return Rect(left, top, round((x + width) * s) - left, round((y + height) * s) - top)
