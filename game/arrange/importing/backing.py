"""The accompaniment of an imported song: all notes that are not asked, each key once."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from game.arrange.difficulty.strokes import TOGETHER_BEATS
from game.arrange.reduction.fitting import once_a_key, rounded
from game.music.level import BeatNote


def backing(asked: Sequence[BeatNote], rest: Iterable[BeatNote], most: int) -> tuple[list[BeatNote], int]:
    """The accompaniment, and how many notes are too many for a level.

    most: notes of the whole level. Beyond it the longest and loudest stay.
    """
    keys: dict[int, list[float]] = defaultdict(list)
    for note in sorted(asked, key=lambda n: n.beat):
        keys[note.pitch].append(note.beat)
    free = [n for n in rest if not _near(keys.get(n.pitch, ()), n.beat)]
    single = once_a_key(rounded(n) for n in free)
    room = max(0, most - len(asked))
    if len(single) > room:
        worth = sorted(single, key=lambda n: -n.length_beats * (n.velocity or 64))
        return worth[:room], len(single) - room
    return single, 0


def _near(beats: Sequence[float], beat: float) -> bool:
    """Whether one of some beats, in order, is as good as that one."""
    i = bisect_left(beats, beat)
    return any(abs(other - beat) <= TOGETHER_BEATS for other in beats[max(0, i - 1) : i + 1])
