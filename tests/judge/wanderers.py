"""Players who leave the beat, and what each of their presses was meant for.

They begin late, stop, go on, begin again, repeat or leave out bars, and go at a tempo of their own. A note
that is played more than once counts where most was played in one go, the later of equals; presses that play
it elsewhere are meant for none that counts.

`python -m tests.judge.wanderers [runs]` shows how well the clinical record follows them.
"""

import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from statistics import fmean
from time import process_time

from game.judge.clinical.alignment import align
from game.library.files import library
from game.music.level import Level
from game.music.note import Note, Press
from tests.judge.expressive import Pianist, perform
from tests.judge.patients import Performance
from tests.judge.patients import perform as play
from tests.playing import Player

LEVELS = Path(__file__).parents[2] / "levels"
STEADY = Player(mean_s=0.02, sd_s=0.035, omit=0.01, wrong=0.01, stray=1.0)
SURE = 0.5

Stroke = tuple[float, int, int | None]


@dataclass(frozen=True)
class Piece:
    """A performance in time, and where its bars begin, by the index of their first note."""

    played: Performance
    bars: tuple[int, ...]

    def strokes(self) -> list[Stroke]:
        """Presses with what they were meant for."""
        one = self.played
        return [(p.time_s, p.pitch, m) for p, m in zip(one.presses, one.meant, strict=True)]

    def again(self, strokes: list[Stroke]) -> Performance:
        """The same notes played otherwise."""
        strokes = sorted(strokes)
        presses = tuple(Press(round(time_s, 4), pitch) for time_s, pitch, _ in strokes)
        return Performance(self.played.notes, presses, tuple(meant for _, _, meant in strokes))

    def cut(self, note: int) -> tuple[list[Stroke], list[Stroke], float]:
        """The strokes before and from a note on, and the time between them."""
        strokes = self.strokes()
        first = next((i for i, (_, _, m) in enumerate(strokes) if m is not None and m >= note), len(strokes))
        at_s = strokes[first][0] - 0.02 if first < len(strokes) else strokes[-1][0] + 0.5
        return strokes[:first], strokes[first:], at_s


def moved(strokes: list[Stroke], by_s: float, counts: bool = True) -> list[Stroke]:
    return [(time_s + by_s, pitch, meant if counts else None) for time_s, pitch, meant in strokes]


def in_time(piece: Piece, rng: Random) -> Performance:
    return piece.played


def paused(piece: Piece, rng: Random) -> Performance:
    before, after, _ = piece.cut(rng.choice(piece.bars[1:-1]))
    return piece.again([*before, *moved(after, rng.choice((2.0, 5.0)))])


def restarted(piece: Piece, rng: Random) -> Performance:
    """From the beginning, after some bars and a moment's thought."""
    notes = piece.played.notes
    before, _, at_s = piece.cut(rng.randint(len(notes) // 5, 3 * len(notes) // 5))
    whole = piece.strokes()
    begins_s = at_s + rng.uniform(0.5, 3.0)
    return piece.again([*moved(before, 0.0, False), *moved(whole, begins_s - whole[0][0])])


def repeated(
    piece: Piece, rng: Random, bars: int = 1, pause_s: tuple[float, float] = (0.0, 0.0)
) -> Performance:
    """Some bars twice, with or without a pause, and then on from there."""
    at = rng.randint(bars + 1, len(piece.bars) - 2)
    before, _, _ = piece.cut(piece.bars[at - bars])
    through, after, end_s = piece.cut(piece.bars[at])
    _, _, start_s = piece.cut(piece.bars[at - bars])
    wait_s = rng.uniform(*pause_s)
    middle = through[len(before) :]
    late_s = end_s - start_s + wait_s
    # The first time the stretch is longer where more was played before than comes after.
    first = len(through) > len(middle) + len(after)
    return piece.again(
        [*before, *moved(middle, 0.0, first), *moved(middle, late_s, not first), *moved(after, late_s)]
    )


def skipped(piece: Piece, rng: Random) -> Performance:
    """A bar left out, and on without a gap."""
    at = rng.randint(2, len(piece.bars) - 3)
    before, _, start_s = piece.cut(piece.bars[at])
    _, after, end_s = piece.cut(piece.bars[at + 1])
    return piece.again([*before, *moved(after, start_s - end_s)])


def begun_late(piece: Piece, rng: Random) -> Performance:
    """The first 1 to 4 notes missing."""
    missing = rng.randint(1, 4)
    return piece.again([s for s in piece.strokes() if s[2] is None or s[2] >= missing])


def left_early(piece: Piece, rng: Random) -> Performance:
    before, _, _ = piece.cut(round(len(piece.played.notes) * rng.uniform(0.5, 0.8)))
    return piece.again(before)


def own_tempo(piece: Piece, rng: Random, ratio: tuple[float, float] = (0.7, 1.3)) -> Performance:
    """At a tempo of their own from the first note on."""
    longer = 1 / rng.uniform(*ratio)
    begins_s = piece.strokes()[0][0]
    return piece.again([(begins_s + (t - begins_s) * longer, p, m) for t, p, m in piece.strokes()])


def drifting(piece: Piece, rng: Random) -> Performance:
    """Slower and slower, or faster and faster, by up to 15 % at the end."""
    bend, strokes = rng.uniform(-0.15, 0.15), piece.strokes()
    begins_s, whole_s = strokes[0][0], strokes[-1][0] - strokes[0][0]
    return piece.again([(t + bend * (t - begins_s) ** 2 / (2 * whole_s), p, m) for t, p, m in strokes])


def stepped(piece: Piece, rng: Random) -> Performance:
    """A step of 300 ms in the middle."""
    before, after, _ = piece.cut(rng.choice(piece.bars[1:-1]))
    return piece.again([*before, *moved(after, rng.choice((-0.2, 0.3, 0.45)))])


def repeated_after_pause(piece: Piece, rng: Random) -> Performance:
    return repeated(piece, rng, 2, (0.7, 3.0))


KINDS: dict[str, Callable[[Piece, Random], Performance]] = {
    "in time": in_time,
    "pauses 2 or 5 s": paused,
    "restarts": restarted,
    "repeats a bar": repeated,
    "two bars after a pause": repeated_after_pause,
    "skips a bar": skipped,
    "begins late": begun_late,
    "leaves early": left_early,
    "own tempo": own_tempo,
    "drifts": drifting,
    "steps": stepped,
}


SONGS = (
    "amazing-grace", "auld-lang-syne", "clementine", "deck-the-halls", "frere-jacques", "greensleeves",
    "jingle-bells", "joy-to-the-world", "morning-mood", "ode-to-joy", "silent-night", "yankee-doodle",
)  # fmt: skip
"""Tunes of the library that stay as they are, whatever else is added."""


@cache
def songs() -> tuple[Level, ...]:
    """Some songs of the library, for one, three and five fingers of the right hand."""
    ids = {f"song-{name}-{fingers}" for name in SONGS for fingers in (1, 3, 5)}
    return tuple(sorted((one for one in library(LEVELS) if one.id in ids), key=lambda level: level.id))


def song(rng: Random) -> Piece:
    level = rng.choice(songs())
    notes = level.notes_at(1.0)
    bar_s = level.bar_beats * 60 / level.tempo.bpm(0)
    return Piece(play(STEADY, notes, rng), _bars(notes, bar_s))


def expressive(rng: Random, bars: int = 16) -> Piece:
    """A made-up piece in free time over a score of one tempo."""
    played = perform(bars, rng, Pianist(leap=0.0, wander=0.05, one_tempo=True))
    whole_s = played.notes[-1].onset_s - played.notes[0].onset_s
    return Piece(played, _bars(played.notes, whole_s / (bars - 0.5)))


def one_key(rng: Random, count: int = 32, gap_s: float = 0.5) -> Piece:
    notes = tuple(Note(i, i * gap_s, gap_s / 2, 60) for i in range(count))
    return Piece(play(STEADY, notes, rng), tuple(range(0, count, 4)))


def _bars(notes: tuple[Note, ...], bar_s: float) -> tuple[int, ...]:
    found: dict[int, int] = {}
    for note in notes:
        found.setdefault(int((note.onset_s - notes[0].onset_s + 0.01) // bar_s), note.index)
    return tuple(found.values())


PIECES: dict[str, Callable[[Random], Piece]] = {"songs": song, "expressive": expressive}


def performances(
    of: str, runs: int, kinds: Collection[str] = tuple(KINDS)
) -> Iterator[tuple[str, list[Performance]]]:
    """Some kinds with their runs, over one kind of piece."""
    for name in kinds:
        kind, found = KINDS[name], []
        for run in range(runs):
            rng = Random(f"{of} {name} {run}")
            found.append(kind(PIECES[of](rng), rng))
        yield name, found


@dataclass(frozen=True)
class Score:
    """f: F-score of the pairs. wrong: share of notes wrongly paired and told as sure. doubtful: share."""

    f: float
    wrong: float
    doubtful: float


def score(played: Performance) -> Score:
    """How well one performance was followed."""
    found = align(played.notes, played.presses)
    true = {(note, press) for press, note in enumerate(played.meant) if note is not None}
    pairs = set(found.pairs)
    sure = {note for note, share in found.confidence.items() if share >= SURE}
    wrong = sum(note in sure for note, press in pairs - true)
    return Score(
        2 * len(true & pairs) / max(1, len(true) + len(pairs)),
        wrong / len(played.notes),
        1 - len(sure) / len(played.notes),
    )


def main(runs: int) -> None:
    for of in PIECES:
        for name, played in performances(of, runs):
            begun_s = process_time()
            scores = [score(one) for one in played]
            note_us = (process_time() - begun_s) * 1e6 / sum(len(one.notes) for one in played)
            low = sum(one.f < 0.9 and one.doubtful < 0.1 for one in scores)
            print(
                f"{of:10} {name:24} F {fmean(s.f for s in scores):.4f} lowest {min(s.f for s in scores):.3f}"
                f"  wrong and sure {100 * fmean(s.wrong for s in scores):5.2f} %  doubtful"
                f" {100 * fmean(s.doubtful for s in scores):5.1f} %  untold {low}  {note_us:4.0f} µs"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
