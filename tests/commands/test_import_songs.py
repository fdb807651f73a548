"""Import of songs as they are met: what is sung, played, decorated, damaged."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.cli import main
from game.library.files import read_level
from tests.songs_by_chance import Writing, meta, note, tempo

Out = pytest.CaptureFixture[str]
BEAT = 480
TUNE = (60, 60, 67, 67, 69, 69, 67, 65, 65, 64, 64, 62, 62, 60)
"""Ah, vous dirai-je, Maman; its seventh and last notes are twice as long."""
Track = list[tuple[int, bytes]]


def imported(out: Out, path: Path, *options: str) -> dict[str, Any]:
    level = path.with_suffix(".toml")
    assert main(["import", str(path), "-o", str(level), "--force", "--json", *options]) == 0
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def tune(track: Track, channel: int, shift: int = 0, times: int = 4, off: Sequence[int] = (0,)) -> None:
    """The tune on quarters. off: by how many ticks its notes lie beside them, in turn."""
    at = 0
    for i, pitch in enumerate(TUNE * times):
        beats = 2 if i % 14 in (6, 13) else 1
        start = at + off[i % len(off)]
        note(track, start, start + beats * BEAT - 40, pitch + shift, channel)
        at += beats * BEAT


def backing(track: Track, channel: int, pitches: Sequence[int], every: int = BEAT, beats: int = 64) -> None:
    """The same chord over and over."""
    for at in range(0, beats * BEAT, every):
        for pitch in pitches:
            note(track, at, at + every - 40, pitch, channel)


def saved(path: Path, w: Writing) -> Path:
    path.write_bytes(w.data())
    return path


@pytest.fixture
def w() -> Writing:
    return Writing(Random(1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "song.mid"


def pitches_of(said: dict[str, Any], hand: str) -> list[int]:
    return [n["pitch"] for n in said["notes"] if n["hand"] == hand]


def sung(shift: int = 0, times: int = 4) -> list[int]:
    return [p + shift for p in TUNE * times]


@pytest.mark.parametrize(("hand", "steps"), [("right", 0), ("left", -12)])
def test_one_line_belongs_to_the_hand_that_is_asked_for(
    hand: str, steps: int, w: Writing, path: Path, capsys: Out
) -> None:
    w.kind = 0
    track = w.track()
    line = (60, 62, 64, 67, 72, 76, 74, 72, 67, 64, 62, 60)
    for i, pitch in enumerate(line * 2):
        note(track, i * 240, i * 240 + 230, pitch)
    said = imported(capsys, saved(path, w), "--hand", hand)
    assert [n["pitch"] for n in said["notes"]] == [p + steps for p in line * 2]
    assert (said["hand"], said["transposed"]) == (hand, steps)


@pytest.mark.parametrize(("first", "hand"), [(60, "right"), (36, "left")])
def test_an_arpeggio_on_one_side_of_the_keyboard_is_one_hands(
    first: int, hand: str, w: Writing, path: Path, capsys: Out
) -> None:
    track = w.track()
    up = [first + step for step in (0, 4, 9, 12, 16, 21, 24)]
    for i, pitch in enumerate([*up, *up[-2::-1]]):
        note(track, i * 120, i * 120 + 110, pitch)
    assert imported(capsys, saved(path, w), "--no-reduce")["hand"] == hand


def test_both_hands_have_something_to_play_of_one_line(w: Writing, path: Path, capsys: Out) -> None:
    w.kind = 0
    tune(w.track(), 0)
    said = imported(capsys, saved(path, w), "--hand", "both", "--max-difficulty", "3")
    assert said["hand"] == "both"
    left, right = pitches_of(said, "left"), pitches_of(said, "right")
    assert left
    assert right
    assert max(left) < min(right)


def band(w: Writing, melody: bytes, program: int = 73, off: Sequence[int] = (0,)) -> None:
    tune(w.track(melody, program, 0), 0, 12, off=off)
    backing(w.track(b"Guitar", 25, 1), 1, (52, 55, 60), BEAT // 2)
    backing(w.track(b"Bass", 33, 2), 2, (36,))


def test_a_played_part_over_written_ones_goes_onto_their_beats(w: Writing, path: Path, capsys: Out) -> None:
    band(w, b"Melody", off=(0, 9, -7, -1, -6, 8, 5))
    said = imported(capsys, saved(path, w), "--hand", "right")
    assert said["timing"] == "click"
    assert pitches_of(said, "right") == sung(12)
    assert all(n["beat"] == int(n["beat"]) for n in said["notes"])


def test_a_few_ticks_beside_the_beat_cost_no_note(w: Writing, path: Path, capsys: Out) -> None:
    band(w, b"Melody", off=(0, 3, 0, -3, 2, 0))
    said = imported(capsys, saved(path, w), "--hand", "right", "--fingers", "2", "--max-difficulty", "2")
    assert said["timing"] == "written"
    assert "between_the_beats" not in said["to_accompaniment"]


def words(track: Track, shift: int = 0, kind: int = 5, times: int = 4) -> None:
    at = shift
    for i in range(14 * times):
        track.append((max(0, at), meta(kind, b"la")))
        at += (2 if i % 14 in (6, 13) else 1) * BEAT


@pytest.mark.parametrize(("kind", "shift"), [(5, 0), (5, -30), (1, 0)])
def test_the_part_that_carries_the_words_is_the_tune(
    kind: int, shift: int, w: Writing, path: Path, capsys: Out
) -> None:
    backing(w.track(b"", 0, 0), 0, (72, 76, 79), 2 * BEAT)
    backing(w.track(b"", 25, 4), 4, (60, 64), BEAT // 2)
    backing(w.track(b"", 33, 1), 1, (36,))
    tune(w.track(b"", 53, 3), 3)
    texts = w.track()
    texts.append((0, meta(1, b"@T My song")))
    words(texts, shift, kind)
    said = imported(capsys, saved(path, w), "--hand", "right")
    assert pitches_of(said, "right") == sung()
    assert said["title"] == "My song"


@pytest.mark.parametrize(
    ("name", "program", "other"),
    [
        (b"Vocal", 0, b"Strings"),
        (b"Vocals", 53, b"Lead 2 (sawtooth)"),
        (b"Melodie", 65, b"Lead 2"),
        (b"Lead Vocal", 53, b"Backing Vocals"),
        (b"Gesang", 73, b"Solo Vox"),
        ("Мелодия".encode(), 0, b"Synth Voice"),
    ],
)
def test_what_a_person_called_the_tune_is_the_tune(
    name: bytes, program: int, other: bytes, w: Writing, path: Path, capsys: Out
) -> None:
    backing(w.track(other, program, 4), 4, (76,), BEAT // 2)
    backing(w.track(b"Piano", 0, 5), 5, (48, 52), BEAT)
    band(w, name, program)
    assert pitches_of(imported(capsys, saved(path, w), "--hand", "right"), "right") == sung(12)


def test_two_sides_of_one_sound_are_no_hands(w: Writing, path: Path, capsys: Out) -> None:
    tune(w.track(b"Vocal Guide", 66, 0), 0, 12)
    for channel, side in ((1, b"Left"), (2, b"Right")):
        backing(w.track(b"Steel Guitar (" + side + b")", 25, channel), channel, (52, 55, 60), BEAT // 2)
    backing(w.track(b"Bass", 33, 3), 3, (36,))
    said = imported(capsys, saved(path, w))
    assert (said["hands_by"], pitches_of(said, "right")) == ("tune", sung(12))


def test_a_stereo_pair_alone_is_divided_as_any_music(w: Writing, path: Path, capsys: Out) -> None:
    for channel, side in ((1, b"Left"), (2, b"Right")):
        backing(w.track(b"Piano (" + side + b")", 0, channel), channel, (40, 60 + channel, 72), BEAT)
    assert imported(capsys, saved(path, w))["hands_by"] == "model"


@pytest.mark.parametrize("bass", [True, False])
def test_the_left_hand_is_never_written_above_the_tune(
    bass: bool, w: Writing, path: Path, capsys: Out
) -> None:
    tune(w.track(b"Lead Vocal", 65, 3), 3)
    backing(w.track(b"Piano", 0, 1), 1, (84, 88, 91), 2 * BEAT)
    if bass:
        backing(w.track(b"Fing Bass", 33, 2), 2, (36,))
    said = imported(capsys, saved(path, w), "--hand", "both")
    right = [n for n in said["notes"] if n["hand"] == "right"]
    for low in (n for n in said["notes"] if n["hand"] == "left"):
        end_s = low["onset_s"] + low["duration_s"]
        above = [n for n in right if low["onset_s"] - 0.01 <= n["onset_s"] < end_s - 0.01]
        assert all(low["pitch"] < n["pitch"] for n in above)
    assert pitches_of(said, "left")
    assert said["lowered"] == (0 if bass else -36)


def test_where_the_tune_is_silent_another_part_goes_on(w: Writing, path: Path, capsys: Out) -> None:
    tune(w.track(b"Vocal", 53, 0), 0, times=1)
    late = w.track(b"Violin", 40, 1)
    for i in range(60):
        note(late, (20 + i) * BEAT, (21 + i) * BEAT - 40, 67 + i % 5, 1)
    backing(w.track(b"Bass", 33, 2), 2, (36,), beats=120)
    said = imported(capsys, saved(path, w), "--hand", "right")
    assert said["handed_over"] >= 55
    assert [round(wait["from_s"]) for wait in said["waits"]] == [40]  # nobody sings after the violin
    lines = _lines(capsys, path, "--hand", "right")
    assert any("goes on" in line or "go on" in line for line in lines)
    assert any("longer than 12 s" in line for line in lines)


def _lines(out: Out, path: Path, *options: str) -> list[str]:
    assert main(["import", str(path), "-o", str(path.with_suffix(".toml")), "--force", *options]) == 0
    return out.readouterr().out.splitlines()


def test_a_hand_that_lies_still_moves_between_phrases(w: Writing, path: Path, capsys: Out) -> None:
    track, at = w.track(), 0
    for phrase in range(8):
        for i in range(8):
            note(track, at, at + BEAT - 40, (60, 79)[phrase % 2] + (0, 2, 4, 2)[i % 4])
            at += BEAT
        at += 2 * BEAT
    said = imported(capsys, saved(path, w), "--hand", "right", "--fingers", "1,2,3")
    assert said["waits"] == []
    assert {n["pitch"] >= 79 for n in said["notes"]} == {True, False}
    assert len(said["notes"]) >= 28  # every second one, as one every 0.66 s may be asked


def drum_kit(w: Writing) -> None:
    track = w.track(b"Drums")
    for beat in range(32):
        for pitch in (36, 42, 49) if beat % 4 == 0 else (42,):
            note(track, beat * BEAT // 2, beat * BEAT // 2 + 60, pitch, 9)


def test_drums_that_are_not_asked_sound_on(w: Writing, path: Path, capsys: Out) -> None:
    drum_kit(w)
    said = imported(capsys, saved(path, w), "--max-difficulty", "2.5")
    assert 0 < said["kept"] < 48
    assert said["kept"] + said["accompaniment"] == 48
    assert said["left_out"] == {}


def test_one_hand_strikes_one_pad_at_a_time(w: Writing, path: Path, capsys: Out) -> None:
    drum_kit(w)
    said = imported(capsys, saved(path, w), "--hand", "left")
    assert said["hand"] == "left"
    beats = [n["beat"] for n in said["notes"]]
    assert len(beats) == len(set(beats)) == 32


def test_fingers_strike_no_drums_and_it_is_said(w: Writing, path: Path, capsys: Out) -> None:
    drum_kit(w)
    saved(path, w)
    assert main(["import", str(path), "-o", str(path.with_suffix(".toml")), "--fingers", "2"]) == 2
    assert "--fingers" in capsys.readouterr().err


@pytest.mark.parametrize("count", [5, 7])
def test_tuplets_keep_the_beat_of_the_file(count: int, w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    track.append((0, tempo(60)))
    for i in range(8 * count):
        start = round(i * BEAT / count)
        note(track, start, start + BEAT // count - 5, 60 + i % count)
    said = imported(capsys, saved(path, w), "--hand", "right")
    assert (said["timing"], said["bpm"], said["kept"]) == ("written", 60, 8 * count)


def test_a_grace_note_is_not_asked_and_sounds_on(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    track.append((0, tempo(80)))
    for beat in range(1, 17):
        note(track, beat * BEAT - 30, beat * BEAT - 2, 62)
        note(track, beat * BEAT, beat * BEAT + 360, 64)
    said = imported(capsys, saved(path, w))
    assert (said["timing"], said["to_accompaniment"]) == ("written", {"ornaments": 16})
    assert [n["pitch"] for n in said["notes"]] == [64] * 16
    assert all(n["beat"] == int(n["beat"]) for n in said["notes"])
    level = read_level(path.with_suffix(".toml"))
    assert [n.pitch for n in level.accompaniment] == [62] * 16
    assert len(imported(capsys, path, "--no-reduce")["notes"]) == 32


def test_quick_notes_that_are_written_are_no_graces(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    for i in range(64):
        note(track, i * BEAT // 4, i * BEAT // 4 + 100, 60 + i % 5)
    assert imported(capsys, saved(path, w))["kept"] == 64


def test_a_rolled_chord_is_one_chord_for_one_hand(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    track.append((0, tempo(80)))
    for beat in range(8):
        for i, pitch in enumerate((60, 64, 67)):
            note(track, beat * BEAT + 20 * i, (beat + 1) * BEAT - 40, pitch)
    said = imported(capsys, saved(path, w))
    assert said["hand"] == "right"
    assert [n["beat"] for n in said["notes"]] == [beat for beat in range(8) for _ in range(3)]


def pedal(track: Track, at: int, value: int) -> None:
    track.append((at, bytes((0xB0, 64, value))))


def test_the_pedal_lengthens_what_sounds(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    track.append((0, tempo(60)))
    for beat in range(8):
        pedal(track, beat * BEAT, 127)
        note(track, beat * BEAT, beat * BEAT + 30, 60 + beat)
        pedal(track, beat * BEAT + 470, 0)
    said = imported(capsys, saved(path, w))
    assert [n["duration_s"] for n in said["notes"]] == pytest.approx([470 / 480] * 8, abs=1e-3)


def test_a_pedal_that_stays_down_holds_no_key_into_the_next(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    pedal(track, 0, 127)
    for beat in range(12):
        note(track, beat * BEAT, beat * BEAT + 30, 60 + beat % 5)
    said = imported(capsys, saved(path, w))
    assert [round(n["duration_s"], 2) for n in said["notes"][:11]] == [0.5] * 11


def test_a_tempo_after_the_last_note_means_nothing(w: Writing, path: Path, capsys: Out) -> None:
    track = w.track()
    tune(track, 0, times=2)
    track += [(50_000_000, tempo(999)), (50_000_000, meta(0x58, bytes((7, 3, 24, 8))))]
    said = imported(capsys, saved(path, w))
    assert (said["kept"], said["metre"], said["bpm"]) == (28, [4, 4], 120)


def test_what_was_damaged_is_read_on_and_said(w: Writing, path: Path, capsys: Out) -> None:
    tune(w.track(), 0, times=1)
    path.write_bytes(w.data().replace(b"MTrk", b"MXrk"))
    assert main(["import", str(path), "-o", str(path.with_suffix(".toml"))]) == 0
    said = capsys.readouterr()
    assert "14 notes are asked" in said.out
    assert "damaged" in said.err


def test_a_file_of_several_songs_is_imported_song_by_song(w: Writing, path: Path, capsys: Out) -> None:
    w.kind = 2
    w.track(b"Tempo")
    first, second = w.track(b"One"), w.track(b"Two")
    tune(first, 0, 0, 1)
    tune(second, 0, 5, 1)
    first.append((0, tempo(100)))
    saved(path, w)
    for number, title, bpm, shift in ((1, "One", 100, 0), (2, "Two", 120, 5)):
        said = imported(capsys, path, "--song", str(number))
        assert (said["song_number"], said["songs"], said["title"]) == (number, 2, title)
        assert ([n["pitch"] for n in said["notes"]], round(said["bpm"])) == (sung(shift, 1), bpm)
    assert any("song 1 of 2" in line for line in _lines(capsys, path))
    assert main(["import", str(path), "-o", str(path.with_suffix(".toml")), "--song", "3"]) == 2
    assert "--song" in capsys.readouterr().err
