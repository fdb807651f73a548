"""From a steady person's taps through the real store to a run judged by them, and its report."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from game.app.level_catalogue import LevelCatalogue
from game.app.services import StoreServices
from game.cli import main
from game.clock import ManualClock
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated
from game.music.note import Press, Release
from game.run.run import Run
from game.screens.routes import ScreenRoutes
from game.screens.station.calibrate import CalibrateScreen
from game.screens.station.station import StationScreen
from game.screens.station.tapping import TappingScreen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.store.store import Store
from tests.audio.standins import ListeningSpeaker
from tests.choosing import do
from tests.levels import a_few
from tests.tappers import Tapper
from tests.test_program import ScriptedInstrument

LEVEL = "five-steps-right"
SOUND_S, PICTURE_S = 0.062, 0.104
Out = pytest.CaptureFixture[str]


class Played:
    """A station over a real store, with sound, at which nothing waits."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(50.0)
        self.instrument = ScriptedInstrument(self.clock)
        self.store = Store(folder)
        levels, speaker = LevelCatalogue([a_few(folder / "few", LEVEL)]), ListeningSpeaker()
        self.services = StoreServices(self.store, levels, self.clock, self.instrument, speaker)
        self.stack = ScreenStack(self.services, self.clock, self.instrument, ScreenRoutes)
        self.stack.push(StationScreen(self.stack))
        self.chance = Random(8)
        self.store.opened.result()

    def calibrate(self) -> None:
        self.stack.push(CalibrateScreen(self.stack))
        for n in range(8):
            self._tap(Tapper(SOUND_S if n < 4 else PICTURE_S, 0.012, 0.05))
        do(self.stack, self.clock, Verb.CHOOSE)

    def _tap(self, tapper: Tapper) -> None:
        self.stack.top.update(self.clock.now_s())
        do(self.stack, self.clock, Verb.CHOOSE)
        tapping = self.stack.top
        assert isinstance(tapping, TappingScreen)
        deadline_s = time.monotonic() + 20
        while tapping.run is None:
            assert time.monotonic() < deadline_s
            self.stack.settle()
            time.sleep(0.002)
        played = tapper.run(60 / tapping.bpm, self.chance, 50, tapping.run.timeline.clock_s(0.0))
        touches = [t for s in played.times_s for t in (Press(s, 60), Release(s + 0.1, 60))]
        self.instrument.port = ScriptedPort(self.clock, touches)
        while self.stack.top is tapping:
            self.clock.advance(1 / 20)
            tapping.update(self.clock.now_s())

    def play(self) -> Run:
        """A level played exactly on what is heard."""
        level = next(card.level for card in self.services.all_levels().result())
        run = self.services.prepare(self.stack.player, level, 1.0).result()
        run.start()
        at_s = run.timeline.clock_s(0.0) + SOUND_S
        touches = Simulated(0.0, 0.0, omit=0.0, wrong=0.0, chord_sd_s=0.0).play(run.notes, Random(1))
        moved = [replace(touch, time_s=touch.time_s + at_s) for touch in touches]
        self.instrument.port = ScriptedPort(self.clock, moved)
        while run.ended is None:
            self.clock.advance(1 / 20)
            run.update()
        self.services.result(self.stack.player, run).result()
        return run

    def close(self) -> None:
        self.services.close()
        self.store.close()


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    station = Played(tmp_path)
    yield station
    station.close()


def mean_ms(run: Run) -> float:
    late = [j.asynchrony_s for j in run.verdicts().judgements if j.asynchrony_s is not None]
    assert len(late) == len(run.notes)
    return sum(late) / len(late) * 1000


def test_what_a_station_adds_is_gone_from_asynchrony_once_it_is_calibrated(
    played: Played, tmp_path: Path, capsys: Out
) -> None:
    before = played.play()
    assert mean_ms(before) == pytest.approx(SOUND_S * 1000, abs=0.1)
    played.calibrate()
    after = played.play()
    assert mean_ms(after) == pytest.approx(0, abs=6)
    assert after.conditions.video_offset_s == pytest.approx(PICTURE_S - SOUND_S, abs=0.008)
    day = played.services.station().calibration
    assert day is not None
    assert (before.conditions.calibrated, after.conditions.calibrated) == ("", day.day)
    played.close()
    told = _replayed(tmp_path, capsys)
    assert [one["calibrated"] for one in told] == [day.day, None]


def _replayed(folder: Path, capsys: Out) -> list[dict[str, object]]:
    """Every kept run of the guest as `replay` tells it, the newest first."""
    assert main(["--data", str(folder), "history", "guest", "--json"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    told = []
    for run in runs:
        assert main(["--data", str(folder), "replay", run["run"], "--json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
        assert told[-1]["calibrated"] == run["calibrated"]
    return told


def test_of_a_run_at_a_station_that_was_never_calibrated_the_text_says_so(
    played: Played, tmp_path: Path, capsys: Out
) -> None:
    played.play()
    played.close()
    assert main(["--data", str(tmp_path), "history", "guest", "--json"]) == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert main(["--data", str(tmp_path), "replay", run["run"]]) == 0
    assert capsys.readouterr().out.count("Never calibrated") == 1
