"""Where every sound of a play begins: clicks and accompaniment as cues, in samples."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from game.audio.click import LENGTH_S
from game.audio.loudness import CLICK_PEAK, MUSIC_PEAK, Volumes, velocity_gain
from game.music.level import BeatNote, Level, NoteRole
from game.music.tempo import TempoMap

DAMPING_S = 0.12
"""How long a note of the accompaniment takes to fall silent after its end."""

DEFAULT_VELOCITY = 64

_LAYERS = (40, 80, 120)  # the accompaniment's shades of brightness; loudness is exact
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound, and the sample at which it begins.

    length: samples until it is damped. pitch: None for a click.
    """

    start: int
    gain: float
    length: int
    pitch: int | None = None
    velocity: int = 0
    accent: bool = False


@dataclass(frozen=True)
class Score:
    """Where every sound of a level begins, in samples from beat 0.

    A beat lies at round(its song time · rate), wherever a play begins, so that nothing adds up over a long
    song and a part has exactly the spacing of the whole.
    """

    level: Level
    speed: float
    volumes: Volumes
    rate: int

    @cached_property
    def tempo(self) -> TempoMap:
        return self.level.tempo_at(self.speed)

    @cached_property
    def count(self) -> int:
        """Samples altogether, with the last sound's end."""
        return self.sample(self.level.end_beat) + round(2 * DAMPING_S * self.rate)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Clicks, accompaniment and what is shown first, in order."""
        shown = (note for note in self.level.unasked if note.part is NoteRole.SHOWN)
        cues = [*self._clicks(), *map(self._note, (*self.level.accompaniment, *shown))]
        return tuple(sorted(cues, key=lambda c: (c.start, -1 if c.pitch is None else c.pitch)))

    def sample(self, beat: float) -> int:
        """The sample of a beat."""
        return round(self.tempo.seconds(beat) * self.rate)

    def _clicks(self) -> Iterator[Cue]:
        step = self.level.click_beats
        for i in range(ceil(self.level.end_beat / step - _NEAR)):
            if self.level.clicks(i * step):
                yield self.click_at(i * step, self.sample(i * step))

    def click_at(self, beat: float, start: int) -> Cue:
        """The click of a beat, accented where it is a bar's first."""
        bars = beat / self.level.bar_beats
        accent = abs(bars - round(bars)) < _NEAR
        length = round(LENGTH_S * self.rate)
        return Cue(start, CLICK_PEAK * self.volumes.click_gain, length, accent=accent)

    def _note(self, note: BeatNote) -> Cue:
        velocity = DEFAULT_VELOCITY if note.velocity is None else note.velocity
        layer = min(_LAYERS, key=lambda v: abs(v - velocity))
        gain = MUSIC_PEAK * self.volumes.music_gain * velocity_gain(velocity) / velocity_gain(layer)
        length_s = self.tempo.seconds(note.beat + note.length_beats) - self.tempo.seconds(note.beat)
        return Cue(self.sample(note.beat), gain, round(length_s * self.rate), note.pitch, layer)


@dataclass(frozen=True)
class Play:
    """A count-in and then the score from a beat on, in samples from the first count-in click.

    What already sounded at `from_beat` is left out.
    """

    score: Score
    from_beat: float
    count_in_beats: float

    @cached_property
    def begin(self) -> int:
        """The score's sample at which it goes in."""
        return self.score.sample(self.from_beat)

    @cached_property
    def lead(self) -> int:
        """Samples of the count-in, at the tempo of `from_beat`."""
        return round(self.count_in_beats * self._beat_s * self.score.rate)

    @property
    def count(self) -> int:
        """Samples altogether."""
        return self.lead + max(0, self.score.count - self.begin)

    def cues(self) -> list[Cue]:
        """Everything that sounds, in order; `start` counts in samples of this play."""
        shift = self.lead - self.begin
        song = [c for c in self.score.cues if c.start >= self.begin]
        return [*self._count_in(), *(replace(c, start=c.start + shift) for c in song)]

    @property
    def _beat_s(self) -> float:
        return 60.0 / self.score.tempo.bpm(self.from_beat)

    def _count_in(self) -> Iterator[Cue]:
        step = self.score.level.click_beats
        for i in range(round(self.count_in_beats / step)):
            beat = self.from_beat - self.count_in_beats + i * step
            yield self.score.click_at(beat, round(i * step * self._beat_s * self.score.rate))
