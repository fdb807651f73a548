"""`history` and the trends in it: probes alone, one device at a time, and in words what a change is worth."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.app.conditions import recent_timing
from game.app.derived import summary_of
from game.cli import main
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.library.files import level_text
from game.music.device import Device, DeviceKind
from game.music.level import Level
from game.music.note import Press, Release, Touch
from game.music.recording import Ended, Recording
from game.music.timeline import Timeline
from game.report.kept import kept_data
from game.store.records.kept import GUEST_ID
from game.store.store import Store, open_store
from tests.levels import LIBRARY
from tests.store.played import new_run, play

Out = pytest.CaptureFixture[str]
LEVELS = {level.id: level for level in LIBRARY}
PROBE = LEVELS["probe-five-right"]
DAILY = (95.0, 80.0, 70.0, 48.0, 55.0, 51.0, 52.0, 47.0, 20.0)
"""SD of asynchrony, day by day, in milliseconds; the first three days are practice."""


def keep(store: Store, level: Level, day: int, sd_ms: float, device: str = "USB keyboard") -> None:
    """Keep a run of a level that was played that steadily that many days after the first."""
    rng = Random(f"{day} {device}")
    touches: list[Touch] = []
    for note in level.notes_at(1.0):
        at_s = note.onset_s + rng.gauss(0.02, sd_ms / 1000)
        touches += [Press(at_s, note.pitch, 64), Release(at_s + 0.3, note.pitch)]
    where = Device(DeviceKind.MIDI, device)
    run = replace(
        new_run(minute=day * 24 * 60),
        level_id=level.id,
        level_title=level.title,
        level_text=level_text(level),
        conditions=Conditions(HitWindows(0.12, 0.22, 0.35)),
        device=where,
    )
    ordered = tuple(sorted(touches, key=lambda t: t.time_s))
    play(store, run, Recording(ordered, Timeline.identity(), where, Ended.FINISHED))


def history(data: Path, out: Out) -> Any:
    assert main(["--data", str(data), "history", "Guest", "--json"]) == 0
    return json.loads(out.readouterr().out)


def line(answer: Any, measure: str) -> Any:
    return next(one for one in answer["trends"] if one["measure"] == measure)


def filled(data: Path, days: Sequence[float], level: Level = PROBE) -> None:
    data.mkdir()
    with open_store(data) as store:
        for day, sd_ms in enumerate(days):
            keep(store, level, day, sd_ms)


def test_a_run_of_which_nothing_was_heard_is_listed_as_such(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "data").mkdir()
    with open_store(tmp_path / "data") as store:
        silent = replace(new_run(), level_id=PROBE.id, level_title=PROBE.title, level_text=level_text(PROBE))
        play(
            store, silent, Recording((), Timeline.identity(), Device(DeviceKind.MIDI, "USB"), Ended.FINISHED)
        )
    assert main(["--data", str(tmp_path / "data"), "history", "Guest"]) == 0
    said = capsys.readouterr().out
    assert "nothing was heard" in said
    assert "0/" not in said


def test_a_demo_in_which_nothing_is_played_says_so(capsys: Out) -> None:
    assert main(["demo", "--omit", "1", "--wrong", "0"]) == 0
    assert "Nothing was heard" in capsys.readouterr().out


def test_a_change_beyond_day_to_day_variation_is_said_in_words(tmp_path: Path, capsys: Out) -> None:
    filled(tmp_path / "data", DAILY)
    answer = history(tmp_path / "data", capsys)
    spread = line(answer, "asynchrony_sd_ms")
    assert len(spread["days"]) == len(DAILY)
    assert spread["mdc95"] == pytest.approx(2.77 * spread["sem"], rel=0.01)
    assert spread["band"] == pytest.approx(
        [spread["baseline"] - spread["mdc95"], spread["baseline"] + spread["mdc95"]], abs=0.02
    )
    assert (spread["practice_days"], spread["baseline_days"]) == (3, 3)
    assert spread["mdc95_pct"] == pytest.approx(100 * spread["mdc95"] / spread["baseline"], rel=0.01)
    assert spread["coarse"] == (spread["mdc95_pct"] > 30)
    assert spread["change"] == "beyond_better"
    assert "beyond the usual range" in spread["words"]
    assert spread["chance_outside_pct"] > 5
    newest = answer["runs"][0]
    assert newest["metrics"]["measures"]["asynchrony_sd_ms"]["n"] == newest["metrics"]["notes"]
    assert spread["days"][-1]["value"] == newest["metrics"]["measures"]["asynchrony_sd_ms"]["value"]


def test_too_few_days_are_said_and_give_no_band(tmp_path: Path, capsys: Out) -> None:
    filled(tmp_path / "data", DAILY[:2])
    spread = line(history(tmp_path / "data", capsys), "asynchrony_sd_ms")
    assert {spread[name] for name in ("baseline", "mdc95", "mdc95_pct", "coarse", "band")} == {None}
    assert spread["change"] == "not_enough"
    assert "the first three days are practice" in spread["words"]
    assert "5 more days" in spread["words"]


def test_the_list_tells_the_smallest_detectable_change_and_its_share(tmp_path: Path, capsys: Out) -> None:
    filled(tmp_path / "data", DAILY)
    spread = line(history(tmp_path / "data", capsys), "asynchrony_sd_ms")
    assert main(["--data", str(tmp_path / "data"), "history", "Guest"]) == 0
    told = next(row for row in capsys.readouterr().out.splitlines() if "how uneven the timing is" in row)
    assert f"smallest detectable change {spread['mdc95']:g} ms" in told
    assert f"{spread['mdc95_pct']:.0f}% of the start value" in told
    assert ("coarse" in told) == spread["coarse"]


def test_levels_that_adapt_have_no_trend(tmp_path: Path, capsys: Out) -> None:
    filled(tmp_path / "data", DAILY[:4], LEVELS["five-steps-right"])
    answer = history(tmp_path / "data", capsys)
    assert len(answer["runs"]) == 4
    assert answer["trends"] == []


def test_another_device_begins_another_line_of_timing(tmp_path: Path, capsys: Out) -> None:
    filled(tmp_path / "data", DAILY[:4])
    with open_store(tmp_path / "data") as store:
        keep(store, PROBE, 9, 50.0, "another keyboard")
    answer = history(tmp_path / "data", capsys)
    assert [len(line(answer, name)["days"]) for name in ("asynchrony_sd_ms", "hit_rate_pct")] == [1, 5]
    assert line(answer, "asynchrony_sd_ms")["device"] == "another keyboard"


def test_probes_do_not_widen_the_windows_of_other_levels(store: Store) -> None:
    keep(store, PROBE, 0, 90.0)
    assert recent_timing(store, GUEST_ID) == []
    keep(store, LEVELS["five-steps-right"], 1, 40.0)
    ((sd_ms, hits),) = recent_timing(store, GUEST_ID)
    assert hits == len(LEVELS["five-steps-right"].notes)
    assert sd_ms == pytest.approx(40, abs=15)


def test_numbers_of_another_edition_are_derived_again(store: Store) -> None:
    keep(store, PROBE, 0, 50.0)
    (header,) = store.runs(GUEST_ID).result()
    fresh = summary_of(store, header)
    assert fresh.numbers
    kept = kept_data(fresh.numbers)
    for other in ({**kept, "edition": 0, "metrics": {}}, {**kept, "metrics": {"hits": "many"}}):
        store.keep_summary(header.id, other).result()
        (header,) = store.runs(GUEST_ID).result()
        assert summary_of(store, header).numbers == fresh.numbers
        (header,) = store.runs(GUEST_ID).result()
        assert header.summary == kept
