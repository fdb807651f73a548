"""A line of one measure over days, with an axis of its unit, dates, and the band of no change behind it.

Geometry first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import pygame
from pygame import Rect, Surface

from game.screens.ui.paint import Brush, Style
from game.screens.ui.theme import Colour, mixed

SMOOTH = 4
MOST_TICKS = 4
LABEL_PX = 18


@dataclass(frozen=True, slots=True)
class Line:
    """Values in the order of their days. days: as they are written below the first and the last one.

    label: a height as a number with its unit. band: its lower and its upper value. bounds: the lowest and the
    highest value that there can be.
    """

    values: Sequence[float]
    days: tuple[str, str]
    label: Callable[[float], str]
    least_span: float
    band: tuple[float, float] | None = None
    bounds: tuple[float, float] = (float("-inf"), float("inf"))


def points_px(values: Sequence[float], rect: Rect, low: float, high: float) -> list[tuple[float, float]]:
    """Positions of values in a rectangle: first to last across, `low` at the bottom, `high` at the top."""
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


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, 1, 2 or 5 of a power of ten apart, at most so many."""
    span = high - low
    if span <= 0:
        return [low]
    tens = 10.0 ** floor(log10(span / most))
    for step in (tens, 2 * tens, 5 * tens, 10 * tens, 20 * tens):
        found = [i * step for i in range(ceil(low / step), floor(high / step) + 1)]
        if len(found) <= most:
            return found
    return []


def draw_line(brush: Brush, line: Line, rect: Rect) -> None:
    """Paint a line, the last value as today's; numbers stand where reading starts, dates below."""
    view, theme = brush.view, brush.theme
    low, high = limits([*line.values, *(line.band or ())], line.least_span)
    size = view.text_px(LABEL_PX)
    most = max(2, min(MOST_TICKS, round(rect.height / size / 2 - 1)))
    marks = [v for v in ticks(low, high, most) if line.bounds[0] <= v <= line.bounds[1]]
    margin = max((brush.lettering.width(line.label(v), size) for v in marks), default=0) + view.px(14)
    plot = Rect(rect.left + margin, rect.top + size, rect.width - margin - view.px(24), rect.height)
    plot.height -= size + round(1.6 * size)
    if view.mirrored:
        plot.right = rect.right - margin
    colour = theme.fingers[1]
    if line.band:
        brush.surface.fill(mixed(theme.panel, colour, 0.25), band_px(line.band, plot, low, high))
    _draw_axis(brush, line, plot, [(v, points_px([v], plot, low, high)[0][1]) for v in marks])
    points = points_px(line.values, plot, low, high)
    if view.mirrored:
        points = [(plot.left + plot.right - x, y) for x, y in points]
    _draw_stroke(brush.surface, points, view.px(4), colour)
    for x, y in points[:-1]:
        pygame.draw.aacircle(brush.surface, colour, (x, y), view.px(6))
    pygame.draw.aacircle(brush.surface, theme.accent, points[-1], view.px(10))


def _draw_axis(brush: Brush, line: Line, plot: Rect, marks: Sequence[tuple[float, float]]) -> None:
    """Faint lines with their numbers, and the first and the last day."""
    view, theme = brush.view, brush.theme
    style = Style(LABEL_PX, colour=theme.dim)
    tall = round(1.4 * view.text_px(LABEL_PX))
    for value, y in marks:
        brush.surface.fill(mixed(theme.panel, theme.dim, 0.3), Rect(plot.left, round(y), plot.width, 1))
        box = Rect(0, round(y) - tall // 2, plot.width, tall)
        box.right = plot.left - view.px(10)
        if view.mirrored:
            box.left = plot.right + view.px(10)
        brush.text(line.label(value), box, Style(LABEL_PX, align="end", colour=theme.dim))
    below = Rect(plot.left, plot.bottom + view.px(6), plot.width, tall)
    first, last = line.days
    brush.text(first, below, style)
    if last != first:
        brush.text(last, below, Style(LABEL_PX, align="end", colour=theme.dim))


def _draw_stroke(surface: Surface, points: list[tuple[float, float]], width: int, colour: Colour) -> None:
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
