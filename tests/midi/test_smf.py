"""Standard MIDI Files: sound ones, awkward ones and broken ones."""

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import UserError
from game.midi.file_notes import SIZE_LIMIT
from game.midi.smf import read_level, read_recording, write_recording
from game.midi.song import read_song
from game.music.device import Device, DeviceKind
from game.music.level import HandChoice, Instrument
from game.music.note import Press, Release, Touch

END = bytes((0, 0xFF, 0x2F, 0))
C_FOR_A_BEAT = bytes((0, 0x90, 60, 80, 96, 0x80, 60, 64))


def header(kind: int = 0, tracks: int = 1, division: int = 96) -> bytes:
    return b"MThd" + b"".join(n.to_bytes(size) for n, size in ((6, 4), (kind, 2), (tracks, 2), (division, 2)))


def track(*bodies: bytes, end: bytes = END) -> bytes:
    body = b"".join(bodies) + end
    return b"MTrk" + len(body).to_bytes(4) + body


def tempo(bpm: float, delta: int = 0) -> bytes:
    return bytes((delta, 0xFF, 0x51, 3)) + round(60e6 / bpm).to_bytes(3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tune.mid"


def read(path: Path, data: bytes) -> list[Touch]:
    path.write_bytes(data)
    return [replace(touch, channel=None) for touch in read_recording(path).touches]


touches = st.lists(
    st.tuples(st.floats(0, 60), st.integers(0, 127), st.integers(1, 127), st.floats(0.001, 2)), max_size=30
).map(
    lambda rows: [
        touch
        for at_s, pitch, velocity, held_s in {row[1]: row for row in rows}.values()
        for touch in (Press(at_s, pitch, velocity), Release(at_s + held_s, pitch))
    ]
)


@given(played=touches)
def test_what_is_written_is_read_within_the_grain(
    played: list[Touch], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("smf") / "take.mid"
    write_recording(played, path)
    back = read_recording(path).touches
    assert len(back) == len(played)
    by_key = {(type(t), t.pitch): t for t in back}
    for touch in played:
        again = by_key[type(touch), touch.pitch]
        assert again.time_s == pytest.approx(touch.time_s, abs=50e-6)
        if isinstance(touch, Press) and isinstance(again, Press):
            assert again.velocity == touch.velocity


def test_a_recording_is_of_a_file_in_song_time(path: Path) -> None:
    write_recording([Press(1.0, 60), Release(1.5, 60)], path)
    recording = read_recording(path, start_s=-0.25)
    assert [t.time_s for t in recording.touches] == [0.75, 1.25]
    assert recording.device == Device(DeviceKind.FILE, "tune.mid")
    assert recording.timeline.song_s(12.5) == 12.5
    assert recording.marks == ()


def test_times_follow_every_tempo_change(path: Path) -> None:
    body = tempo(60) + C_FOR_A_BEAT + tempo(120) + C_FOR_A_BEAT + tempo(30) + C_FOR_A_BEAT
    assert [t.time_s for t in read(path, header() + track(body))] == pytest.approx([0, 1, 1, 1.5, 1.5, 3.5])


def test_without_a_tempo_it_is_120(path: Path) -> None:
    assert [t.time_s for t in read(path, header() + track(C_FOR_A_BEAT))] == [0, 0.5]


def test_the_tempo_of_one_track_holds_for_all(path: Path) -> None:
    data = header(1, 2) + track(C_FOR_A_BEAT) + track(tempo(60))
    assert [t.time_s for t in read(path, data)] == [0, 1]


def test_running_status_and_velocity_zero_are_understood(path: Path) -> None:
    body = bytes((0, 0x90, 60, 80, 48, 60, 0, 48, 62, 70, 48, 62, 0))
    assert read(path, header() + track(body)) == [
        Press(0.0, 60, 80),
        Release(0.25, 60),
        Press(0.5, 62, 70),
        Release(0.75, 62),
    ]


def test_equal_notes_that_overlap_end_in_the_order_they_began(path: Path) -> None:
    body = bytes((0, 0x90, 60, 10, 24, 60, 20, 24, 60, 0, 48, 60, 0))
    path.write_bytes(header() + track(body))
    lengths = {note.velocity: note.length_beats for note in read_level(path).notes}
    assert lengths == {10: 0.5, 20: 0.75}


def test_a_note_without_length_is_pressed_and_then_let_go(path: Path) -> None:
    assert read(path, header() + track(bytes((0, 0x90, 60, 80, 0, 60, 0)))) == [
        Press(0.0, 60, 80),
        Release(0.0, 60),
    ]


def test_a_note_never_let_go_ends_with_the_file_and_is_marked_as_made(path: Path) -> None:
    body = bytes((0, 0x90, 60, 80, 96, 0x90, 62, 80, 96, 0x80, 62, 0))
    played = read(path, header() + track(body))
    assert played[-1] == Release(1.0, 60, synthetic=True)
    assert [t.synthetic for t in played if isinstance(t, Release)] == [False, True]


def test_letting_go_of_nothing_is_nothing(path: Path) -> None:
    assert read(path, header() + track(bytes((0, 0x80, 60, 0)), C_FOR_A_BEAT)) == [
        Press(0.0, 60, 80),
        Release(0.5, 60),
    ]


@pytest.mark.parametrize(
    "meta",
    [
        bytes((0, 0xFF, 0x59, 2, 99, 7)),  # an impossible key signature
        bytes((0, 0xFF, 0x59, 0)),
        bytes((0, 0xFF, 0x58, 1, 4)),
        bytes((0, 0xFF, 0x58, 4, 0, 200, 24, 8)),
        bytes((0, 0xFF, 0x51, 3, 0, 0, 0)),
        bytes((0, 0xFF, 0x51, 1, 7)),
        bytes((0, 0xFF, 0x05, 3, 0xE3, 0x81, 0xFF)),  # lyrics in no encoding
        bytes((0, 0xFF, 0x7E, 2, 1, 2)),
        bytes((0, 0xF0, 3, 1, 2, 0xF7)),
        bytes((0, 0xF7, 2, 0xF8, 0xF8)),
        bytes((0, 0xB0, 64, 127, 0, 0xC0, 5, 0, 0xE0, 0, 64)),
    ],
)
def test_nonsense_beside_the_notes_loses_no_note(path: Path, meta: bytes) -> None:
    assert read(path, header() + track(meta, C_FOR_A_BEAT)) == [Press(0.0, 60, 80), Release(0.5, 60)]
    assert read_recording(path).marks == ()


@pytest.mark.parametrize(
    "data",
    [
        header() + track(C_FOR_A_BEAT, bytes((0, 0x90, 62)), end=b""),
        header() + track(C_FOR_A_BEAT, bytes(90))[:-80],
        header() + track(bytes((0, 7)), C_FOR_A_BEAT),
        header() + track(bytes((0, 0xF4)), C_FOR_A_BEAT),
        header() + track(C_FOR_A_BEAT, bytes((0, 0x90, 200, 80))),
        header() + b"\0\0" + track(C_FOR_A_BEAT) + b"\0\0" + track(bytes((0, 0xF1, 0))),
        header() + track(END, C_FOR_A_BEAT),
        header() + track(C_FOR_A_BEAT, END, C_FOR_A_BEAT),
        header() + track(C_FOR_A_BEAT, END, b"junk"),
        header() + track(C_FOR_A_BEAT).replace(b"MTrk", b"MXrk"),
        header() + track(C_FOR_A_BEAT).replace(b"MTrk", b"\0\1\2\3"),
        header() + track(C_FOR_A_BEAT).replace(bytes((0, 0, 0, 12)), bytes((0, 0, 0, 4))),
    ],
)
def test_a_damaged_file_keeps_its_sound_notes_and_says_that_it_is_damaged(path: Path, data: bytes) -> None:
    assert read(path, data)[:2] == [Press(0.0, 60, 80), Release(0.5, 60)]
    assert [mark.kind for mark in read_recording(path).marks] == ["damaged"]


@pytest.mark.parametrize(
    "data",
    [
        header() + track(C_FOR_A_BEAT, end=b""),
        header() + track(C_FOR_A_BEAT, END, bytes(7), end=b""),
        b"RIFF\x40\0\0\0RMIDdata\x20\0\0\0" + header() + track(C_FOR_A_BEAT),
        b"\0" * 128 + header() + track(C_FOR_A_BEAT),
        header() + b"XFIH\0\0\0\4junk" + track(C_FOR_A_BEAT),
        header(tracks=40) + track(C_FOR_A_BEAT),
    ],
)
def test_unusual_but_sound_files_are_read(path: Path, data: bytes) -> None:
    assert read(path, data) == [Press(0.0, 60, 80), Release(0.5, 60)]
    assert read_recording(path).marks == ()


def test_tracks_of_format_2_follow_each_other(path: Path) -> None:
    data = header(2, 2) + track(C_FOR_A_BEAT) + track(C_FOR_A_BEAT)
    assert [t.time_s for t in read(path, data)] == [0, 0.5, 0.5, 1.0]


@pytest.mark.parametrize(("code", "frames_s"), [(0xE8, 24), (0xE7, 25), (0xE3, 30000 / 1001), (0xE2, 30)])
def test_film_frames_are_seconds_whatever_tempo_is_written(path: Path, code: int, frames_s: float) -> None:
    data = header(division=code << 8 | 4) + track(tempo(33), C_FOR_A_BEAT)
    assert [t.time_s for t in read(path, data)] == pytest.approx([0, 96 / (frames_s * 4)])


def test_a_level_is_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Für Elise №1.mid"
    waltz = bytes((0, 0xFF, 0x58, 4, 6, 3, 24, 8))
    path.write_bytes(header(1, 2) + track(waltz, tempo(90), C_FOR_A_BEAT) + track(C_FOR_A_BEAT))
    level = read_level(path)
    assert (level.id, level.family, level.hand) == ("Für Elise №1", "song", HandChoice.BOTH)
    assert level.instrument is Instrument.KEYBOARD
    assert level.metre == (6, 8)
    assert level.tempo.bpm(0) == pytest.approx(90, rel=1e-5)
    assert level.preview_s == 3.0
    assert [(n.beat, n.pitch, n.length_beats, n.velocity) for n in level.notes] == [(0, 60, 1, 80)] * 2
    assert {(n.hand, n.finger) for n in level.notes} == {(None, None)}


def test_drums_are_left_out_of_a_level_but_not_of_a_recording(path: Path) -> None:
    drum = bytes((0, 0x99, 36, 80, 96, 0x89, 36, 0))
    assert len(read(path, header() + track(drum, C_FOR_A_BEAT))) == 4
    assert [n.pitch for n in read_level(path).notes] == [60]


def test_a_file_of_drums_alone_is_a_level_for_pads(path: Path) -> None:
    path.write_bytes(header() + track(bytes((0, 0x99, 36, 80, 96, 0x89, 36, 0))))
    assert read_level(path).instrument is Instrument.PADS


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"", "empty"),
        (b"hello", "not a MIDI file"),
        (b"SMF2CLIP" + bytes(20), "MIDI 2"),
        (b"MThd\0\0\0\6\0", "cut off"),
        (header(division=0) + track(C_FOR_A_BEAT), "0 ticks"),
        (header() + track(), "no notes"),
        (header(), "no notes"),
        (header() + track(bytes((0, 0x90)), end=b""), "damaged"),
        (bytes(SIZE_LIMIT + 1), "10 MB"),
    ],
)
def test_a_file_that_is_no_level_is_refused_in_one_sentence(path: Path, data: bytes, cure: str) -> None:
    path.write_bytes(data)
    with pytest.raises(UserError, match=cure) as error:
        read_level(path)
    assert str(error.value).startswith("tune.mid: ")
    assert "\n" not in str(error.value)
    assert not error.value.failed


def test_megabytes_of_nonsense_are_given_up_soon(path: Path) -> None:
    path.write_bytes(header() + track(b"\0\1" * 4_000_000))
    started_s = time.perf_counter()
    with pytest.raises(UserError, match="damaged"):
        read_level(path)
    assert time.perf_counter() - started_s < 1.0


def test_a_file_of_too_many_events_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.midi.events.EVENT_LIMIT", 1000)
    path.write_bytes(header(1, 2) + track(C_FOR_A_BEAT * 249) + track(C_FOR_A_BEAT * 249))
    assert len(read_recording(path).touches) == 996
    path.write_bytes(header(1, 2) + track(C_FOR_A_BEAT * 250) + track(C_FOR_A_BEAT * 250))
    with pytest.raises(UserError, match="more than 1000"):
        read_recording(path)


@pytest.mark.parametrize("name", ["away.mid", "."])
def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_recording(tmp_path / name)


def test_a_file_without_notes_is_a_silent_performance(path: Path) -> None:
    assert read(path, header() + track()) == []


def test_a_time_before_the_file_cannot_be_written(path: Path) -> None:
    with pytest.raises(ValueError, match="time 0"):
        write_recording([Press(-0.1, 60)], path)


def _another_writers_file(path: Path, rng: Random, kind: int) -> mido.MidiFile:
    file = mido.MidiFile(type=kind, ticks_per_beat=480)
    for _ in range(1 if kind == 0 else 3):
        part = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=rng.randrange(200_000, 1_000_000))])
        for _ in range(30):
            pitch = rng.randrange(128)
            part.append(
                mido.Message("note_on", note=pitch, velocity=rng.randrange(1, 128), time=rng.randrange(500))
            )
            part.append(mido.Message("note_off", note=pitch, time=rng.randrange(500)))
        file.tracks.append(part)
    file.save(path)
    return file


@pytest.mark.parametrize("kind", [0, 1])
def test_another_readers_times_are_the_same(path: Path, kind: int) -> None:
    file = _another_writers_file(path, Random(kind), kind)
    theirs, now_s = [], 0.0
    for message in file:
        now_s += message.time
        if message.type in ("note_on", "note_off"):
            theirs.append((message.type == "note_on", message.note, now_s))
    ours = [(isinstance(t, Press), t.pitch, t.time_s) for t in read_recording(path).touches]
    assert sorted(map(lambda t: t[:2], ours)) == sorted(map(lambda t: t[:2], theirs))
    assert sorted(t[2] for t in ours) == pytest.approx(sorted(t[2] for t in theirs))


def test_300_mutations_give_a_result_or_trouble_and_quickly(path: Path) -> None:
    rng = Random(20)
    _another_writers_file(path, rng, 1)
    sound = path.read_bytes()
    started_s = time.perf_counter()
    outcomes = {"read": 0, "refused": 0}
    for _ in range(300):
        data = bytearray(sound)
        for _ in range(rng.randrange(1, 8)):
            act, at = rng.randrange(4), rng.randrange(len(data))
            if act == 0:
                data[at] = rng.randrange(256)
            elif act == 1:
                del data[at:]
                data += b"\0"
            elif act == 2:
                data[at:at] = rng.randbytes(rng.randrange(1, 9))
            else:
                del data[at : at + rng.randrange(1, 9)]
        path.write_bytes(data)
        for reader in (read_song, read_recording, read_level):
            try:
                reader(path)
                outcomes["read"] += 1
            except UserError as error:
                outcomes["refused"] += "tune.mid" in str(error)
    assert sum(outcomes.values()) == 900
    assert min(outcomes.values()) > 0
    assert time.perf_counter() - started_s < 10
