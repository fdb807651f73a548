"""The still parts of the field: background, lanes and keys, with the head and the panel on top.

They are cached as one picture; a part is repainted only when its look changes.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache

from pygame import Rect, Surface

from game.music.level import Level
from game.music.note import Hand
from game.screens.field.lanes import Field
from game.screens.ui.marks import frame, mark
from game.screens.ui.paint import Brush, ground, rounded
from game.screens.ui.text_renderer import font
from game.screens.ui.theme import Colour, mixed
from game.screens.ui.view import View

KeyMark = tuple[int | None, Hand | None]
"""Finger and hand that play a key next."""


class Still:
    """The still picture of one level's field in one view."""

    def __init__(self, level: Level, field: Field, view: View, caps: Mapping[int, str]) -> None:
        """caps: what stands on the keys that are keys of the computer, by pitch."""
        self.field, self.view, self.theme, self._caps = field, view, view.theme, caps
        every = (*level.notes, *level.unasked)
        self.marks: dict[int, KeyMark] = {n.pitch: (n.finger, n.hand) for n in reversed(every)}
        self.both_hands = {Hand.LEFT, Hand.RIGHT} <= {n.hand for n in level.notes}
        self._tints = {p: {n.finger for n in every if n.pitch == p} for p in self.marks}
        self.picture = self._paint_static()
        self._parts: dict[str, tuple[Hashable, Rect, Surface]] = {}

    def show(self, name: str, look: Hashable, rect: Rect, paint: Callable[[], None], brush: Brush) -> None:
        """Repaint a part of the picture if `look` changed.

        Where it looked otherwise, `paint` paints it anew, on a bare ground and through `brush`. rect: where,
        always the same for a name.
        """
        if name not in self._parts:
            self._parts[name] = (None, rect, self.picture.subsurface(rect).copy())
        last, place, bare = self._parts[name]
        if last == look:
            return
        self.picture.blit(bare, place)
        self.picture.set_clip(place)  # what reached beyond would never be painted over
        with brush.onto(self.picture):
            paint()
        self.picture.set_clip(None)
        self._parts[name] = (look, place, bare)

    def light(self, lit: Iterable[int], brush: Brush) -> None:
        """Show these keys as pressed, and every key with its mark as it is now."""
        down = tuple(
            sorted((p for p in lit if p in self.field.stretch), key=lambda p: self.field.stretch.key(p).black)
        )
        look = (down, *self.marks.values())
        self.show("keys", look, self.field.bed, lambda: self._paint_lit(self.picture, down), brush)

    def _paint_static(self) -> Surface:
        """Ground, lanes and the keyboard at rest."""
        picture = ground(self.view.size, self.theme).copy()
        ground.cache_clear()  # a large picture that no other screen needs before this one is left
        for pitch, fingers in self._tints.items():
            only = next(iter(fingers)) if len(fingers) == 1 else None
            self._paint_lane(picture, self.field.lane_rect(pitch), only)
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

    def _paint_mark(self, surface: Surface, pitch: int, *, lit: bool) -> None:
        """What stands on a key: whose finger plays it next, and the computer's key that plays it."""
        rect, black = self.field.key_rect(pitch), self.field.stretch.key(pitch).black
        finger, hand = self.marks[pitch]
        half = min(self.view.px(20), round(rect.width * 0.3))
        at = (rect.centerx, rect.bottom - self.view.px(22) - half)
        if finger:
            surface.blit(*_centred(mark(finger, half, *self._on_key(finger, black, lit)), at))
        ink = self.theme.key_white if black and not lit else self.theme.key_black
        if finger and self.both_hands and hand is Hand.LEFT:
            surface.blit(*_centred(frame(half, ink), at))
        cap = self._caps.get(pitch)
        if cap:
            size = min(self.view.px(24), round(rect.width * 0.7))
            letter = font("latin", size, True).render(cap, True, ink)
            surface.blit(*_centred(letter, (self._seen_middle(pitch), rect.top + self.view.px(22))))

    def _seen_middle(self, pitch: int) -> int:
        """The middle of what is seen of a key beside the black ones at its top."""
        rect, stretch = self.field.key_rect(pitch), self.field.stretch
        if stretch.key(pitch).black:
            return rect.centerx
        beside = {near: near in stretch and stretch.key(near).black for near in (pitch - 1, pitch + 1)}
        left = self.field.key_rect(pitch - 1).right if beside[pitch - 1] else rect.left
        right = self.field.key_rect(pitch + 1).left if beside[pitch + 1] else rect.right
        return (left + right) // 2

    def _on_key(self, finger: int, black: bool, lit: bool) -> tuple[Colour, Colour]:
        """Colours of a finger's mark and number on a key."""
        theme = self.theme
        colour = theme.finger(finger)
        ground_colour = theme.key_lit if lit else (theme.key_black if black else theme.key_white)
        if sum(abs(a - b) for a, b in zip(colour, ground_colour, strict=True)) < 140:
            return mixed(theme.key_black, theme.line, 0.5), theme.key_white
        return colour, theme.mark

    def _paint_lit(self, surface: Surface, down: tuple[int, ...]) -> None:
        """Paint pressed keys, the neighbouring black keys over them, and then what stands on the keys."""
        for pitch in down:
            self._paint_key(surface, pitch, lit=True)
            if self.field.stretch.key(pitch).black:
                continue
            for near in (pitch - 1, pitch + 1):
                if near in self.field.stretch and self.field.stretch.key(near).black and near not in down:
                    self._paint_key(surface, near, lit=False)
        for pitch in self.marks:
            self._paint_mark(surface, pitch, lit=pitch in down)


def _centred(picture: Surface, at: tuple[int, int]) -> tuple[Surface, Rect]:
    return picture, picture.get_rect(center=at)


@lru_cache(maxsize=64)
def key_sprite(size: tuple[int, int], radius: int, colour: Colour) -> Surface:
    """A key: square at the top, round at its lower corners."""
    tall = rounded((size[0], size[1] + radius), radius, colour)
    return tall.subsurface((0, radius, size[0], size[1])).copy().convert_alpha()
