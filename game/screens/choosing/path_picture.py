"""The ladder as a path of stones, one per step: completed steps are ticked, the current one is lit."""

from collections.abc import Sequence

import pygame
from pygame import Rect

from game.screens.ui.kept_picture import KeptPicture
from game.screens.ui.marks import shape
from game.screens.ui.paint import Brush, Style
from game.screens.ui.services import Rung
from game.screens.ui.theme import mixed
from game.screens.ui.view import MARGIN

TALL = 62
"""Height of the picture in units."""

MOST, FEW = 20, 12
"""Maximum number of stones shown, and the number below which the path does not span the window."""

STONE, HERE = 19, 27
"""Half-width in units of a stone, and of the current one."""


def part_shown(rungs: Sequence[Rung], here: int) -> Sequence[Rung]:
    """The steps that fit, including the current one."""
    at = next((i for i, rung in enumerate(rungs) if rung.step == here), 0)
    first = max(0, min(at - MOST // 2, len(rungs) - MOST))
    return rungs[first : first + MOST]


class PathPicture:
    """The path across the window, painted once for each state of it."""

    def __init__(self) -> None:
        self._kept = KeptPicture()

    def draw(self, brush: Brush, rungs: Sequence[Rung], here: int, top: float) -> None:
        """Show it from `top` (units) on, from where reading starts."""
        shown = part_shown(rungs, here)
        if shown:
            place = brush.view.rect(MARGIN, top, brush.view.width - 2 * MARGIN, TALL)
            of = (here, *((rung.step, rung.done, rung.kinds) for rung in shown))
            self._kept.draw(brush, place, of, lambda inner, room: _paint(inner, room, shown, here))


def _paint(brush: Brush, room: Rect, shown: Sequence[Rung], here: int) -> None:
    view, theme = brush.view, brush.theme
    place = room.inflate(-2 * view.px(HERE), 0)
    step = place.width / (max(FEW, len(shown)) - 1)
    middles = [round(place.left + i * step) for i in range(len(shown))]
    if view.mirrored:
        middles = [place.left + place.right - x for x in middles]
    line = Rect(min(middles), place.centery - view.px(2), max(middles) - min(middles), view.px(4))
    brush.surface.fill(mixed(theme.ground_top, theme.line, 0.9), line)
    for x, rung in zip(middles, shown, strict=True):
        _draw_stone(brush, rung, (x, place.centery), here=rung.step == here)


def _draw_stone(brush: Brush, rung: Rung, at: tuple[int, int], *, here: bool) -> None:
    view, theme = brush.view, brush.theme
    half = view.px(HERE if here else STONE)
    rim = theme.accent if here else theme.dim if rung.climbed or rung.done else theme.line
    inside = theme.accent if here else mixed(theme.panel, theme.line, 0.8) if rung.climbed else theme.panel
    _disc(brush, at, half, rim)
    _disc(brush, at, half - view.px(3), inside)
    if rung.climbed and not here:
        _draw_tick(brush, at, half)
        return
    box = Rect(0, 0, 2 * half, 2 * half)
    box.center = at
    ink = theme.ground_bottom if here else theme.ink if rung.done else theme.dim
    size = (24 if here else 20) / view.text_scale
    brush.text(str(rung.step), box, Style(size, bold=here, align="middle", colour=ink))


def _disc(brush: Brush, at: tuple[int, int], half: int, colour: tuple[int, int, int]) -> None:
    picture = shape(1, half, colour)
    brush.surface.blit(picture, picture.get_rect(center=at))


def _draw_tick(brush: Brush, at: tuple[int, int], half: int) -> None:
    corners = ((-0.45, 0.05), (-0.12, 0.38), (0.48, -0.34))
    points = [(at[0] + round(x * half), at[1] + round(y * half)) for x, y in corners]
    pygame.draw.lines(brush.surface, brush.theme.ink, False, points, brush.view.px(4))
