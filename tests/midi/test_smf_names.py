"""Titles, names, instruments and metres of Standard MIDI Files."""

from pathlib import Path
from random import Random

import pytest

from game.midi.smf_names import decoded
from game.midi.song import read_song
from tests.songs_by_chance import Writing, line, meta, note


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain", "plain"),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("latin-1"), "Grüße"),
        ("café à l'été".encode("cp1252"), "café à l'été"),
        ("君が代".encode("shift-jis"), "君が代"),
        ("Песня".encode("utf-16"), "Песня"),
        (b"one\x00two\r\n", "one two"),
        (b"", ""),
    ],
)
def test_text_is_read_in_whatever_encoding(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_names_instruments_and_metres_are_those_of_the_file(tmp_path: Path) -> None:
    w = Writing(Random(1))
    w.track(b"A song")
    flute = w.track(b"Flute", 73, 2)
    line(w, flute, 70, 2)
    flute += [(0, meta(0x58, bytes((3, 2, 24, 8)))), (960, meta(0x58, bytes((6, 3, 24, 8))))]
    path = tmp_path / "song.mid"
    path.write_bytes(w.data())
    song = read_song(path)
    (part,) = song.parts
    assert (song.title, part.name, part.program, part.track, part.channel) == ("A song", "Flute", 73, 1, 2)
    assert song.metres == ((0.0, (3, 4)), (2.0, (6, 8)))


def test_a_part_of_the_music_is_no_title(tmp_path: Path) -> None:
    w = Writing(Random(1))
    for name in (b"Right hand", b"Left hand"):
        note(w.track(name), 0, 480, 60)
    path = tmp_path / "two_hands.mid"
    path.write_bytes(w.data())
    assert read_song(path).title == "Two hands"  # the file's name
