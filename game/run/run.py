"""One play-through: from the port to the judge, along a timeline that is kept with the run."""

from collections import Counter
from collections.abc import Callable
from math import ceil, floor, inf

from game.clock import Clock
from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.recorded import in_song_time, judge_recording
from game.judge.verdicts import Verdicts
from game.music.audio_sync import AudioSync
from game.music.device import Device
from game.music.jitter import UpdateIntervals, jitter_text
from game.music.level import Level
from game.music.note import Press, Release, Touch
from game.music.recording import Ended, Mark, MarkKind, Recording
from game.music.timeline import Anchor, Timeline
from game.run.ports import Backing, InputPort, Recorder, RunEvent, Terms, UnscoredTouch

PORT_GRACE_S = 0.05
"""Seconds by which the judge trails the clock, so that a press still in a queue is judged at its own time."""

STALL_S = 3.0
"""Seconds between two updates after which the run pauses, since the player cannot have followed."""

SLEEP_S = 1.0
"""A sleep of the machine from which on the same holds."""

COUNT_IN_S = 2.0
"""A count-in lasts whole bars and at least this long."""

LONELY_BARS, LONELY_S = 2, 4.0
"""So many bars from the first note on, and at least so long (s), may pass without any press."""


class Run:
    """One play of a level."""

    def __init__(
        self,
        level: Level,
        conditions: Conditions,
        clock: Clock,
        port: InputPort,
        recorder: Recorder,
        backing: Backing,
        reserved: frozenset[int] = frozenset(),
    ) -> None:
        """reserved: pitches of keys that are not part of the exercise; told, but neither kept nor judged."""
        self.level = level
        self.conditions = conditions
        self.notes = level.notes_at(conditions.speed)
        self.tempo = level.tempo_at(conditions.speed)
        self.ended: Ended | None = None
        self.paused: Mark | None = None
        self._judge = Judge(self.notes, conditions)
        self._clock, self._port, self._recorder, self._backing = clock, port, recorder, backing
        self._reserved = reserved
        self._from_beat = 0.0
        self._timeline: Timeline | None = None
        self._touches: list[Touch] = []
        self._marks: list[Mark] = []
        self._held: set[int] = set()
        self._terms: Callable[[Device], Terms] | None = None
        self._asks = False
        self._device = port.device
        self._pressed, self._anybody = Counter[Device | None](), False
        self._seen_s = clock.now_s()
        self._asleep_s = clock.asleep_s()
        self._furthest_s = -inf
        self._unsaid: list[RunEvent] = []
        self._updates = UpdateIntervals()
        self._heard = AudioSync(clock.now_s())
        self._end_s = level.length_s(conditions.speed) + conditions.windows.good_s

    def attend(self, terms: Callable[[Device], Terms], asks: bool) -> None:
        """Follow whoever plays, on whichever device of the port.

        terms: what holds for each device. asks: pause where nothing at all was pressed in the first bars.
        """
        self._terms, self._asks = terms, asks

    @property
    def kept_as(self) -> str:
        """The id under which this run is kept; "" where it is not, or nothing was played yet."""
        return self._recorder.run_id if self._anybody else ""

    @property
    def count_in_beats(self) -> float:
        """Whole bars that last at least `COUNT_IN_S` at the tempo of the beat they lead to."""
        return self._count_in_to(self._from_beat)

    @property
    def count_left(self) -> int:
        """Clicks of the count-in still to come, the sounding one included; 0 once it is over."""
        left_s = self.tempo.seconds(self._from_beat) - self.song_s()
        beats = left_s * self.tempo.bpm(self._from_beat) / 60.0
        return max(0, ceil(beats / self.level.click_beats - 1e-6))

    @property
    def end_s(self) -> float:
        """Song time at which nothing more is asked or sounds, and the last key had time to come up."""
        return self._end_s

    @property
    def held(self) -> frozenset[int]:
        """Pitches whose keys are down."""
        return frozenset(self._held)

    @property
    def timeline(self) -> Timeline:
        """How song time follows the clock; only once the run has started."""
        if self._timeline is None:
            raise RuntimeError("this run has not started")
        return self._timeline

    def song_s(self) -> float:
        """Song time now; before the start, that of the first count-in click."""
        if self._timeline is None:
            return self._count_in_from_s()
        return self._timeline.song_s(self._clock.now_s())

    def start(self) -> None:
        """Start with a count-in."""
        self._port.touches()
        if self._port.device != self._device:
            self._play_on(self._port.device)
        self._go(0.0)

    def pause(self, kind: MarkKind = MarkKind.PAUSE, text: str = "") -> Mark:
        """Stop song time, release held keys and mark the run.

        Does nothing if the run is paused or has ended.
        """
        now_s = self._clock.now_s()
        if self.ended:
            return Mark(now_s, kind, text)
        return self.paused or self._pause_at(now_s, kind, text)

    def resume(self) -> None:
        """Count in and go on from the click before the first note that has no verdict."""
        if self.paused is None or self.ended:
            return
        if self.paused.kind is MarkKind.NOBODY:
            self._begin_again()
            return
        self._settle_pause()
        self.paused = None
        self._note(Mark(self._clock.now_s(), MarkKind.RESUME))
        self._go(self._resume_beat())

    def stop(self) -> None:
        """End early, at the player's wish."""
        if self.ended:
            return
        if self.paused:
            self._settle_pause()
        self._hear()
        self._finish(Ended.STOPPED, self._reached_s())

    def sound_changed(self, heard: bool) -> None:
        """Mark that the sound device went or came; on one that came, take the backing up."""
        now_s = self._clock.now_s()
        if self.ended or self._timeline is None:
            return
        self._note(Mark(now_s, MarkKind.SOUND_BACK if heard else MarkKind.SOUND_GONE))
        if self.paused:
            self._ready_to_resume()
        elif heard:
            if self.timeline.anchors[-1].rate != 1.0:
                self._anchor(Anchor(now_s, self.song_s(), 1.0))
            self._heard = AudioSync(now_s)
            self._backing.take_up(lambda: self.song_s() - self._count_in_from_s())

    def update(self) -> list[RunEvent]:
        """Judge everything since the last update and return the events in order of time.

        Touches in a pause and those of reserved keys are passed on as asides.
        """
        if self._timeline is not None and not self.ended:
            self._interruptions()
            self._hear()
            if not self.paused:
                self._advance()
        happened, self._unsaid = self._unsaid, []
        return happened

    def recording(self) -> Recording:
        """The raw recording so far."""
        return Recording(
            tuple(sorted(self._touches, key=lambda touch: touch.time_s)),
            self.timeline,
            self._device,
            self.ended or Ended.UNFINISHED,
            None if self.ended is Ended.FINISHED else self._reached_s(),
            tuple(self._marks),
        )

    def verdicts(self) -> Verdicts:
        """Verdicts recomputed from the raw recording, as any later replay would give them."""
        return judge_recording(self.notes, self.recording(), self.conditions)

    def _begin_again(self) -> None:
        """From the first beat, as nobody had played: what nobody was there for was not asked of anybody."""
        self._port.touches()
        self._recorder.again()
        self.paused, self._timeline, self._furthest_s = None, None, -inf
        self._touches, self._marks, self._judge = [], [], Judge(self.notes, self.conditions)
        self._held.clear()
        self._unsaid.append(self._note(Mark(self._clock.now_s(), MarkKind.AGAIN)))
        self._go(0.0)

    def _resume_beat(self) -> float:
        """The click before the first note that has no verdict, or before it is shown, where it is first."""
        waiting = self._judge.first_waiting
        due_s = self._furthest_s
        if waiting:
            due_s = min(due_s, self.tempo.seconds(self.level.understood_from(waiting.index)))
        clicks = floor(self.tempo.beat(due_s) / self.level.click_beats + 1e-6)
        return max(0, clicks) * self.level.click_beats

    def _go(self, beat: float) -> None:
        self._from_beat = beat
        self._backing.start(beat, self.count_in_beats)
        # Read after the backing has begun, however long it took to get ready.
        self._seen_s, self._asleep_s = self._clock.now_s(), self._clock.asleep_s()
        self._heard = AudioSync(self._seen_s)
        self._anchor(Anchor(self._seen_s, self._count_in_from_s(), 1.0))

    @property
    def _lonely_s(self) -> float:
        """Song time from which on somebody who plays would have pressed something."""
        first_s = self.notes[0].onset_s if self.notes else inf
        bar_s = self.level.bar_beats * 60.0 / self.tempo.bpm(0.0)
        return first_s + max(LONELY_BARS * bar_s, LONELY_S)

    def _count_in_to(self, beat: float) -> float:
        bar_s = self.level.bar_beats * 60.0 / self.tempo.bpm(beat)
        return max(1, ceil(COUNT_IN_S / bar_s - 1e-9)) * self.level.bar_beats

    def _count_in_from_s(self) -> float:
        """Song time at which the count-in begins, at the tempo of the beat it leads to."""
        count_in_s = self.count_in_beats * 60.0 / self.tempo.bpm(self._from_beat)
        return self.tempo.seconds(self._from_beat) - count_in_s

    def _reached_s(self) -> float:
        """Furthest song time reached; a count-in after a pause does not reduce it."""
        return self._furthest_s if self.ended else max(self._furthest_s, self.song_s())

    def _interruptions(self) -> None:
        """Pauses that the player did not choose, and the end of each."""
        now_s, asleep_s = self._clock.now_s(), self._clock.asleep_s()
        slept, self._asleep_s = asleep_s - self._asleep_s > SLEEP_S, asleep_s
        if self.paused:
            if self.paused.kind is MarkKind.UNPLUGGED and self._port.alive:
                self.resume()
                self._unsaid.append(self._marks[-1])
            return
        unseen = slept or now_s - self._seen_s > STALL_S
        if not self._port.alive:
            gone_s = self._seen_s if unseen else self._gone_s()
            self._unsaid.append(self._pause_at(gone_s, MarkKind.UNPLUGGED, self._port.device.name))
        elif unseen:
            self._unsaid.append(self._pause_at(self._seen_s, MarkKind.SUSPENDED))

    def _gone_s(self) -> float:
        """Earliest time at which a missing port may have gone: after its last touch."""
        self._hear()
        touched_s = max((touch.time_s for touch in self._touches[-1:]), default=-inf)
        known_s = max(self._port.seen_s, touched_s, self.timeline.anchors[-1].clock_s)
        return min(known_s, self._clock.now_s())

    def _pause_at(self, clock_s: float, kind: MarkKind, text: str = "") -> Mark:
        """Pause from an instant that may lie in the past; presses since then are recorded but not judged."""
        self._backing.stop()
        song_s = self.timeline.song_s(clock_s)
        self._furthest_s = max(self._furthest_s, song_s)
        self._anchor(Anchor(clock_s, song_s, 0.0))
        self.paused = self._note(Mark(clock_s, kind, text))
        self._hear()
        for pitch in sorted(self._held):
            made = Release(self._clock.now_s(), pitch, synthetic=True)
            self._keep(made)
            self._unsaid.append(in_song_time(made, self.timeline, self.conditions))
        self._ready_to_resume()
        return self.paused

    def _ready_to_resume(self) -> None:
        beat = self._resume_beat()
        self._backing.ready(beat, self._count_in_to(beat))

    def _settle_pause(self) -> None:
        """Report a finished pause to the judge, once presses from before it can no longer arrive."""
        for touch in self._port.touches():
            self._unsaid += [h for h in self._take(touch) if not isinstance(h, UnscoredTouch)]
        self._unsaid += self._judge.pause(self.song_s() - self.conditions.offset_s)

    def _hear(self) -> None:
        touches = self._port.touches()
        self._follow(touches)
        for touch in touches:
            self._unsaid += self._take(touch)

    def _follow(self, touches: list[Touch]) -> None:
        """Take the device for the run's own on which most of it was played."""
        playing = self.timeline.playing
        presses = [t for t in touches if isinstance(t, Press) and t.pitch not in self._reserved]
        self._pressed.update(t.device for t in presses if playing(t.time_s))
        device = self._port.device
        if device != self._device and self._pressed[device] > self._pressed[self._device]:
            self._play_on(device)

    def _play_on(self, device: Device) -> None:
        self._device = device
        if self._terms:
            self.conditions, self._reserved = self._terms(device)
            self._judge.under(self.conditions)
        self._recorder.played_on(device, self.conditions)

    def _take(self, touch: Touch) -> list[RunEvent]:
        """Record a touch, and judge it unless song time stood still at its time."""
        if touch.pitch in self._reserved or (self.paused and self.paused.kind is MarkKind.NOBODY):
            return [UnscoredTouch(touch)]
        self._keep(touch)
        if not self.timeline.playing(touch.time_s):
            return [UnscoredTouch(touch)]
        played = in_song_time(touch, self.timeline, self.conditions)
        ended = self._judge.advance(played.time_s)
        if isinstance(played, Press):
            self._held.add(touch.pitch)
            again = self._judge.told_again(played)
            judged = self._judge.press(played)
            return [*ended, *judged] if again else [*ended, played, *judged]
        let_go = self._judge.release(played)
        return [*ended, played] if let_go is None else [*ended, played, let_go]

    def _advance(self) -> None:
        """Judge what has ended up to now, less the grace period, and check whether the run has ended.

        No note becomes an omission while the instrument may be disconnected unnoticed.
        """
        now_s = self._clock.now_s()
        self._updates.add(now_s - self._seen_s)
        self._seen_s = now_s
        sure_s = min(self._seen_s - PORT_GRACE_S, self._port.seen_s)
        song_s = self.timeline.song_s(max(sure_s, self.timeline.anchors[-1].clock_s))
        judged_s = song_s - self.conditions.offset_s
        self._unsaid += self._judge.advance(judged_s)
        if self._asks and not self._anybody and (self._judge.done or judged_s > self._lonely_s):
            self._unsaid.append(self._pause_at(now_s, MarkKind.NOBODY))
            return
        self._follow_sound(now_s)
        if self._judge.done and min(song_s, judged_s) > self.end_s:
            self._finish(Ended.FINISHED, None)

    def _follow_sound(self, now_s: float) -> None:
        """Adjust song time to the sound actually heard, after a gap or a clock drift of the sound card."""
        song_s = self.timeline.song_s(now_s)
        correction = self._heard.reading(now_s, self._backing.position_s(), song_s)
        if correction is None:
            return
        self._anchor(Anchor(now_s, song_s, correction.rate))
        if correction.slip_s is not None:
            self._note(Mark(now_s, MarkKind.SLIP, f"{correction.slip_s * 1000:+.1f} ms"))

    def _keep(self, touch: Touch) -> None:
        self._touches.append(touch)
        self._recorder.touch(touch)
        if isinstance(touch, Release):
            self._held.discard(touch.pitch)
        else:
            self._anybody = True

    def _anchor(self, anchor: Anchor) -> None:
        self._timeline = Timeline((anchor,)) if self._timeline is None else self._timeline.then(anchor)
        self._recorder.anchor(anchor)

    def _note(self, mark: Mark) -> Mark:
        self._marks.append(mark)
        self._recorder.mark(mark)
        return mark

    def _finish(self, ended: Ended, reached_s: float | None) -> None:
        self.ended = ended
        self._furthest_s = inf if reached_s is None else reached_s
        self._unsaid += self._judge.advance(
            inf if reached_s is None else reached_s - self.conditions.offset_s
        )
        self._backing.stop()
        self._note(Mark(self._clock.now_s(), MarkKind.JITTER, jitter_text(self._touches, self._updates)))
        self._recorder.end(ended, reached_s)
