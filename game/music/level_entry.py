"""What lists of levels know of each: all but its notes, so that hundreds of them are at hand in a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.music.level import HandChoice, Instrument, Level, Lyric, SongName
from game.music.tempo import TempoMap


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """A level in a list; what it is asked stands in its file, and is read when it is played.

    file: where it stands. id to arrangement: as in `Level`. fingers: those it asks for, thumb first.
    note_count: notes asked. notes_per_s: onsets a second at the written tempo. end_beat: where its last note
    ends. lowest, highest: pitches asked or seen. difficulty: 1–10. demand: what it asks, 0–10, by dimension.
    index: where its notes would stand among piano pieces.
    """

    file: str
    id: str
    title: str
    family: str
    step: int
    instrument: Instrument
    hand: HandChoice
    tempo: TempoMap
    aim: str
    caution: str
    probe: bool
    origin: str
    lyrics: tuple[Lyric, ...]
    preview_s: float
    song: SongName | None
    arrangement: str
    fingers: tuple[int, ...]
    note_count: int
    notes_per_s: float
    end_beat: float
    lowest: int
    highest: int
    difficulty: float
    demand: Mapping[str, float] = field(hash=False)
    index: float

    @property
    def pitch_range(self) -> tuple[int, int]:
        """Lowest and highest pitch that is asked or seen."""
        return self.lowest, self.highest

    @property
    def bars(self) -> None:
        """It is a whole level; only what is played can be a part of one."""
        return None

    def length_s(self, speed: float = 1.0) -> float:
        """Song time at which the last note ends."""
        return self.tempo.faster(speed).seconds(self.end_beat)


AnyLevel = Level | LevelEntry
"""What a list shows and a choice is made of."""
