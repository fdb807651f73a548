"""A pianist as real recordings show them: two hands, rubato inside the bar, spread chords, ornaments, slips.

The score follows the player bar by bar, so what is left is how the time runs inside a bar. Figures: chord
spread p50 14–31 ms, p95 53–76, p99 150–260; SD about the chord's mean 22 ms; 0.4 % other pitches; about 1 %
left out and 1–2 % put in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import exp, pi, sin
from random import Random

from game.music.note import Note, Press
from tests.judge.patients import Performance

_Stroke = tuple[float, int, int | None]
_Written = tuple[int, float, int, int]
_Placed = tuple[Note, float, int]

PLAIN, DOUBLE, GRACE = 0, 1, 2

SCALE = (0, 2, 4, 5, 7, 9, 11)
MELODY, BASS = 0, 1


@dataclass(frozen=True)
class Pianist:
    """How freely somebody plays.

    drift_s: SD of how far time runs off inside a bar. linger: share of bars with a hold or a broadening of
    half a second or so. leap: share of performances with a bar skipped or played twice. roll_s: the longest
    that a spread chord takes. bar_off_s: SD of how far the score's bars lie from the player's. grace, double:
    shares of notes with a grace note written at the same onset, and written twice for two voices that share
    one key. late_s: of the whole recording.
    """

    chord_sd_s: float = 0.016
    wide_share: float = 0.04
    drift_s: float = 0.045
    linger: float = 0.02
    omit: float = 0.01
    insert: float = 0.012
    wrong: float = 0.004
    ornament: float = 0.008
    leap: float = 0.1
    roll_s: float = 0.2
    bar_off_s: float = 0.0
    grace: float = 0.0
    double: float = 0.0
    late_s: float = 0.0
    wander: float = 0.0
    one_tempo: bool = False


@dataclass
class _Score:
    """Notes as (bar, place in the bar 0–1, pitch, hand), and a trill for some of them."""

    notes: list[tuple[int, float, int, int]] = field(default_factory=list)

    def add(self, bar: int, place: float, pitch: int, hand: int) -> None:
        if (bar, place, pitch) not in {n[:3] for n in self.notes[-40:]}:
            self.notes.append((bar, place, pitch, hand))


def _pitch(degree: int) -> int:
    octave, step = divmod(degree, 7)
    return 60 + 12 * octave + SCALE[step]


def _score(bars: int, rng: Random) -> _Score:
    score, at = _Score(), 7
    for bar in range(bars):
        at = max(2, min(16, at))
        at = _melody(score, bar, at, rng)
        _bass(score, bar, rng.choice((-7, -4, -3, -10)), rng)
    return score


def _melody(score: _Score, bar: int, at: int, rng: Random) -> int:
    kind = rng.choice(("run", "run", "arpeggio", "repeat", "chords", "tune", "tune", "thirds", "trill"))
    count = {"run": 16, "arpeggio": 12, "repeat": 8, "chords": 4, "tune": 5, "thirds": 8, "trill": 16}[kind]
    way = rng.choice((-1, 1))
    for i in range(count):
        degrees = [at]
        if kind == "run":
            at += way
        elif kind == "arpeggio":
            at += (2, 2, 3, -7)[i % 4] * way
        elif kind == "repeat":
            at += way if i % 3 == 2 else 0
        elif kind == "chords":
            degrees = [at, at + 2, at + 4, at + 7][: rng.randint(2, 4)]
            at += rng.choice((-1, 0, 1))
        elif kind == "tune":
            at += rng.choice((-2, -1, 0, 1, 2))
        elif kind == "thirds":
            degrees = [at, at + 2]
            at += way
        else:
            at += 1 if i % 2 == 0 else -1
        for degree in degrees:
            score.add(bar, i / count, _pitch(degree), MELODY)
        if not 0 <= at <= 18:
            way, at = -way, max(0, min(18, at))
    return at


def _bass(score: _Score, bar: int, root: int, rng: Random) -> None:
    kind = rng.choice(("alberti", "alberti", "chords", "octaves", "walking", "waltz"))
    rows: dict[str, list[tuple[int, ...]]] = {
        "alberti": [(0,), (4,), (2,), (4,)] * 4,
        "chords": [(0, 2, 4)] * 4,
        "octaves": [(0,), (-7,)] * 4,
        "walking": [(0,), (1,), (2,), (3,)],
        "waltz": [(-7,), (0, 2, 4), (0, 2, 4)],
    }
    for i, chord in enumerate(rows[kind]):
        for degree in chord:
            score.add(bar, i / len(rows[kind]), _pitch(root + degree), BASS)


def perform(bars: int, rng: Random, pianist: Pianist) -> Performance:
    """A performance of a piece made up on the spot, with its score in the player's bars."""
    score = _score(bars, rng).notes
    order = _order(bars, rng, pianist)
    starts, now_s, bar_s = [], rng.choice((1.0, -0.8)), rng.uniform(1.6, 3.6)
    for _ in range(bars):
        starts.append(now_s)
        now_s += bar_s * rng.uniform(0.88, 1.12)
        bar_s *= exp(rng.gauss(0.0, pianist.wander)) if pianist.wander else 1.0
    starts.append(now_s)
    written = [w for b, p, pitch, _ in score for w in _written(b, p, pitch, rng, pianist)]
    listed = sorted(
        (starts[b] + p * (starts[b + 1] - starts[b]), pitch, b, p, k) for b, p, pitch, k in written
    )
    notes = tuple(
        Note(i, round(onset_s, 4), 0.0 if kind == GRACE else 0.1, pitch)
        for i, (onset_s, pitch, _, _, kind) in enumerate(listed)
    )
    bars_of: dict[int, list[_Placed]] = {b: [] for b in range(bars)}
    for note, (_, _, bar, place, kind) in zip(notes, listed, strict=True):
        bars_of[bar].append((note, place, kind))
    made = []
    off_s = [rng.gauss(0.0, pianist.bar_off_s) for _ in starts] if pianist.bar_off_s else [0.0] * len(starts)
    for bar, play in order:
        bent = list(_bar(bars_of[bar], starts[bar], starts[bar + 1], play, rng, pianist))
        made += [(t + pianist.late_s + _between(t, starts, off_s, bar), p, m) for t, p, m in bent]
    made = _by_hand(made)
    presses = tuple(Press(round(time_s, 4), pitch) for time_s, pitch, _ in made)
    if pianist.one_tempo:
        notes = _at_one_tempo(notes, [(b, p) for _, _, b, p, _ in listed], starts)
    return Performance(notes, presses, tuple(meant for _, _, meant in made))


def _at_one_tempo(
    notes: tuple[Note, ...], places: list[tuple[int, float]], starts: list[float]
) -> tuple[Note, ...]:
    bar_s = (starts[-1] - starts[0]) / (len(starts) - 1)
    return tuple(
        replace(note, onset_s=round(starts[0] + (bar + place) * bar_s, 4))
        for note, (bar, place) in zip(notes, places, strict=True)
    )


def _written(bar: int, place: float, pitch: int, rng: Random, pianist: Pianist) -> Iterator[_Written]:
    """A note of the score, and those written with it."""
    yield bar, place, pitch, PLAIN
    if pianist.double and rng.random() < pianist.double:
        yield bar, place, pitch, DOUBLE
    if pianist.grace and rng.random() < pianist.grace:
        yield bar, place, pitch + rng.choice((-2, -1, 1, 2)), GRACE


def _between(time_s: float, starts: list[float], off_s: list[float], bar: int) -> float:
    """How far the score lies off at a time of a bar, straight from its start to the next one's."""
    share = min(1.0, max(0.0, (time_s - starts[bar]) / (starts[bar + 1] - starts[bar])))
    return off_s[bar] + share * (off_s[bar + 1] - off_s[bar])


def _by_hand(strokes: list[_Stroke]) -> list[_Stroke]:
    """As a hand can play it: notes on one key in their order, and no key twice within 60 ms."""
    order: dict[int, list[int]] = {}
    for _, pitch, meant in sorted(strokes, key=lambda s: s[0]):
        if meant is not None:
            order.setdefault(pitch, []).append(meant)
    queues = {pitch: iter(sorted(meant)) for pitch, meant in order.items()}
    made: list[_Stroke] = []
    last_s: dict[int, float] = {}
    for time_s, pitch, meant in sorted(strokes, key=lambda s: (s[0], s[1])):
        if meant is None and any(
            p == pitch and abs(t - time_s) < 0.06 for t, p, m in strokes if m is not None
        ):
            continue
        down_s = max(time_s, last_s.get(pitch, -9.0) + 0.06)
        last_s[pitch] = down_s
        made.append((down_s, pitch, None if meant is None else next(queues[pitch])))
    return sorted(made, key=lambda s: (s[0], s[1]))


def _order(bars: int, rng: Random, pianist: Pianist) -> list[tuple[int, str]]:
    """The bars with how each is played; one may be skipped, or be played twice in the time of the next."""
    plays = ["as written"] * bars
    if rng.random() < pianist.leap and bars > 12:
        at = rng.randint(6, bars - 4)
        plays[at] = rng.choice(("skipped", "once more"))
    return list(enumerate(plays))


def _bar(
    notes: list[_Placed], start_s: float, end_s: float, play: str, rng: Random, pianist: Pianist
) -> Iterator[_Stroke]:
    if play == "skipped":
        return
    bend = [rng.gauss(0.0, pianist.drift_s / k) for k in (1, 2, 3)]
    linger_s = rng.uniform(0.15, 0.7) if rng.random() < pianist.linger else 0.0
    linger_at = rng.choice((0.25, 0.5, 0.75))
    spreads: dict[float, tuple[float, float]] = {}
    for note, place, kind in notes:
        if kind == DOUBLE:
            continue
        run_s = sum(b * sin((k + 1) * pi * place) for k, b in enumerate(bend))
        if linger_s:
            run_s += linger_s * ((place > linger_at) - place)
        late_s, wide_s = spreads.setdefault(place, (rng.gauss(0.0, 0.012), _wide_s(rng, pianist)))
        chord = sorted({n.pitch for n, p, k in notes if p == place and k != GRACE} | {note.pitch})
        roll_s = wide_s * chord.index(note.pitch) / len(chord)
        if kind == GRACE:
            yield note.onset_s + run_s + late_s + roll_s - rng.uniform(0.05, 0.13), note.pitch, note.index
            continue
        time_s = note.onset_s + run_s + late_s + roll_s + rng.gauss(0.0, pianist.chord_sd_s)
        yield from _stroke(note, time_s, rng, pianist)
        if play == "once more":
            shrunk_s = start_s + (time_s - start_s) * 0.5 + (end_s - start_s) * 0.5
            yield shrunk_s, note.pitch, None


def _wide_s(rng: Random, pianist: Pianist) -> float:
    """How long a chord takes from its first note to its last, as far as it is rolled."""
    return rng.uniform(0.1, pianist.roll_s) if rng.random() < pianist.wide_share else 0.0


def _stroke(note: Note, time_s: float, rng: Random, pianist: Pianist) -> Iterator[_Stroke]:
    """One note as it comes: left out, slipped, ornamented, or with a key too many."""
    fate = rng.random()
    if fate < pianist.omit:
        return
    pitch = note.pitch
    if fate < pianist.omit + pianist.wrong:
        pitch += rng.choice((-2, -1, 1, 2, -12, 12))
    elif fate < pianist.omit + pianist.wrong + pianist.ornament:
        yield from _ornament(note.pitch, time_s, rng)
        time_s += rng.choice((0.0, 0.07))
    yield time_s, pitch, note.index
    if rng.random() < pianist.insert:
        yield time_s + rng.gauss(0.0, 0.1), pitch + rng.choice((-2, -1, 1, 2, 12, -12, 0)), None


def _ornament(pitch: int, time_s: float, rng: Random) -> Iterator[_Stroke]:
    kind, step = rng.choice(("trill", "mordent", "grace")), rng.choice((1, 2))
    if kind == "grace":
        yield time_s - rng.uniform(0.05, 0.12), pitch + step, None
    elif kind == "mordent":
        yield time_s + 0.08, pitch + step, None
        yield time_s + 0.16, pitch, None
    else:
        for i in range(rng.randint(3, 8)):
            yield time_s + 0.085 * (i + 1), pitch + (step if i % 2 == 0 else 0), None
