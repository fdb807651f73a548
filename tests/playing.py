"""Plays notes as a person might of whom all is known: how they play, and what each press was meant for.

A player's figures are the truth that measures are held against; what one performance came to, press by press,
is the truth that attribution is held against.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import sqrt
from random import Random

from game.music.keyboard import is_black, white_index, white_pitch
from game.music.note import LITTLE_FINGER, THUMB, Hand, Note, Press, Release, Touch

GAP_S = 0.02
"""The least time between two presses of one key, and half of it that the key is up."""

CLEAR_S = 0.05
"""An unasked press this near to a meant one on the same key cannot happen: the key is down."""

TREMOR_HZ = (4.0, 12.0)
SEARCH_S = 1.6
"""Somebody who is lost tries a key about so often."""

Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Fatigue:
    """What changes from the first note of a run to the last, evenly.

    velocity: MIDI units added. sd: share of the SD added (0.5 is half as much again). omit: share of notes.
    """

    velocity: float = 0.0
    sd: float = 0.0
    omit: float = 0.0


@dataclass(frozen=True, slots=True)
class Shift:
    """A hand that lies `keys` white keys to the side for `notes` notes, from a share of the run on."""

    keys: int
    notes: int
    begins: float = 0.4


@dataclass(frozen=True, slots=True)
class Lost:
    """A place that is lost for some seconds, from a share of the run on; only a few keys are tried."""

    seconds: float
    begins: float = 0.5


@dataclass(frozen=True, slots=True)
class Alone:
    """How somebody goes on without a cue: the model of Wing and Kristofferson (1973).

    interval k is `pace` times the one asked, plus a clock's error of SD `clock_sd_s`; each tap comes with an
    error of the hand of SD `motor_sd_s`.
    """

    pace: float = 1.0
    clock_sd_s: float = 0.02
    motor_sd_s: float = 0.01


@dataclass(frozen=True, slots=True)
class Player:
    """How somebody plays.

    mean_s, sd_s: of asynchrony, normally distributed; early is negative. lag1: correlation of asynchronies of
    onsets that follow each other. chord_spread_s: from the first to the last key of a chord, in any order.
    omit, wrong: shares of notes left out, and played on a neighbouring key.
    overflow: row i, column j: how often finger j + 1 goes down with finger i + 1. stray: unasked presses a
    minute. tremor: share of presses that are struck again one to three times, at 4–12 Hz.
    velocity, velocity_sd: MIDI units. release_s, release_sd_s: from the end asked to the key's coming up.
    """

    mean_s: float = -0.02
    sd_s: float = 0.03
    lag1: float = 0.3
    chord_spread_s: float = 0.02
    omit: float = 0.03
    wrong: float = 0.03
    overflow: Matrix | None = None
    stray: float = 3.0
    tremor: float = 0.0
    fatigue: Fatigue = field(default_factory=Fatigue)
    velocity: float = 70.0
    velocity_sd: float = 8.0
    release_s: float = 0.0
    release_sd_s: float = 0.02
    shift: Shift | None = None
    lost: Lost | None = None
    alone: Alone = field(default_factory=Alone)

    def perform(self, notes: Sequence[Note], rng: Random, cue_until_s: float = float("inf")) -> "Played":
        """One performance of some notes (in order), in song time; alone from `cue_until_s` on."""
        ahead_s = _aimed_s(self, notes, rng, cue_until_s)
        fates = _fates(self, notes, rng)
        strokes = [
            _stroke(self, note, _progress(note, notes), ahead_s[note.index], pitch, rng, cue_until_s)
            for note in notes
            if (pitch := fates[note.index]) is not None
        ]
        meant = list(_one_after_another(strokes))
        unasked = [
            *_overflowing(self, meant, rng),
            *_trembling(self, meant, rng),
            *_straying(self, notes, rng),
        ]
        return Played.of(notes, [*meant, *_possible(unasked, meant)])


@dataclass(frozen=True, slots=True)
class Stroke:
    """One press with its release, and the note it was meant for; None where it was meant for none."""

    press_s: float
    release_s: float
    pitch: int
    velocity: int
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """A performance and the truth about it.

    touches: in time order, in song time. meant: for each press in that order the index of its note, or None.
    late_s: asynchrony of each note played on its own key, by note index. wrong: notes played on another key.
    omitted: notes not played. velocities, dwell_s, release_s (release − end asked): by note index, notes
    played on their own key; where the same key was pressed again first, there is no release.
    """

    touches: tuple[Touch, ...]
    meant: tuple[int | None, ...]
    late_s: dict[int, float]
    wrong: frozenset[int]
    omitted: frozenset[int]
    velocities: dict[int, int]
    dwell_s: dict[int, float]
    release_s: dict[int, float]

    @classmethod
    def of(cls, notes: Sequence[Note], strokes: Iterable[Stroke]) -> "Played":
        """From strokes in any order."""
        played, cut = _let_go_in_time(sorted(strokes, key=lambda s: s.press_s))
        own = [s for s in played if s.note is not None and s.pitch == s.note.pitch]
        freely = [s for s in own if s not in cut]
        used = {s.note.index for s in played if s.note is not None}
        right = {s.note.index: s for s in own if s.note is not None}
        return cls(
            touches=_touches(played),
            meant=tuple(s.note.index if s.note else None for s in played),
            late_s={i: s.press_s - s.note.onset_s for i, s in right.items() if s.note},
            wrong=frozenset(used - right.keys()),
            omitted=frozenset(n.index for n in notes) - used,
            velocities={i: s.velocity for i, s in right.items()},
            dwell_s={i: s.release_s - s.press_s for i, s in right.items()},
            release_s={s.note.index: s.release_s - s.note.end_s for s in freely if s.note},
        )


def beside(pitch: int, keys: int) -> int:
    """The key some white keys to the right; from a black key, the one that is twice as many keys on."""
    if is_black(pitch):
        return min(127, max(0, pitch + 2 * keys))
    return white_pitch(white_index(pitch) + keys)


def _aimed_s(player: Player, notes: Sequence[Note], rng: Random, cue_until_s: float) -> dict[int, float]:
    """When each note is pressed, by index."""
    aimed: dict[int, float] = {}
    error = rng.gauss(0, 1)
    last_onset_s, clock_s = 0.0, player.mean_s
    for onset_s, group in groupby(notes, key=lambda n: n.onset_s):
        chord = list(group)
        error = player.lag1 * error + sqrt(1 - player.lag1**2) * rng.gauss(0, 1)
        if onset_s < cue_until_s:
            clock_s = onset_s + player.mean_s
            at_s = clock_s + error * player.sd_s * (1 + player.fatigue.sd * _progress(chord[0], notes))
        else:
            wanted_s = (onset_s - last_onset_s) * player.alone.pace
            clock_s += wanted_s + rng.gauss(0, player.alone.clock_sd_s)
            at_s = clock_s + rng.gauss(0, player.alone.motor_sd_s)
        last_onset_s = onset_s
        spread = _spread_s(player.chord_spread_s, len(chord), rng)
        aimed |= {note.index: at_s + by_s for note, by_s in zip(chord, spread, strict=True)}
    return aimed


def _spread_s(spread_s: float, count: int, rng: Random) -> list[float]:
    """The keys of a chord evenly about its middle, in an order left to chance."""
    if count == 1:
        return [0.0]
    places = [spread_s * (i / (count - 1) - 0.5) for i in range(count)]
    rng.shuffle(places)
    return places


def _progress(note: Note, notes: Sequence[Note]) -> float:
    """How far into the run a note lies, 0–1, by count."""
    return note.index / max(1, len(notes) - 1)


def _fates(player: Player, notes: Sequence[Note], rng: Random) -> dict[int, int | None]:
    """The key on which each note is played, by index; None where it is left out."""
    fates: dict[int, int | None] = {}
    taken: dict[float, set[int]] = defaultdict(set)
    for n in notes:
        taken[n.onset_s].add(n.pitch)
    for n in notes:
        fate, side = rng.random(), rng.choice((-1, 1))
        omit = player.omit + player.fatigue.omit * _progress(n, notes)
        pitch = (
            beside(n.pitch, player.shift.keys)
            if player.shift and _shifted(player.shift, n, notes)
            else n.pitch
        )
        neighbours = [k for k in (beside(pitch, side), beside(pitch, -side)) if k not in taken[n.onset_s]]
        if fate < omit or (player.lost and _within(player.lost, n, notes)):
            fates[n.index] = None
        elif fate < omit + player.wrong and neighbours:
            fates[n.index] = neighbours[0]
            taken[n.onset_s].add(neighbours[0])
        else:
            fates[n.index] = pitch
    return fates


def _shifted(shift: Shift, note: Note, notes: Sequence[Note]) -> bool:
    first = int(shift.begins * len(notes))
    return first <= note.index < first + shift.notes


def _lost_s(lost: Lost, notes: Sequence[Note]) -> tuple[float, float]:
    begins_s = notes[int(lost.begins * len(notes))].onset_s
    return begins_s - 0.01, begins_s + lost.seconds - 0.01


def _within(lost: Lost, note: Note, notes: Sequence[Note]) -> bool:
    begins_s, ends_s = _lost_s(lost, notes)
    return begins_s <= note.onset_s < ends_s


def _stroke(
    player: Player,
    note: Note,
    progress: float,
    press_s: float,
    pitch: int,
    rng: Random,
    cue_until_s: float,
) -> Stroke:
    """A press of a key, let go when the note ends; alone, when it has been down as long as it is asked."""
    end_s = note.end_s if note.onset_s < cue_until_s else press_s + note.duration_s
    release_s = end_s + rng.gauss(player.release_s, player.release_sd_s)
    velocity = player.velocity + player.fatigue.velocity * progress
    return Stroke(press_s, max(press_s + GAP_S, release_s), pitch, _velocity(velocity, player, rng), note)


def _velocity(mean: float, player: Player, rng: Random) -> int:
    return min(127, max(1, round(rng.gauss(mean, player.velocity_sd))))


def _one_after_another(strokes: list[Stroke]) -> Iterator[Stroke]:
    """No key plays its second note first: the times on a key go in the order of its notes."""
    for _, group in groupby(sorted(strokes, key=lambda s: s.pitch), key=lambda s: s.pitch):
        on_key = list(group)
        last_s = float("-inf")
        for stroke, press_s in zip(on_key, sorted(s.press_s for s in on_key), strict=True):
            last_s = max(press_s, last_s + GAP_S)
            yield replace(stroke, press_s=last_s, release_s=max(stroke.release_s, last_s + GAP_S))


def _overflowing(player: Player, meant: list[Stroke], rng: Random) -> Iterator[Stroke]:
    """Fingers that go down with others."""
    for stroke in meant if player.overflow else ():
        note = stroke.note
        if note is None or note.finger is None or player.overflow is None:
            continue
        side = -1 if note.hand is Hand.LEFT else 1
        for finger in range(THUMB, LITTLE_FINGER + 1):
            if finger == note.finger or rng.random() >= player.overflow[note.finger - 1][finger - 1]:
                continue
            press_s = stroke.press_s + min(0.1, max(-0.05, rng.gauss(0.02, 0.03)))
            pitch = beside(stroke.pitch, side * (finger - note.finger))
            yield Stroke(press_s, press_s + 0.1, pitch, _velocity(player.velocity * 0.5, player, rng))


def _trembling(player: Player, meant: list[Stroke], rng: Random) -> Iterator[Stroke]:
    """The same key struck again."""
    for stroke in meant if player.tremor else ():
        if rng.random() >= player.tremor:
            continue
        period_s = 1 / rng.uniform(*TREMOR_HZ)
        for i in range(1, rng.randint(1, 3) + 1):
            press_s = stroke.press_s + i * period_s
            velocity = _velocity(player.velocity * 0.6, player, rng)
            yield Stroke(press_s, press_s + period_s / 2, stroke.pitch, velocity)


def _straying(player: Player, notes: Sequence[Note], rng: Random) -> Iterator[Stroke]:
    """Presses out of nowhere, on and beside the keys of the level; and those of somebody who is lost."""
    keys = sorted({beside(n.pitch, side) for n in notes for side in (-1, 0, 1)})
    times_s = _by_chance(notes[0].onset_s, notes[-1].onset_s, player.stray / 60, rng)
    if player.lost:
        times_s += _by_chance(*_lost_s(player.lost, notes), 1 / SEARCH_S, rng)
    for press_s in times_s:
        velocity = _velocity(player.velocity * 0.8, player, rng)
        yield Stroke(press_s, press_s + rng.uniform(0.1, 0.3), rng.choice(keys), velocity)


def _by_chance(begins_s: float, ends_s: float, rate_hz: float, rng: Random) -> list[float]:
    """Times of events that come at a rate, independent of each other."""
    times_s: list[float] = []
    at_s = begins_s
    while rate_hz and (at_s := at_s + rng.expovariate(rate_hz)) < ends_s:
        times_s.append(at_s)
    return times_s


def _possible(unasked: list[Stroke], meant: list[Stroke]) -> Iterator[Stroke]:
    """Those unasked presses for which the key is up."""
    busy: dict[int, list[float]] = defaultdict(list)
    for stroke in meant:
        busy[stroke.pitch].append(stroke.press_s)
    for stroke in sorted(unasked, key=lambda s: s.press_s):
        if all(abs(stroke.press_s - at_s) >= CLEAR_S for at_s in busy[stroke.pitch]):
            busy[stroke.pitch].append(stroke.press_s)
            yield stroke


def _let_go_in_time(strokes: list[Stroke]) -> tuple[list[Stroke], set[Stroke]]:
    """The strokes, each key let go before it is pressed again; and those that were cut short by that."""
    done = list(strokes)
    cut: set[Stroke] = set()
    last: dict[int, int] = {}
    for i, stroke in enumerate(strokes):
        before = last.get(stroke.pitch)
        if before is not None and done[before].release_s > stroke.press_s - GAP_S / 2:
            up_s = max((done[before].press_s + stroke.press_s) / 2, stroke.press_s - GAP_S)
            done[before] = replace(done[before], release_s=up_s)
            cut.add(done[before])
        last[stroke.pitch] = i
    return done, cut


def _touches(strokes: list[Stroke]) -> tuple[Touch, ...]:
    touches: list[Touch] = [Press(s.press_s, s.pitch, s.velocity) for s in strokes]
    touches += [Release(s.release_s, s.pitch) for s in strokes]
    return tuple(sorted(touches, key=lambda t: t.time_s))
