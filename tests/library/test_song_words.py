"""The words of the songs against a second writing-down, syllable by syllable: a line ends with its notes.

In data/song_words.txt `-` parts syllables and `_` is a note more on the syllable before it. A line that comes
again is written as `=` and the number of the line that it repeats.
"""

import re
from itertools import pairwise
from pathlib import Path

from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.places import data_folder
from game.library.songs.models import SongFile
from tests.each import each

PATHS = sorted((data_folder("levels") / "songs").glob("*.toml"))

WORDS = Path(__file__).parents[1] / "data" / "song_words.txt"
SYLLABLES = {
    name: lines
    for name, *lines in (part.split("\n") for part in WORDS.read_text(encoding="utf-8").strip().split("\n\n"))
}


def song_file(path: Path) -> SongFile:
    return SongFile.model_validate(read_data(FaultCollector(path.name, path.read_text(encoding="utf-8"))))


def written(name: str) -> list[str]:
    """The lines of a song, those that come again in full."""
    lines = SYLLABLES[f"# {name}"]
    return [lines[int(line[1:]) - 1] if line.startswith("=") else line for line in lines]


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", text)).lower()


def test_the_words_of_every_song_are_written_down_twice() -> None:
    assert {path.stem for path in PATHS if song_file(path).lyrics} == {
        name.removeprefix("# ") for name in SYLLABLES
    }


@each([path for path in PATHS if song_file(path).lyrics], lambda path: path.stem)
def test_a_line_has_a_syllable_or_a_slur_for_each_of_its_notes(path: Path) -> None:
    song, lines = song_file(path).song(), written(path.stem)
    assert [letters(line) for line in lines] == [letters(line) for line in song_file(path).lyrics]
    ends = [*song.phrases, float("inf")]
    for i, (begin, end) in enumerate(pairwise(ends)):
        line = lines[i % len(lines)]
        sung = re.findall(r"_|[^\s\-_]+", line)
        assert len(sung) == sum(begin <= n.beat < end for n in song.tune), line
        assert sung[0] != "_"
