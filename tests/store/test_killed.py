"""A program killed at any moment loses no more than its last second."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from game.music.recording import Ended
from game.store.records.kept import GUEST_ID
from game.store.store import open_store
from tests.store.played import everything

ROOT = Path(__file__).parents[2]


def _play_and_kill(folder: Path, minute: int, after_s: float) -> tuple[int, int]:
    """Kill a player a while after its first touch; how many touches were a second old, how many in all."""
    command = [sys.executable, "-m", "tests.store.kill_me", str(folder), str(minute)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acks = [child.stdout.readline()]
        Event().wait(after_s)
        killed_s = time.monotonic()
        child.send_signal(signal.SIGKILL)
        acks += child.stdout.read().splitlines()
    handed_s = [float(ack.split()[1]) for ack in acks if len(ack.split()) == 2]
    return sum(at_s <= killed_s - 1.0 for at_s in handed_s), len(acks)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_after_kill_9_all_but_the_last_second_is_there_and_sound(tmp_path: Path) -> None:
    chance = random.Random(9)
    with open_store(tmp_path):
        pass
    played = [_play_and_kill(tmp_path, minute, chance.uniform(1.0, 1.9)) for minute in range(3)]
    with open_store(tmp_path) as store:
        runs = everything(store)[::-1]
        found = store.check(thorough=True).result()
    assert (len(runs), found.open_runs, found.faults) == (3, 1, ())
    for run, (sure, handed) in zip(runs, played, strict=True):
        pitches = [touch.pitch for touch in run.recording.touches]
        assert sure <= len(pitches) <= handed
        assert pitches == [count % 128 for count in range(len(pitches))]
        assert run.recording.ended is Ended.UNFINISHED
        if pitches:
            assert run.recording.reached_s == pytest.approx((len(pitches) - 1) * 0.02 - 2.0)
    assert sum(sure for sure, _ in played) > 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_program_killed_while_it_makes_its_database_leaves_one_that_opens(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from game.store.store import open_store; print(flush=True); "
    )
    code += "open_store(Path(sys.argv[1]))"
    chance = random.Random(3)
    for number in range(3):
        folder = tmp_path / str(number)
        with subprocess.Popen(
            [sys.executable, "-c", code, folder], cwd=ROOT, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            Event().wait(chance.uniform(0.2, 1.2))
            child.kill()
        with open_store(folder) as store:
            assert [p.id for p in store.profiles().result()] == [GUEST_ID]
            assert store.check(thorough=True).result().sound
