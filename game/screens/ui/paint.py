"""Drawing tools of all screens: background, cards, rings, bars and text, smooth and cached."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pygame
from pygame import Rect, Surface

from game.screens.ui.marks import frame, mark, shape
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.theme import Colour, Theme, mixed
from game.screens.ui.view import View

SMOOTH = 4
"""How much larger shapes are drawn before they are scaled down; a power of two keeps their colours exact."""


@lru_cache(maxsize=8)
def ground(size: tuple[int, int], theme: Theme) -> Surface:
    """The background: a vertical gradient."""
    column = Surface((1, size[1]))
    for y in range(size[1]):
        column.set_at((0, y), mixed(theme.ground_top, theme.ground_bottom, y / max(1, size[1] - 1)))
    return pygame.transform.scale(column, size).convert()


@lru_cache(maxsize=512)
def rounded(
    size: tuple[int, int], radius: int, colour: Colour, edge: tuple[int, Colour] | None = None
) -> Surface:
    """A rounded rectangle with smooth corners; `edge` is the width and colour of its border."""
    width, height = max(1, size[0]), max(1, size[1])
    radius = min(radius, width // 2, height // 2)
    corner = _corner_sheet(radius, colour, edge)
    picture = Surface((width, height), pygame.SRCALPHA)
    picture.fill(colour)
    if edge:
        pygame.draw.rect(picture, edge[1], picture.get_rect(), edge[0])
    if radius:
        for x, y, area in (
            (0, 0, Rect(0, 0, radius, radius)),
            (width - radius, 0, Rect(radius, 0, radius, radius)),
            (0, height - radius, Rect(0, radius, radius, radius)),
            (width - radius, height - radius, Rect(radius, radius, radius, radius)),
        ):
            picture.fill((0, 0, 0, 0), Rect(x, y, radius, radius))
            picture.blit(corner, (x, y), area)
    return picture


@lru_cache(maxsize=256)
def _corner_sheet(radius: int, colour: Colour, edge: tuple[int, Colour] | None) -> Surface:
    """A disc of a radius: its quarters are the four corners."""
    side = 2 * radius * SMOOTH
    large = Surface((max(1, side), max(1, side)), pygame.SRCALPHA)
    large.fill((*(edge[1] if edge else colour), 0))
    middle = (side / 2, side / 2)
    if edge:
        pygame.draw.circle(large, edge[1], middle, radius * SMOOTH)
        pygame.draw.circle(large, colour, middle, max(0, radius - edge[0]) * SMOOTH)
    else:
        pygame.draw.circle(large, colour, middle, radius * SMOOTH)
    return pygame.transform.smoothscale(large, (max(1, 2 * radius), max(1, 2 * radius)))


@lru_cache(maxsize=64)
def ring(size: tuple[int, int], radius: int, width: int, colour: Colour) -> Surface:
    """The focus ring: a rounded border with nothing inside."""
    large = Surface((size[0] * SMOOTH, size[1] * SMOOTH), pygame.SRCALPHA)
    large.fill((*colour, 0))
    pygame.draw.rect(large, colour, large.get_rect(), width * SMOOTH, border_radius=radius * SMOOTH)
    return pygame.transform.smoothscale(large, size)


@lru_cache(maxsize=64)
def glow(radius: int, colour: Colour, strength: int) -> Surface:
    """A soft round light; strength 0–255 in its middle."""
    steps = 32
    small = Surface((steps * 2, steps * 2), pygame.SRCALPHA)
    small.fill((*colour, 0))
    for r in range(steps, 0, -1):
        share = 1 - r / steps
        pygame.draw.circle(small, (*colour, round(strength * share * share)), (steps, steps), r)
    return pygame.transform.smoothscale(small, (2 * radius, 2 * radius))


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. size: in units; align: `start`, `middle` or `end` of the reading line."""

    size: float
    bold: bool = False
    align: str = "start"
    lines: int = 1
    colour: Colour | None = None


class Brush:
    """Paints on one surface in one view."""

    def __init__(self, surface: Surface, view: View, lettering: TextRenderer) -> None:
        self.surface, self.view, self.lettering = surface, view, lettering
        self.theme = view.theme

    @contextmanager
    def onto(self, surface: Surface) -> Iterator[None]:
        """Paint on another surface inside the `with` block."""
        kept, self.surface = self.surface, surface
        try:
            yield
        finally:
            self.surface = kept

    def ground(self) -> None:
        """Fill the window with the background."""
        self.surface.blit(ground(self.view.size, self.theme), (0, 0))

    def card(self, rect: Rect, *, raised: bool = False, radius: float = 18) -> None:
        """A card to put things on; in a contrast theme it has an edge, since it has no colour of its own."""
        theme = self.theme
        fill = theme.raised if raised else theme.panel
        flat = theme.panel == theme.ground_top
        edge = (self.view.px(2), theme.line) if flat else None
        self.surface.blit(rounded(rect.size, self.view.px(radius), fill, edge), rect)

    def focus(self, rect: Rect, radius: float = 18) -> None:
        """The accent ring around what has the focus."""
        width = self.view.px(4)
        around = rect.inflate(2 * width, 2 * width)
        self.surface.blit(ring(around.size, self.view.px(radius) + width, width, self.theme.accent), around)

    def edge(self, rect: Rect, colour: Colour, radius: float = 18, width: float = 3) -> None:
        """A border inside a rectangle."""
        view = self.view
        self.surface.blit(ring(rect.size, view.px(radius), view.px(width), colour), rect)

    def bar(self, rect: Rect, share: float, colour: Colour) -> None:
        """A bar filled to a share (0–1) from the side where reading starts."""
        rail = mixed(self.theme.panel, self.theme.line, 0.55)
        self.surface.blit(rounded(rect.size, rect.height // 2, rail), rect)
        filled = rect.copy()
        filled.width = round(rect.width * min(1.0, max(0.0, share)))
        if self.view.mirrored:
            filled.right = rect.right
        if filled.width >= rect.height:
            self.surface.blit(rounded(filled.size, rect.height // 2, colour), filled)

    def mark(
        self, finger: int, at: tuple[int, int], half: int, *, inverse: bool = False, left: bool = False
    ) -> None:
        """A finger's mark with its number, its middle at a point; inverse on the finger's colour.

        left: of the left hand where both play, so in a square frame.
        """
        colours = (self.theme.mark, self.theme.finger(finger))
        picture = mark(finger, half, *(colours if inverse else colours[::-1]))
        self.surface.blit(picture, picture.get_rect(center=at))
        if left:
            around = frame(half, self.theme.dim)
            self.surface.blit(around, around.get_rect(center=at))

    def initial(self, letter: str, at: tuple[int, int], half: int) -> None:
        """A letter in a muted circle, centred at a point."""
        circle = shape(1, half, mixed(self.theme.panel, self.theme.line, 0.9))
        self.surface.blit(circle, circle.get_rect(center=at))
        box = Rect(0, 0, 2 * half, 2 * half)
        box.center = at
        self.text(letter, box, Style(22 / self.view.text_scale, bold=True, align="middle"))

    def text(self, text: str, rect: Rect, style: Style) -> Rect:
        """Text in a rectangle, in the middle of its height.

        It is wrapped to the style's lines, made smaller and at last shortened, never cut off. Returns where
        it is.
        """
        view = self.view
        lines, px = self.lettering.fitted_lines(
            text, view.text_px(style.size), rect.size, style.lines, style.bold
        )
        step = self.lettering.height(px)
        top = rect.centery - step * len(lines) // 2
        boxes = []
        for row, line in enumerate(lines):
            picture = self.lettering.line(line, px, style.colour or self.theme.ink, style.bold)
            box = picture.get_rect(centery=top + step * row + step // 2)
            self._align(box, rect, style.align)
            self.surface.blit(picture, box)
            boxes.append(box)
        return boxes[0].unionall(boxes[1:]) if boxes else Rect(rect.topleft, (0, 0))

    def _align(self, box: Rect, rect: Rect, align: str) -> None:
        if align == "middle":
            box.centerx = rect.centerx
        elif (align == "start") != self.view.mirrored:
            box.left = rect.left
        else:
            box.right = rect.right
