"""The play screen: notes fall onto a keyboard, a hand shows the next finger, words give feedback."""

from bisect import bisect_left, bisect_right
from concurrent.futures import Future
from itertools import islice

from game.judge.verdicts import Judgement, Verdict
from game.music.device import DeviceKind
from game.music.keyboard import Stretch
from game.music.level import NoteRole
from game.music.level_entry import AnyLevel
from game.music.note import Note, Press, Touch
from game.music.recording import Mark, MarkKind
from game.music.step_reason import StepReason
from game.run.ports import RunEvent, UnscoredTouch
from game.run.run import Run
from game.screens.field.field_paint import FieldPainter, Ring
from game.screens.field.lanes import field, onset
from game.screens.field.panel import draw_head, draw_panel
from game.screens.playing.pause import pause_words
from game.screens.playing.praise import Praise
from game.screens.playing.sound_watch import SoundWatch
from game.screens.ui.motion import SmoothMotion
from game.screens.ui.paint import Brush
from game.screens.ui.practice_row import practice_row
from game.screens.ui.rows import Row, RowList
from game.screens.ui.screen import Screen, header, legend
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Recommendation
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.screens.ui.words_of_levels import named
from game.words import N_, _

LYRIC_AHEAD_BEATS = 1.0
"""Lyrics are shown this many beats before they are sung."""


class PlayScreen(Screen):
    """One run of a level, from the count-in to its end."""

    owns_instrument = True

    def __init__(
        self, stack: ScreenStack, level: AnyLevel, speed: float = 1.0, back: Recommendation | None = None
    ) -> None:
        """back: where a part is practised, what it leads back to."""
        super().__init__(stack)
        self.level, self.speed, self.back = level, speed, back
        self.stretch = Stretch.around(*level.pitch_range)
        self.run: Run | None = None
        self._sunk: dict[int, bool] = {}
        self._rings: list[Ring] = []
        self._menu = RowList()
        self._practice: tuple[Mark, Recommendation | None] | None = None
        self._painter: FieldPainter | None = None
        self._motion = SmoothMotion()
        self._praise = Praise(1.0)
        self.sound = SoundWatch(stack.services)
        self._unasked: tuple[Note, ...] = ()
        self._unseen, self._longest_s = frozenset[int](), 0.0
        self._preview_s = max(level.preview_s, stack.settings.start.preview_s)
        stack.when(self.prepared(), self._start)

    def prepared(self) -> "Future[Run]":
        """The run to play, once it is prepared."""
        return self.stack.services.prepare(self.stack.player, self.level, self.speed)

    def _start(self, run: Run) -> None:
        self.run, self.level = run, run.level
        self._unasked = run.level.unasked_at(run.conditions.speed)
        longest_s = max(n.duration_s for n in (*run.notes, *self._unasked))
        self._unseen, self._longest_s = run.level.unseen, longest_s
        self._praise = Praise(run.conditions.windows.good_s)
        self.sound = SoundWatch(self.stack.services)
        self.stack.quiet = True
        run.start()

    @property
    def pause_key(self) -> int | None:
        """The instrument's lowest key, which pauses where the level does not show it."""
        instrument = self.stack.instrument
        lowest = None if instrument.device.kind is DeviceKind.COMPUTER else instrument.lowest
        return None if lowest is None or lowest >= self.stretch.lowest else lowest

    def update(self, now_s: float) -> None:
        run = self.run
        if run is None:
            return
        if not run.paused and not self.attended:
            run.pause(MarkKind.AWAY)
        self.sound.look(run, now_s)
        for happening in run.update():
            self._heed(happening, run)
            if self.run is None:  # left for a part
                return
        if run.ended:
            self.stack.quiet = False
            self._finish(run)
        elif run.paused:
            if self.stack.quiet:
                self.stack.presses.all_up()  # what went down before, the run was told and not the menu
                self.stack.rest()
            self.stack.quiet = False
            self._menu.replace(self._pause_rows(run))

    @property
    def attended(self) -> bool:
        """Whether somebody can play; if not, the run does not go on."""
        return self.stack.attended

    def _finish(self, run: Run) -> None:
        self.run = None
        self.stack.replace(self.stack.routes.result(run, self.back))

    def _heed(self, happening: RunEvent, run: Run) -> None:
        song_s = run.song_s()
        if isinstance(happening, Judgement):
            self._sunk[happening.note.index] = happening.verdict is Verdict.HIT
            self._praise.heard(happening, song_s)
            if happening.verdict is Verdict.HIT:
                colour = self._theme_colour(happening.note.finger)
                self._rings[-1:] = [Ring(happening.note.pitch, song_s, colour)]
        elif isinstance(happening, Press):
            dim = self._theme_colour(None)
            self._rings = [*self._rings[-7:], Ring(happening.pitch, song_s, dim)]
        elif isinstance(happening, UnscoredTouch):
            self._heed_aside(happening.touch, run)
        elif isinstance(happening, Mark) and happening.kind in (MarkKind.RESUME, MarkKind.AGAIN):
            self.stack.quiet = True
            if happening.kind is MarkKind.AGAIN:
                self._sunk, self._rings, self._praise = {}, [], Praise(run.conditions.windows.good_s)

    def _heed_aside(self, touch: Touch, run: Run) -> None:
        """A key that is not part of the exercise: the menu's in a pause, else the one that pauses."""
        if run.paused:
            self._menu_touch(touch, run.paused)
        elif isinstance(touch, Press) and touch.pitch == self.pause_key:
            run.pause()

    def _theme_colour(self, finger: int | None) -> tuple[int, int, int]:
        return self.stack.view((1280, 720)).theme.finger(finger)

    def _menu_touch(self, touch: Touch, paused: Mark) -> None:
        """In a pause keys are verbs; where nobody was there, any key says that somebody is."""
        verb = self.stack.verb_of(touch)
        if paused.kind is MarkKind.NOBODY and isinstance(touch, Press):
            self._go_on()
        elif verb:
            self.stack.do(verb)

    def touch(self, touch: Touch) -> bool:
        return True

    def verb(self, verb: Verb) -> None:
        run = self.run
        if run is None:
            self.stack.back()
        elif not run.paused:
            if verb in (Verb.BACK, Verb.CHOOSE):
                run.pause()
        elif verb is Verb.BACK:
            self._go_on()
        else:
            self._menu.verb(verb)

    def point(self, at: tuple[int, int], view: View) -> None:
        if self.run and self.run.paused:
            if not self._menu.point(at, view, 250.0):
                super().point(at, view)
        else:
            self.verb(Verb.CHOOSE)

    def left(self) -> None:
        self.stack.quiet = False
        if self.run and not self.run.ended:
            self.run.stop()

    def _pause_rows(self, run: Run) -> list[Row]:
        kind = run.paused.kind if run.paused else MarkKind.PAUSE
        saved = "" if kind is MarkKind.NOBODY else _("What you played is saved")
        stop = Row(_("Stop here"), saved, choose=run.stop)
        if kind is MarkKind.UNPLUGGED:
            return [stop]
        if kind is MarkKind.NOBODY:
            return [Row(_("Begin again"), _("We count first"), choose=self._go_on), stop]
        offer = self._part_here(run)
        return [
            Row(_("Go on"), _("We count first"), choose=self._go_on),
            stop,
            *([practice_row(offer, self._practise)] if offer else []),
        ]

    def _part_here(self, run: Run) -> Recommendation | None:
        """A part to practise around the place of the pause, looked for once in each pause."""
        if run.paused and (self._practice is None or self._practice[0] is not run.paused):
            self._practice = run.paused, self.stack.services.practice(run)
        return self._practice[1] if self._practice else None

    def _practise(self) -> None:
        """Leave the level for a part of it; what was played is kept, and the part leads back."""
        run, offer = self.run, self._practice[1] if self._practice else None
        if run is None or offer is None:
            return
        run.stop()
        self.run = None
        self.stack.when(self.stack.services.result(self.stack.player, run), lambda _: None)
        whole = Recommendation(self.level, self.speed, StepReason.WHOLE)
        self.stack.replace(PlayScreen(self.stack, offer.level, offer.speed, whole))

    def _go_on(self) -> None:
        if self.run is None or self.run.paused is None:
            return
        if self.run.paused.kind is MarkKind.UNPLUGGED:
            self.run.stop()
        else:
            self.run.resume()
            self.stack.quiet = True

    def draw(self, brush: Brush, now_s: float) -> None:
        run = self.run
        if run is None:
            brush.ground()
            header(brush, named(self.level), _("Getting ready …"))
        elif run.paused:
            self._draw_pause(brush, run)
        else:
            self._draw_field(brush, run, now_s)

    def _draw_field(self, brush: Brush, run: Run, now_s: float) -> None:
        painter = self._painter_for(brush.view, run)
        song_s = self._motion.shown_s(run.song_s() + run.conditions.video_offset_s, now_s)
        sung = run.level.lyric_at(run.tempo.beat(song_s) + LYRIC_AHEAD_BEATS) if self._sings else ""
        said = self.sound.words(now_s) or sung
        draw_head(brush, painter.still, run, song_s, (self.how_to_leave(), said))
        words = (_(self.turn(run, song_s)), _(self._praise.words))
        draw_panel(brush, painter.still, self._next_notes(run, song_s), words, run.count_left)
        apart = painter.field.seen(self._unasked, song_s, self._longest_s)
        parts = [(note, run.level.unasked[note.index].part) for note in apart]
        lit = run.held.union(note.pitch for note, part in parts if sounds(note, part, song_s))
        painter.draw(brush, song_s, self._seen(painter, run, song_s), self._sunk, lit, parts)
        for ring in self._rings:
            painter.draw_ring(brush.surface, ring, run.song_s())

    @property
    def _sings(self) -> bool:
        return self.stack.settings.lyrics and bool(self.level.lyrics)

    def _seen(self, painter: FieldPainter, run: Run, song_s: float) -> list[Note]:
        """Notes on the field, the last due first; one that was hit goes when it has passed."""
        gone_s, sunk = song_s + run.conditions.windows.good_s, self._sunk
        seen = painter.field.seen(run.notes, song_s, self._longest_s)
        seen = [n for n in seen if n.onset_s <= gone_s or n.index not in sunk]
        return [n for n in seen if n.index not in self._unseen] if self._unseen else seen

    def how_to_leave(self) -> str:
        """The name of the key that pauses."""
        return _("pause: first key on the left") if self.pause_key is not None else _("pause: space bar")

    def _painter_for(self, view: View, run: Run) -> FieldPainter:
        if self._painter is None or self._painter.view != view:
            place = field(view, self.stretch, self._preview_s, run.level.nearest_of)
            caps = {note.pitch: self.stack.instrument.cap(note.pitch) for note in run.level.notes}
            self._painter = FieldPainter(run.level, run.tempo, place, view, caps)
        return self._painter

    def shows(self, note: Note) -> bool:
        """Whether a note is shown: not where it is from memory, nor where nothing paces the player."""
        return note.index not in self._unseen

    def turn(self, run: Run, song_s: float) -> str:
        """What the panel is about: the next finger, or whose turn it is where something is played back."""
        ahead = next((n for n in run.notes if n.index not in self._sunk), None)
        if ahead is None or run.level.notes[ahead.index].part is not NoteRole.UNSEEN:
            return N_("any finger") if run.level.nearest_of else N_("next finger")
        shown = (n for n in self._unasked if song_s < n.end_s and n.onset_s < ahead.onset_s)
        return N_("watch and listen") if next(shown, None) else N_("your turn")

    def _next_notes(self, run: Run, song_s: float) -> list[Note]:
        """The notes that are due next, all at one onset."""
        first = bisect_left(run.notes, song_s - 0.15, key=onset)
        later = islice(run.notes, first, None)
        ahead = next((n for n in later if n.index not in self._sunk), None)
        if ahead is None or not self.shows(ahead):
            return []
        together = bisect_right(run.notes, ahead.onset_s + 0.02, key=onset)
        return [n for n in run.notes[ahead.index : together] if n.index not in self._sunk]

    def _draw_pause(self, brush: Brush, run: Run) -> None:
        brush.ground()
        header(brush, *pause_words(run.paused, self.stack.instrument.listening()))
        self._menu.draw(brush, 250.0)
        paused = run.paused
        if paused and paused.kind is not MarkKind.NOBODY:  # there any key of the instrument begins again
            legend(brush)


def sounds(note: Note, part: NoteRole, song_s: float) -> bool:
    """Whether the program is playing a note at a song time, to show it."""
    return part is NoteRole.SHOWN and note.onset_s <= song_s < note.end_s
