"""One play-through: from the port to the judge, along a timeline that is kept with the run.

Also says what a port, a recorder and a backing must do; whoever fits is handed in.
"""

from math import inf
from typing import Protocol

from game.clock import Clock
from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.recorded import in_song_time, judge_recording
from game.judge.verdicts import Judgement, LetGo, Verdicts
from game.music.level import Level
from game.music.note import Press, Release, Touch
from game.music.recording import Device, Ended, Mark, Recording
from game.music.timeline import Anchor, Timeline

PORT_GRACE_S = 0.05
"""How far the judge trails the clock, so that a press still on its way is judged at its own time."""

STALL_S = 3.0
"""A silence between two updates from which on the player cannot have followed: the run pauses."""

COUNT_IN_S = 2.0
"""A count-in lasts whole bars and at least this long."""

Happening = Press | Release | Judgement | LetGo | Mark


class InputPort(Protocol):
    """What a run needs of an instrument."""

    @property
    def device(self) -> Device:
        """What it is, for the record."""

    @property
    def alive(self) -> bool:
        """Whether it is there now."""

    def touches(self) -> list[Touch]:
        """Presses and releases since the last call, in the order of their stamps (clock seconds)."""


class Recorder(Protocol):
    """What a run needs of whoever keeps it. None of these may wait for a disk."""

    def touch(self, touch: Touch) -> None: ...

    def anchor(self, anchor: Anchor) -> None: ...

    def mark(self, mark: Mark) -> None: ...

    def end(self, ended: Ended, reached_s: float | None) -> None: ...


class Backing(Protocol):
    """What a run needs of whoever sounds its clicks and accompaniment."""

    def start(self, from_beat: float, count_in_beats: float) -> None:
        """Sound at once the count-in and then the level from a beat on."""

    def stop(self) -> None:
        """Fall silent."""


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
    ) -> None:
        self.level = level
        self.conditions = conditions
        self.notes = level.notes_at(conditions.speed)
        self.tempo = level.tempo_at(conditions.speed)
        self.ended: Ended | None = None
        self.paused: Mark | None = None
        self._judge = Judge(self.notes, conditions)
        self._clock, self._port, self._recorder, self._backing = clock, port, recorder, backing
        self._timeline: Timeline | None = None
        self._touches: list[Touch] = []
        self._marks: list[Mark] = []
        self._held: set[int] = set()
        self._seen_s = clock.now_s()
        self._asleep_s = clock.asleep_s()
        self._reached_s: float | None = None
        self._unsaid: list[Happening] = []

    @property
    def count_in_beats(self) -> float:
        """Whole bars that last at least `COUNT_IN_S`."""
        bars = 1
        while -self.tempo.seconds(-bars * self.level.bar_beats) < COUNT_IN_S:
            bars += 1
        return bars * self.level.bar_beats

    @property
    def end_s(self) -> float:
        """Song time at which nothing more is asked or sounds."""
        widest_s = self.conditions.windows.good_s
        return max(self.level.length_s(self.conditions.speed), self.notes[-1].onset_s + widest_s)

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
            return self.tempo.seconds(-self.count_in_beats)
        return self._timeline.song_s(self._clock.now_s())

    def start(self) -> None:
        """Count in and go."""
        self._port.touches()
        self._go(0.0)

    def pause(self, kind: str = "pause", text: str = "") -> Mark:
        """Let song time stand still, let go of held keys and mark the run."""
        now_s = self._clock.now_s()
        return self._pause_at(self.timeline.song_s(now_s), kind, text)

    def resume(self) -> None:
        """Count in and go on from the beat of the first note that has no verdict."""
        if self.paused is None:
            return
        song_s = self.timeline.song_s(self._clock.now_s())
        waiting = self._judge.first_waiting
        due_s = min(song_s, waiting.onset_s) if waiting else song_s
        beat = max(0.0, float(int(self.tempo.beat(due_s) + 1e-6)))
        self._port.touches()
        self.paused = None
        self._note(Mark(self._clock.now_s(), "resume"))
        self._go(beat)

    def stop(self) -> None:
        """End before the end, as the player chose."""
        for touch in self._port.touches():
            self._unsaid += self._take(touch)
        self._finish(Ended.STOPPED, self.timeline.song_s(self._clock.now_s()))

    def update(self) -> list[Happening]:
        """Judge everything that has happened since the last update; says it in order."""
        if self.ended or self._timeline is None:
            happened, self._unsaid = self._unsaid, []
            return happened
        marks = self._interruptions()
        touches = self._port.touches()
        happened, self._unsaid = [*self._unsaid, *marks], []
        if self.paused:
            return happened
        now_s = self._clock.now_s()
        for touch in touches:
            happened += self._take(touch)
        song_s = self._timeline.song_s(now_s)
        happened += self._judge.advance(song_s - PORT_GRACE_S - self.conditions.offset_s)
        if self._judge.done and song_s - PORT_GRACE_S > self.end_s:
            self._finish(Ended.FINISHED, None)
        return happened

    def recording(self) -> Recording:
        """What was played so far, untouched."""
        return Recording(
            tuple(self._touches),
            self.timeline,
            self._port.device,
            self.ended or Ended.UNFINISHED,
            self._reached_s if self.ended else self.song_s(),
            tuple(self._marks),
        )

    def verdicts(self) -> Verdicts:
        """The run judged again from its raw record, as it will be judged on any later day."""
        return judge_recording(self.notes, self.recording(), self.conditions)

    def _go(self, beat: float) -> None:
        now_s = self._clock.now_s()
        self._backing.start(beat, self.count_in_beats)
        song_s = self.tempo.seconds(beat) - self._count_in_s(beat)
        self._anchor(Anchor(now_s, song_s, 1.0))
        self._seen_s = now_s

    def _count_in_s(self, beat: float) -> float:
        """How long the count-in before a beat lasts, at the tempo of that beat."""
        return self.count_in_beats * 60.0 / self.tempo.bpm(beat)

    def _interruptions(self) -> list[Mark]:
        """Pauses that nobody chose, and the end of one."""
        now_s, asleep_s = self._clock.now_s(), self._clock.asleep_s()
        seen_s, self._seen_s = self._seen_s, now_s
        slept, self._asleep_s = asleep_s - self._asleep_s > 1.0, asleep_s
        if self.paused:
            if self.paused.kind == "unplugged" and self._port.alive:
                self.resume()
                return [self._marks[-1]]
            return []
        if not self._port.alive:
            return [self.pause("unplugged", self._port.device.name)]
        if slept or now_s - seen_s > STALL_S:
            return [self._pause_at(self.timeline.song_s(seen_s), "suspended")]
        return []

    def _pause_at(self, song_s: float, kind: str, text: str = "") -> Mark:
        now_s = self._clock.now_s()
        for touch in self._port.touches():
            self._unsaid += self._take(touch)
        for pitch in sorted(self._held):
            self._unsaid += self._take(Release(now_s, pitch, made=True))
        self._backing.stop()
        self._anchor(Anchor(now_s, song_s, 0.0))
        self.paused = self._note(Mark(now_s, kind, text))
        return self.paused

    def _take(self, touch: Touch) -> list[Happening]:
        self._keep(touch)
        played = in_song_time(touch, self.timeline, self.conditions)
        if isinstance(played, Press):
            return [played, *self._judge.press(played)]
        let_go = self._judge.release(played)
        return [played] if let_go is None else [played, let_go]

    def _keep(self, touch: Touch) -> None:
        self._touches.append(touch)
        self._recorder.touch(touch)
        if isinstance(touch, Press):
            self._held.add(touch.pitch)
        else:
            self._held.discard(touch.pitch)

    def _anchor(self, anchor: Anchor) -> None:
        self._timeline = Timeline((anchor,)) if self._timeline is None else self._timeline.then(anchor)
        self._recorder.anchor(anchor)

    def _note(self, mark: Mark) -> Mark:
        self._marks.append(mark)
        self._recorder.mark(mark)
        return mark

    def _finish(self, ended: Ended, reached_s: float | None) -> None:
        self.ended, self._reached_s = ended, reached_s
        self._unsaid += self._judge.advance(
            inf if reached_s is None else reached_s - self.conditions.offset_s
        )
        self._backing.stop()
        self._recorder.end(ended, reached_s)


class NoRecorder:
    """Keeps nothing; for demos and tests."""

    def touch(self, touch: Touch) -> None:
        pass

    def anchor(self, anchor: Anchor) -> None:
        pass

    def mark(self, mark: Mark) -> None:
        pass

    def end(self, ended: Ended, reached_s: float | None) -> None:
        pass


class NoBacking:
    """Sounds nothing."""

    def start(self, from_beat: float, count_in_beats: float) -> None:
        pass

    def stop(self) -> None:
        pass
