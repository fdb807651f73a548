"""Chooses the next step after a run: level, speed and reason.

Exercises lead up a ladder of steps, songs to the same song with more fingers; neither leads into the other,
they are offered beside each other.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from game.arrange.difficulty.difficulty import difficulty
from game.coach.adaptation import LEAST_NOTES, Went, adapted_speed, mastered, went_well
from game.coach.ladder import ladder, up_the_ladder
from game.coach.songs import another_song, first_song, more_of_song, same_song
from game.music.level import SONG, HandChoice, Instrument
from game.music.level_entry import AnyLevel
from game.music.step_reason import StepReason


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to play next. speed: times the written tempo."""

    level_id: str
    speed: float
    why: StepReason


def next_step(
    level: AnyLevel,
    speed: float,
    hits: int,
    notes: int,
    ramp: Sequence[AnyLevel],
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
    following = _after(level, ramp, {*known, level.id}) if went_well(speed, hits, notes) else None
    if following is not None:
        return NextStep(following.id, 1.0, _why_on(level, following))
    adapted = adapted_speed(speed, hits / notes)
    if adapted > speed:
        return NextStep(level.id, adapted, StepReason.FASTER)
    return NextStep(level.id, adapted, StepReason.CALMER if adapted < speed else StepReason.AGAIN)


def _after(level: AnyLevel, ramp: Sequence[AnyLevel], known: Collection[str]) -> AnyLevel | None:
    """What follows a level that went well, of what is not mastered yet."""
    if level.family == SONG:
        return more_of_song(level, ramp, known) or another_song(level, ramp, known)
    return up_the_ladder(level, ramp, known)


def _why_on(level: AnyLevel, following: AnyLevel) -> StepReason:
    if level.family != SONG or not same_song(level, following):
        return StepReason.ON
    return StepReason.BOTH_HANDS if following.hand is not level.hand else StepReason.MORE_FINGERS


def where_next(
    past: Sequence[Went], ramp: Sequence[AnyLevel], hand: HandChoice, instrument: Instrument
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


Newest = tuple[int, Went, AnyLevel]
"""A run with its place among all runs, and its level."""


def _newest(past: Sequence[Went], levels: Iterable[AnyLevel]) -> Newest | None:
    by_id = {level.id: level for level in levels}
    runs = ((i, one, by_id[one.level_id]) for i, one in enumerate(past) if one.level_id in by_id)
    return max(runs, key=lambda run: run[0], default=None)


def _going_on(
    newest: Newest | None, steps: Sequence[AnyLevel], ramp: Sequence[AnyLevel], known: Collection[str]
) -> NextStep | None:
    if newest is None:
        return NextStep(steps[0].id, 1.0, StepReason.FIRST) if steps else None
    _, run, level = newest
    return next_step(level, run.speed, run.hits, run.notes, ramp, known)


def _reached(climb: NextStep | None, steps: Sequence[AnyLevel], known: Collection[str]) -> float:
    """The highest difficulty mastered or next; without any, no limit."""
    ids = {*known, climb.level_id} if climb else known
    return max((difficulty(one) for one in steps if one.id in ids), default=10.0)


def _song_beside(
    newest: Newest | None,
    songs: Sequence[AnyLevel],
    ramp: Sequence[AnyLevel],
    known: Collection[str],
    reached: float,
) -> NextStep | None:
    """The song that was begun, else the one that is nearest to what was reached so far, with few fingers."""
    if newest is not None:
        return _going_on(newest, songs, ramp, known)
    fitting = first_song(songs, reached)
    return None if fitting is None else NextStep(fitting.id, 1.0, StepReason.SONG)
