"""Chooses the next step after a run: level, speed and reason.

The steps and thresholds are proposals for a clinician to sign off: the player is kept between 70 and 85 %
of hits, one thing changes at a time, and a fixed table says by how much. Exercises lead up a ladder of steps,
songs to the same song with more fingers; neither leads into the other, they are offered beside each other.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from game.arrange.difficulty.difficulty import difficulty
from game.arrange.other_hand import SONG
from game.metrics.by_bar import BarWent, most_left
from game.music.bars import Bars
from game.music.level import HandChoice, Instrument, Level
from game.music.part import part_from

SPEED_STEPS = ((0.95, 1.10), (0.85, 1.05), (0.70, 1.00), (0.50, 0.93), (0.00, 0.85))
"""(minimum hit rate, speed multiplier), highest first."""

SLOWEST, FASTEST = 0.25, 1.5

MASTERED = 0.85
"""Minimum hit rate at the written tempo for offering the next level in the ramp."""

SONG_ABOVE = 0.5
"""A song may be more difficult than the hardest mastered exercise by this much."""

NARROWEST_PERFECT_S, WIDEST_PERFECT_S = 0.050, 0.200
"""Limits in seconds of the innermost window derived from a player's steadiness."""

MIN_SD_HITS = 30
"""Minimum number of hits for deriving a player's own windows."""


class StepReason(StrEnum):
    """The reason for a next step."""

    FIRST = "first"
    ON = "on"
    MORE_FINGERS = "more fingers"
    BOTH_HANDS = "both hands"
    SONG = "song"
    FASTER = "faster"
    AGAIN = "again"
    CALMER = "calmer"
    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to play next. speed: times the written tempo."""

    level_id: str
    speed: float
    why: StepReason


SHORTEST_PART, LONGEST_PART, PART_TIMES = 2, 4, 4
"""Bars in a practised part (least and most), and its repeats."""

PART_CALMER = (0.70, 0.80)
"""(hit rate, speed multiplier): below this rate a part is practised at that share of the speed."""


def practice(
    level: Level, speed: float, went: Sequence[BarWent], beat: float | None = None
) -> tuple[Bars, float] | None:
    """Bars to practise and their speed after a run at `speed`; None if there are none.

    beat: where the run stands, to practise around there; else the bars that left most are chosen.
    """
    longest = min(LONGEST_PART, level.bar_count - 1)
    if longest < SHORTEST_PART:
        return None
    begin = 0 if beat is None else max(1, min(level.bar_of(beat) - 2, level.bar_count - longest + 1))
    ends = most_left(went, SHORTEST_PART, longest) if beat is None else (begin, begin + longest - 1)
    bars = part_from(level, *ends, PART_TIMES) if ends else None
    if bars is None:
        return None
    inside = went[bars.first - 1 : bars.last]
    notes, hits = sum(bar.notes for bar in inside), sum(bar.hits for bar in inside)
    least, share = PART_CALMER
    return bars, max(SLOWEST, round(speed * share, 2)) if hits < least * notes else speed


LEAST_NOTES = 4
"""Minimum number of notes for conclusions about a level."""


class Went(Protocol):
    """An earlier run. speed: times the written tempo; hits and notes: played and asked."""

    @property
    def level_id(self) -> str: ...

    @property
    def speed(self) -> float: ...

    @property
    def hits(self) -> int: ...

    @property
    def notes(self) -> int: ...


def next_step(
    level: Level,
    speed: float,
    hits: int,
    notes: int,
    ramp: Sequence[Level],
    known: Collection[str] = frozenset(),
) -> NextStep:
    """The step after a run of `level` at `speed` with `hits` of `notes` played.

    ramp: the levels that this player may play, in ramp order. known: ids of those mastered before. A probe
    stays as it is written, however it went, and no ramp leads to one. A part leads to the whole.
    """
    if level.probe:
        return NextStep(level.id, 1.0, StepReason.AGAIN)
    if level.bars:
        return NextStep(level.id, speed, StepReason.WHOLE)
    if notes < LEAST_NOTES:
        return NextStep(level.id, speed, StepReason.AGAIN)
    hit_rate = hits / notes
    following = _after(level, ramp, {*known, level.id}) if went_well(speed, hits, notes) else None
    if following is not None:
        return NextStep(following.id, 1.0, _why_on(level, following))
    factor = next(factor for least, factor in SPEED_STEPS if hit_rate >= least)
    slower = min(FASTEST, max(SLOWEST, round(speed * factor, 2)))
    faster = 1.0 if speed < 1.0 < slower else slower
    if faster > speed:
        return NextStep(level.id, faster, StepReason.FASTER)
    return NextStep(level.id, faster, StepReason.CALMER if faster < speed else StepReason.AGAIN)


def went_well(speed: float, hits: int, notes: int) -> bool:
    """Whether a run shows that a level is mastered: enough hits, at the written tempo or faster."""
    return notes >= LEAST_NOTES and hits / notes >= MASTERED and speed >= 0.999


def mastered(past: Iterable[Went]) -> frozenset[str]:
    """Ids of the levels that went well once."""
    return frozenset(one.level_id for one in past if went_well(one.speed, one.hits, one.notes))


def kind(level: Level) -> tuple[str, tuple[int, ...]]:
    """The kind of an exercise: its family and its fingers."""
    return level.family, level.fingers


def ladder(ramp: Iterable[Level], hand: HandChoice, instrument: Instrument) -> tuple[Level, ...]:
    """The exercises of a hand on an instrument, in the order of the ramp: neither songs nor probes."""
    fits = (one for one in ramp if one.hand is hand and one.instrument is instrument)
    return tuple(one for one in fits if not one.probe and one.family != SONG)


def song_of(level: Level) -> str:
    """Which song a level is of: the same for all levels of a song."""
    return _SONG_ID.sub(r"\g<song>", level.id)


_SONG_ID = re.compile(r"^(?:song-)?(?P<song>.+?)(?:-(?:1|3|5|both))?(?:-left|-right)?$")


def where_next(
    past: Sequence[Went], ramp: Sequence[Level], hand: HandChoice, instrument: Instrument
) -> tuple[NextStep, ...]:
    """Recommendations, best first: an exercise of the ladder and a song of suitable difficulty.

    past: earlier runs, oldest first. The one that continues the newest run comes first. Empty where the
    player may play nothing of that hand.
    """
    known, steps = mastered(past), ladder(ramp, hand, instrument)
    exercise = _newest(past, steps)
    climb = _going_on(exercise, steps, ramp, known)
    if climb and not past:  # a new player starts with the first step
        return (climb,)
    songs = [one for one in ramp if one.family == SONG and one.hand in (hand, HandChoice.BOTH)]
    songs = [one for one in songs if one.instrument is instrument and not one.probe]
    song = _newest(past, songs)
    tune = _song_beside(song, songs, ramp, known, _reached(climb, steps, known))
    offers = [step for step in (climb, tune) if step is not None]
    sang_last = song is not None and (exercise is None or song[0] > exercise[0])
    return tuple(offers[::-1] if sang_last else offers)


Newest = tuple[int, Went, Level]
"""A run with its place among all runs, and its level."""


def _newest(past: Sequence[Went], levels: Iterable[Level]) -> Newest | None:
    by_id = {level.id: level for level in levels}
    runs = ((i, one, by_id[one.level_id]) for i, one in enumerate(past) if one.level_id in by_id)
    return max(runs, key=lambda run: run[0], default=None)


def _going_on(
    newest: Newest | None, steps: Sequence[Level], ramp: Sequence[Level], known: Collection[str]
) -> NextStep | None:
    if newest is None:
        return NextStep(steps[0].id, 1.0, StepReason.FIRST) if steps else None
    _, run, level = newest
    return next_step(level, run.speed, run.hits, run.notes, ramp, known)


def _reached(climb: NextStep | None, steps: Sequence[Level], known: Collection[str]) -> float:
    """The highest difficulty mastered or next; without any, no limit."""
    ids = {*known, climb.level_id} if climb else known
    return max((difficulty(one) for one in steps if one.id in ids), default=10.0)


def _song_beside(
    newest: Newest | None,
    songs: Sequence[Level],
    ramp: Sequence[Level],
    known: Collection[str],
    reached: float,
) -> NextStep | None:
    """The song that was begun, else the one that is nearest to what was reached so far, with few fingers."""
    if newest is not None:
        return _going_on(newest, songs, ramp, known)
    one_hand = any(one.hand is not HandChoice.BOTH for one in songs)
    first = [own[0] for own in by_song(songs).values()]
    if one_hand:  # a player who trains one hand also starts songs with it
        first = [one for one in first if one.hand is not HandChoice.BOTH]
    fits = [one for one in first if difficulty(one) <= reached + SONG_ABOVE]
    fitting = max(fits, key=lambda one: (difficulty(one), one.id), default=None)
    return None if fitting is None else NextStep(fitting.id, 1.0, StepReason.SONG)


def by_song(levels: Iterable[Level]) -> dict[str, list[Level]]:
    """The levels of each song, fewest fingers first."""
    own: dict[str, list[Level]] = {}
    for level in levels:
        own.setdefault(song_of(level), []).append(level)
    return {song: sorted(of_it, key=_richness) for song, of_it in own.items()}


def _richness(level: Level) -> tuple[bool, int, float, str]:
    """Orders a song's levels: both hands after one, more fingers after fewer."""
    return level.hand is HandChoice.BOTH, len(level.fingers), difficulty(level), level.id


def _after(level: Level, ramp: Sequence[Level], known: Collection[str]) -> Level | None:
    """What follows a level that went well, of what is not mastered yet."""
    if level.family == SONG:
        return _more_of_song(level, ramp, known) or _another_song(level, ramp, known)
    return _up_the_ladder(level, ramp, known)


def _more_of_song(level: Level, ramp: Sequence[Level], known: Collection[str]) -> Level | None:
    """The same song with more fingers of that hand, then with both hands."""
    own = [one for one in ramp if one.family == SONG and song_of(one) == song_of(level)]
    hands = (level.hand, HandChoice.BOTH)
    richer = [one for one in own if one.hand in hands and _richness(one)[:2] > _richness(level)[:2]]
    return min((one for one in richer if one.id not in known), key=_richness, default=None)


def _another_song(level: Level, ramp: Sequence[Level], known: Collection[str]) -> Level | None:
    """Another song for as many fingers, the one nearest in difficulty."""
    alike = [one for one in ramp if one.family == SONG and one.instrument is level.instrument]
    alike = [one for one in alike if _richness(one)[:2] == _richness(level)[:2] and one.hand is level.hand]
    others = [one for one in alike if song_of(one) != song_of(level) and one.id not in known]
    return min(others, key=lambda one: (abs(difficulty(one) - difficulty(level)), one.id), default=None)


def _up_the_ladder(level: Level, ramp: Sequence[Level], known: Collection[str]) -> Level | None:
    """The next exercise of a kind that this step still wants, then the first such of a later step."""
    steps = [one for one in ladder(ramp, level.hand, level.instrument) if one.step >= level.step]
    had = {(one.step, *kind(one)) for one in (*steps, level) if one.id in known}
    return next((one for one in steps if (one.step, *kind(one)) not in had), None)


def _why_on(level: Level, following: Level) -> StepReason:
    if level.family != SONG or song_of(level) != song_of(following):
        return StepReason.ON
    return StepReason.BOTH_HANDS if following.hand is not level.hand else StepReason.MORE_FINGERS


def in_ramp_order(levels: Iterable[Level]) -> tuple[Level, ...]:
    """Levels by step, and within a step the easier ones first."""
    return tuple(sorted(levels, key=lambda level: (level.step, difficulty(level), level.id)))


def personal_windows_s(sd_ms: float, hits: int) -> tuple[float, float, float] | None:
    """A player's own hit windows (half-widths): one, two and three SDs of their asynchrony, within limits.

    sd_ms, hits: of recent runs. None for too few hits.
    """
    if hits < MIN_SD_HITS or not sd_ms > 0:
        return None
    perfect_s = min(WIDEST_PERFECT_S, max(NARROWEST_PERFECT_S, sd_ms / 1000))
    return round(perfect_s, 4), round(2 * perfect_s, 4), round(3 * perfect_s, 4)
