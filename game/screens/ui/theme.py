"""Colours, named by use. Screens define no colours of their own."""

from dataclasses import dataclass
from functools import cache

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme's tokens.

    ground_top, ground_bottom: the background's two ends. panel, raised: cards, and the card in focus.
    ink, dim: text. accent: the focus and the strike line. fingers: thumb to little finger.
    mark: what is drawn on a finger's colour. key_white, key_black, key_bed: the keyboard.
    """

    name: str
    ground_top: Colour
    ground_bottom: Colour
    panel: Colour
    raised: Colour
    line: Colour
    ink: Colour
    dim: Colour
    accent: Colour
    fingers: tuple[Colour, Colour, Colour, Colour, Colour]
    mark: Colour
    key_white: Colour
    key_black: Colour
    key_bed: Colour
    key_lit: Colour
    lane_tint: float = 0.11

    def finger(self, finger: int | None) -> Colour:
        """A finger's colour; without a finger, the colour of dim text."""
        return self.fingers[finger - 1] if finger else self.dim


def _hex(text: str) -> Colour:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def _fingers(text: str) -> tuple[Colour, Colour, Colour, Colour, Colour]:
    one, two, three, four, five = (_hex(t) for t in text.split())
    return one, two, three, four, five


NIGHT = Theme(
    name="night",
    ground_top=_hex("181D2A"),
    ground_bottom=_hex("0F121A"),
    panel=_hex("202636"),
    raised=_hex("293148"),
    line=_hex("3A4258"),
    ink=_hex("F0F2F7"),
    dim=_hex("A4ACBE"),
    accent=_hex("FFD05C"),
    fingers=_fingers("F4F4F0 56B4E9 F0E442 E8743B 7896FF"),
    mark=_hex("121620"),
    key_white=_hex("F4F4F0"),
    key_black=_hex("282C38"),
    key_bed=_hex("06070A"),
    key_lit=_hex("FFDD8A"),
)

PAPER = Theme(
    name="paper",
    ground_top=_hex("FCFBF7"),
    ground_bottom=_hex("F4F2EC"),
    panel=_hex("E7E4DB"),
    raised=_hex("FFFDF4"),
    line=_hex("C3BFB2"),
    ink=_hex("1C202A"),
    dim=_hex("565C6A"),
    accent=_hex("B06800"),
    fingers=_fingers("424858 0072B2 E6B400 D55E00 6254C4"),
    mark=_hex("FFFFFF"),
    key_white=_hex("FFFFFF"),
    key_black=_hex("343844"),
    key_bed=_hex("77766E"),
    key_lit=_hex("FFDD8A"),
    lane_tint=0.10,
)

NIGHT_CONTRAST = Theme(
    name="night-contrast",
    ground_top=(0, 0, 0),
    ground_bottom=(0, 0, 0),
    panel=(0, 0, 0),
    raised=_hex("1A1A1A"),
    line=_hex("8A8A8A"),
    ink=(255, 255, 255),
    dim=_hex("D6D6D6"),
    accent=_hex("FFE14D"),
    fingers=_fingers("FFFFFF 7CC8F5 F5EB55 FF9A5C A9BCFF"),
    mark=(0, 0, 0),
    key_white=(255, 255, 255),
    key_black=_hex("202020"),
    key_bed=(0, 0, 0),
    key_lit=_hex("FFE89A"),
    lane_tint=0.0,
)

PAPER_CONTRAST = Theme(
    name="paper-contrast",
    ground_top=(255, 255, 255),
    ground_bottom=(255, 255, 255),
    panel=(255, 255, 255),
    raised=_hex("FFF7DC"),
    line=_hex("666666"),
    ink=(0, 0, 0),
    dim=_hex("333333"),
    accent=_hex("7A4300"),
    fingers=_fingers("20242E 004C80 6B5300 8A3A00 3F31A0"),
    mark=(255, 255, 255),
    key_white=(255, 255, 255),
    key_black=(0, 0, 0),
    key_bed=_hex("444444"),
    key_lit=_hex("FFE08A"),
    lane_tint=0.0,
)

THEMES = {theme.name: theme for theme in (NIGHT, PAPER, NIGHT_CONTRAST, PAPER_CONTRAST)}


def theme_named(name: str) -> Theme:
    """A theme by its name; night where there is no such theme."""
    return THEMES.get(name, NIGHT)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """The colour `share` of the way from `a` to `b`."""
    one, two, three = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return one, two, three


@cache
def luminance(colour: Colour) -> float:
    """Relative luminance, 0–1 (WCAG 2.2)."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Colour, b: Colour) -> float:
    """Contrast ratio of two colours, 1–21 (WCAG 2.2)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
