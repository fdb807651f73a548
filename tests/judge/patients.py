"""Kinds of player with the truth about them: for each press, the note that it was meant for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from game.music.note import Note, Press

FIVE = (60, 62, 64, 65, 67)
"""C D E F G: a hand at rest."""

WHITE = tuple(p for p in range(128) if p % 12 in (0, 2, 4, 5, 7, 9, 11))


@dataclass(frozen=True)
class Played:
    """What was asked and what came. meant: for each press the index of its note, or None for an extra."""

    notes: tuple[Note, ...]
    presses: tuple[Press, ...]
    meant: tuple[int | None, ...]


@dataclass(frozen=True)
class Player:
    """How a kind of player plays; times in seconds, shares from 0 to 1.

    memory: lag-1 correlation of the lateness. chord_sd_s: of each key about the chord. extra: presses out
    of nowhere, as a share of the notes. strike_again: share of presses that tremor repeats 80–250 ms later.
    off_keys: white keys the hand lies to the side in the middle of the run. lost: bars without a place.
    """

    mean_s: float = 0.0
    sd_s: float = 0.045
    memory: float = 0.3
    chord_sd_s: float = 0.012
    omit: float = 0.04
    wrong: float = 0.03
    extra: float = 0.04
    strike_again: float = 0.0
    off_keys: int = 0
    lost: str = ""

    def play(self, notes: Sequence[Note], rng: Random) -> Played:
        """The presses for `notes`, in time order, with what each was meant for."""
        made = [*self._strokes(notes, rng), *self._strays(notes, rng)]
        made += [again for stroke in made for again in self._again(stroke, rng)]
        made.sort(key=lambda stroke: (stroke[0], stroke[1]))
        presses = tuple(Press(time_s, pitch) for time_s, pitch, _ in made)
        return Played(tuple(notes), presses, tuple(meant for _, _, meant in made))

    def _strokes(self, notes: Sequence[Note], rng: Random) -> list["_Stroke"]:
        made: list[_Stroke] = []
        late_s, onset_s = rng.gauss(0.0, self.sd_s), None
        third = len(notes) // 3
        bar_s = 4 * _beat_s(notes)
        begin_s = notes[third].onset_s
        for at, note in enumerate(notes):
            if note.onset_s != onset_s:
                own_s = rng.gauss(0.0, self.sd_s * (1 - self.memory**2) ** 0.5)
                late_s, onset_s = self.memory * late_s + own_s, note.onset_s
            time_s = note.onset_s + self.mean_s + late_s + rng.gauss(0.0, self.chord_sd_s)
            lost = bool(self.lost) and begin_s <= note.onset_s < begin_s + 2 * bar_s
            if rng.random() < self.omit or (lost and self.lost == "silent"):
                continue
            if lost and self.lost == "groping":
                if rng.random() < 0.6:
                    made.append((note.onset_s + rng.uniform(-0.3, 0.3), rng.choice(FIVE), None))
                continue
            if lost and self.lost == "behind":
                time_s += _beat_s(notes)
            pitch = note.pitch
            if third <= at < 2 * third:
                pitch = WHITE[WHITE.index(pitch) + self.off_keys] if self.off_keys else pitch
            if rng.random() < self.wrong:
                pitch = WHITE[WHITE.index(pitch) + rng.choice((-1, 1))]
            made.append((time_s, pitch, note.index))
        return made

    def _strays(self, notes: Sequence[Note], rng: Random) -> list["_Stroke"]:
        span_s = (notes[0].onset_s - 0.5, notes[-1].onset_s + 0.5)
        return [(rng.uniform(*span_s), rng.choice(FIVE), None) for _ in notes if rng.random() < self.extra]

    def _again(self, stroke: "_Stroke", rng: Random) -> list["_Stroke"]:
        if rng.random() >= self.strike_again:
            return []
        return [(stroke[0] + rng.uniform(0.08, 0.25), stroke[1], None)]


_Stroke = tuple[float, int, int | None]


def _beat_s(notes: Sequence[Note]) -> float:
    """The commonest gap between onsets."""
    onsets = sorted({n.onset_s for n in notes})
    gaps = [round(b - a, 4) for a, b in pairwise(onsets)]
    return max(set(gaps), key=gaps.count)


def asked(times: Sequence[tuple[float, int]]) -> tuple[Note, ...]:
    """Notes at these onsets and pitches."""
    ordered = sorted((round(onset_s, 4), pitch) for onset_s, pitch in times)
    return tuple(Note(i, onset_s, 0.2, pitch) for i, (onset_s, pitch) in enumerate(ordered))


def fingers(ioi_s: float, count: int = 60) -> Callable[[Random], tuple[Note, ...]]:
    """Five fingers up, down and about, one note at a time."""

    def make(rng: Random) -> tuple[Note, ...]:
        at, times = 0, []
        for i in range(count):
            times.append((i * ioi_s, FIVE[at]))
            at = max(0, min(4, at + rng.choice((-2, -1, -1, 0, 1, 1, 2))))
        return asked(times)

    return make


def bursts(ioi_s: float, pitches: tuple[int, ...] = (60,)) -> Callable[[Random], tuple[Note, ...]]:
    """Fast strokes on one key, or on some in turn: bursts of four to eight, with rests between."""

    def make(rng: Random) -> tuple[Note, ...]:
        now_s, times = 0.0, []
        for _ in range(10):
            for i in range(rng.randint(4, 8)):
                times.append((now_s, pitches[i % len(pitches)]))
                now_s += ioi_s
            now_s += 2 * ioi_s + rng.choice((1, 2)) * ioi_s
        return asked(times)

    return make


def chords(ioi_s: float) -> Callable[[Random], tuple[Note, ...]]:
    """Chords of two to four keys of five."""

    def make(rng: Random) -> tuple[Note, ...]:
        times = []
        for i in range(24):
            times += [(i * ioi_s, pitch) for pitch in rng.sample(FIVE, rng.randint(2, 4))]
        return asked(times)

    return make


PATIENTS: dict[str, tuple[Callable[[Random], tuple[Note, ...]], Player]] = {
    "quick repeats, late": (bursts(0.15), Player(mean_s=0.1, sd_s=0.025, chord_sd_s=0.005)),
    "rolls of five": (bursts(0.11, FIVE), Player(sd_s=0.03, mean_s=0.04)),
    "trills": (bursts(0.11, FIVE[:2]), Player(sd_s=0.03, mean_s=0.04)),
    "SD 80": (fingers(0.6), Player(sd_s=0.08)),
    "SD 150": (fingers(0.9), Player(sd_s=0.15)),
    "spread chords": (chords(1.0), Player(chord_sd_s=0.05)),
    "one key to the right": (fingers(0.5), Player(off_keys=1)),
    "two keys to the left": (fingers(0.5), Player(off_keys=-2, mean_s=0.05)),
    "lost and silent": (fingers(0.5), Player(lost="silent")),
    "lost and groping": (fingers(0.5), Player(lost="groping")),
    "lost and a beat behind": (fingers(0.5), Player(lost="behind")),
    "trembling": (fingers(0.6), Player(sd_s=0.06, strike_again=0.35)),
    "severe": (fingers(0.8), Player(sd_s=0.1, mean_s=0.08, omit=0.4, wrong=0.05, extra=0.1)),
}
"""Kinds with the exercise each plays, beside those of `tests/players.py`."""
