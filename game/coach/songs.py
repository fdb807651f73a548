"""Songs: which levels are of one song, and which song or arrangement comes after another."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from game.arrange.difficulty.difficulty import difficulty
from game.music.level import SONG, HandChoice
from game.music.level_entry import AnyLevel

T = TypeVar("T", bound=AnyLevel)

SONG_ABOVE = 0.5
"""A song may be more difficult than the hardest mastered exercise by this much."""


def same_song(one: AnyLevel, other: AnyLevel) -> bool:
    """Whether two levels are of one song."""
    return _song_id(one) == _song_id(other)


def _song_id(level: AnyLevel) -> str:
    return level.song.id if level.song else level.id


def by_song(levels: Iterable[T]) -> dict[str, list[T]]:
    """The levels of each song by its id, fewest fingers first."""
    own: dict[str, list[T]] = {}
    for level in levels:
        own.setdefault(_song_id(level), []).append(level)
    return {song: sorted(of_it, key=_richness) for song, of_it in own.items()}


def _richness(level: AnyLevel) -> tuple[bool, int, float, str]:
    """Orders a song's levels: both hands after one, more fingers after fewer."""
    return level.hand is HandChoice.BOTH, len(level.fingers), difficulty(level), level.id


def first_song(songs: Sequence[T], reached: float) -> T | None:
    """Of the songs' easiest levels the most difficult one that lies hardly above what was reached.

    reached: difficulty, 1–10. Where there are levels for one hand, none for both is begun with.
    """
    one_hand = any(one.hand is not HandChoice.BOTH for one in songs)
    first = [own[0] for own in by_song(songs).values()]
    if one_hand:  # a player who trains one hand also starts songs with it
        first = [one for one in first if one.hand is not HandChoice.BOTH]
    fits = [one for one in first if difficulty(one) <= reached + SONG_ABOVE]
    return max(fits, key=lambda one: (difficulty(one), one.id), default=None)


def more_of_song(level: AnyLevel, ramp: Sequence[AnyLevel], known: Collection[str]) -> AnyLevel | None:
    """The same song with more fingers of that hand, then with both hands; known: ids of what is mastered."""
    own = [one for one in ramp if one.family == SONG and same_song(one, level)]
    hands = (level.hand, HandChoice.BOTH)
    richer = [one for one in own if one.hand in hands and _richness(one)[:2] > _richness(level)[:2]]
    return min((one for one in richer if one.id not in known), key=_richness, default=None)


def another_song(level: AnyLevel, ramp: Sequence[AnyLevel], known: Collection[str]) -> AnyLevel | None:
    """Another song for as many fingers, the one nearest in difficulty."""
    alike = [one for one in ramp if one.family == SONG and one.instrument is level.instrument]
    alike = [one for one in alike if _richness(one)[:2] == _richness(level)[:2] and one.hand is level.hand]
    others = [one for one in alike if not same_song(one, level) and one.id not in known]
    return min(others, key=lambda one: (abs(difficulty(one) - difficulty(level)), one.id), default=None)
