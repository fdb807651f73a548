"""The plain way to draw the same scene, as a straightforward pygame program does: every frame from nothing.

Lanes and keys are rectangles, notes are rounded rectangles with an edge, and text is set anew. It uses the
same geometry, colours and fonts, reckons what stands still once, draws only what is in view, and keeps its
fonts open.
"""

import pygame

from game.music.note import Note
from game.run.run import Run
from game.screens.field.lanes import Field
from game.screens.ui.text_renderer import font
from game.screens.ui.theme import Theme, mixed
from game.screens.ui.view import View


class PlainScreen:
    """Draws a run's field without keeping any picture."""

    def __init__(self, field: Field, view: View, run: Run) -> None:
        self.field, self.view, self.theme, self.run = field, view, view.theme, run
        self._fingers = {n.pitch: n.finger for n in reversed(run.notes)}
        self._lanes = [
            (mixed(self.theme.ground_bottom, self.theme.finger(f), self.theme.lane_tint), field.lane_rect(p))
            for p, f in self._fingers.items()
        ]
        self._key_rects = [
            (self.theme.key_black if k.black else self.theme.key_white, field.key_rect(k.pitch), k.pitch)
            for k in field.stretch.keys()  # noqa: SIM118 - a stretch is no dict
        ]
        self._edges = [mixed(self.theme.finger(f), self.theme.ground_bottom, 0.4) for f in range(6)]

    def draw(self, surface: pygame.Surface, song_s: float) -> None:
        """One frame."""
        theme, field, view = self.theme, self.field, self.view
        surface.fill(mixed(theme.ground_top, theme.ground_bottom, 0.5))
        for tint, lane in self._lanes:
            pygame.draw.rect(surface, tint, lane, border_radius=view.px(12))
        for note in field.seen(self.run.notes, song_s, 0.3):
            self._note(surface, note, song_s)
        self._keys(surface)
        strike = pygame.Rect(field.bed.left, field.strike_px - 2, field.bed.width, view.px(5))
        pygame.draw.rect(surface, theme.accent, strike, border_radius=view.px(3))
        self._words(surface, song_s)

    def _note(self, surface: pygame.Surface, note: Note, song_s: float) -> None:
        theme, view = self.theme, self.view
        colour = theme.finger(note.finger)
        rect = self.field.note_rect(note, song_s, view.px(42))
        radius = view.px(12)
        pygame.draw.rect(surface, colour, rect, border_radius=radius)
        pygame.draw.rect(surface, self._edges[note.finger or 0], rect, view.px(3), radius)
        half = min(view.px(22), round(rect.width * 0.3))
        pygame.draw.circle(surface, theme.mark, (rect.centerx, rect.bottom - half - 4), half)
        digit = font("latin", max(9, round(half * 1.25)), True).render(str(note.finger), True, colour)
        surface.blit(digit, digit.get_rect(center=(rect.centerx, rect.bottom - half - 4)))

    def _keys(self, surface: pygame.Surface) -> None:
        theme: Theme = self.theme
        pygame.draw.rect(surface, theme.key_bed, self.field.bed, border_radius=self.view.px(10))
        for colour, rect, pitch in self._key_rects:
            pygame.draw.rect(surface, colour, rect, border_radius=self.view.px(8))
            finger = self._fingers.get(pitch)
            if finger:
                at = (rect.centerx, rect.bottom - self.view.px(22))
                pygame.draw.circle(surface, theme.finger(finger), at, min(self.view.px(20), rect.width // 3))

    def _words(self, surface: pygame.Surface, song_s: float) -> None:
        view, theme = self.view, self.theme
        for text, size, at in (
            (self.run.level.title, 28, (40, 16)),
            (f"{song_s:.0f} s", 20, (40, 52)),
            ("next finger", 22, (1060, 120)),
            ("pause: space bar", 20, (1080, 20)),
        ):
            picture = font("latin", view.text_px(size), False).render(text, True, theme.ink)
            surface.blit(picture, view.plain_rect(*at, 1, 1))
        panel = view.plain_rect(1004, 96, 236, 440)
        pygame.draw.rect(surface, theme.panel, panel, border_radius=view.px(18))
        pygame.draw.rect(surface, theme.accent, view.plain_rect(500, 28, 200, 14), border_radius=view.px(7))
