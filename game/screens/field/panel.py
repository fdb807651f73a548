"""Around the field of play: a head with title and progress, a panel with the next finger."""

from pygame import Rect

from game.music.note import Hand, Note
from game.run.run import Run
from game.screens.field.field_still import Still
from game.screens.field.hand_picture import BEYOND, MARK, extent, hand_picture, tip
from game.screens.field.lanes import panel_rect
from game.screens.ui.paint import Brush, Style
from game.screens.ui.theme import mixed
from game.screens.ui.view import View
from game.screens.ui.words_of_levels import named
from game.words import HAND_NAMES, _, language


def draw_head(brush: Brush, still: Still, run: Run, song_s: float, words: tuple[str, str]) -> None:
    """Title, hand and tempo at the start; how far the run is, in the middle; how to pause, at the end.

    words: how to pause, and what is sung now.
    """
    view = brush.view
    third = _third(view)
    bpm = round(run.tempo.bpm(max(0.0, run.tempo.beat(song_s))))
    rail = view.rect(40 + third + 60, 28, third - 20, 14)
    share = min(1.0, max(0.0, song_s) / run.end_s)
    rect = Rect(0, 0, view.size[0], still.field.top_px)
    look = (bpm, round(rail.width * share), words, run.level.title, language())

    def paint() -> None:
        _paint_head(brush, run, bpm, words[0])
        brush.bar(rail, share, brush.theme.accent)
        _paint_lyric(brush, words[1])

    still.show("head", look, rect, paint, brush)


def _third(view: View) -> float:
    """Width of each part of the head, in units."""
    return (view.width - 80) / 3


def _paint_head(brush: Brush, run: Run, bpm: int, pause: str) -> None:
    view, third = brush.view, _third(brush.view)
    grown = min(view.text_scale, 1.5)
    brush.text(named(run.level), view.rect(40, 16, third + 40, 36 * grown), Style(28, bold=True))
    hand = _(HAND_NAMES[run.level.hand.value])
    below = _("{hand} · {bpm} beats a minute", hand=hand[:1].upper() + hand[1:], bpm=bpm)
    low = view.rect(40, 16 + 36 * grown, third + 40, 26 * grown)
    brush.text(below, low, Style(20, colour=brush.theme.dim))
    at = view.rect(view.width - 40 - third + 60, 20, third - 60, 32 * grown)
    brush.text(pause, at, Style(20, align="end", colour=brush.theme.dim))


def _paint_lyric(brush: Brush, words: str) -> None:
    """The words that are sung now, over the field, where no note falls."""
    view = brush.view
    grown = min(view.text_scale, 1.5)
    left = 100 + _third(view)
    at = view.rect(left, 12 + 36 * grown, view.width - 40 - left, 32 * grown)
    brush.text(words, at, Style(24, align="middle"))


def draw_panel(brush: Brush, still: Still, ahead: list[Note], words: tuple[str, str], count: int) -> None:
    """The hand with the next finger in its colour, words over and under it; in the count-in, the count."""
    look = (tuple((n.hand, n.finger) for n in ahead), words, count, language())
    panel = panel_rect(brush.view)
    still.show("panel", look, panel, lambda: _paint_panel(brush, still, ahead, words, count), brush)


def _paint_panel(brush: Brush, still: Still, ahead: list[Note], words: tuple[str, str], count: int) -> None:
    view, theme, panel = brush.view, brush.theme, panel_rect(brush.view)
    brush.card(panel)
    line = round(view.px(44) * min(view.text_scale, 1.25))
    inner = panel.inflate(-view.px(20), -view.px(24))
    head = Rect(inner.left, inner.top, inner.width, line)
    foot = Rect(inner.left, inner.bottom - 2 * line, inner.width, 2 * line)
    brush.text(words[0], head, Style(22, align="middle", colour=theme.dim))
    if count:
        brush.text(str(count), foot, Style(40, bold=True, align="middle", colour=theme.accent))
    elif words[1]:
        brush.text(words[1], foot, Style(22, bold=True, align="middle", lines=2))
    place = Rect(inner.left, head.bottom, inner.width, foot.top - head.bottom)
    hands = list(Hand) if still.both_hands else sorted({n.hand for n in ahead if n.hand}) or [Hand.RIGHT]
    tall = place.height // len(hands)
    for i, hand in enumerate(hands):
        fingers = {n.finger for n in ahead if n.hand is hand and n.finger}
        box = Rect(place.left, place.top + i * tall, place.width, tall)
        _draw_hand(brush, hand, fingers, box, both=still.both_hands)


def _draw_hand(brush: Brush, hand: Hand, fingers: set[int], box: Rect, *, both: bool) -> None:
    """A hand as large as it fits a box with its marks; where both play, the left one in a square frame."""
    view, theme = brush.view, brush.theme
    if both:
        box = box.inflate(0, -view.px(8))
        brush.edge(box, theme.line, radius=2 if hand is Hand.LEFT else 26, width=2)
        box = box.inflate(-view.px(8), -view.px(8))
    left, top, right, bottom = extent(hand)
    side = max(1, int(min(box.width / (right - left), box.height / (bottom - top))))
    skin = mixed(theme.panel, theme.line if theme.lane_tint else theme.dim, 0.85)
    colours = tuple(theme.finger(f) if f in fingers else skin for f in range(1, 6))
    x0 = box.centerx - round((left + right) / 2 * side)
    y0 = box.centery - round((top + bottom) / 2 * side)
    brush.surface.blit(hand_picture(side, hand, colours, skin), (x0, y0))
    for finger in fingers:
        x, y = tip(finger, hand, BEYOND)
        brush.mark(finger, (x0 + round(x * side), y0 + round(y * side)), max(6, int(side * MARK)))
