"""Import: any file becomes a level that can be played within what was asked, or one sentence."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.app.song_import import level_id
from game.arrange.fingering.fingering import fingered
from game.arrange.hands.parts import hands_of
from game.arrange.importing.reasons import HandsFoundBy, LeftOutReason
from game.arrange.reduction.reduction import UnaskedReason
from game.arrange.reduction.transposing import KEYBOARDS
from game.cli import main
from game.commands.imported import HANDS_WORDS, REASONS
from game.library.files import check_level, read_level
from game.midi.song import read_song
from game.music.keyboard import white_index
from game.music.level import BeatNote, Level
from game.music.midi_song import timed_notes
from game.music.note import Hand
from tests.songs_by_chance import Writing, band, chords, drums, line, meta, note, song, tempo, two_hands

Out = pytest.CaptureFixture[str]

FILES, AT_A_TIME = 100, 10

AS_WRITTEN = ("--omit", "0", "--wrong", "0", "--mean-ms", "0", "--sd-ms", "5", "--speed", "1.5")
"""Somebody who plays every note, and quickly, as a second played takes its time to compute."""


def imported(out: Out, path: Path, *options: str) -> dict[str, Any]:
    level = path.with_suffix(".toml")
    assert main(["import", str(path), "-o", str(level), "--force", "--json", *options]) == 0
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def written(path: Path, made: Writing) -> Path:
    path.write_bytes(made.data())
    return path


def wishes(rng: Random) -> list[str]:
    """Some of what may be asked for."""
    asked: list[str] = []
    if rng.random() < 0.5:
        asked += ["--hand", rng.choice(("left", "right", "both"))]
    if rng.random() < 0.5:
        asked += ["--fingers", ",".join(map(str, rng.sample(range(1, 6), rng.randint(1, 5))))]
    if rng.random() < 0.5:
        asked += ["--max-difficulty", str(rng.choice((2, 3, 4, 6)))]
    if rng.random() < 0.3:
        asked += ["--range", rng.choice(("25", "49", "61", "88", "C3-G4", "40-90"))]
    if rng.random() < 0.3:
        asked += ["--span", str(rng.randint(2, 9))]
    return asked if rng.random() < 0.8 else ["--no-reduce"]


def option(options: list[str], name: str) -> str | None:
    return options[options.index(name) + 1] if name in options else None


def widest(level: Level) -> int:
    """White keys from outer to outer that a hand has down at once."""
    spans = [1]
    for hand in Hand:
        down: list[BeatNote] = []
        for new in (n for n in level.notes if n.hand is hand):
            down = [n for n in down if n.beat + n.length_beats > new.beat + 1e-6] + [new]
            keys = [white_index(n.pitch) for n in down]
            spans.append(max(keys) - min(keys) + 1)
    return max(spans)


@pytest.mark.parametrize("first", range(0, FILES, AT_A_TIME))
def test_any_file_becomes_a_level_within_limits_or_one_sentence(
    first: int, tmp_path: Path, capsys: Out
) -> None:
    for seed in range(first, first + AT_A_TIME):
        rng = Random(seed)
        path = tmp_path / f"song-{seed}.mid"
        path.write_bytes(song(rng))
        options = wishes(rng)
        level = path.with_suffix(".toml")
        status = main(["import", str(path), "-o", str(level), "--json", *options])
        said = capsys.readouterr()
        if status:
            assert status == 2
            assert len(said.err.strip().splitlines()) == 1
            assert path.name in said.err
            assert not level.exists()
            continue
        assert check_level(level) == ()
        made = read_level(level)
        within(made, json.loads(said.out), options)
        assert main(["demo", str(level), "--json", *AS_WRITTEN]) == 0, (seed, options)
        assert len(json.loads(capsys.readouterr().out)["notes"]) == len(made.notes)


def within(level: Level, said: dict[str, Any], options: list[str]) -> None:
    """What was said is in the file, and the file keeps what was asked."""
    assert said["kept"] == len(level.notes) > 0
    assert said["accompaniment"] == len(level.accompaniment)
    asked = [n for n in said["notes"] if n["asked"]]
    assert [(n["beat"], n["pitch"], n["finger"]) for n in asked] == [
        (n.beat, n.pitch, n.finger) for n in level.notes
    ]
    pads = said["instrument"] == "pads"
    most = option(options, "--max-difficulty")
    assert most is None or said["difficulty"] <= float(most) + 0.005
    span = option(options, "--span")
    assert widest(level) <= int(span or 9)
    fingers = option(options, "--fingers")
    if fingers and not pads:
        assert {n.finger for n in level.notes} <= {int(f) for f in fingers.split(",")}
    hand = option(options, "--hand")
    if hand in ("left", "right") and not pads:
        assert {n.hand for n in level.notes} == {Hand(hand)}
    keys = option(options, "--range")
    if keys in ("25", "49", "61", "88") and not pads:
        low, high = KEYBOARDS[int(keys)]
        assert all(low <= n.pitch <= high for n in level.notes)


def test_without_reducing_hands_and_fingers_are_the_models_own(tmp_path: Path, capsys: Out) -> None:
    path = written(tmp_path / "piece.mid", piano_piece())
    said = imported(capsys, path, "--no-reduce")
    source = read_song(path)
    notes = timed_notes(source.notes, source.tempo)
    hands = hands_of(notes, [n.part for n in source.notes], {i: p.name for i, p in enumerate(source.parts)})
    fingers = {}
    for hand in Hand:
        own = [n for n, h in zip(notes, hands, strict=True) if h is hand]
        fingers.update({n.index: f for n, f in zip(own, fingered(own, hand), strict=True)})
    direct = [
        (round(n.onset_s, 3), n.pitch, h.value, fingers[n.index]) for n, h in zip(notes, hands, strict=True)
    ]
    found = [(round(n["onset_s"], 3), n["pitch"], n["hand"], n["finger"]) for n in said["notes"]]
    assert sorted(found) == sorted(direct)


def piano_piece() -> Writing:
    w = Writing(Random(5))
    track = w.track(b"Grand")
    line(w, track, 74, count=60)
    chords(w, track, 45, 1)
    return w


def test_every_note_of_the_file_is_accounted_for(tmp_path: Path, capsys: Out) -> None:
    for seed in range(6):
        w = Writing(Random(seed))
        band(w)
        path = written(tmp_path / "band.mid", w)
        said = imported(capsys, path, "--max-difficulty", "5")
        count = said["kept"] + said["accompaniment"] + sum(said["left_out"].values())
        assert count == len(read_song(path).notes)


def test_drums_are_never_asked_beside_other_music(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(1))
    line(w, w.track(), 66)
    drums(w)
    said = imported(capsys, written(tmp_path / "beat.mid", w))
    assert said["left_out"]["drums"] == 60
    assert said["instrument"] == "keyboard"


def test_drums_alone_are_for_pads(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(1))
    drums(w)
    assert imported(capsys, written(tmp_path / "beat.mid", w))["instrument"] == "pads"


def test_the_piano_of_ten_tracks_is_for_the_hands(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(2))
    for i in range(8):
        line(w, w.track(program=40 + i, channel=i), 50 + 3 * i, i)
    piano = w.track(b"Piano", 0, 8)
    line(w, piano, 72, 8)
    chords(w, piano, 40, 2, 8)
    path = written(tmp_path / "ten.mid", w)
    said = imported(capsys, path, "--no-reduce")
    whole = read_song(path)
    piano_notes = [n for n in whole.notes if whole.parts[n.part].channel == 8]
    own = {(n.beat, n.pitch) for n in piano_notes}
    assert {(n["beat"], n["pitch"]) for n in said["notes"]} <= own
    assert said["to_accompaniment"]["other_part"] == len(whole.notes) - len(piano_notes)


def test_a_chosen_track_or_channel_is_the_one_asked(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(3))
    for i in range(3):
        line(w, w.track(channel=i), 50 + 10 * i, i)
    path = written(tmp_path / "three.mid", w)
    second = {n.pitch for n in read_song(path).notes if n.part == 1}
    for choice in (["--track", "2"], ["--channel", "2"], ["--track", "2", "--channel", "2"]):
        assert {n["pitch"] for n in imported(capsys, path, "--no-reduce", *choice)["notes"]} <= second


def test_a_stretch_holds_what_begins_in_it(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(4))
    line(w, w.track(), 66)
    path = written(tmp_path / "long.mid", w)
    said = imported(capsys, path, "--start-beat", "8", "--end-beat", "16")
    inside = [n for n in read_song(path).notes if 8 <= n.beat < 16]
    assert [(n["beat"], n["pitch"]) for n in said["notes"]] == [(n.beat - 8, n.pitch) for n in inside]


@pytest.mark.parametrize("jitter_s", [0.01, 0.02])
def test_free_playing_is_put_on_beats(jitter_s: float, tmp_path: Path, capsys: Out) -> None:
    rng = Random(9)
    w = Writing(rng)
    track = w.track()
    beat_s, at_s = 0.67, 0.5
    for i in range(120):
        start_s = at_s + rng.gauss(0, jitter_s)
        note(track, start_s * 960, (start_s + 0.5) * 960, (60, 64, 67, 65)[i % 4])
        if i % 4 == 0:
            note(track, start_s * 960, (start_s + 0.5) * 960, 48)
        beat_s += rng.gauss(0, 0.004)
        at_s += beat_s / 2 if i % 3 else beat_s
    said = imported(capsys, written(tmp_path / "free.mid", w))
    assert (said["quantised"], said["timing"]) == (True, "tracked")
    gaps = [b["beat"] - a["beat"] for a, b in zip(said["notes"], said["notes"][1:], strict=False)]
    steps = [g for g in gaps if g > 0]
    even = [g for g in steps if g in (min(steps), 2 * min(steps))]
    assert len(even) >= 0.9 * len(steps)


def test_notes_anywhere_keep_their_times(tmp_path: Path, capsys: Out) -> None:
    rng = Random(3)
    w = Writing(rng)
    track = w.track()
    times = [0.0]
    for _ in range(80):
        times.append(times[-1] + rng.uniform(0.2, 0.9))
    for start in times:
        note(track, start * 960, start * 960 + 150, rng.randint(60, 72))
    said = imported(capsys, written(tmp_path / "free.mid", w), "--hand", "right")
    if said["timing"] != "played":
        pytest.fail(f"beats were found where there are none: {said['timing']}")
    first = said["notes"][0]["onset_s"]
    found = [n["onset_s"] - first for n in said["notes"]]
    assert all(min(abs(at - t) for t in times) < 0.003 for at in found)


def test_written_music_is_not_moved(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(4))
    two_hands(w)
    path = written(tmp_path / "piece.mid", w)
    said = imported(capsys, path)
    assert (said["quantised"], said["timing"], said["transposed"]) == (False, "written", 0)
    places = {(n.beat, n.pitch) for n in read_song(path).notes}
    assert {(n["beat"], n["pitch"]) for n in said["notes"]} <= places


def test_music_goes_into_the_keys_by_octaves(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(6))
    track = w.track()
    for i, pitch in enumerate((84, 86, 88, 89, 91, 93, 95, 96)):
        note(track, i * 480, i * 480 + 400, pitch)
    said = imported(capsys, written(tmp_path / "high.mid", w), "--range", "25")
    assert said["transposed"] == -24
    assert [n["pitch"] for n in said["notes"]] == [60, 62, 64, 65, 67, 69, 71, 72]


def test_seconds_of_a_film_file_are_its_own(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(6), division=(256 - 25) << 8 | 40)
    track = w.track()
    for i in range(5):
        note(track, i * 700, i * 700 + 500, 60 + i)
    said = imported(capsys, written(tmp_path / "film.mid", w), "--no-reduce")
    assert [n["onset_s"] for n in said["notes"]] == pytest.approx([0, 0.7, 1.4, 2.1, 2.8])


def test_bars_follow_the_metre_that_holds_longest(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(6))
    track = w.track()
    track += [(0, meta(0x58, bytes((1, 2, 24, 8)))), (480, meta(0x58, bytes((3, 2, 24, 8)))), (0, tempo(90))]
    for i in range(25):
        note(track, i * 480, i * 480 + 400, 60 + i % 5)
    said = imported(capsys, written(tmp_path / "waltz.mid", w))
    assert said["metre"] == [3, 4]
    assert said["notes"][1]["beat"] % 3 == 0  # the first of a bar of three, after an upbeat


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Für Elise".encode(), "Für Elise"),
        ("Für Elise".encode("latin-1"), "Für Elise"),
        ("さくらさくら".encode("cp932"), "さくらさくら"),
        (b"Track 1", "A tune"),
        (b"", "A tune"),
    ],
)
def test_the_title_is_the_files_own_in_any_letters(
    name: bytes, title: str, tmp_path: Path, capsys: Out
) -> None:
    w = Writing(Random(6))
    w.track(name)
    line(w, w.track(b"Right"), 66)
    assert imported(capsys, written(tmp_path / "a_tune.mid", w))["title"] == title


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(6))
    line(w, w.track(), 66)
    path = written(tmp_path / "tune.mid", w)
    level = tmp_path / "level.toml"
    level.write_text("mine")
    assert main(["import", str(path), "-o", str(level)]) == 2
    assert level.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert main(["import", str(path), "-o", str(level), "--force"]) == 0
    assert check_level(level) == ()
    assert {p.name for p in tmp_path.iterdir()} == {"tune.mid", "level.toml"}


def test_a_level_as_json_needs_no_file(tmp_path: Path, capsys: Out) -> None:
    w = Writing(Random(6))
    line(w, w.track(), 66)
    path = written(tmp_path / "tune.mid", w)
    assert main(["import", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] is None
    assert main(["import", str(path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["tune.mid"]


@pytest.mark.parametrize(
    "options",
    [
        ["--fingers", "6"],
        ["--fingers", ""],
        ["--range", "12"],
        ["--range", "C9-C2"],
        ["--max-difficulty", "0"],
        ["--span", "12"],
        ["--track", "0"],
        ["--start-beat", "-1"],
    ],
    ids=" ".join,
)
def test_bad_wishes_are_told_in_a_sentence(options: list[str], tmp_path: Path, capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "x.mid", "-o", str(tmp_path / "x.toml"), *options])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("stem", ["Für Elise", "さくら", "a" * 200, "..", "Op. 10, No. 3"])
def test_an_id_is_made_of_any_name(stem: str) -> None:
    found = level_id(Path(f"{stem}.mid"))
    assert found.replace("-", "").isalnum()
    assert found.isascii()
    assert len(found) <= 64


def test_every_reason_and_every_way_to_find_hands_has_its_words() -> None:
    assert set(REASONS) == {*UnaskedReason, *LeftOutReason}
    assert set(HANDS_WORDS) == set(HandsFoundBy) - {HandsFoundBy.NONE}
