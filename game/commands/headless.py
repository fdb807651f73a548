"""A level is played without a window: JSON lines tell what happens, or words at the end."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from game.app.prepare import Equipment, PlayerOfRun, PreparedRun, prepare_run
from game.app.sound import heed_gaps, known_buffer
from game.clock import Clock
from game.commands.context import Context, complain, say, say_json, warn
from game.commands.result_words import result_lines
from game.errors import UserError
from game.judge.verdicts import Judgement, LetGo
from game.music.level import Level
from game.music.note import Press, Release, Touch
from game.music.recording import Mark, MarkKind
from game.report.conditions import rests_on_data, rests_on_lines
from game.report.record import Judged, record_of
from game.report.result import asked_data, bars_data, note_data, result_data
from game.run.ports import RunEvent, UnscoredTouch
from game.run.run import Run
from game.screens.ui.runtime_tuning import answer_quickly, quieten
from game.words import N_, _, listed

if TYPE_CHECKING:
    from game.audio.output import Output
    from game.midi.every import EveryPort
    from game.store.records.kept import Profile
    from game.store.station_book import StationBook
    from game.store.store import Store

WAIT_FOR_PORT_S = 3.0
"""A port that is asked for by name may come this much later than the program."""

UPDATE_S = 0.004


def profile_of(store: "Store", name: str | None) -> "Profile":
    """The profile of that name, the guest's when none is given. UserError where nobody has the name."""
    from game.store.records.kept import GUEST_ID

    return store.profile(name or GUEST_ID).result()


def play_headless(context: Context, level: Level, options: Namespace) -> int:
    """Play it to its end. UserError where the port is not there, or the computer's keys are asked for."""
    if options.input == "keyboard":
        raise UserError(
            "The computer's keys are read in a window only; leave out --headless, or name a MIDI port"
        )
    answer_quickly()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as closing, context.store() as store:
        profile = profile_of(store, options.profile)
        speaker = _open_speaker(closing, store)
        port = _open_port(context, closing, options.input, speaker)
        equipment = Equipment(context.clock, port, speaker, _station_book(store), asks=True)
        player = PlayerOfRun(profile.settings, profile.id, store)
        prepared = prepare_run(level, options.speed, equipment, player)
        Telling(context, prepared, options.events, port, lambda: store.error).until_the_end()
        heed_gaps(store, speaker, prepared.run.recording())
    if store.error:  # what became of what the database did not take
        complain(store.error)
    return 1 if store.error else 0


def _open_speaker(closing: ExitStack, store: "Store") -> "Output":
    """The speaker with the buffer that this station has found; closed when `closing` is."""
    from game.audio.live import LiveSpeaker

    speaker = LiveSpeaker()
    speaker.open(known_buffer(store))
    closing.callback(speaker.close)
    if speaker.error:
        complain(speaker.error)
    return speaker


def _station_book(store: "Store") -> "StationBook":
    from game.store.station_book import StationBook

    book = StationBook(store)
    book.read()
    return book


def _open_port(context: Context, closing: ExitStack, name: str, speaker: "Output") -> "EveryPort":
    """Every instrument, or the one of that name, which sound at once through the speaker.

    Waits a moment where none is there yet. All are closed with their driver when `closing` is.
    """
    from game.audio.keys import KeySounder
    from game.midi.driver import RtMidi
    from game.midi.every import EveryPort
    from game.midi.names import no_instrument

    echo: SimpleQueue[Any] = SimpleQueue()
    closing.callback(KeySounder(echo, speaker).stop)
    driver = RtMidi(context.clock, context.midi_api)
    port = EveryPort(lambda: driver, context.clock, name, echo)
    closing.callback(port.close)
    until_s = context.clock.now_s() + WAIT_FOR_PORT_S
    port.look()
    while not port.devices():
        if context.clock.now_s() > until_s:
            raise port.error or no_instrument()
        context.clock.sleep(0.2)
        port.look()
    return port


class Telling:
    """Plays a run to its end and tells what happens: JSON lines, or in words at the end.

    error: what stands between the run and the disk at the moment, or None.
    """

    def __init__(
        self,
        context: Context,
        prepared: PreparedRun,
        events: bool,
        port: "EveryPort",
        error: Callable[[], UserError | None] = lambda: None,
    ) -> None:
        self._context, self._run, self._events, self._port = context, prepared.run, events, port
        self._recorder = prepared.recorder
        self._clock: Clock = context.clock
        self._presses = 0
        self._error, self._told = error, ""

    def until_the_end(self) -> None:
        """Start the run, play it and wait until it is on disk. Control-C stops it and keeps it."""
        run = self._run
        run.start()
        part = {"bars": bars_data(run.level.bars)} if run.level.bars else {}
        self._tell_start("start", notes=[_asked(run, i) for i in range(len(run.notes))], **part)
        quieten(True)
        try:
            while run.ended is None:
                self._clock.sleep(UPDATE_S)
                self._tell_all(run.update())
                self._tell_error()
                if run.paused and run.paused.kind not in (MarkKind.UNPLUGGED, MarkKind.NOBODY):
                    run.resume()  # nobody sits at a screen to say so
                    self._tell_start("resume")
        except KeyboardInterrupt:
            run.stop()
        finally:
            quieten(False)
        self._tell_all(run.update())
        self._wait_until_kept()
        self._tell_end()

    def _wait_until_kept(self) -> None:
        """Until the run is on disk, or it is said why it is not; then the store brings it to safety."""
        while self._recorder and not self._recorder.saved.done() and not self._tell_error():
            self._clock.sleep(UPDATE_S)
        if self._recorder and self._recorder.saved.done():
            self._recorder.saved.result()

    def _tell_error(self) -> bool:
        """Whether something stands between the run and the disk; said at once, and once."""
        error = self._error()
        if error and str(error) != self._told:
            self._told = str(error)
            complain(error)
        return error is not None

    def _tell_start(self, event: str, **more: Any) -> None:
        if self._events:
            beat_0_s = round(self._run.timeline.clock_s(0.0), 6)
            at = {"monotonic_s": beat_0_s, "time_s": round(self._run.song_s(), 4)}
            run_id = self._recorder.run_id if self._recorder else ""
            self._line({"event": event, "run": run_id, **at, **more})

    def _tell_all(self, happenings: list[RunEvent]) -> None:
        for happening in happenings:
            if isinstance(happening, Mark):
                self._tell_mark(happening)
            elif isinstance(happening, UnscoredTouch):
                self._heed(happening.touch)
            elif self._events:
                self._line(self._happening_data(happening))

    def _heed(self, touch: Touch) -> None:
        """Where nobody was there, any key says that somebody is."""
        paused = self._run.paused
        if paused and paused.kind is MarkKind.NOBODY and isinstance(touch, Press):
            self._run.resume()

    def _tell_mark(self, mark: Mark) -> None:
        listening = listed(device.name for device in self._port.devices())
        if self._events and mark.kind in (MarkKind.RESUME, MarkKind.AGAIN):
            self._tell_start(mark.kind)
        elif self._events:
            at = {"monotonic_s": round(mark.clock_s, 6), "time_s": round(self._run.song_s(), 4)}
            text = listening if mark.kind is MarkKind.NOBODY else mark.text
            self._line({"event": "pause", "reason": mark.kind, "text": text, **at})
        if mark.kind is MarkKind.NOBODY:
            said = N_("Are you there? Press any key to start again. Listening to: {names}")
            warn(_(said, names=listening))
        if mark.kind is MarkKind.UNPLUGGED:
            warn(_("{name} is not there any more; plug it in again and the run goes on.", name=mark.text))

    def _happening_data(self, happening: Press | Release | Judgement | LetGo) -> dict[str, Any]:
        if isinstance(happening, Press):
            index, self._presses = self._presses, self._presses + 1
            played = {"pitch": happening.pitch, "velocity": happening.velocity}
            return {"event": "press", "index": index, "time_s": round(happening.time_s, 4), **played}
        if isinstance(happening, Release):
            return {"event": "release", "time_s": round(happening.time_s, 4), "pitch": happening.pitch}
        if isinstance(happening, Judgement):
            return {"event": "judgement", **note_data(happening)}
        late_ms = round(happening.asynchrony_s * 1000, 1)
        grade = happening.grade.value if happening.grade else None
        return {"event": "let_go", **asked_data(happening), "release_asynchrony_ms": late_ms, "grade": grade}

    def _tell_end(self) -> None:
        run = self._run
        record = record_of(run.level, run.recording(), run.conditions, Judged.LIVE)
        result = {**result_data(record), **rests_on_data(run.conditions)}
        ended = run.ended.value if run.ended else None
        if self._events:
            self._line({"event": "end", "ended": ended, "run": self._run.kept_as, "result": result})
        elif self._context.as_json:
            say_json({"run": self._run.kept_as, "ended": ended, **result})
        else:
            for line in (*result_lines(record), *rests_on_lines(run.conditions)):
                say(line)

    def _line(self, data: dict[str, Any]) -> None:
        try:
            say_json(data)
            sys.stdout.flush()
        except BrokenPipeError:
            self._events = False  # nobody listens any more; who plays goes on playing


def _asked(run: Run, index: int) -> dict[str, Any]:
    return asked_data(LetGo(run.notes[index], 0.0, None))
