"""Judged runs made by hand: what is asked, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from game.judge.verdicts import JudgedPress, Judgement, Use, Verdict, Verdicts
from game.metrics.kit.table import RunContext, RunTable
from game.music.note import Hand, Note

C4 = 60
FIVE = (60, 62, 64, 65, 67)
"""The white keys from C4, thumb to little finger of the right hand."""

CALIBRATED = RunContext(calibrated=True)


@dataclass(frozen=True)
class Asked:
    """A note and its press; late_s None: no press; on: the pitch pressed, where it is a wrong one."""

    onset_s: float
    late_s: float | None = 0.0
    pitch: int = C4
    finger: int | None = 1
    hand: Hand | None = Hand.RIGHT
    velocity: int = 64
    dwell_s: float | None = 0.2
    duration_s: float = 0.25
    asked_velocity: int | None = None
    on: int | None = None


@dataclass(frozen=True)
class Stray:
    """A press that belongs to no note."""

    time_s: float
    pitch: int
    use: Use = Use.EXTRA
    dwell_s: float | None = 0.1


def judged(
    asked: Iterable[Asked], strays: Iterable[Stray] = (), sure: dict[int, float] | None = None
) -> Verdicts:
    """The verdicts on a run."""
    notes = sorted(asked, key=lambda a: (a.onset_s, a.pitch))
    judgements: list[Judgement] = []
    presses: list[JudgedPress] = []
    for index, one in enumerate(notes):
        note = Note(index, one.onset_s, one.duration_s, one.pitch, one.hand, one.finger, one.asked_velocity)
        if one.late_s is None:
            judgements.append(Judgement(note, Verdict.OMISSION))
            continue
        verdict, use = (Verdict.HIT, Use.HIT) if one.on is None else (Verdict.WRONG_KEY, Use.WRONG_KEY)
        time_s = one.onset_s + one.late_s
        release_s = None if one.dwell_s is None else time_s + one.dwell_s
        press = JudgedPress(
            len(presses), time_s, one.pitch if one.on is None else one.on, one.velocity, release_s, use
        )
        presses.append(press)
        judgements.append(Judgement(note, verdict, press.index, one.late_s))
    for stray in strays:
        release_s = None if stray.dwell_s is None else stray.time_s + stray.dwell_s
        presses.append(JudgedPress(len(presses), stray.time_s, stray.pitch, 40, release_s, stray.use))
    return Verdicts(tuple(judgements), tuple(presses), {}, sure or {})


def table(asked: Iterable[Asked], strays: Iterable[Stray] = (), context: RunContext = CALIBRATED) -> RunTable:
    """The table of such a run."""
    return RunTable.of(judged(asked, strays), context)


def five_finger(late_s: Sequence[float | None], every_s: float = 0.5) -> list[Asked]:
    """1-2-3-4-5-4-3-2 over and over, one note for each lateness."""
    order = (1, 2, 3, 4, 5, 4, 3, 2)
    return [
        Asked(i * every_s, late, FIVE[order[i % 8] - 1], order[i % 8], duration_s=every_s / 2)
        for i, late in enumerate(late_s)
    ]


def one_key(late_s: Sequence[float | None], every_s: float = 0.5) -> list[Asked]:
    """The same note over and over."""
    return [Asked(i * every_s, late) for i, late in enumerate(late_s)]


def taps(times_s: Sequence[float], dwell_s: float = 0.1) -> list[Stray]:
    """Free taps on C4."""
    return [Stray(time_s, C4, dwell_s=dwell_s) for time_s in times_s]


def varied(n: int, seed: int = 1) -> tuple[list[Asked], list[Stray]]:
    """Two hands with chords, slips, omissions, held keys and strays: something for nearly every measure."""
    rng = Random(seed)
    notes: list[Asked] = []
    for note in five_finger([0.0] * n):
        if rng.random() > 0.08:
            notes.append(_played(note, rng))
        else:
            notes.append(replace(note, late_s=None))
        if rng.random() < 0.5:
            low = replace(note, pitch=note.pitch - 12, hand=Hand.LEFT, finger=6 - (note.finger or 1))
            notes.append(_played(low, rng))
    strays = [Stray(rng.uniform(0, n / 2), rng.choice(FIVE)) for _ in range(n // 10)]
    return notes, strays


def _played(note: Asked, rng: Random) -> Asked:
    wrong = rng.random() < 0.05
    return replace(
        note,
        late_s=round(rng.gauss(0.02, 0.03), 4),
        velocity=rng.randint(40, 90),
        dwell_s=round(rng.uniform(0.1, 0.4), 4),
        asked_velocity=rng.choice((40, 90)),
        on=note.pitch + 1 if wrong else None,
    )
