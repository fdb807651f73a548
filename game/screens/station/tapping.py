"""One run of taps to a cue: to clicks before a still picture, or to notes that fall without a sound."""

from collections.abc import Callable

from game.metrics.station.calibrating import CueKind, taps_of
from game.metrics.station.delay import TapRun
from game.music.keyboard import Stretch
from game.music.note import Press
from game.music.recording import MarkKind
from game.music.steady_beat import WANTED_TAPS, WARM_UP_BEATS
from game.run.ports import UnscoredTouch
from game.run.run import Run
from game.screens.field.field_paint import FieldPainter
from game.screens.field.lanes import field, panel_rect
from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import Screen, header
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import _

PATIENCE_BEATS = 10
"""The run ends after this many beats without a tap."""


class TappingScreen(Screen):
    """A run of the steady beat, as any other is played, with nothing taken off.

    `done` is told the taps when enough came; None when it was left, broke off or nobody tapped.
    """

    owns_instrument = True

    def __init__(
        self, stack: ScreenStack, cue: CueKind, bpm: float, done: Callable[[TapRun | None], None]
    ) -> None:
        super().__init__(stack)
        self.cue, self.bpm = cue, bpm
        self.run: Run | None = None
        self._done = done
        self._tapped = 0
        self._last_s = 0.0
        self._painter: FieldPainter | None = None
        stack.services.mute_keys(True)
        stack.when(stack.services.tapping_run(bpm, cue is CueKind.SOUND), self._start)

    @property
    def _beat_s(self) -> float:
        return 60.0 / self.bpm

    def _start(self, run: Run) -> None:
        if self.stack.top is not self:
            return
        self.run = run
        self.stack.quiet = True
        run.start()

    def update(self, now_s: float) -> None:
        run = self.run
        if run is None:
            return
        if not self.stack.attended:
            run.pause(MarkKind.AWAY)
        for happening in run.update():
            press = happening.touch if isinstance(happening, UnscoredTouch) else happening
            if isinstance(press, Press):
                self._heed(run.song_s())
        idle = run.song_s() - self._last_s > PATIENCE_BEATS * self._beat_s
        if run.paused or run.ended or idle or self._tapped >= WANTED_TAPS:
            self._finish(run)

    def _heed(self, song_s: float) -> None:
        self._last_s = song_s
        if song_s > (WARM_UP_BEATS - 0.5) * self._beat_s:
            self._tapped += 1

    def _finish(self, run: Run) -> None:
        broken = run.paused is not None
        run.stop()
        self.run = None
        self.stack.back()
        self._done(None if broken else taps_of(run.recording(), self.bpm))

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK:
            if self.run:
                self.run.stop()
                self.run = None
            self.stack.back()
            self._done(None)

    def point(self, at: tuple[int, int], view: View) -> None:
        self.verb(Verb.BACK)

    def left(self) -> None:
        self.stack.quiet = False
        self.stack.services.mute_keys(False)
        if self.run and not self.run.ended:
            self.run.stop()

    def draw(self, brush: Brush, now_s: float) -> None:
        if self.cue is CueKind.PICTURE and self.run:
            self._draw_picture(brush, self.run)
            return
        brush.ground()
        if self.cue is CueKind.PICTURE:
            header(brush, _("Tap when the note meets the line"), _("Getting ready …"))
        else:
            said = _("Any key, one finger, with every click. This picture stands still on purpose.")
            header(brush, _("Tap with the click"), said)

    def _draw_picture(self, brush: Brush, run: Run) -> None:
        """The field of play itself: what delays it there delays it here."""
        painter = self._painter_for(brush.view, run)
        song_s = run.song_s()
        seen = painter.field.seen(run.notes, song_s, run.notes[0].duration_s)
        painter.draw(brush, song_s, seen, {}, ())
        view = brush.view
        brush.text(
            _("Tap any key when the note meets the line"),
            view.rect(40, 16, view.width - 80, 50),
            Style(28, bold=True),
        )
        panel = panel_rect(view)
        brush.card(panel)
        room = panel.inflate(-view.px(40), -view.px(40))
        said = _("No sound now: follow the picture")
        brush.text(said, room, Style(22, align="middle", lines=6, colour=brush.theme.dim))
        foot = room.copy()
        foot.height = view.px(14)
        foot.bottom = room.bottom
        brush.bar(foot, self._tapped / WANTED_TAPS, brush.theme.accent)

    def _painter_for(self, view: View, run: Run) -> FieldPainter:
        if self._painter is None or self._painter.view != view:
            stretch = Stretch.around(*run.level.pitch_range)
            place = field(view, stretch, run.level.preview_s)
            self._painter = FieldPainter(run.level, run.tempo, place, view)
        return self._painter
