"""Options of an import."""

from dataclasses import dataclass, field

from game.arrange.fingering.costs import ALL_FINGERS
from game.music.level import HandChoice


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a level file may hold, in seconds and notes: asked, and all together.

    A file has room for a million bytes, and a note takes up to 84.
    """

    level_s: float = 600.0
    note_s: float = 30.0
    asked: int = 10_000
    notes: int = 11_000


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of an import.

    hand: None for as many hands as the song has. max_difficulty: 1 to 10, as `difficulty` counts; None: any.
    keys: lowest and highest key of the instrument; None for a piano's. span: white keys that a hand takes,
    from outer key to outer key. parts: those chosen for the hands; None: found. start_beat, end_beat: the
    stretch of the song, in quarter notes. reduce: False keeps every note of the hands at its own place.
    file: what to call the song in a sentence.
    """

    hand: HandChoice | None = None
    fingers: frozenset[int] = ALL_FINGERS
    max_difficulty: float | None = None
    keys: tuple[int, int] | None = None
    span: int = 9
    parts: frozenset[int] | None = None
    start_beat: float | None = None
    end_beat: float | None = None
    reduce: bool = True
    file: str = "song"
    bounds: Bounds = field(default_factory=Bounds)
