"""A part of a level, repeated: again an ordinary level, so that a loop is as exact as any level.

No other code needs to know about loops.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from game.errors import UserError
from game.music.bars import Bars
from game.music.level import BeatNote, Level, Lyric, NoteRole, in_order
from game.music.tempo import TempoMap

MOST_BEATS, MOST_TEMPI, MOST_FADES = 100_000, 2000, 200
"""Limits of a stored level."""

_NEAR = 1e-6
"""Beats closer than this count as the same instant."""

V = TypeVar("V")


def part(level: Level, bars: Bars) -> Level:
    """Some bars of a level, `bars.times` in a row without a gap; everything else stays as it is.

    Every round is the first one, so many whole bars later, and begins in its first tempo. What is held over
    an edge is cut there; of what is held into the part for a count or more, the rest is played. A pick-up
    sounds in the last bar of the round before, where nothing begins in its place. UserError: a probe, a part
    of a part, bars that are not there, hold nothing to play, or begin after what paces or shows them.
    """
    _refuse(level, bars)
    loop = _loop(level, bars)
    made = replace(
        level,
        tempo=TempoMap(tuple(_changes(loop.steps(level.tempo.changes)))),
        notes=loop.notes(level.notes, level.click_beats),
        unasked=loop.notes(level.unasked, level.click_beats),
        accompaniment=loop.notes(level.accompaniment, level.click_beats),
        fade=_fade(level, loop),
        cue_until_beat=_cue_until(level, loop),
        lyrics=_lyrics(level, loop),
        bars=bars,
    )
    _refuse_silent(level, made, loop)
    return made


@dataclass(frozen=True, slots=True)
class _Rounds:
    """The beats `begin` to `end` of a level, so many times; `base`, not after `begin`, becomes beat 0."""

    base: float
    begin: float
    end: float
    times: int

    def again(self, round_: int) -> float:
        """Offset of a round from the first one, in beats."""
        return round_ * (self.end - self.begin)

    def notes(self, notes: Sequence[BeatNote], least_beats: float) -> tuple[BeatNote, ...]:
        """The notes of all rounds. least_beats: how long the rest of one that is held into it must be."""
        first = [self._cut(n) for n in notes if self.holds(n.beat)]
        begun = {n.pitch for n in first if n.beat < self.begin - self.base + _NEAR}
        first += [self._cut(n) for n in notes if n.pitch not in begun and self._reaches(n, least_beats)]
        return in_order(replace(n, beat=n.beat + self.again(i)) for i in range(self.times) for n in first)

    def holds(self, beat: float) -> bool:
        """Whether what begins at a beat of the level begins in the part."""
        return self.begin - _NEAR <= beat < self.end - _NEAR

    def steps(self, changes: Sequence[tuple[float, V]]) -> list[tuple[float, V]]:
        """Changes by beat in all rounds; each round starts with the value that holds at its beginning."""
        return [step for i in range(self.times) for step in self._steps(changes, i)]

    def _steps(self, changes: Sequence[tuple[float, V]], round_: int) -> list[tuple[float, V]]:
        since = self.begin if round_ else self.base
        before = [value for beat, value in changes if beat <= since + _NEAR]
        inside = [step for step in changes if since + _NEAR < step[0] < self.end - _NEAR]
        steps = [*((since, value) for value in before[-1:]), *inside]
        return [(beat - self.base + self.again(round_), value) for beat, value in steps]

    def _reaches(self, note: BeatNote, least_beats: float) -> bool:
        """Whether a note that began before is held far enough into the part to be played again."""
        before, end = note.beat < self.begin - _NEAR, note.beat + note.length_beats
        return note.part is NoteRole.PLAY and before and end >= self.begin + least_beats - _NEAR

    def _cut(self, note: BeatNote) -> BeatNote:
        """A note of the first round, without what lies outside."""
        late = max(0.0, self.begin - note.beat)
        over = max(0.0, note.beat + note.length_beats - self.end)
        length = note.length_beats - late - over
        return replace(note, beat=note.beat + late - self.base, length_beats=length)


def _loop(level: Level, bars: Bars) -> _Rounds:
    bar = level.bar_beats
    base, end = (bars.first - 1) * bar, bars.last * bar
    pick_up = min(n.beat for n in (*level.notes, *level.unasked, *level.accompaniment))
    if bars.first == 1 < bars.last and _NEAR < pick_up < bar - _NEAR:
        due = [n.beat for n in (*level.notes, *level.unasked) if n.beat < end - _NEAR]
        if max(due, default=0.0) < end - bar + pick_up - _NEAR:
            return _Rounds(base, pick_up, end - bar + pick_up, bars.times)
    return _Rounds(base, base, end, bars.times)


def _changes(steps: Sequence[tuple[float, V]]) -> list[tuple[float, V]]:
    """Steps without repeated values, so that a steady tempo stays steady."""
    return [step for i, step in enumerate(steps) if not i or step[1] != steps[i - 1][1]]


def _fade(level: Level, loop: _Rounds) -> tuple[tuple[float, int], ...]:
    """Every round counts its clicks anew from where it begins, so that they are the same ones."""
    changes = ((0.0, 1), *level.fade)
    every = [every for beat, every in changes if beat <= loop.begin + _NEAR][-1]
    others = (change for change in changes if abs(change[0] - loop.begin) > _NEAR)
    steps = loop.steps(sorted((*others, (loop.begin, every))))
    return tuple(steps) if any(every != 1 for _, every in steps) else ()


def _lyrics(level: Level, loop: _Rounds) -> tuple[Lyric, ...]:
    steps = loop.steps(((0.0, ""), *((lyric.beat, lyric.text) for lyric in level.lyrics)))
    return tuple(Lyric(beat, text) for beat, text in _changes([(0.0, ""), *steps])[1:])


def _cue_until(level: Level, loop: _Rounds) -> float | None:
    until = level.cue_until_beat
    if until is None or until >= loop.end - _NEAR:
        return None
    if until > loop.begin + _NEAR:
        alone = level.bar_of(until)
        raise UserError(
            "{level}: from bar {bar} on nothing paces; choose bars before it or after it",
            level=level.id,
            bar=alone,
        )
    return 0.0


def _refuse(level: Level, bars: Bars) -> None:
    if level.probe:
        raise UserError("{level}: a probe is always played whole; leave out --bars", level=level.id)
    if level.bars:
        raise UserError("{level}: this is a part already; choose bars of the whole level", level=level.id)
    if bars.last > level.bar_count:
        raise UserError(
            "{level}: it has {known}, and not {bars}; choose among those",
            level=level.id,
            known=Bars(1, level.bar_count).phrase(),
            bars=bars.phrase(),
        )


def _refuse_silent(level: Level, made: Level, loop: _Rounds) -> None:
    """Refuse a part that cannot be played or stored."""
    bars = made.bars.phrase() if made.bars else ""
    if not made.notes:
        raise UserError("{level}: nothing is to play in {bars}; choose others", level=level.id, bars=bars)
    unseen = [i for i, n in enumerate(level.notes) if n.part is NoteRole.UNSEEN and loop.holds(n.beat)]
    shown = min(map(level.understood_from, unseen), default=loop.begin)
    if shown < loop.begin - _NEAR:
        raise UserError(
            "{level}: what was shown before is asked from memory in {bars}; begin with bar {bar}",
            level=level.id,
            bars=bars,
            bar=level.bar_of(shown),
        )
    changes = len(made.tempo.changes) > MOST_TEMPI or len(made.fade) > MOST_FADES
    if changes or made.end_beat > MOST_BEATS:
        raise UserError(
            "{level}: that is more than a level can hold; choose fewer bars or fewer times", level=level.id
        )


def part_from(level: Level, first: int, last: int, times: int) -> Bars | None:
    """Bars to practise, from further before where that shows what they ask from memory.

    None where they are no part: the whole level, bars that ask nothing, or a level that is played whole.
    """
    if level.probe or level.bars or level.cue_until_beat is not None:
        return None
    asked = [i for i, n in enumerate(level.notes) if first <= level.bar_of(n.beat) <= last]
    unseen = [i for i in asked if level.notes[i].part is NoteRole.UNSEEN]
    shown = min((level.bar_of(level.understood_from(i)) for i in unseen), default=first)
    if shown < first:
        return part_from(level, shown, last, times)
    is_part = asked and 1 <= first <= last <= level.bar_count and last - first + 1 < level.bar_count
    return Bars(first, last, times) if is_part else None
