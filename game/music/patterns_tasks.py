"""Exercises beyond a row of fingers: hold one finger and move another, play back, or leave notes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from game.music.level import BeatNote, NoteRole, in_order
from game.music.patterns import FiveKeys, NotePace

_NEAR = 1e-6


def holding(
    held: Sequence[int], taps: Sequence[int], each: int, repeats: int, keys: FiveKeys, pace: NotePace
) -> tuple[BeatNote, ...]:
    """Some fingers hold their keys while others tap, one stroke after the keys went down; then a rest.

    each: taps of one hold; the tapping fingers take turns. pace.rest_beats: from letting go to the next hold.
    """
    hold_beats = (each + 1) * pace.every_beats
    notes = []
    for i in range(repeats):
        start = i * (hold_beats + pace.rest_beats)
        notes += [BeatNote(start, keys.pitch(f), hold_beats, keys.hand, f) for f in held]
        for j in range(each):
            finger = taps[(i * each + j) % len(taps)]
            beat = start + (j + 1) * pace.every_beats
            notes.append(BeatNote(beat, keys.pitch(finger), pace.length_beats, keys.hand, finger))
    return in_order(notes)


@dataclass(frozen=True, slots=True)
class EchoTiming:
    """When phrases and their answers come.

    wait_beats: from the end of a phrase to its answer. pace.rest_beats: from the end of an answer to the next
    phrase. grid_beats: both last longer until a multiple of so many beats, such as a bar; 0 for no longer.
    """

    pace: NotePace
    wait_beats: float
    grid_beats: float = 0.0

    def after(self, begin: float, size: int, pause_beats: float) -> float:
        """When it goes on after a phrase and a pause."""
        beat = begin + size * self.pace.every_beats + pause_beats
        return ceil(beat / self.grid_beats - _NEAR) * self.grid_beats if self.grid_beats else beat


def echo(
    sizes: Sequence[int], fingers: Sequence[int], timing: EchoTiming, keys: FiveKeys, rng: Random
) -> tuple[BeatNote, ...]:
    """Short phrases that are shown and sounded, each to be played back from memory.

    sizes: notes of each phrase. No finger comes twice in a row.
    """
    notes = []
    start, pace = 0.0, timing.pace
    for size in sizes:
        phrase = _phrase(size, fingers, rng)
        answer = timing.after(start, size, timing.wait_beats)
        for part, begin in ((NoteRole.SHOWN, start), (NoteRole.UNSEEN, answer)):
            notes += [
                BeatNote(
                    begin + i * pace.every_beats,
                    keys.pitch(finger),
                    pace.length_beats,
                    keys.hand,
                    finger,
                    part=part,
                )
                for i, finger in enumerate(phrase)
            ]
        start = timing.after(answer, size, pace.rest_beats)
    return tuple(notes)


def _phrase(size: int, fingers: Sequence[int], rng: Random) -> list[int]:
    phrase: list[int] = []
    for _ in range(size):
        phrase.append(rng.choice([f for f in fingers if phrase[-1:] != [f]]))
    return phrase


FIRST_GO = 2
"""Number of notes to be played before the first one that is not."""


def go_no_go(count: int, share: float, rng: Random) -> tuple[NoteRole, ...]:
    """Which of some notes are to be played: a share is not, never two in a row and none at the start."""
    wanted = round(count * share)
    free = list(range(FIRST_GO, count))
    held_back: set[int] = set()
    while len(held_back) < wanted and free:
        chosen = rng.choice(free)
        held_back.add(chosen)
        free = [i for i in free if abs(i - chosen) > 1]
    return tuple(NoteRole.NO_GO if i in held_back else NoteRole.PLAY for i in range(count))
