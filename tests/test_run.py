"""A run with a clock by hand: counting in, judging, pausing, and ending.

At 60 bpm in 4/4 the count-in is four beats, so that a run started at clock 0 has clock = song time + 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from game.clock import ManualClock
from game.judge.conditions import Conditions
from game.judge.verdicts import Judgement, LetGo, Use, Verdict
from game.judge.windows import Grade, HitWindows
from game.music.device import Device, DeviceKind
from game.music.level import BeatNote, Level, NoteRole
from game.music.note import Press, Release
from game.music.recording import Ended, Mark, MarkKind
from game.music.tempo import TempoMap
from game.music.timeline import Anchor
from game.run.ports import NoBacking, NoRecorder, RunEvent, Terms, UnscoredTouch
from game.run.run import Run
from tests.standins import Band, Instrument, Notebook
from tests.strategies import level_at, level_of

PLAIN = Conditions(HitWindows(0.1, 0.2, 0.3))
FOUR = level_of((0, 60, 0.5), (1, 62, 0.5), (2, 64, 0.5), (3, 65, 0.5))
FRAME_S = 1 / 60


@dataclass
class Stage:
    """A run with everything around it."""

    clock: ManualClock
    port: Instrument
    notebook: Notebook
    band: Band
    run: Run

    def go(self, song_s: float) -> list[RunEvent]:
        """Let frames pass until a song time is reached."""
        happened: list[RunEvent] = []
        while self.run.song_s() < song_s and not self.run.ended and not self.run.paused:
            happened += self.frame(min(FRAME_S, max(1e-6, song_s - self.run.song_s())))
        return happened

    def frame(self, seconds: float = FRAME_S) -> list[RunEvent]:
        self.clock.advance(seconds)
        return self.run.update()

    def press(self, pitch: int) -> None:
        self.port.play(Press(self.clock.now_s(), pitch))

    def release(self, pitch: int) -> None:
        self.port.play(Release(self.clock.now_s(), pitch))


def stack(
    level: Level = FOUR, conditions: Conditions = PLAIN, *, slow_s: float = 0.0, reserved: Iterable[int] = ()
) -> Stage:
    clock = ManualClock()
    port, notebook, band = Instrument(clock), Notebook(), Band(clock, slow_s)
    run = Run(level, conditions, clock, port, notebook, band, frozenset(reserved))
    return Stage(clock, port, notebook, band, run)


def started(level: Level = FOUR, conditions: Conditions = PLAIN, **more: Iterable[int]) -> Stage:
    staged = stack(level, conditions, reserved=more.get("reserved", ()))
    staged.run.start()
    return staged


def judged(happened: Iterable[RunEvent]) -> list[tuple[int, Verdict]]:
    return [(h.note.index, h.verdict) for h in happened if isinstance(h, Judgement)]


# Counting in


@pytest.mark.parametrize(
    ("bpm", "metre", "beats"),
    [
        (60, (4, 4), 4),  # 4 s
        (120, (4, 4), 4),  # 2 s, exactly enough
        (121, (4, 4), 8),  # a little too short: two bars
        (240, (4, 4), 8),
        (90, (3, 4), 3),  # 2 s
        (100, (3, 4), 6),  # a bar is 1.8 s
        (60, (2, 4), 2),
        (120, (6, 8), 6),  # a bar of three beats is 1.5 s
        (30, (4, 4), 4),
    ],
)
def test_a_count_in_is_whole_bars_of_two_seconds_or_more(
    bpm: float, metre: tuple[int, int], beats: float
) -> None:
    staged = stack(level_of((0, 60, 1), bpm=bpm, metre=metre))
    assert staged.run.count_in_beats == beats
    assert staged.run.song_s() == pytest.approx(-beats * 60 / bpm)
    staged.run.start()
    assert staged.run.song_s() == pytest.approx(-beats * 60 / bpm)
    assert staged.band.starts == [(0.0, beats)]


def test_speed_stretches_the_count_in_too() -> None:
    staged = stack(level_of((0, 60, 1), bpm=120), replace(PLAIN, speed=0.5))
    assert staged.run.song_s() == pytest.approx(-4.0)


def test_the_clicks_left_are_counted_down_to_none() -> None:
    staged = started()
    assert staged.run.count_left == 4
    staged.go(-3.01)
    assert staged.run.count_left == 4
    staged.go(-2.5)
    assert staged.run.count_left == 3
    staged.go(-0.1)
    assert staged.run.count_left == 1
    staged.go(0.1)
    assert staged.run.count_left == 0


def test_song_time_begins_when_the_backing_has_begun() -> None:
    staged = stack(slow_s=0.2)
    staged.run.start()
    assert staged.run.song_s() == -4.0
    assert staged.run.timeline.anchors == (Anchor(0.2, -4.0, 1.0),)


def test_what_was_pressed_before_the_start_is_not_part_of_the_run() -> None:
    staged = stack()
    staged.press(60)
    staged.run.start()
    staged.go(1.5)
    assert staged.run.verdicts().presses == ()


def test_before_the_start_nothing_happens_and_there_is_no_timeline() -> None:
    staged = stack()
    assert staged.frame() == []
    with pytest.raises(RuntimeError, match="not started"):
        _ = staged.run.timeline


# Judging


def test_a_whole_run_is_judged_and_kept() -> None:
    staged = started()
    for song_s, pitch in [(0.05, 60), (1.0, 62), (2.1, 66)]:
        staged.go(song_s)
        staged.press(pitch)
    happened = staged.go(99)
    assert staged.run.ended is Ended.FINISHED
    assert staged.notebook.ends == [(Ended.FINISHED, None)]
    assert not staged.band.sounding
    verdicts = staged.run.verdicts()
    assert [j.verdict.value for j in verdicts.judgements] == ["hit", "hit", "wrong_key", "omission"]
    assert verdicts.judgements[0].asynchrony_s == pytest.approx(0.05)
    assert judged(happened)[-1] == (3, Verdict.OMISSION)


def test_what_happened_is_said_in_the_order_of_time() -> None:
    staged = started()
    staged.go(0.9)
    staged.press(62)
    staged.clock.advance(0.4)
    said = staged.run.update()
    kinds = [h.verdict.value if isinstance(h, Judgement) else type(h).__name__ for h in said]
    assert kinds == ["Press", "hit"]
    staged.clock.advance(1.5)  # note 2 ends at 2.3, before the press of note 3 at 2.8
    staged.press(65)
    said = staged.run.update()
    kinds = [h.verdict.value if isinstance(h, Judgement) else type(h).__name__ for h in said]
    assert kinds == ["omission", "Press", "hit"]


def test_a_press_is_told_in_song_time_without_the_offsets() -> None:
    staged = started(conditions=replace(PLAIN, input_offset_s=0.02, audio_offset_s=0.05))
    staged.go(0.0)
    staged.clock.advance(0.1)
    staged.press(60)
    said = staged.run.update()
    assert isinstance(said[0], Press)
    assert said[0].time_s == pytest.approx(0.03, abs=1e-5)
    assert isinstance(said[1], Judgement)
    assert said[1].asynchrony_s == 0.03


def test_a_press_that_arrives_late_within_the_grace_is_judged_at_its_own_time() -> None:
    clock = ManualClock()
    port = Instrument(clock, [Press(4.3, 60)], [0.04])  # the very edge of the window, 40 ms on its way
    run = Run(FOUR, PLAIN, clock, port, NoRecorder(), NoBacking())
    run.start()
    said: list[RunEvent] = []
    for _ in range(int(4.5 / FRAME_S)):
        clock.advance(FRAME_S)
        said += run.update()
    assert judged(said) == [(0, Verdict.HIT)]
    assert run.verdicts().judgements[0].asynchrony_s == 0.3


@pytest.mark.parametrize("offset_s", [-0.2, 0.2])
def test_a_window_stays_open_as_long_as_the_offset_says(offset_s: float) -> None:
    staged = started(conditions=replace(PLAIN, audio_offset_s=offset_s))
    staged.port.play(Press(4.29 + offset_s, 60))
    assert judged(staged.go(99))[0] == (0, Verdict.HIT)
    assert staged.run.verdicts().judgements[0].asynchrony_s == 0.29
    assert staged.run.ended is Ended.FINISHED


def test_a_note_still_open_by_the_offset_at_a_pause_is_asked_again() -> None:
    staged = started(conditions=replace(PLAIN, audio_offset_s=0.2))
    staged.go(0.4)  # what is heard now is at 0.2
    staged.run.pause()
    staged.run.resume()
    staged.go(0.2)
    staged.press(60)
    assert judged(staged.frame()) == [(0, Verdict.HIT)]


def test_a_press_on_its_way_when_the_run_is_paused_is_judged_and_kept_in_its_place() -> None:
    clock = ManualClock()
    port = Instrument(clock, [Press(3.9, 62), Press(3.99, 60)], [0.0, 0.03])
    run = Run(FOUR, PLAIN, clock, port, NoRecorder(), NoBacking())
    run.start()
    for _ in range(8):
        clock.advance(0.5)
        run.update()
    run.pause()  # at 4.0; the key 62 is held, 60 is on its way
    clock.advance(0.5)
    assert judged(run.update()) == [(0, Verdict.HIT)]
    stamps = [touch.time_s for touch in run.recording().touches]
    assert stamps == [3.9, 3.99, 4.0]
    assert [p.use for p in run.verdicts().presses] == [Use.EXTRA, Use.HIT]


def test_a_note_that_ended_at_the_pause_is_not_asked_again_though_nobody_looked() -> None:
    staged = started()
    staged.go(0.3)
    staged.frame(0.04)  # its window ended at 0.3, less than the grace ago
    staged.run.pause()
    staged.run.resume()
    assert judged(staged.run.update()) == [(0, Verdict.OMISSION)]
    staged.go(0.1)
    staged.press(60)
    staged.frame()
    assert [p.use for p in staged.run.verdicts().presses] == [Use.EXTRA]


def test_a_stall_of_a_second_changes_nothing() -> None:
    smooth, stalled = started(), started()
    for staged in (smooth, stalled):
        staged.port.play(Press(4.02, 60), Release(4.2, 60), Press(5.1, 62), Press(5.95, 64), Press(7.0, 65))
    smooth.go(99)
    stalled.go(0.9)
    stalled.frame(1.0)
    stalled.go(99)
    assert [m.kind for m in stalled.notebook.marks] == ["jitter"]
    assert stalled.run.recording().touches == smooth.run.recording().touches
    assert stalled.run.verdicts() == smooth.run.verdicts()
    assert [j.verdict for j in smooth.run.verdicts().judgements] == [Verdict.HIT] * 4


def test_keys_that_are_down_are_held() -> None:
    staged = started()
    staged.press(60)
    staged.press(64)
    staged.frame()
    assert staged.run.held == {60, 64}
    staged.release(60)
    staged.frame()
    assert staged.run.held == {64}


def test_reserved_keys_are_told_but_neither_kept_nor_judged() -> None:
    staged = started(reserved=[36])
    staged.go(0.0)
    staged.press(36)
    stamp_s = staged.clock.now_s()
    said = staged.frame()
    assert said == [UnscoredTouch(Press(stamp_s, 36))]
    assert staged.run.held == frozenset()
    assert staged.run.recording().touches == ()
    assert staged.notebook.touches == []


def test_a_run_waits_for_the_last_key_to_come_up() -> None:
    staged = started(level_of((0, 60, 1.0)), replace(PLAIN, release=True))
    staged.go(0.0)
    staged.press(60)
    staged.go(1.28)
    staged.release(60)
    happened = staged.go(99)
    assert [h.grade for h in happened if isinstance(h, LetGo)] == [Grade.GOOD]
    assert staged.run.verdicts().let_go[0].asynchrony_s == pytest.approx(0.28, abs=0.001)


# Pausing


def test_song_time_stands_still_in_a_pause() -> None:
    staged = started()
    staged.go(1.2)
    mark = staged.run.pause(MarkKind.PAUSE, "tired")
    at_s = staged.run.song_s()
    assert at_s == pytest.approx(1.2, abs=0.001)
    staged.frame(20.0)
    assert staged.run.song_s() == at_s
    assert staged.run.paused == mark
    assert (mark.kind, mark.text) == ("pause", "tired")
    assert mark.clock_s == pytest.approx(5.2, abs=0.001)
    assert not staged.band.sounding
    assert staged.notebook.anchors[-1] == Anchor(mark.clock_s, at_s, 0.0)


def test_a_pause_lets_go_of_held_keys() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.frame()
    staged.run.pause()
    assert staged.run.held == frozenset()
    made = Release(staged.clock.now_s(), 60, synthetic=True)
    assert staged.run.recording().touches[-1] == made
    assert [h for h in staged.run.update() if isinstance(h, Release)] == [
        replace(made, time_s=staged.run.song_s())
    ]


def test_presses_in_a_pause_are_told_as_they_came_and_kept_but_not_judged() -> None:
    staged = started()
    staged.go(0.9)
    staged.run.pause()
    staged.clock.advance(0.1)
    staged.press(62)
    stamp_s = staged.clock.now_s()
    assert staged.run.update() == [UnscoredTouch(Press(stamp_s, 62))]
    assert staged.run.held == frozenset()
    assert staged.run.recording().touches == (Press(stamp_s, 62),)
    staged.run.resume()
    staged.go(99)
    verdicts = staged.run.verdicts()
    assert verdicts.presses == ()
    assert [j.verdict for j in verdicts.judgements] == [Verdict.OMISSION] * 4


def test_after_a_pause_the_first_note_without_a_verdict_is_counted_in() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(1.2)  # note 1 is due, its window is open
    staged.run.pause()
    staged.frame(3.0)
    staged.run.resume()
    assert staged.band.starts[-1] == (1.0, 4.0)
    assert staged.run.song_s() == pytest.approx(1.0 - 4.0)
    assert staged.run.paused is None
    assert [m.kind for m in staged.notebook.marks] == ["pause", "resume"]
    staged.go(1.1)
    staged.press(62)
    assert judged(staged.frame()) == [(1, Verdict.HIT)]


def test_a_note_whose_window_had_ended_is_not_asked_again() -> None:
    staged = started()
    staged.go(1.7)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts[-1] == (1.0, 4.0)  # the click before the pause; note 2 is due at 2
    staged.go(1.0)
    staged.press(62)
    staged.frame()
    staged.go(99)
    assert [j.verdict for j in staged.run.verdicts().judgements] == [Verdict.OMISSION] * 4
    assert [p.use for p in staged.run.verdicts().presses] == [Use.EXTRA]


def test_of_a_chord_split_by_a_pause_the_rest_is_asked_again() -> None:
    staged = started(level_of((2, 60, 1), (2, 64, 1), (4, 67, 1)))
    staged.go(1.95)
    staged.press(60)
    staged.go(2.0)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts[-1][0] == 2.0
    staged.go(2.05)
    staged.press(64)
    staged.go(99)
    assert [j.verdict.value for j in staged.run.verdicts().judgements] == ["hit", "hit", "omission"]


def test_a_note_may_be_hit_early_at_the_end_of_the_count_in_after_a_pause() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(1.1)
    staged.run.pause()
    staged.run.resume()
    staged.go(0.8)
    staged.press(62)
    staged.frame()
    assert staged.run.verdicts().judgements[1].asynchrony_s == pytest.approx(-0.2, abs=0.001)


def test_presses_in_a_count_in_hit_nothing_that_was_judged_before_the_pause() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(1.4)
    staged.run.pause()
    staged.run.resume()
    staged.go(0.02)
    staged.press(60)
    staged.go(1.0)
    staged.press(62)  # note 1 was omitted before the pause
    staged.go(99)
    assert [p.use for p in staged.run.verdicts().presses] == [Use.HIT, Use.EXTRA, Use.EXTRA]


def test_no_press_after_a_pause_is_a_bounce_of_one_before_it() -> None:
    staged = started(level_of((0, 60, 0.5), (1, 60, 0.5)), replace(PLAIN, bounce_s=0.25))
    staged.go(0.6)
    staged.press(60)  # too early for note 1, too late for note 0
    staged.frame()
    staged.run.pause()
    staged.run.resume()
    staged.go(0.75)
    staged.press(60)
    staged.go(99)
    assert [p.use for p in staged.run.verdicts().presses] == [Use.EXTRA, Use.HIT]


def test_pausing_in_the_count_in_after_a_pause_loses_no_ground() -> None:
    staged = started()
    staged.go(2.1)
    for _ in range(3):
        staged.run.pause()
        staged.run.resume()
        assert staged.band.starts[-1][0] == 2.0
        staged.go(-0.5)


def test_pausing_in_the_first_count_in_begins_it_again() -> None:
    staged = started()
    staged.go(-1.5)
    staged.run.pause()
    staged.run.resume()
    assert staged.run.song_s() == -4.0


def test_a_pause_in_a_long_rest_goes_on_from_there() -> None:
    staged = started(level_of((0, 60, 1), (40, 62, 1)))
    staged.go(20.6)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts[-1][0] == 20.0


@pytest.mark.parametrize(
    ("metre", "asked_beat", "from_beat"),
    [((6, 8), 5.0, 4.5), ((2, 2), 3.0, 2.0), ((3, 8), 5.5, 5.5), ((4, 4), 5.5, 5.0)],
)
def test_after_a_pause_the_clicks_fall_where_the_metre_has_them(
    metre: tuple[int, int], asked_beat: float, from_beat: float
) -> None:
    staged = started(level_of((asked_beat, 60, 1), metre=metre))
    staged.go(asked_beat + 0.1)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts[-1][0] == from_beat


def test_the_count_in_after_a_pause_has_the_tempo_of_where_it_leads() -> None:
    tempo = TempoMap(((0.0, 60.0), (8.0, 240.0)))
    staged = started(level_at(tempo, (0, 60, 1), (12, 62, 1), (16, 64, 1)))
    staged.go(tempo.seconds(12) + 0.1)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts == [(0.0, 4.0), (12.0, 8.0)]  # a bar at 240 bpm lasts one second only
    assert staged.run.song_s() == pytest.approx(tempo.seconds(12) - 2.0)
    assert staged.run.count_left == 8


def test_a_slip_before_a_pause_is_extra_when_the_note_is_hit_after_it() -> None:
    staged = started()
    staged.go(-0.1)
    staged.press(61)
    staged.frame()
    staged.run.pause()
    staged.run.resume()
    staged.go(0.0)
    staged.press(60)
    staged.go(99)
    assert [p.use for p in staged.run.verdicts().presses] == [Use.EXTRA, Use.HIT]


def test_a_pause_in_a_pause_is_the_same_pause() -> None:
    staged = started()
    staged.go(1.0)
    first = staged.run.pause()
    staged.clock.advance(1.0)
    staged.press(62)
    assert staged.run.pause(MarkKind.UNPLUGGED) is first
    assert [m.kind for m in staged.notebook.marks] == ["pause"]
    staged.run.resume()
    staged.go(99)
    assert staged.run.verdicts().presses == ()


def test_to_resume_what_is_not_paused_changes_nothing() -> None:
    staged = started()
    staged.go(1.0)
    staged.run.resume()
    assert len(staged.notebook.anchors) == 1
    assert staged.notebook.marks == []


# Ending before the end


def test_after_a_stop_later_notes_were_not_asked() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(1.5)
    staged.run.stop()
    assert staged.run.ended is Ended.STOPPED
    assert [j.verdict.value for j in staged.run.verdicts().judgements] == ["hit", "omission"]
    [(ended, reached_s)] = staged.notebook.ends
    assert ended is Ended.STOPPED
    assert reached_s == pytest.approx(1.5, abs=0.001)
    assert not staged.band.sounding


def test_a_press_that_waits_when_the_run_is_stopped_still_counts() -> None:
    staged = started()
    staged.go(0.02)
    staged.press(60)
    staged.run.stop()
    assert judged(staged.run.update()) == [(0, Verdict.HIT)]
    assert judged(staged.run.update()) == []


def test_a_stop_in_the_first_count_in_asked_nothing() -> None:
    staged = started()
    staged.go(-2.0)
    staged.run.stop()
    assert staged.run.verdicts().judgements == ()


def test_what_was_pressed_in_the_pause_does_not_count_when_the_run_is_stopped_there() -> None:
    staged = started()
    staged.go(0.0)
    staged.run.pause()
    staged.clock.advance(0.05)
    staged.press(60)
    staged.run.stop()
    assert judged(staged.run.update()) == []
    assert staged.run.verdicts().presses == ()


def test_a_stop_in_the_count_in_after_a_pause_forgets_nothing_that_was_reached() -> None:
    staged = started()
    staged.go(2.4)
    staged.run.pause()
    staged.run.resume()
    staged.go(-0.5)
    staged.run.stop()
    assert staged.run.recording().reached_s == pytest.approx(2.4, abs=0.001)
    assert [j.note.index for j in staged.run.verdicts().judgements] == [0, 1, 2]


def test_a_run_that_has_ended_does_not_change_any_more() -> None:
    staged = started()
    staged.go(1.0)
    staged.run.stop()
    before = staged.run.recording()
    staged.clock.advance(5.0)
    staged.press(62)
    staged.run.stop()
    staged.run.pause()
    staged.run.resume()
    staged.run.update()
    assert staged.run.recording() == before
    assert len(staged.notebook.ends) == 1
    assert [m.kind for m in staged.notebook.marks] == ["jitter"]


# What nobody chose


def test_an_unplugged_instrument_pauses_the_run_and_is_marked() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(1.1)
    staged.port.alive = False
    said = staged.frame()
    assert staged.run.paused is not None
    assert [(m.kind, m.text) for m in said if isinstance(m, Mark)] == [("unplugged", "Stand-in")]
    assert staged.run.held == frozenset()
    assert any(isinstance(t, Release) and t.synthetic for t in staged.run.recording().touches)
    assert staged.frame(10.0) == []


def test_the_run_goes_on_with_a_count_in_when_the_instrument_is_back() -> None:
    staged = started()
    staged.go(1.1)
    staged.port.alive = False
    staged.frame()
    staged.frame(10.0)
    staged.port.alive = True
    said = staged.frame()
    assert [h.kind for h in said if isinstance(h, Mark)] == ["resume"]
    assert staged.run.paused is None
    assert staged.band.starts[-1] == (1.0, 4.0)
    assert staged.run.song_s() == pytest.approx(-3.0)


def test_an_instrument_that_comes_back_does_not_end_a_pause_that_was_chosen() -> None:
    staged = started()
    staged.go(1.0)
    staged.run.pause()
    staged.port.alive = False
    staged.frame()
    staged.port.alive = True
    staged.frame()
    assert staged.run.paused is not None
    assert staged.run.paused.kind == "pause"


def test_a_run_that_is_resumed_without_its_instrument_pauses_again() -> None:
    staged = started()
    staged.go(1.0)
    staged.run.pause()
    staged.port.alive = False
    staged.run.resume()
    staged.frame()
    assert staged.run.paused is not None
    assert staged.run.paused.kind == "unplugged"


def test_a_machine_that_slept_finds_the_run_paused_where_it_was() -> None:
    staged = started()
    staged.go(1.1)
    staged.clock.suspend(3600.0)
    said = staged.frame()
    assert [m.kind for m in said if isinstance(m, Mark)] == ["suspended"]
    assert staged.run.song_s() == pytest.approx(1.1, abs=0.001)


def test_a_short_doze_is_not_a_pause() -> None:
    staged = started()
    staged.go(1.0)
    staged.clock.suspend(0.9)
    staged.frame()
    assert staged.run.paused is None


def test_a_machine_that_slept_in_a_pause_is_not_paused_once_more() -> None:
    staged = started()
    staged.go(1.0)
    staged.run.pause()
    staged.clock.suspend(3600.0)
    staged.run.resume()
    staged.frame()
    assert staged.run.paused is None


def test_a_long_stall_pauses_at_what_was_last_seen() -> None:
    staged = started()
    staged.go(0.95)
    staged.frame(3.5)
    assert staged.run.paused is not None
    assert staged.run.paused.kind == "suspended"
    assert staged.run.song_s() == pytest.approx(0.95, abs=0.001)
    staged.run.resume()
    assert staged.band.starts[-1][0] == 0.0  # note 1 is due at 1 s, the pause was before it


def test_what_is_pressed_in_a_long_stall_is_kept_but_not_judged() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.frame()
    staged.port.play(Release(4.5, 60), Press(6.0, 64))  # notes 1 to 3 pass by unseen
    staged.frame(3.5)
    assert staged.run.paused is not None
    assert Press(6.0, 64) in staged.run.recording().touches
    staged.run.resume()
    staged.go(99)
    verdicts = staged.run.verdicts()
    assert [p.pitch for p in verdicts.presses] == [60]
    assert [p.release_s for p in verdicts.presses] == [None]


def test_an_instrument_lost_in_a_long_stall_pauses_at_what_was_last_seen() -> None:
    staged = started()
    staged.go(0.9)
    staged.port.alive = False
    staged.clock.suspend(100.0)
    staged.frame(0.5)
    assert staged.run.paused is not None
    assert staged.run.paused.kind == "unplugged"
    assert staged.run.song_s() == pytest.approx(0.9, abs=0.001)


# The record


def test_the_record_holds_what_the_recorder_was_told() -> None:
    staged = started()
    staged.go(0.0)
    staged.press(60)
    staged.go(0.3)
    staged.release(60)
    staged.go(1.0)
    staged.run.pause(MarkKind.PAUSE, "phone")
    staged.frame(2.0)
    staged.run.resume()
    staged.go(99)
    record = staged.run.recording()
    assert record.touches == tuple(staged.notebook.touches)
    assert record.timeline.anchors == tuple(staged.notebook.anchors)
    assert record.marks == tuple(staged.notebook.marks)
    assert record.device == staged.port.device
    assert [a.rate for a in record.timeline.anchors] == [1.0, 0.0, 1.0]
    assert (record.ended, record.reached_s) == (Ended.FINISHED, None)


def test_an_unfinished_run_says_how_far_it_came() -> None:
    staged = started()
    staged.go(1.5)
    record = staged.run.recording()
    assert record.ended is Ended.UNFINISHED
    assert record.reached_s == pytest.approx(1.5, abs=0.001)


def test_stamps_are_kept_as_they_came() -> None:
    staged = started()
    odd = Press(4.123456789, 60, 17, 0.000321)
    staged.port.play(odd)
    staged.go(0.5)
    assert staged.run.recording().touches == (odd,)


def test_the_resume_that_a_pause_gets_ready_for_is_the_one_that_comes() -> None:
    staged = started()
    staged.clock.advance(6.2)
    staged.run.update()
    staged.run.pause()
    assert staged.band.readied
    staged.clock.advance(1.0)
    staged.run.resume()
    assert staged.band.readied[-1] == staged.band.starts[-1]


def test_what_is_played_from_memory_is_shown_again_after_a_pause() -> None:
    def phrase(start: int) -> tuple[list[BeatNote], list[BeatNote]]:
        shown = [BeatNote(float(start + i), 60 + i, 0.5, part=NoteRole.SHOWN) for i in range(2)]
        return shown, [replace(n, beat=n.beat + 4, part=NoteRole.UNSEEN) for n in shown]

    (first, answer), (second, last) = phrase(0), phrase(8)
    echo = replace(level_of((0, 60, 0.5)), notes=(*answer, *last), unasked=(*first, *second))
    assert [echo.understood_from(i) for i in range(4)] == [0, 0, 8, 8]
    staged = started(echo)
    staged.go(11.5)
    staged.run.pause()
    staged.run.resume()
    assert staged.band.starts[-1][0] == 8.0


# What is heard


class Slipping(Band):
    """A band whose sound falls behind the clock at an instant, as when a busy machine leaves a gap."""

    slipped_s, at_s = 0.0, 1e9

    def position_s(self) -> float | None:
        now_s = self._clock.now_s()
        return now_s - (self.slipped_s if now_s > self.at_s else 0.0)


def test_after_a_gap_in_the_sound_notes_are_due_when_they_are_heard() -> None:
    clock = ManualClock()
    port, notebook, band = Instrument(clock), Notebook(), Slipping(clock)
    band.slipped_s, band.at_s = 0.12, 5.2
    level = level_of(*((float(beat), 60 + beat % 5, 0.5) for beat in range(8)))
    run = Run(level, PLAIN, clock, port, notebook, band)
    run.start()
    port.play(*(Press(4.0 + b + (0.12 if b > 1 else 0.0), 60 + b % 5) for b in range(8)))
    while not run.ended:
        clock.advance(FRAME_S)
        run.update()
    late_s = [j.asynchrony_s for j in run.verdicts().judgements]
    assert late_s == pytest.approx([0.0] * 8, abs=0.006)
    assert [m.kind for m in notebook.marks] == ["slip", "jitter"]
    assert float(notebook.marks[0].text.removesuffix(" ms")) == pytest.approx(-120, abs=1)
    assert tuple(notebook.anchors) == run.timeline.anchors


def test_sound_that_keeps_step_leaves_song_time_alone() -> None:
    staged = started()
    staged.band.position_s = staged.clock.now_s  # type: ignore[method-assign]
    staged.go(99)
    assert len(staged.notebook.anchors) == 1


def test_a_press_in_two_voices_is_told_once_and_kept_twice() -> None:
    played = stack()
    played.run.start()
    played.go(0.0)
    at_s = played.clock.now_s()
    played.port.play(Press(at_s, 60, channel=0), Press(at_s + 0.002, 60, channel=1))
    happened = played.go(0.5)
    assert [type(one) for one in happened if isinstance(one, Press | Judgement)] == [Press, Judgement]
    assert len(played.notebook.touches) == 2


KEYS, PADS = Device(DeviceKind.MIDI, "Keys", "alsa"), Device(DeviceKind.MIDI, "Pads", "alsa")
LONG = level_of(*((beat, 60 + beat % 5, 0.5) for beat in range(20)))
"""Five bars at 60 bpm."""


def attended(level: Level = LONG, *, asks: bool = True) -> Stage:
    """A run that follows whoever plays; pads are 100 ms late, and their key 36 pauses."""
    staged = stack(level)
    staged.port.device = KEYS
    staged.run = Run(level, PLAIN, staged.clock, staged.port, staged.notebook, staged.band)
    late = {KEYS: Terms(PLAIN), PADS: Terms(replace(PLAIN, audio_offset_s=0.1), frozenset({36}))}
    staged.run.attend(lambda device: late[device], asks)
    staged.run.start()
    return staged


def press_on(staged: Stage, device: Device, pitch: int) -> None:
    staged.port.device = device
    staged.port.play(Press(staged.clock.now_s(), pitch, channel=0, device=device))


def test_a_run_belongs_to_the_device_that_played_most_of_it_and_is_judged_as_that() -> None:
    staged = attended()
    for beat, device in enumerate((KEYS, PADS, PADS, KEYS, PADS)):
        staged.go(beat + (0.1 if device is PADS else 0.0))
        press_on(staged, device, 60 + beat)
        staged.frame()
    assert [device for device, _ in staged.notebook.instruments] == [PADS]
    assert staged.run.recording().device == PADS
    assert staged.run.conditions.audio_offset_s == 0.1
    assert staged.run.verdicts().judgements[1].asynchrony_s == pytest.approx(0.0, abs=0.02)
    assert [t.device for t in staged.notebook.touches if isinstance(t, Press)] == [
        KEYS,
        PADS,
        PADS,
        KEYS,
        PADS,
    ]


def test_the_keys_that_are_no_part_of_it_are_those_of_the_device_that_plays() -> None:
    staged = attended()
    staged.go(0.1)
    press_on(staged, PADS, 60)
    staged.frame()
    press_on(staged, PADS, 36)
    assert [type(one) for one in staged.frame()] == [UnscoredTouch]


def test_one_that_is_touched_by_the_way_is_not_what_it_was_played_on() -> None:
    staged = attended()
    for beat, device in enumerate((KEYS, KEYS, PADS, KEYS)):
        staged.go(beat)
        press_on(staged, device, 60 + beat)
        staged.frame()
    assert staged.notebook.instruments == []
    assert staged.run.recording().device == KEYS


def test_where_nobody_presses_anything_the_run_asks_after_its_first_bars() -> None:
    staged = attended()
    happened = staged.go(20.0)
    assert isinstance(happened[-1], Mark)
    assert staged.run.paused == happened[-1]
    assert staged.run.paused.kind == MarkKind.NOBODY
    assert staged.run.song_s() == pytest.approx(8.05, abs=0.05)  # two bars of four seconds, and the grace
    assert staged.run.kept_as == ""


def test_a_level_of_one_bar_asks_before_it_ends() -> None:
    staged = attended(level_of((0, 60, 0.5), (1, 62, 0.5)))
    staged.go(20.0)
    assert staged.run.ended is None
    assert staged.run.paused
    assert staged.run.paused.kind == MarkKind.NOBODY


def test_who_comes_then_begins_again_and_nothing_of_before_is_asked_of_them() -> None:
    staged = attended()
    staged.go(20.0)
    staged.press(60)
    (aside,) = staged.frame(1.0)
    assert isinstance(aside, UnscoredTouch)
    staged.run.resume()
    assert [one.kind for one in staged.run.update() if isinstance(one, Mark)] == [MarkKind.AGAIN]
    assert staged.run.song_s() == -4.0
    staged.go(0.0)
    staged.press(60)
    staged.go(1.0)
    staged.press(61)
    staged.go(30.0)
    recording = staged.run.recording()
    assert [t.pitch for t in recording.touches] == [60, 61]
    assert len(recording.timeline.anchors) == 1
    assert [j.verdict for j in staged.run.verdicts().judgements[:3]] == [
        Verdict.HIT,
        Verdict.HIT,
        Verdict.OMISSION,
    ]
    assert staged.notebook.anchors == list(recording.timeline.anchors)
    assert staged.run.kept_as == "noted"


@pytest.mark.parametrize("asks", [True, False])
def test_one_press_is_enough_not_to_be_asked_and_who_cannot_answer_is_not(asks: bool) -> None:
    staged = attended(asks=asks)
    if asks:
        staged.go(-1.0)
        staged.press(99)
    staged.go(30.0)
    assert staged.run.ended is Ended.FINISHED


def test_sound_that_went_and_came_is_marked_and_taken_up_where_the_song_is() -> None:
    staged = started()
    staged.go(0.5)
    staged.run.sound_changed(False)
    staged.go(1.5)
    staged.run.sound_changed(True)
    assert [mark.kind for mark in staged.notebook.marks] == ["sound gone", "sound back"]
    assert staged.band.taken_up == [pytest.approx(4.0 + 1.5)], "after a count-in of four seconds"
    assert staged.band.starts == [(0.0, 4)]


def test_sound_that_comes_in_a_pause_is_for_what_is_resumed() -> None:
    staged = started()
    staged.go(1.5)
    staged.run.sound_changed(False)
    staged.run.pause()
    before = len(staged.band.readied)
    staged.run.sound_changed(True)
    assert staged.band.taken_up == []
    assert len(staged.band.readied) == before + 1


def test_song_time_that_was_catching_up_with_a_lost_sound_goes_on_at_its_own_rate() -> None:
    clock = ManualClock()
    port, notebook, band = Instrument(clock), Notebook(), Slipping(clock)
    band.slipped_s, band.at_s = 0.12, 5.2
    level = level_of(*((float(beat), 60 + beat % 5, 0.5) for beat in range(8)))
    run = Run(level, PLAIN, clock, port, notebook, band)
    run.start()
    while run.timeline.anchors[-1].rate == 1.0:
        clock.advance(FRAME_S)
        run.update()
    run.sound_changed(True)
    assert run.timeline.anchors[-1].rate == 1.0
