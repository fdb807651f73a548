"""Base class of all screens: handles verbs, pointing and touches, and paints itself."""

from collections.abc import Mapping

from pygame import Rect

from game.music.note import Touch
from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.theme import mixed
from game.screens.ui.verbs import BY_FINGER, Verb
from game.screens.ui.view import LEGEND_HEIGHT, MARGIN, View
from game.words import N_, _

VERB_WORDS: dict[Verb, str] = {
    Verb.BACK: N_("back"),
    Verb.PREVIOUS: N_("up"),
    Verb.CHOOSE: N_("choose"),
    Verb.NEXT: N_("down"),
    Verb.MORE: N_("more"),
    Verb.LESS: N_("less"),
}


class Screen:
    """One screen. Its stack gives access to services, the player, the clock and other screens."""

    owns_instrument = False
    """True if touches go to a run and not to the menu."""

    types_letters = False
    """True if letter keys type a name and do not play."""

    def __init__(self, stack: ScreenStack) -> None:
        self.stack = stack

    def update(self, now_s: float) -> None:
        """Called once a frame with the current time."""

    def draw(self, brush: Brush, now_s: float) -> None:
        """Paint the whole window."""
        raise NotImplementedError

    def verb(self, verb: Verb) -> None:
        """Handle a verb."""
        if verb is Verb.BACK:
            self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        """Handle a click or a touch of the screen."""
        verb = legend_verb(at, view)
        if verb:
            self.verb(verb)

    def touch(self, touch: Touch) -> bool:
        """Handle a press or release; True if handled, so that it is not used as a verb."""
        return False

    def letter(self, letter: str) -> bool:
        """Handle a typed character; True if handled."""
        return False

    def left(self) -> None:
        """Called when the screen is left for good."""


def header(brush: Brush, title: str, subtitle: str = "", note: str = "") -> float:
    """Paint a screen's title, the line under it and a word at the far end; returns where the rest begins."""
    view = brush.view
    width = view.width - 2 * MARGIN
    grown = min(view.text_scale, 1.4)
    tall = 52 * grown
    side = width * 0.22 if note else 0.0
    large = Style(40 * grown / view.text_scale, bold=True)
    brush.text(title, view.rect(MARGIN, 36, width - side, tall), large)
    if note:
        box = view.rect(view.width - MARGIN - side, 36, side, tall)
        brush.text(note, box, Style(20, align="end", colour=brush.theme.dim))
    y = 36 + tall
    if subtitle:
        low = 28 * view.text_scale
        brush.text(subtitle, view.rect(MARGIN, y, width, low), Style(20, colour=brush.theme.dim))
        y += low
    return y + 14


def legend_height(view: View) -> float:
    """Height of the legend in units."""
    return LEGEND_HEIGHT * max(1.0, 0.75 * view.text_scale)


def _legend_boxes(view: View) -> list[tuple[int, Rect]]:
    """Each finger's place in the legend, thumb first; in the order of the keys, never mirrored."""
    width = min(view.width - 2 * MARGIN, 1040)
    step, tall = width / 5, legend_height(view)
    left = (view.width - width) / 2
    return [(f, view.plain_rect(left + (f - 1) * step, view.height - tall, step, tall)) for f in range(1, 6)]


def legend_verb(at: tuple[int, int], view: View) -> Verb | None:
    """The verb whose place in the legend a point lies on."""
    return next((BY_FINGER[finger] for finger, box in _legend_boxes(view) if box.collidepoint(at)), None)


def legend(brush: Brush, words: Mapping[Verb, str] | None = None) -> None:
    """Paint the legend: which of the five keys does what; `words` says it in this screen's own words."""
    view = brush.view
    tall = legend_height(view)
    strip = view.plain_rect(0, view.height - tall, view.width, tall)
    brush.surface.fill(mixed(brush.theme.ground_bottom, brush.theme.panel, 0.45), strip)
    for finger, box in _legend_boxes(view):
        verb = BY_FINGER[finger]
        text = _((words or {}).get(verb, VERB_WORDS[verb]))
        if not text:
            continue
        _legend_place(brush, finger, text, box)


def _legend_place(brush: Brush, finger: int, text: str, box: Rect) -> None:
    """One key's mark, what it does, and what stands on it where it is a key of the computer."""
    view, half, gap = brush.view, brush.view.px(17), brush.view.px(12)
    cap = view.caps[finger - 1] if view.caps else ""
    side = _cap_side(view) + gap if cap else 0
    room = box.width - 2 * half - (3 if cap else 2) * gap - side
    said, size = brush.lettering.fitted(text, view.text_px(20), room)
    width = brush.lettering.width(said, size)
    left = box.centerx - (2 * half + gap + width + side) // 2
    brush.mark(finger, (left + half, box.centery), half)
    picture = brush.lettering.line(said, size, brush.theme.ink)
    place = picture.get_rect(left=left + 2 * half + gap, centery=box.centery)
    brush.surface.blit(picture, place)
    if cap:
        key = Rect(place.right + gap, 0, _cap_side(view), _cap_side(view))
        key.centery = box.centery
        brush.edge(key, brush.theme.dim, radius=6, width=2)
        brush.text(cap, key, Style(20, bold=True, align="middle"))


def _cap_side(view: View) -> int:
    """Side of a key of the computer in the legend, in pixels."""
    return round(view.px(34) * min(view.text_scale, 1.5))


def notice(brush: Brush, sentences: list[str]) -> float:
    """Paint the first sentence about the surroundings just over the legend; returns its height in units."""
    if not sentences:
        return 0.0
    view = brush.view
    width = view.width - 2 * MARGIN
    lines = brush.lettering.wrapped(sentences[0], view.text_px(20), round(width * view.scale))
    tall = (8 + 27 * min(2, len(lines))) * view.text_scale
    box = view.rect(MARGIN, view.height - legend_height(view) - tall, width, tall)
    brush.text(sentences[0], box, Style(20, lines=2, colour=brush.theme.dim))
    return tall
