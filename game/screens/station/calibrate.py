"""Calibrating a station, for a therapist: sound, then picture, each at two tempi, twice."""

from game.metrics.station.calibrating import BPMS, Calibrating, CueKind
from game.metrics.station.delay import Delay, TapRun, Unknown
from game.screens.station.calibration import (
    ANTICIPATION,
    DIFFERENCE,
    HOW,
    WHO,
    agreement,
    calibration_of,
    signed,
    why,
)
from game.screens.station.tapping import TappingScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.page import PageScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.words import N_, _

CUE_NAMES = {CueKind.SOUND: N_("Sound"), CueKind.PICTURE: N_("Picture")}
STEPS = {CueKind.SOUND: N_("Tap to the click"), CueKind.PICTURE: N_("Tap to the falling note")}
STEPS_AGAIN = {
    CueKind.SOUND: N_("Tap to the click once more"),
    CueKind.PICTURE: N_("Tap to the falling note once more"),
}


class CalibrateScreen(ListScreen):
    """What is to be done next, what was found so far, and what it means."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._card = stack.services.station()
        self.so_far = Calibrating(self._card.heard)
        self._said = ""

    def title(self) -> str:
        return _("Calibrate this station")

    def update(self, now_s: float) -> None:
        card = self.stack.services.station()
        if card.device != self._card.device:
            if any(map(self.so_far.of, self.so_far.cues)):
                self._said = _("Another instrument is played now: its runs start again")
            self._card, self.so_far = card, Calibrating(card.heard)
        super().update(now_s)

    def subtitle(self) -> str:
        if self._said:
            return self._said
        if self.so_far.delays():
            return _("All is measured. Nothing changes until you save it.")
        known = self._card.calibration
        if known and not any(map(self.so_far.of, self.so_far.cues)):
            return _("Last done on {day} with {name}", day=known.day, name=self._card.device.name)
        if not self._card.heard:
            return _("There is no sound here: only the picture is measured, for playing without sound")
        return _("A person with steady hands taps, not the patient. About five minutes, once per instrument.")

    def rows(self) -> list[Row]:
        first = self._keep_row() if self.so_far.delays() else self._next_row()
        return [
            first,
            *(self._cue_row(cue) for cue in (CueKind.SOUND, CueKind.PICTURE)),
            Row(_("What these values mean"), _("And what they cannot tell"), choose=self._explain),
        ]

    def _next_row(self) -> Row:
        refused = next((c for c in self.so_far.cues if isinstance(self.so_far.found(c), Unknown)), None)
        following = self.so_far.following
        if refused and (following is None or following[0] is not refused):
            return Row(
                _(STEPS_AGAIN[refused]), _("The runs are made again"), choose=lambda: self._anew(refused)
            )
        assert following is not None
        cue, bpm = following
        done = len(self.so_far.of(cue))
        detail = _("Run {n} of {all}: {bpm} beats a minute", n=done + 1, all=len(BPMS), bpm=round(bpm))
        return Row(_(STEPS[cue]), detail, choose=lambda: self._tap(cue, bpm))

    def _keep_row(self) -> Row:
        found = calibration_of(self.so_far.delays() or {})
        detail = _(
            "{press:+.0f} ms is taken off presses, the picture comes {picture:+.0f} ms ahead",
            press=found.input_offset_ms + found.audio_offset_ms,
            picture=found.video_offset_ms,
        )
        return Row(_("Save these values"), detail, choose=self._keep)

    def _cue_row(self, cue: CueKind) -> Row:
        if cue not in self.so_far.cues:
            return Row(_(CUE_NAMES[cue]), _("Connect a speaker to measure it"), value=_("no sound"))
        found = self.so_far.found(cue)
        if isinstance(found, Delay):
            return Row(_(CUE_NAMES[cue]), agreement(found), value=signed(found))
        if isinstance(found, Unknown):
            return Row(_(CUE_NAMES[cue]), why(found), value=_("not known"))
        done = _("{n} of {all} runs", n=len(self.so_far.of(cue)), all=len(BPMS))
        return Row(_(CUE_NAMES[cue]), _("Two tempi, twice each"), value=done)

    def _anew(self, cue: CueKind) -> None:
        self.so_far = self.so_far.again(cue)
        self._said = ""

    def _tap(self, cue: CueKind, bpm: float) -> None:
        def done(taps: TapRun | None) -> None:
            self._take(cue, taps)

        self._said = ""
        self.stack.push(TappingScreen(self.stack, cue, bpm, done))

    def _take(self, cue: CueKind, taps: TapRun | None) -> None:
        self.list.focus = 0
        if taps is None:
            self._said = _("That run was broken off and does not count")
            return
        try:
            self.so_far = self.so_far.with_run(cue, taps)
        except Unknown as unknown:
            self._said = _("That run does not count: {why}", why=why(unknown))

    def _explain(self) -> None:
        paragraphs = (HOW, ANTICIPATION, DIFFERENCE, WHO)
        self.stack.push(PageScreen(self.stack, N_("What these values mean"), paragraphs))

    def _keep(self) -> None:
        delays = self.so_far.delays()
        if delays:
            self.stack.services.save_calibration(calibration_of(delays), self.so_far.data())
            self.stack.back()
