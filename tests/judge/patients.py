"""Performances and what each press was meant for: by simulated players, and by some who lose their place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from game.music.note import Note, Press
from game.music.patterns import NotePace, played
from tests.players import FINGERS, KEYS, KINDS, PAIRS_AND_THREES, bursts, chords, rows
from tests.playing import Player

CUED = tuple(kind for kind in KINDS if kind.barred)
"""The kinds of whose presses it can be said what they were meant for."""

GAP_S = 0.5
SCATTER_SD_S = 0.05
"""Of each key of a chord about the chord: two to three times what pianists show."""

LOST_NOTES = 8
GROPED = 0.6
"""Share of notes in whose stead somebody who is lost tries a key."""


@dataclass(frozen=True)
class Performance:
    """What was asked and what came. meant: for each press the index of its note, or None for an extra."""

    notes: tuple[Note, ...]
    presses: tuple[Press, ...]
    meant: tuple[int | None, ...]


def perform(player: Player, notes: tuple[Note, ...], rng: Random) -> Performance:
    """One performance of one player."""
    made = player.perform(notes, rng)
    return Performance(notes, tuple(t for t in made.touches if isinstance(t, Press)), made.meant)


def walk(rng: Random, gap_s: float = GAP_S, count: int = 60) -> tuple[Note, ...]:
    """Five fingers up, down and about by chance, one note at a time."""
    at, row = 2, []
    for _ in range(count):
        row.append(FINGERS[at])
        at = max(0, min(len(FINGERS) - 1, at + rng.choice((-2, -1, -1, 0, 1, 1, 2))))
    return rows(played(row, KEYS, NotePace(gap_s, gap_s / 2)))


def by_chance(player: Player, gap_s: float, rng: Random) -> Performance:
    """A player in an exercise that is another one each time."""
    return perform(player, walk(rng, gap_s), rng)


def scattered(rng: Random) -> Performance:
    """Chords of which each key comes on its own."""
    one = perform(Player(sd_s=0.045, chord_spread_s=0.0), chords(PAIRS_AND_THREES, 1.0, 5), rng)
    return _anew(one, ((p.time_s + rng.gauss(0, SCATTER_SD_S), p.pitch) for p in one.presses), one.meant)


def behind(rng: Random) -> Performance:
    """Somebody who plays some notes a beat late, and is in time again after that."""
    one = by_chance(Player(sd_s=0.045), GAP_S, rng)
    moved = [(p.time_s + GAP_S * _lost(one, meant), p.pitch) for p, meant in _pairs(one)]
    return _anew(one, moved, one.meant)


def groping(rng: Random) -> Performance:
    """Somebody who tries this key and that in the stead of some notes."""
    one = by_chance(Player(sd_s=0.045), GAP_S, rng)
    kept = [((p.time_s, p.pitch), meant) for p, meant in _pairs(one) if not _lost(one, meant)]
    stead = [n for n in one.notes if _lost(one, n.index) and rng.random() < GROPED]
    keys = [KEYS.pitch(finger) for finger in FINGERS]
    tried = [(n.onset_s + rng.uniform(-0.3, 0.3), rng.choice(keys)) for n in stead]
    return _anew(
        one, [*(at for at, _ in kept), *tried], [*(meant for _, meant in kept), *[None] * len(tried)]
    )


def _pairs(one: Performance) -> list[tuple[Press, int | None]]:
    return list(zip(one.presses, one.meant, strict=True))


def _lost(one: Performance, meant: int | None) -> bool:
    """Whether a note is one of those, from the end of the first third on, whose place is lost."""
    first = len(one.notes) // 3
    return meant is not None and first <= meant < first + LOST_NOTES


def _anew(one: Performance, strokes: Iterable[tuple[float, int]], meant: Sequence[int | None]) -> Performance:
    """The same notes with other presses, put in the order of their times."""
    order = sorted(zip(strokes, meant, strict=True), key=lambda stroke: stroke[0])
    presses = tuple(Press(round(time_s, 4), pitch) for (time_s, pitch), _ in order)
    return Performance(one.notes, presses, tuple(index for _, index in order))


SEVERE = Player(mean_s=0.08, sd_s=0.1, omit=0.4, wrong=0.05, stray=7.5)

PATIENTS: dict[str, Callable[[Random], Performance]] = {
    **{kind.name: partial(perform, kind.player, kind.notes) for kind in CUED},
    "rolls of five": partial(perform, Player(0.04, 0.03), bursts(FINGERS, 6, 0.11, 10)),
    "by chance, SD 150 ms": partial(by_chance, Player(sd_s=0.15, omit=0.04), 0.9),
    "by chance, severe": partial(by_chance, SEVERE, 0.8),
    "keys of chords scattered": scattered,
    "lost and groping": groping,
    "lost and a beat behind": behind,
}
"""Every kind by its name, with a way to have it perform."""
