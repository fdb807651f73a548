"""What the rest costs: judging, aligning, reading levels and MIDI files, opening a profile."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import mido

from game.app.run_summaries import pasts
from game.judge.clinical.alignment import align
from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.windows import HitWindows
from game.library.files import find_level, library
from game.library.places import data_folder
from game.midi.simulated import Simulated
from game.midi.song import read_song
from game.music.note import Note, Press
from game.report.kept import kept_data
from game.store.store import open_store
from tests.bench.table import Row, promise
from tests.pasts import past
from tests.store.played import new_run, play, recorded

NOTES = 500
IMPORTED = 50_000
SONG_NOTES, SONG_TICKS = 8000, 600 * 480
RUNS = 1000


def rows() -> Iterator[Row]:
    """CPU of each, the median of a few."""
    notes = tuple(Note(i, i * 0.25, 0.2, 60 + (i * 7) % 12, finger=1 + i % 5) for i in range(NOTES))
    touches = Simulated(0.02, 0.05, omit=0.05, wrong=0.03).play(notes, random.Random(2))
    presses = [t for t in touches if isinstance(t, Press)]
    judging_s = cpu_s(lambda: judge(notes, presses))
    yield Row("Work", "live judge", f"{judging_s / NOTES * 1e6:.0f} µs a note", f"{NOTES} notes, CPU")
    aligning_s = cpu_s(lambda: align(notes, presses), 3)
    yield Row(
        "Work", "alignment", f"{aligning_s / NOTES * 1000:.2f} ms a note", f"{NOTES} notes at once, CPU"
    )
    folder = data_folder("levels")
    one_s = cpu_s(lambda: find_level("five-steps-right", (folder,)))
    yield Row("Work", "one level from its file", f"{one_s * 1000:.1f} ms", "CPU, checks included")
    all_s = cpu_s(lambda: library(folder), 3)
    yield Row("Work", "the whole library", f"{all_s * 1000:.0f} ms", f"{len(library(folder))} levels, CPU")
    yield from _importing()
    yield _profile()


def cpu_s(act: Callable[[], object], times: int = 5) -> float:
    """Median CPU seconds of an act, after one try that does not count."""
    act()
    taken = []
    for _ in range(times):
        begun_s = time.process_time()
        act()
        taken.append(time.process_time() - begun_s)
    return median(taken)


def judge(notes: tuple[Note, ...], presses: list[Press]) -> None:
    """Judge a performance live, told the time sixty times a second."""
    judge = Judge(notes, Conditions(HitWindows(0.05, 0.1, 0.2)))
    waiting = iter([*presses, Press(1e9, 0)])
    press = next(waiting)
    for frame in range(round((notes[-1].end_s + 1) * 60)):
        while press.time_s <= frame / 60:
            judge.press(press)
            press = next(waiting)
        judge.advance(frame / 60)


def _importing() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        many, song = Path(folder) / "many.mid", Path(folder) / "song.mid"
        _write_midi(many, [[(i * 60, 30 + i % 60, 50) for i in range(IMPORTED)]])
        _write_midi(song, _song_of_five_minutes())
        reading_s = cpu_s(lambda: read_song(many), 3)
        whole = "the whole command, CPU"
        yield Row("Work", "reading a MIDI file", f"{reading_s * 1000:.0f} ms", f"{IMPORTED:,} notes, CPU")
        meaning = f"{SONG_NOTES:,} notes for two hands, every one of them fingered; {whole}"
        yield promise(
            "Work", "importing a song of five minutes", _command_s(song, "--no-reduce"), 0.7, "s", meaning
        )
        meaning = f"the same for three fingers, at most of difficulty 3; {whole}"
        easy_s = _command_s(song, "--fingers", "1,2,3", "--max-difficulty", "3")
        yield Row("Work", "importing it easily", f"{easy_s:.2f} s", meaning)
        meaning = f"{IMPORTED:,} notes, of which ten minutes fit in a level; {whole}"
        yield promise(
            "Work", "importing a long MIDI file", _command_s(many, "--no-reduce"), 2.5, "s", meaning
        )


def _command_s(path: Path, *options: str) -> float:
    """CPU seconds of the command that makes a level of a file, the least of three: other work only adds."""
    output = str(path.with_suffix(".toml"))
    command = [sys.executable, "-m", "game", "import", str(path), "-o", output, "--force", *options]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


Played = tuple[int, int, int]
"""A note's begin in ticks of a 480th of a beat, its pitch, and its length."""


def _song_of_five_minutes() -> list[list[Played]]:
    """A walking tune over broken chords, 120 beats a minute."""
    rng, scale, at = random.Random(5), (60, 62, 64, 65, 67, 69, 71, 72, 74, 76), 4
    right, left = SONG_NOTES * 3 // 5, SONG_NOTES * 2 // 5
    tune: list[Played] = []
    for i in range(right):
        at = max(0, min(len(scale) - 1, at + rng.choice((-2, -1, -1, 0, 1, 1, 2))))
        tune.append((i * SONG_TICKS // right, scale[at], SONG_TICKS // right * 9 // 10))
    roots = (48, 43, 45, 41)
    chords = [
        (i * SONG_TICKS // left, roots[i // 8 % 4] + (0, 7, 12, 7)[i % 4], SONG_TICKS // left * 9 // 10)
        for i in range(left)
    ]
    return [tune, chords]


def _write_midi(path: Path, parts: list[list[Played]]) -> None:
    song = mido.MidiFile(type=1, ticks_per_beat=480)
    for part in parts:
        ends = [(begin + length, False, pitch) for begin, pitch, length in part]
        events = sorted([*ends, *((begin, True, pitch) for begin, pitch, _ in part)])
        track, last = mido.MidiTrack(), 0
        for tick, on, pitch in events:
            kind = "note_on" if on else "note_off"
            track.append(mido.Message(kind, note=pitch, velocity=64, time=tick - last))
            last = tick
        song.tracks.append(track)
    song.save(path)


def _profile() -> Row:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), None) as store:
        numbers = past("any", "2026-01-31", 36).numbers
        assert numbers
        kept = kept_data(numbers)
        profile = store.add_profile("Many", new_run().started_at).result()
        for i in range(RUNS):
            run_id = play(store, new_run(profile.id, i), recorded(10))
            store.keep_summary(run_id, kept)
        begun_s = time.perf_counter()
        found = pasts(store, profile.id)
        taken_s = time.perf_counter() - begun_s
    assert len(found) == RUNS
    return Row(
        "Work", f"a profile with {RUNS:,} runs", f"{taken_s * 1000:.0f} ms", "wall time to its whole past"
    )
