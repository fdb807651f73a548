"""A line of one measure over runs or days, with the band of no change behind it. Geometry first."""

from collections.abc import Sequence

import pygame
from pygame import Rect, Surface

from game.screens.ui.paint import Brush, Style
from game.screens.ui.theme import Colour, mixed

SMOOTH = 4


def points_px(values: Sequence[float], rect: Rect, low: float, high: float) -> list[tuple[float, float]]:
    """Where values lie in a rectangle: first to last across, `low` at its foot, `high` at its top."""
    span = (high - low) or 1.0
    across = rect.width / max(1, len(values) - 1)
    left = rect.left if len(values) > 1 else rect.centerx
    return [(left + i * across, rect.bottom - (v - low) / span * rect.height) for i, v in enumerate(values)]


def band_px(band: tuple[float, float], rect: Rect, low: float, high: float) -> Rect:
    """Where a band lies in a rectangle with such an axis: across all of it."""
    per_px = rect.height / ((high - low) or 1.0)
    top = rect.bottom - (band[1] - low) * per_px
    return Rect(rect.left, round(top), rect.width, max(1, round((band[1] - band[0]) * per_px)))


def limits(values: Sequence[float], least_span: float) -> tuple[float, float]:
    """Lowest and highest value of the axis: the values with some room, and a least span around them."""
    low, high = min(values), max(values)
    missing = max(0.0, least_span - (high - low)) / 2
    room = 0.06 * max(high - low, least_span)
    return low - missing - room, high + missing + room


def draw_chart(
    brush: Brush,
    values: Sequence[float],
    rect: Rect,
    *,
    least_span: float,
    band: tuple[float, float] | None = None,
) -> None:
    """Paint values as a line, the last one as today's, over a band from its lower to its upper value."""
    view, theme = brush.view, brush.theme
    foot = min(rect.height // 5, round(34 * view.scale * view.text_scale))
    plot = Rect(rect.left + view.px(16), rect.top + foot, rect.width - view.px(32), rect.height - foot)
    colour = theme.fingers[1]
    low, high = limits([*values, *(band or ())], least_span)
    points = points_px(values, plot, low, high)
    if view.mirrored:
        points = [(plot.left + plot.right - x, y) for x, y in points]
    if band:
        brush.surface.fill(mixed(theme.panel, colour, 0.25), band_px(band, plot, low, high))
    _draw_line(brush.surface, points, view.px(4), colour)
    for x, y in points[:-1]:
        pygame.draw.aacircle(brush.surface, colour, (x, y), view.px(6))
    x, y = points[-1]
    pygame.draw.aacircle(brush.surface, theme.accent, (x, y), view.px(10))


def _draw_line(surface: Surface, points: list[tuple[float, float]], width: int, colour: Colour) -> None:
    """A smooth thick line: drawn large on a sheet of its own and scaled down."""
    if len(points) < 2:
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Rect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1).inflate(4 * width, 4 * width)
    sheet = Surface((box.width * SMOOTH, box.height * SMOOTH), pygame.SRCALPHA)
    sheet.fill((*colour, 0))
    moved = [((x - box.left) * SMOOTH, (y - box.top) * SMOOTH) for x, y in points]
    pygame.draw.lines(sheet, colour, False, moved, width * SMOOTH)
    for at in moved:
        pygame.draw.circle(sheet, colour, at, width * SMOOTH / 2)
    surface.blit(pygame.transform.smoothscale(sheet, box.size), box)


def caption(brush: Brush, text: str, rect: Rect) -> None:
    """A small line beside a chart."""
    brush.text(text, rect, Style(20, colour=brush.theme.dim, lines=2))
