"""Inhibition: how many of the notes marked "do not play" were played.

Conventions: a false alarm is a note not to be played on whose key a press came, within reach of its onset,
that belongs to no note that was asked. The rate is nan where no such note was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game.judge.conditions import Conditions
from game.judge.verdicts import Use, Verdicts
from game.music.level import Level, NoteRole
from game.music.note import Note, asynchrony_s


@dataclass(frozen=True, slots=True)
class HeldBack:
    """of: notes that were seen and not to be played. played: those that were."""

    of: int
    played: int


def held_back_in(level: Level, verdicts: Verdicts, conditions: Conditions) -> HeldBack:
    """False alarms of a run of a level."""
    seen = zip(level.unasked_at(conditions.speed), level.unasked, strict=True)
    no_go = [note for note, written in seen if written.part is NoteRole.NO_GO]
    return held_back(no_go, verdicts, conditions.windows.good_s)


def held_back(no_go: Sequence[Note], verdicts: Verdicts, reach_s: float) -> HeldBack:
    """False alarms of a run. no_go: seen and not to be played. reach_s: half-width of a note's window."""
    free = [p for p in verdicts.presses if p.use is Use.EXTRA]
    played = 0
    for note in no_go:
        near = [p for p in free if p.pitch == note.pitch and abs(asynchrony_s(note, p.time_s)) <= reach_s]
        if near:
            free.remove(near[0])
            played += 1
    return HeldBack(len(no_go), played)
