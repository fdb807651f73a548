"""Paints the field of play: what stands still once, what moves in every frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pygame
from pygame import Rect, Surface

from game.music.level import Level, Part
from game.music.note import Note
from game.music.tempo import TempoMap
from game.screens.lanes import LEAST_NOTE, Field
from game.screens.marks import mark
from game.screens.paint import glow, ground, rounded
from game.screens.theme import Colour, Theme, mixed
from game.screens.unasked import unasked_sprite
from game.screens.view import View

RING_S = 0.25
"""How long the light of a press takes to grow and fade."""

RING_STEPS = 8

SOFTEST_WIDTH = 0.3
"""Of a lane's note, how broad one would be that is asked as softly as can be."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The light that answers a press: on which key, when (song time), in which colour."""

    pitch: int
    song_s: float
    colour: Colour


class FieldPainter:
    """Paints one level's field in one view."""

    def __init__(self, level: Level, tempo: TempoMap, field: Field, view: View) -> None:
        self.field, self.view, self.theme = field, view, view.theme
        self._level, self._tempo = level, tempo
        self._fingers = {n.pitch: n.finger for n in reversed((*level.notes, *level.unasked))}
        self._least_px = view.px(LEAST_NOTE)
        self._sprites: dict[tuple[int, tuple[int, int], bool | Part], Surface] = {}
        self._lanes = [field.lane_rect(pitch) for pitch in self._fingers]
        self._left = min(lane.left for lane in self._lanes)
        self._right = max(lane.right for lane in self._lanes)
        self.static = self._paint_static()

    def _paint_static(self) -> Surface:
        """Ground, lanes and the keyboard at rest."""
        picture = ground(self.view.size, self.theme).copy()
        for pitch, finger in self._fingers.items():
            self._paint_lane(picture, self.field.lane_rect(pitch), finger)
        bed = self.field.bed
        picture.blit(rounded((bed.width, bed.height * 2), self.view.px(10), self.theme.key_bed), bed)
        for key in self.field.stretch.keys():  # noqa: SIM118 - a stretch is no dict
            self._paint_key(picture, key.pitch, lit=False)
        return picture

    def _paint_lane(self, picture: Surface, lane: Rect, finger: int | None) -> None:
        theme = self.theme
        under = mixed(theme.ground_top, theme.ground_bottom, 0.5)
        tint = mixed(under, theme.finger(finger), theme.lane_tint)
        edge = (self.view.px(1), theme.line) if theme.lane_tint == 0 else None
        picture.blit(rounded(lane.size, self.view.px(12), tint, edge), lane)

    def _paint_key(self, surface: Surface, pitch: int, *, lit: bool) -> None:
        view, theme = self.view, self.theme
        rect = self.field.key_rect(pitch)
        black = self.field.stretch.key(pitch).black
        if not black:
            rect = rect.inflate(-view.px(2), 0)
        at_rest = theme.key_black if black else theme.key_white
        picture = key_sprite(rect.size, view.px(8), theme.key_lit if lit else at_rest)
        surface.blit(picture, rect)
        finger = self._fingers.get(pitch)
        if finger:
            half = min(view.px(20), round(rect.width * 0.3))
            middle = (rect.centerx, rect.bottom - view.px(22) - half)
            surface.blit(*_centred(mark(finger, half, *self._on_key(finger, black, lit)), middle))

    def _on_key(self, finger: int, black: bool, lit: bool) -> tuple[Colour, Colour]:
        """Colours of a finger's mark and number on a key."""
        theme = self.theme
        colour = theme.finger(finger)
        ground_colour = theme.key_lit if lit else (theme.key_black if black else theme.key_white)
        if sum(abs(a - b) for a, b in zip(colour, ground_colour, strict=True)) < 140:
            return mixed(theme.key_black, theme.line, 0.5), theme.key_white
        return colour, theme.mark

    def draw(
        self,
        surface: Surface,
        now_s: float,
        notes: Iterable[Note],
        sunk: Mapping[int, bool],
        lit: Iterable[int],
        unasked: Iterable[tuple[Note, Part]] = (),
    ) -> None:
        """Paint the field at a song time.

        notes: those that may be seen, the last due first. sunk: by note index True for a hit, False for one
        that passed. lit: pitches of keys that are down. unasked: what may be seen and is not to be played.
        """
        surface.blit(self.static, (0, 0))
        field = self.field
        surface.set_clip(
            Rect(self._left, field.top_px, self._right - self._left, field.bed.top - field.top_px)
        )
        self._draw_beats(surface, now_s)
        for note, part in unasked:
            rect = field.note_rect(note, now_s, self._least_px)
            surface.blit(self._unasked_sprite(note, rect.size, part), rect)
        for note in notes:
            rect = self.sized(field.note_rect(note, now_s, self._least_px), note)
            passed = sunk.get(note.index) is False
            surface.blit(self._note_sprite(note, rect.size, passed), rect)
        surface.set_clip(None)
        self._draw_strike(surface)
        self._draw_lit(surface, lit)

    @staticmethod
    def sized(rect: Rect, note: Note) -> Rect:
        """A note's place; where loudness is asked, a soft note is narrow and a loud one broad."""
        if note.velocity is None:
            return rect
        return rect.inflate(round((SOFTEST_WIDTH - 1) * (1 - note.velocity / 127) * rect.width), 0)

    def _unasked_sprite(self, note: Note, size: tuple[int, int], part: Part) -> Surface:
        key = (note.finger or 0, size, part)
        if key not in self._sprites:
            self._sprites[key] = unasked_sprite(size, key[0], part, self.view)
        return self._sprites[key]

    def _note_sprite(self, note: Note, size: tuple[int, int], passed: bool) -> Surface:
        key = (note.finger or 0, size, passed)
        if key not in self._sprites:
            theme = self.theme
            colour = mixed(theme.ground_bottom, theme.line, 0.8) if passed else theme.finger(note.finger)
            self._sprites[key] = note_sprite(size, key[0], colour, theme, self.view.px(12), self.view.px(22))
        return self._sprites[key]

    def _draw_beats(self, surface: Surface, now_s: float) -> None:
        """Lines that carry the pulse; bar lines are stronger."""
        field, theme = self.field, self.theme
        step = self._level.click_beats
        first = int(self._tempo.beat(now_s - 0.1) / step) - 1
        index = first
        while (y := round(field.y_px(self._tempo.seconds(index * step), now_s))) > field.top_px:
            if y < field.strike_px:
                on_bar = abs((index * step) % self._level.bar_beats) < 1e-6
                colour = mixed(theme.ground_bottom, theme.line, 1.0 if on_bar else 0.5)
                tall = self.view.px(2) if on_bar else 1
                surface.fill(colour, (self._left, y, self._right - self._left, tall))
            index += 1

    def _draw_strike(self, surface: Surface) -> None:
        field, px = self.field, self.view.px
        line = Rect(self._left - px(16), field.strike_px - px(2), self._right - self._left + px(32), px(5))
        surface.blit(rounded(line.size, px(3), self.theme.accent), line)

    def _draw_lit(self, surface: Surface, lit: Iterable[int]) -> None:
        """Keys that are down, and over them the black keys next to them."""
        down = sorted(
            (p for p in lit if p in self.field.stretch), key=lambda p: self.field.stretch.key(p).black
        )
        for pitch in down:
            self._paint_key(surface, pitch, lit=True)
            if self.field.stretch.key(pitch).black:
                continue
            for near in (pitch - 1, pitch + 1):
                if near in self.field.stretch and self.field.stretch.key(near).black and near not in down:
                    self._paint_key(surface, near, lit=False)

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


@lru_cache(maxsize=64)
def key_sprite(size: tuple[int, int], radius: int, colour: Colour) -> Surface:
    """A key: square at the top, round at its lower corners."""
    tall = rounded((size[0], size[1] + radius), radius, colour)
    return tall.subsurface((0, radius, size[0], size[1])).copy().convert_alpha()


def note_sprite(
    size: tuple[int, int], finger: int, colour: Colour, theme: Theme, radius: int, half: int
) -> Surface:
    """A note: the finger's colour, and its mark at the leading edge."""
    edge = mixed(colour, theme.ground_bottom if theme.lane_tint else theme.ink, 0.4)
    width = max(2, radius // 4)
    picture = rounded(size, radius, colour, (width, edge)).copy()
    if finger:
        half = min(half, round(size[0] * 0.3), round(size[1] * 0.36))
        shape = mark(finger, max(6, half), theme.mark, colour)
        foot = size[1] - half - max(4, round(half * 0.5))
        picture.blit(*_centred(shape, (size[0] // 2, max(size[1] // 2, foot))))
    if pygame.display.get_surface():
        return picture.convert_alpha()
    return picture
