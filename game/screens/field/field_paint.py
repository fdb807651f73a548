"""Paints the field of play: one blit of the still parts, then the moving ones from cached sprites.

Measured at 200 notes, copying sprites whose opaque runs are known (RLE) is the cheapest way to move them: a
third of smooth-edged copies, and rectangles that are tracked and mended cost more than all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pygame
from pygame import Rect, Surface

from game.music.level import Level, NoteRole
from game.music.note import Hand, Note
from game.music.tempo import TempoMap
from game.screens.field.field_still import Still
from game.screens.field.lanes import LEAST_NOTE, Field
from game.screens.field.unasked import unasked_sprite
from game.screens.ui.marks import mark
from game.screens.ui.paint import Brush, glow, rounded
from game.screens.ui.theme import Colour, mixed
from game.screens.ui.view import View

RING_S = 0.25
"""How long the light of a press takes to grow and fade."""

RING_STEPS = 8

SOFTEST_WIDTH = 0.3
"""Width of the softest note, as a share of its lane's note."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The light that follows a press: its key, its song time in seconds and its colour."""

    pitch: int
    song_s: float
    colour: Colour


class PlacedSprite(NamedTuple):
    """A note's picture, its left edge, and how far its top lies over the strike line at song time 0."""

    picture: Surface
    left: int
    up: int


class FieldPainter:
    """Paints one level's field in one view."""

    def __init__(
        self, level: Level, tempo: TempoMap, field: Field, view: View, caps: Mapping[int, str] | None = None
    ) -> None:
        """caps: what stands on the keys that are keys of the computer, by pitch."""
        self.field, self.view, self.theme = field, view, view.theme
        self.still = Still(level, field, view, caps or {})
        self._level, self._tempo = level, tempo
        self._least_px = view.px(LEAST_NOTE)
        self._sprites: dict[tuple[int, tuple[int, int], tuple[bool, bool] | NoteRole], Surface] = {}
        self._coming: dict[int, PlacedSprite] = {}
        self._passed: dict[int, PlacedSprite] = {}
        self._apart: dict[int, PlacedSprite] = {}
        lanes = [field.lane_rect(pitch) for pitch in self.still.marks]
        self._left = min(lane.left for lane in lanes)
        self._right = max(lane.right for lane in lanes)
        self._falls = Rect(self._left, field.top_px, self._right - self._left, field.bed.top - field.top_px)
        self._bar_colour, self._beat_colour = (
            mixed(self.theme.ground_bottom, self.theme.line, share) for share in (1.0, 0.5)
        )

    def draw(
        self,
        brush: Brush,
        now_s: float,
        notes: Sequence[Note],
        sunk: Mapping[int, bool],
        lit: Iterable[int],
        unasked: Iterable[tuple[Note, NoteRole]] = (),
    ) -> None:
        """Paint the field at a song time.

        notes: those that may be seen, the last due first. sunk: by note index True for a hit, False for one
        that passed. lit: pitches of keys that are down. unasked: what may be seen and is not to be played.
        """
        surface = brush.surface
        self._mark_keys(notes, sunk)
        self.still.light(lit, brush)
        surface.blit(self.still.picture, (0, 0))
        surface.set_clip(self._falls)
        self._draw_beats(surface, now_s)
        surface.fblits(self._pictures_apart(now_s, unasked))
        surface.fblits(self._pictures(now_s, notes, sunk))
        surface.set_clip(None)
        self._draw_strike(surface)

    def _mark_keys(self, notes: Sequence[Note], sunk: Mapping[int, bool]) -> None:
        """Each key shows who plays it next of the notes that are seen; without one, who played it last."""
        marks = self.still.marks
        for note in notes:  # the last due first, so that the next due stays
            if note.index not in sunk:
                marks[note.pitch] = note.finger, note.hand

    def _pictures(
        self, now_s: float, notes: Iterable[Note], sunk: Mapping[int, bool]
    ) -> list[tuple[Surface, tuple[int, int]]]:
        """Each note's picture and position; all move by the same whole pixels, so none jitters."""
        base = self._base_px(now_s)
        coming, passed = self._coming, self._passed
        pictures = []
        for note in notes:
            index = note.index
            gone = sunk.get(index) is False
            placed = (passed if gone else coming).get(index) or self._place(note, gone)
            pictures.append((placed.picture, (placed.left, base - placed.up)))
        return pictures

    def _base_px(self, now_s: float) -> int:
        return self.field.strike_px + round(now_s * self.field.speed_px)

    def _pictures_apart(
        self, now_s: float, unasked: Iterable[tuple[Note, NoteRole]]
    ) -> list[tuple[Surface, tuple[int, int]]]:
        """The same for notes that are not asked; they have their own indices."""
        base, pictures = self._base_px(now_s), []
        for note, part in unasked:
            placed = self._apart.get(note.index)
            if placed is None:
                rect = self.field.note_rect(note, 0.0, self._least_px)
                picture = self._unasked_sprite(note, rect.size, part)
                placed = self._apart[note.index] = PlacedSprite(
                    picture, rect.left, self.field.strike_px - rect.top
                )
            pictures.append((placed.picture, (placed.left, base - placed.up)))
        return pictures

    def _place(self, note: Note, gone: bool) -> PlacedSprite:
        rect = self.sized(self.field.note_rect(note, 0.0, self._least_px), note)
        placed = PlacedSprite(
            self._note_sprite(note, rect.size, gone), rect.left, self.field.strike_px - rect.top
        )
        (self._passed if gone else self._coming)[note.index] = placed
        return placed

    @staticmethod
    def sized(rect: Rect, note: Note) -> Rect:
        """A note's place; where loudness is asked, a soft note is narrow and a loud one broad."""
        if note.velocity is None:
            return rect
        return rect.inflate(round((SOFTEST_WIDTH - 1) * (1 - note.velocity / 127) * rect.width), 0)

    def _unasked_sprite(self, note: Note, size: tuple[int, int], part: NoteRole) -> Surface:
        key = (note.finger or 0, size, part)
        if key not in self._sprites:
            self._sprites[key] = unasked_sprite(size, key[0], part, self.view)
        return self._sprites[key]

    def _note_sprite(self, note: Note, size: tuple[int, int], passed: bool) -> Surface:
        left = self.still.both_hands and note.hand is Hand.LEFT
        key = (note.finger or 0, size, (passed, left))
        if key not in self._sprites:
            theme = self.theme
            colour = mixed(theme.ground_bottom, theme.line, 0.8) if passed else theme.finger(note.finger)
            self._sprites[key] = note_sprite(size, key[0], colour, self.view, left=left)
        return self._sprites[key]

    def _draw_beats(self, surface: Surface, now_s: float) -> None:
        """Lines that carry the pulse; bar lines are stronger."""
        field, step = self.field, self._level.click_beats
        width, bar_px = self._right - self._left, self.view.px(2)
        index = int(self._tempo.beat(now_s - 0.1) / step) - 1
        while (y := round(field.y_px(self._tempo.seconds(index * step), now_s))) > field.top_px:
            if y < field.strike_px:
                on_bar = abs((index * step) % self._level.bar_beats) < 1e-6
                colour, tall = (self._bar_colour, bar_px) if on_bar else (self._beat_colour, 1)
                surface.fill(colour, (self._left, y, width, tall))
            index += 1

    def _draw_strike(self, surface: Surface) -> None:
        field, px = self.field, self.view.px
        line = Rect(self._left - px(16), field.strike_px - px(2), self._right - self._left + px(32), px(5))
        surface.blit(rounded(line.size, px(3), self.theme.accent), line)

    def draw_ring(self, surface: Surface, ring: Ring, now_s: float) -> None:
        """The light of one press, growing and fading; with reduced motion it only fades."""
        age = (now_s - ring.song_s) / RING_S
        if not 0 <= age < 1 or ring.pitch not in self.field.stretch:
            return
        step = int(age * RING_STEPS)
        grown = 0.75 if self.view.reduced_motion else 0.45 + 0.55 * (step / RING_STEPS)
        radius = round(self.field.white_px * 1.05 * grown)
        strength = round(150 * (1 - step / RING_STEPS))
        rect = self.field.key_rect(ring.pitch)
        picture = glow(max(2, radius), ring.colour, strength)
        surface.blit(picture, picture.get_rect(center=(rect.centerx, self.field.strike_px)))


def _centred(picture: Surface, at: tuple[int, int]) -> tuple[Surface, Rect]:
    return picture, picture.get_rect(center=at)


def note_sprite(size: tuple[int, int], finger: int, colour: Colour, view: View, *, left: bool) -> Surface:
    """A note: the finger's colour, and its mark at the leading edge.

    left: of the left hand where both play: a box with a line inside. The right hand's is round and plain.
    """
    theme, px = view.theme, view.px
    edge = mixed(colour, theme.ground_bottom if theme.lane_tint else theme.ink, 0.4)
    width = max(2, px(12) // 4)
    picture = rounded(size, px(3) if left else px(12), colour, (width, edge)).copy()
    if left:
        inner = picture.get_rect().inflate(-4 * width, -4 * width)
        pygame.draw.rect(picture, theme.mark, inner, width)
    if finger:
        half = min(px(22), round(size[0] * 0.3), round(size[1] * 0.36))
        shape = mark(finger, max(6, half), theme.mark, colour)
        foot = size[1] - half - max(4, round(half * 0.5))
        picture.blit(*_centred(shape, (size[0] // 2, max(size[1] // 2, foot))))
    return quick(picture)


def quick(picture: Surface) -> Surface:
    """The same picture in the window's own format, with its opaque runs known."""
    picture = picture.convert_alpha()
    picture.set_alpha(255, pygame.RLEACCEL)
    return picture
