"""Renders text: fonts, right-to-left scripts, fitting, and a cache of rendered lines."""

import re
from collections import OrderedDict
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import bidirectional, combining

import pygame

from game.harmless import seen
from game.screens.ui.theme import Colour
from game.words import directed, right_to_left

KEPT = 600
"""Size of the cache in lines; far more than one screen shows."""

LEAST_PX = 12


def _font_files() -> tuple[Path, Path, Path]:
    import fontpkg_atkinson_hyperlegible as latin
    import fontpkg_noto_sans_arabic as arabic

    files = latin.ROOT / "files"
    return (
        files / "AtkinsonHyperlegible-Regular.ttf",
        files / "AtkinsonHyperlegible-Bold.ttf",
        next((arabic.ROOT / "files").glob("*.ttf")),
    )


@cache
def font(kind: str, size: int, bold: bool) -> pygame.font.Font:
    """A font for `latin`, `arabic` or `any` other letters, at a size in pixels."""
    regular, heavy, arabic = _font_files()
    if kind == "latin":
        return pygame.font.Font(str(heavy if bold else regular), size)
    if kind == "arabic":
        font = pygame.font.Font(str(arabic), size)
        font.set_bold(bold)
        return font
    found = pygame.font.match_font("notosanscjkjp,notosanscjksc,notosans,dejavusans,arialunicode")
    return pygame.font.Font(found, size)


FALLBACKS = {"latin": ("latin", "any"), "arabic": ("arabic", "latin", "any")}
"""Fonts that are asked for a letter, by the script of a line."""

_NOBODYS = "\uffff"
"""A character that no font has."""


@cache
def _has(kind: str, letter: str) -> bool:
    """Whether a font has a glyph for a letter; missing ones are drawn, and measured, as the same box."""
    own = font(kind, 20, False)
    if own.metrics(letter) != own.metrics(_NOBODYS):
        return True
    drawn, box = (own.render(one, False, "white", "black") for one in (letter, _NOBODYS))
    return pygame.image.tobytes(drawn, "RGB") != pygame.image.tobytes(box, "RGB")


_JOINED_LAM = re.compile("([\ufedf\ufee0])(?=[\ufe82\ufe84\ufe88\ufe8e])")
"""A lam before an alef in the order of the screen, where it comes after it in the order of reading."""

_MARKS = re.compile("[\u200e\u200f\u061c]")
"""Invisible direction characters."""


@cache
def _shaped(text: str, right_to_left: bool) -> tuple[str, str]:
    """A line as it is set, glyphs from left to right, and the kind of font that has its letters."""
    text = seen(text) or " "
    ways = {bidirectional(letter) for letter in _MARKS.sub("", text)}
    if not ways & {"R", "AL"}:
        return _MARKS.sub("", text), "latin"
    import arabic_reshaper
    from bidi.algorithm import get_display

    base = "R" if right_to_left else "L"
    marked = directed(text) if right_to_left else text
    shown = _MARKS.sub("", str(get_display(arabic_reshaper.reshape(marked), base_dir=base)))
    return _JOINED_LAM.sub("\\1\u200c", shown), "arabic"


@cache
def _pieces(text: str, right_to_left: bool) -> tuple[tuple[str, str], ...]:
    """A line in pieces from left to right, each with the kind of font that has its letters.

    A sign that the font of a script lacks, such as ± among Arabic letters, is taken from the next font.
    """
    shaped, script = _shaped(text, right_to_left)
    order = FALLBACKS[script]
    kinds = [next((kind for kind in order if _has(kind, letter)), script) for letter in shaped]
    for place, letter in enumerate(shaped):
        if place and combining(letter):
            kinds[place] = kinds[place - 1]
    together = groupby(zip(shaped, kinds, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(letter for letter, _ in pairs), kind) for kind, pairs in together)


def _set(pieces: tuple[tuple[str, str], ...], size: int, colour: Colour, bold: bool) -> pygame.Surface:
    """Pieces beside each other on one base line."""
    fonts = [font(kind, size, bold) for _, kind in pieces]
    pictures = [own.render(piece, True, colour) for own, (piece, _) in zip(fonts, pieces, strict=True)]
    if len(pictures) == 1:
        return pictures[0]
    rise = max(own.get_ascent() for own in fonts)
    tops = [rise - own.get_ascent() for own in fonts]
    tall = max(top + picture.get_height() for top, picture in zip(tops, pictures, strict=True))
    whole = pygame.Surface((sum(picture.get_width() for picture in pictures), tall), pygame.SRCALPHA)
    left = 0
    for picture, top in zip(pictures, tops, strict=True):
        whole.blit(picture, (left, top))
        left += picture.get_width()
    return whole


def _words(text: str) -> list[str]:
    """The words between which a line may break; a separating dot stays with the word before it."""
    return [word for word in text.replace(" · ", "\u00a0· ").split(" ") if word]


class TextRenderer:
    """Renders and measures text. Sizes are in pixels."""

    def __init__(self) -> None:
        pygame.font.init()
        self._kept: OrderedDict[tuple[str, int, Colour, bool], pygame.Surface] = OrderedDict()
        self._laid: dict[tuple[str, int, tuple[int, int], int, bool], tuple[list[str], int]] = {}

    def line(self, text: str, size: int, colour: Colour, bold: bool = False) -> pygame.Surface:
        """One line as a picture, cached."""
        key = (text, size, colour, bold)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        picture = _set(_pieces(text, right_to_left()), size, colour, bold)
        self._kept[key] = picture
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return picture

    def width(self, text: str, size: int, bold: bool = False) -> int:
        """How wide a line would be."""
        pieces = _pieces(text, right_to_left())
        return sum(font(kind, size, bold).size(piece)[0] for piece, kind in pieces)

    def height(self, size: int) -> int:
        """From one line to the next."""
        return round(size * 1.3)

    def fitted(self, text: str, size: int, width: int, bold: bool = False) -> tuple[str, int]:
        """The text and the size, made smaller (to 70 %) and then shortened until one line fits the width.

        Shortened at the smaller size, so that it fits at any smaller one too.
        """
        least = max(LEAST_PX, round(size * 0.7))
        while size > least and self.width(text, size, bold) > width:
            size -= 1
        if self.width(text, size, bold) <= width:
            return text, size
        while len(text) > 1 and self.width(text + "…", size, bold) > width:
            text = text[:-1].rstrip()
        return text + "…", size

    def wrapped(self, text: str, size: int, width: int, bold: bool = False) -> list[str]:
        """The text in lines no wider than the width; a word that is wider stands alone."""
        lines: list[str] = []
        for word in _words(text):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fitted_lines(
        self, text: str, size: int, room: tuple[int, int], most: int, bold: bool = False
    ) -> tuple[list[str], int]:
        """Lines and size that fit a room (width, height).

        Wrapped to `most` lines at most, then made smaller (to 70 %), at last shortened. Worked out once.
        """
        key = (text, size, room, most, bold)
        if key not in self._laid:
            if len(self._laid) >= KEPT:
                self._laid.clear()
            self._laid[key] = self._lay(*key)
        return self._laid[key]

    def _lay(
        self, text: str, size: int, room: tuple[int, int], most: int, bold: bool
    ) -> tuple[list[str], int]:
        width, height = room
        least = max(LEAST_PX, round(size * 0.7))
        lines = self.wrapped(text, size, width, bold)
        while size > least and not self._fits(lines, size, room, most, bold):
            size -= 1
            lines = self.wrapped(text, size, width, bold)
        if self._fits(lines, size, room, most, bold):
            return lines, size
        most = max(1, min(most, height // self.height(size)))
        kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        fitted = [self.fitted(line, size, width, bold) for line in kept]
        size = min(px for _, px in fitted)
        return [line for line, _ in fitted], size

    def _fits(self, lines: list[str], size: int, room: tuple[int, int], most: int, bold: bool) -> bool:
        low = len(lines) <= most and len(lines) * self.height(size) <= room[1] * 1.1
        return low and all(self.width(line, size, bold) <= room[0] for line in lines)
