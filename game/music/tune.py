"""Tunes as text, in a small part of the ABC notation; every bar is counted as it is read.

`C` is middle C and `B` the one above it, `c` to `b` the octave over them, `c'` another one up, `C,` one down.
A number behind a note makes it so many times as long (`C2`, `C3/2`, `C/2`), `z` is a rest, `-` ties a note to
the next, `^` `_` `=` are sharp, flat and natural until the bar ends, `|` ends a bar. The first bar may be
short: a pickup. So may the last one. A line is a phrase.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from game.music.chords import HOLD, REST, chord_classes
from game.music.level import BeatNote
from game.music.pitch_names import pitch_class
from game.music.song import ChordSpan, KeySignature

_TOKEN = re.compile(
    r"(?P<bar>\|)|(?P<line>\n)|(?P<space>[ \t]+)"
    r"|(?P<sign>[\^_=]?)(?P<letter>[A-Ga-gz])(?P<octave>[,']*)(?P<times>\d*)(?P<part>/\d*)?(?P<tie>-?)"
)
_SIGNS = {"^": 1, "_": -1, "=": 0}
_NEAR = 1e-6
MOST_DIGITS = 4
"""Of a number behind a note, with its stroke."""


@dataclass(frozen=True, slots=True)
class Tune:
    """A tune as it was read.

    notes: in order; beat 0 is the first of a whole bar. phrases: where the first note of each line is.
    bars: how many, a pickup's included. pickup_beats, last_beats: lengths of a short first bar (0: none) and
    of the last one.
    """

    notes: tuple[BeatNote, ...]
    phrases: tuple[float, ...]
    bars: int
    bar_beats: float
    pickup_beats: float
    last_beats: float

    @property
    def again_beats(self) -> float:
        """From a beat of the tune to the same beat when it is sung again at once."""
        first = self.bar_beats - self.pickup_beats if self.pickup_beats else 0.0
        return (self.bars - 1) * self.bar_beats + self.last_beats - first


def read_tune(text: str, key: KeySignature, unit_beats: float, bar_beats: float) -> Tune:
    """A tune from its text. unit_beats: length of a note without a number. ValueError names the bar."""
    reader = _TuneReader(key, unit_beats)
    for token in _tokens(text):
        reader.take(token)
    return reader.tune(bar_beats)


def read_chords(text: str, bar_beats: float) -> tuple[tuple[ChordSpan, ...], int]:
    """Chords bar by bar: `C | F G7 | C -`, and how many bars. The words of a bar share it evenly.

    `-` holds the chord before it and `.` is silent. ValueError names the bar.
    """
    bars = [bar.split() for bar in text.strip().strip("|").split("|")]
    spans: list[ChordSpan] = []
    for number, words in enumerate(bars, start=1):
        if not words:
            raise ValueError(f'bar {number} of the chords is empty; write "-" to hold the chord before')
        spans += _bar_chords(words, (number - 1) * bar_beats, bar_beats, spans[-1].name if spans else REST)
    return tuple(spans), len(bars)


def repeated(tune: Tune, chords: tuple[ChordSpan, ...], times: int) -> tuple[Tune, tuple[ChordSpan, ...]]:
    """A tune with its chords, sung so many times in a row.

    ValueError where the last bar and the pickup make no whole bar.
    """
    step = tune.again_beats
    if times > 1 and abs(step / tune.bar_beats - round(step / tune.bar_beats)) > _NEAR:
        raise ValueError("the last bar and the pickup make no whole bar together; mend one of them")
    skip = tune.bar_beats if tune.pickup_beats else 0.0
    notes = [replace(n, beat=n.beat + i * step) for i in range(times) for n in tune.notes]
    phrases = tuple(beat + i * step for i in range(times) for beat in tune.phrases)
    spans = [
        replace(c, beat=c.beat + i * step) for i in range(times) for c in chords if not i or c.beat >= skip
    ]
    bars = tune.bars + (times - 1) * round(step / tune.bar_beats)
    return replace(tune, notes=tuple(notes), phrases=phrases, bars=bars), tuple(spans)


def _bar_chords(words: list[str], beat: float, bar_beats: float, before: str) -> Iterator[ChordSpan]:
    """The chords of one bar, held ones joined; a chord that goes on over the bar line begins anew."""
    each = bar_beats / len(words)
    name, since = before, beat
    for i, word in enumerate(words):
        at = beat + i * each
        if word == HOLD:
            continue
        if word != REST:
            chord_classes(word)
        if at > since:
            yield ChordSpan(since, at - since, name)
        name, since = word, at
    yield ChordSpan(since, beat + bar_beats - since, name)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at, text = 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            shown = text[at : at + 10].split("\n")[0]
            raise ValueError(f'"{shown}" is not a note; write notes as in "C D2 ^F/2 z | c"')
        yield found
        at = found.end()


class _TuneReader:
    """Reads the tokens of a tune one by one."""

    def __init__(self, key: KeySignature, unit_beats: float) -> None:
        self._key, self._unit = key, unit_beats
        self._notes: list[BeatNote] = []
        self._phrases: list[float] = []
        self._ends: list[float] = []  # of bars
        self._signs: dict[str, int] = {}
        self._beat = 0.0
        self._tied = False
        self._new_line = True

    def take(self, token: re.Match[str]) -> None:
        if token["bar"]:
            self._end_bar()
        elif token["line"]:
            self._new_line = True
        elif token["letter"]:
            self._note(token)

    def _end_bar(self) -> None:
        self._signs.clear()
        if self._beat > (self._ends[-1] if self._ends else 0.0) + _NEAR:
            self._ends.append(self._beat)

    def _note(self, token: re.Match[str]) -> None:
        if max(len(token["times"]), len(token["part"] or "")) > MOST_DIGITS:
            raise ValueError(
                f"bar {len(self._ends) + 1}: a length of so many digits is none; write C2 or C/2"
            )
        part = int(token["part"][1:] or 2) if token["part"] else 1
        length = self._unit * int(token["times"] or 1) / max(1, part)
        if token["letter"] != "z":
            self._sound(self._pitch(token), length)
            self._tied = bool(token["tie"])
        self._beat += length

    def _sound(self, pitch: int, length: float) -> None:
        if self._tied and self._notes[-1].pitch == pitch:
            self._notes[-1] = replace(self._notes[-1], length_beats=self._notes[-1].length_beats + length)
            return
        if self._tied:
            raise ValueError(f"bar {len(self._ends) + 1}: a tie leads to another key; tie equal notes")
        if self._new_line:
            self._phrases.append(self._beat)
            self._new_line = False
        self._notes.append(BeatNote(self._beat, pitch, length))

    def _pitch(self, token: re.Match[str]) -> int:
        letter = token["letter"].upper()
        if token["sign"]:
            self._signs[letter] = _SIGNS[token["sign"]]
        shift = self._signs.get(letter, self._key.shift(letter))
        octave = 5 + token["letter"].islower() + token["octave"].count("'") - token["octave"].count(",")
        return pitch_class(letter) + shift + 12 * octave

    def tune(self, bar_beats: float) -> Tune:
        """The tune that was read, once every bar has been checked."""
        self._end_bar()
        if not self._notes:
            raise ValueError('there is no tune; write notes as in "C C G G | A A G2"')
        starts = [0.0, *self._ends[:-1]]
        lengths = [end - start for start, end in zip(starts, self._ends, strict=True)]
        for number, length in enumerate(lengths, start=1):
            full = abs(length - bar_beats) < _NEAR
            may_be_short = number in (1, len(lengths)) and length < bar_beats
            if not full and not may_be_short:
                raise ValueError(f"bar {number} has {length:g} beats of {bar_beats:g}; mend its lengths")
        short = lengths[0] < bar_beats - _NEAR and len(lengths) > 1
        shift = bar_beats - lengths[0] if short else 0.0
        return Tune(
            notes=tuple(replace(n, beat=n.beat + shift) for n in self._notes),
            phrases=tuple(beat + shift for beat in self._phrases),
            bars=len(lengths),
            bar_beats=bar_beats,
            pickup_beats=lengths[0] if short else 0.0,
            last_beats=lengths[-1],
        )
