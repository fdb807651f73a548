"""Laws of a run: whatever happens, at whatever frame rate, the record later gives what was said live."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clock import ManualClock
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Judgement, LetGo
from game.judge.windows import HitWindows
from game.music.device import Device, DeviceKind
from game.music.level import Level
from game.music.note import Note, Press, Touch
from game.music.recording import Recording
from game.music.timeline import Anchor, Timeline
from game.run.ports import NoBacking, NoRecorder
from game.run.run import Run
from tests import strategies
from tests.standins import Instrument
from tests.strategies import LAW, level_of

NOTES = strategies.notes(most=6)
TOUCHES = strategies.touches(most=8, first_ms=2000, last_ms=9500)  # clock; song time 0 is at clock 4
MASHED = strategies.touches(most=30, first_ms=2000, last_ms=20_000)
CONDITIONS = strategies.conditions()
DELAYS = st.lists(strategies.ms(0, 45), max_size=30)
FRAMES = st.sampled_from([24, 30, 60, 240]).map(lambda fps: [1 / fps]) | st.lists(
    strategies.ms(1, 700), min_size=1, max_size=12
)


def level(notes: tuple[Note, ...]) -> Level:
    return level_of(*((n.onset_s, n.pitch, n.duration_s) for n in notes))


def said_of(run: Run) -> tuple[list[Judgement], dict[int, LetGo]]:
    happened = run.update()
    let_go = {h.note.index: h for h in happened if isinstance(h, LetGo)}
    return [h for h in happened if isinstance(h, Judgement)], let_go


def play(run: Run, clock: ManualClock, frames_s: list[float]) -> tuple[list[Judgement], dict[int, LetGo]]:
    run.start()
    said: list[Judgement] = []
    let_go: dict[int, LetGo] = {}
    frame = 0
    while not run.ended:
        clock.advance(frames_s[frame % len(frames_s)])
        frame += 1
        more, ends = said_of(run)
        said, let_go = said + more, let_go | ends
    return said, let_go


@LAW
@given(NOTES, TOUCHES, CONDITIONS, DELAYS, FRAMES)
def test_frame_rate_and_driver_delay_are_invisible(
    notes: tuple[Note, ...],
    touches: tuple[Touch, ...],
    conditions: Conditions,
    delays_s: list[float],
    frames_s: list[float],
) -> None:
    clock = ManualClock()
    asked = level(notes)
    run = Run(asked, conditions, clock, Instrument(clock, touches, delays_s), NoRecorder(), NoBacking())
    said, let_go = play(run, clock, frames_s)
    heard = tuple(t for t in touches if t in run.recording().touches)
    timeline = Timeline((Anchor(0.0, -4.0),))
    expected = judge_recording(
        asked.notes_at(), Recording(heard, timeline, Device(DeviceKind.FILE, "")), conditions
    )
    assert sorted(said, key=lambda j: j.note.index) == list(expected.judgements)
    assert let_go == expected.let_go
    assert run.verdicts() == expected


@LAW
@given(NOTES, TOUCHES, CONDITIONS, st.tuples(FRAMES, FRAMES))
def test_the_order_in_which_verdicts_are_said_does_not_depend_on_the_frames(
    notes: tuple[Note, ...],
    touches: tuple[Touch, ...],
    conditions: Conditions,
    frames_s: tuple[list[float], list[float]],
) -> None:
    orders = []
    for frames in frames_s:
        clock = ManualClock()
        run = Run(level(notes), conditions, clock, Instrument(clock, touches), NoRecorder(), NoBacking())
        orders.append(play(run, clock, frames)[0])
    assert orders[0] == orders[1]


ACTS = st.sampled_from(["frame"] * 6 + ["pause", "resume", "unplug", "plug", "sleep", "stall", "doze"])


@LAW
@given(
    NOTES,
    MASHED,
    CONDITIONS,
    DELAYS,
    st.lists(st.tuples(ACTS, strategies.ms(1, 600)), max_size=40),
    st.booleans(),
)
def test_what_is_said_live_is_what_the_record_gives_later(
    notes: tuple[Note, ...],
    touches: tuple[Touch, ...],
    conditions: Conditions,
    delays_s: list[float],
    acts: list[tuple[str, float]],
    stopped: bool,
) -> None:
    clock = ManualClock()
    port = Instrument(clock, touches, delays_s)
    run = Run(level(notes), conditions, clock, port, NoRecorder(), NoBacking())
    run.start()
    said: list[Judgement] = []
    let_go: dict[int, LetGo] = {}
    for act, seconds in acts:
        _act(act, seconds, run, clock, port)
        more, ends = said_of(run)
        said, let_go = said + more, let_go | ends
    port.alive = True
    if stopped:
        run.stop()
    while not run.ended:
        run.resume()
        clock.advance(0.1)
        more, ends = said_of(run)
        said, let_go = said + more, let_go | ends
    more, ends = said_of(run)
    said, let_go = said + more, let_go | ends
    later = run.verdicts()
    assert sorted(said, key=lambda j: j.note.index) == list(later.judgements)
    assert let_go == later.let_go
    assert stopped or len(said) == len(run.notes)


def _act(act: str, seconds: float, run: Run, clock: ManualClock, port: Instrument) -> None:
    # Nobody pauses and goes on again within the driver's delay; an instrument that is gone sends nothing.
    clock.advance({"stall": 3.0, "doze": 1.0}.get(act, 0.06) + seconds)
    if act == "pause":
        run.pause()
    elif act == "resume":
        run.resume()
    elif act == "sleep":
        clock.suspend(60.0)
    elif act in ("plug", "unplug"):
        port.alive = act == "plug"


@pytest.mark.parametrize("offset_s", [-0.1, 0.0, 0.15])
def test_the_station_offset_moves_the_asynchrony_of_a_run_by_exactly_itself(offset_s: float) -> None:
    said = []
    for offset in (0.0, offset_s):
        clock = ManualClock()
        note = Note(0, 1.0, 0.5, 60)
        conditions = Conditions(HitWindows(0.1, 0.2, 0.4), audio_offset_s=offset)
        port = Instrument(clock, [Press(5.05, 60)])
        run = Run(level((note,)), conditions, clock, port, NoRecorder(), NoBacking())
        said += play(run, clock, [1 / 60])[0]
    assert said[0].asynchrony_s == 0.05
    assert said[1] == replace(said[1], asynchrony_s=round(0.05 - offset_s, 4))
