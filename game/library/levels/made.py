"""Checks whether a level made by the program can be written as a file, without writing it."""

from collections.abc import Iterator
from dataclasses import dataclass

from game.library.levels.checks import CHECKS, AskedNote, LevelReach
from game.library.levels.faults import LevelFault
from game.music.level import BeatNote, HandChoice, Level
from game.music.note import Hand


@dataclass(frozen=True)
class MadeLevel:
    """A level as its file will have it: every note written out, no pattern and no chords to be made."""

    level: Level
    pattern: None = None
    backing: None = None

    @property
    def family(self) -> str:
        return self.level.family

    @property
    def instrument(self) -> str:
        return self.level.instrument.value

    @property
    def hand(self) -> str:
        return self.level.hand.value

    @property
    def one_hand(self) -> Hand | None:
        return None if self.level.hand is HandChoice.BOTH else Hand(self.level.hand)

    @property
    def accompaniment(self) -> tuple[BeatNote, ...]:
        return self.level.accompaniment

    @property
    def cue_until_beat(self) -> float | None:
        return self.level.cue_until_beat

    @property
    def probe(self) -> bool:
        return self.level.probe


def unplayable_of_made(level: Level, reach: LevelReach) -> Iterator[LevelFault]:
    """The notes that a hand cannot play or a run cannot hold."""
    count = len(level.notes) + len(level.accompaniment)
    if count > reach.notes:
        yield LevelFault(("notes",), f"there are {count} notes; {reach.notes} is the most")
        return
    asked = [AskedNote(("notes", i), note) for i, note in enumerate(level.notes)]
    for check in CHECKS:
        yield from check(MadeLevel(level), level, asked, reach)
