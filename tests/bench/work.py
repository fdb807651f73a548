"""What the rest costs: judging, aligning, reading levels and MIDI files, opening a profile."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import mido

from game import __version__
from game.commands.pasts import pasts
from game.judge.alignment import align
from game.judge.conditions import Conditions
from game.judge.judge import Judge
from game.judge.windows import HitWindows
from game.midi.simulated import Simulated
from game.midi.smf import read_song
from game.music.note import Note, Press
from game.report.record import EDITION
from game.store.level_files import find_level, library
from game.store.places import data_folder
from game.store.store import open_store
from tests.bench.table import Row
from tests.store.played import new_run, play, recorded

NOTES = 500
IMPORTED = 50_000
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
        path = Path(folder) / "many.mid"
        _write_midi(path)
        reading_s = cpu_s(lambda: read_song(path), 3)
    yield Row("Work", "reading a MIDI file", f"{reading_s * 1000:.0f} ms", f"{IMPORTED} notes, CPU")


def _write_midi(path: Path) -> None:
    track = mido.MidiTrack()
    for i in range(IMPORTED):
        track.append(mido.Message("note_on", note=30 + i % 60, velocity=64, time=10))
        track.append(mido.Message("note_off", note=30 + i % 60, velocity=0, time=50))
    song = mido.MidiFile(type=0)
    song.tracks.append(track)
    song.save(path)


def _profile() -> Row:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), None) as store:
        metrics = {"notes": 40, "hits": 36}
        kept = {
            "version": __version__,
            "edition": EDITION,
            "metrics": metrics,
            "probe": False,
            "played_s": 60.0,
        }
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
