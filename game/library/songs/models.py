"""The content of a song file: types, bounds and defaults."""

from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from game.library.levels.fields import LevelTable
from game.library.levels.models import Metre
from game.music.keyboard import name
from game.music.level import Lyric
from game.music.song import AccompanimentStyle, KeySignature, Song
from game.music.tune import Tune, read_chords, read_tune, repeated

TUNE_RANGE = (60, 84)
"""A tune lies from C4 to C6, so that the left hand and the chords have their room under it."""


def _key(value: str) -> str:
    KeySignature.named(value)
    return value


class SongFile(LevelTable):
    """A song of Fingerfall: tune, chords and words, from which the program makes its levels."""

    format: Literal[1] = Field(description="the format of this file: 1")
    id: str = Field(
        pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48, description="the middle of its levels' ids"
    )
    title: str = Field(min_length=1, max_length=60, description="what a player reads")
    origin: str = Field(
        min_length=1, max_length=120, description="who made it, or where it is from, and when"
    )
    published: int = Field(ge=800, le=2100, description="a year by which it was published or sung")
    key: Annotated[str, AfterValidator(_key)] = Field(description='such as "C", "F", "Dm" or "Ddor"')
    metre: Metre = Field([4, 4], description="notes to a bar and the note value that counts")
    bpm: float = Field(ge=10, le=400, description="quarter notes a minute")
    unit: Literal["1/2", "1/4", "1/8", "1/16"] = Field("1/4", description="a note without a number")
    tune: str = Field(max_length=5000, description="the tune in ABC notation, one phrase a line")
    chords: str = Field(max_length=5000, description='bar by bar, such as "C | F G7 | C -"')
    figure: Literal["pulse", "broken", "held"] = Field("pulse", description="how the chords sound")
    times: int = Field(1, ge=1, le=8, description="how often it is played")
    lyrics: list[Annotated[str, Field(max_length=120)]] = Field(
        default=[], description="its words, one line for each line of the tune"
    )
    language: str = Field("", pattern="^([a-z]{2,3})?$", description="language of the words, as in en")
    _song: Song = PrivateAttr()

    @model_validator(mode="after")
    def _is_a_song(self) -> Self:
        self._song = self._made()
        return self

    def song(self) -> Song:
        """The song that the file describes."""
        return self._song

    def _made(self) -> Song:
        bar_beats = self.metre[0] * 4.0 / self.metre[1]
        key = KeySignature.named(self.key)
        once = read_tune(self.tune, key, float(Fraction(self.unit) * 4), bar_beats)
        chords, bars = read_chords(self.chords, bar_beats)
        if bars != once.bars:
            raise ValueError(f"the tune has {once.bars} bars and the chords {bars}; make them as many")
        _in_range(once)
        lyrics = self._lyrics(once)
        tune, chords = repeated(once, chords, self.times)
        return Song(
            id=self.id,
            title=self.title,
            origin=self.origin,
            key=key,
            metre=(self.metre[0], self.metre[1]),
            bpm=self.bpm,
            tune=tune.notes,
            chords=chords,
            lyrics=lyrics,
            figure=AccompanimentStyle(self.figure),
            phrases=tune.phrases,
        )

    def _lyrics(self, once: Tune) -> tuple[Lyric, ...]:
        """The words of each repeat; the last verse is repeated if there are too few."""
        lines, phrases = len(self.lyrics), len(once.phrases)
        if lines % phrases or lines > phrases * self.times:
            text = f"there are {lines} lines of words and {phrases} of the tune; write one for each"
            raise ValueError(text)
        if not lines:
            return ()
        starts = [beat + i * once.again_beats for i in range(self.times) for beat in once.phrases]
        return tuple(Lyric(beat, self.lyrics[i % lines]) for i, beat in enumerate(starts))


def _in_range(tune: Tune) -> None:
    low, high = min(n.pitch for n in tune.notes), max(n.pitch for n in tune.notes)
    if low < TUNE_RANGE[0] or high > TUNE_RANGE[1]:
        room = f"{name(TUNE_RANGE[0])} to {name(TUNE_RANGE[1])}"
        raise ValueError(f"the tune goes from {name(low)} to {name(high)}; write it from {room}")


def schema() -> dict[str, Any]:
    """The JSON Schema of song files."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **SongFile.model_json_schema()}
