"""The law of imports: whoever may do more is never asked for fewer notes."""

from pathlib import Path
from random import Random

import pytest

from game.arrange.importing.importing import import_song
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.transposing import KEYBOARDS
from game.errors import UserError
from game.midi.song import read_song
from game.music.midi_song import MidiSong
from tests.songs_by_chance import song

DIFFICULTIES = (1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 10.0)
SONGS = 24


def asked(source: MidiSong, fingers: frozenset[int], board: int, most: float | None) -> int:
    options = ImportOptions(fingers=fingers, keys=KEYBOARDS[board], max_difficulty=most)
    try:
        return len(import_song(source, options, "x").level.notes)
    except UserError:
        return 0


@pytest.mark.parametrize("seed", range(SONGS))
def test_more_fingers_keys_or_difficulty_never_ask_for_fewer_notes(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    path = tmp_path / "song.mid"
    path.write_bytes(song(rng))
    try:
        source = read_song(path)
    except UserError:
        return
    if all(source.parts[n.part].drums for n in source.notes):
        return
    many = frozenset(rng.sample(range(1, 6), rng.randint(1, 5)))
    few = frozenset(rng.sample(sorted(many), rng.randint(1, len(many))))
    small, large = sorted(rng.choices(sorted(KEYBOARDS), k=2))
    strict, loose = sorted(rng.choices(DIFFICULTIES, k=2))
    least = asked(source, few, small, strict)
    assert least <= asked(source, many, small, strict)
    assert least <= asked(source, few, large, strict)
    assert least <= asked(source, few, small, loose)
    assert least <= asked(source, many, large, None)
