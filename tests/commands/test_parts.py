"""Parts on the command line and in the record: played, judged again and told as what they were."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.app.run_summaries import minutes_on, of_wholes, pasts, trends_of
from game.cli import main
from game.coach.adaptation import mastered
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.library.files import level_text
from game.midi.simulated import Simulated
from game.music.bars import Bars
from game.music.device import Device, DeviceKind
from game.music.level import Level
from game.music.part import part
from game.music.recording import Ended, Recording
from game.music.timeline import Anchor, Timeline
from game.report.record import Judged, record_of
from game.report.result import result_data
from game.store.records.kept import GUEST_ID
from game.store.store import Store, open_store
from tests.levels import LIBRARY
from tests.store.played import new_run, play

Out = pytest.CaptureFixture[str]
LEVEL = next(one for one in LIBRARY if one.id == "song-amazing-grace-5")
BARS = Bars(5, 8, 3)
CONDITIONS = Conditions(HitWindows(0.12, 0.22, 0.35), 0.8)


def run_json(out: Out, *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(out.readouterr().out)


def recorded(level: Level) -> Recording:
    """A simulated player's run of a level."""
    touches = tuple(Simulated(omit=0.1, wrong=0.1).play(level.notes_at(CONDITIONS.speed), Random(3)))
    timeline = Timeline((Anchor(-4.0, -4.0, 1.0),))
    return Recording(touches, timeline, Device(DeviceKind.MIDI, "USB keyboard"), Ended.FINISHED)


def keep(store: Store, level: Level) -> str:
    """Keep that run; its id."""
    run = replace(
        new_run(),
        level_id=level.id,
        level_title=level.title,
        level_text=level_text(level),
        conditions=CONDITIONS,
        device=Device(DeviceKind.MIDI, "USB keyboard"),
    )
    return play(store, run, recorded(level))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one run of a part."""
    (tmp_path / "data").mkdir()
    with open_store(tmp_path / "data") as store:
        keep(store, part(LEVEL, BARS))
    return tmp_path / "data"


def test_bars_are_played_in_a_loop_four_times_where_nobody_says(capsys: Out) -> None:
    whole = run_json(capsys, "demo", LEVEL.id)
    looped = run_json(capsys, "demo", LEVEL.id, "--bars", "5-8")
    assert "bars" not in whole
    assert looped["bars"] == {"first": 5, "last": 8, "times": 4}
    assert looped["level"] == LEVEL.id
    asked = [n for n in LEVEL.notes if 5 <= LEVEL.bar_of(n.beat) <= 8]
    assert len(looped["notes"]) == 4 * len(asked)
    twice = run_json(capsys, "demo", LEVEL.id, "--bars", "5-8", "--times", "2", "--speed", "0.5")
    assert [n["pitch"] for n in twice["notes"]] == [n.pitch for n in asked] * 2


def test_one_bar_is_a_part_too(capsys: Out) -> None:
    assert run_json(capsys, "demo", LEVEL.id, "--bars", "6")["bars"] == {"first": 6, "last": 6, "times": 4}


def test_the_other_hand_practises_the_same_bars(capsys: Out) -> None:
    looped = run_json(capsys, "demo", LEVEL.id, "--bars", "5-6", "--hand", "left")
    assert {n["hand"] for n in looped["notes"]} == {"left"}


@pytest.mark.parametrize("verb", ["demo", "play"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bars", "16-20"], "song-amazing-grace-5: it has bars 1–17, and not bars 16–20"),
        (["--bars", "40"], "song-amazing-grace-5: it has bars 1–17, and not bar 40"),
        (["--bars", "8-5"], "8–5 are no bars"),
        (["--bars", "0-2"], "0–2 are no bars"),
        (["--bars", "1-2", "--times", "0"], "1 to 32 times"),
        (["--bars", "1-2", "--times", "99"], "1 to 32 times"),
        (["--times", "3"], "--bars 5-8"),
    ],
)
def test_bars_that_are_none_are_answered_in_a_sentence(
    verb: str, arguments: list[str], said: str, tmp_path: Path, capsys: Out
) -> None:
    assert main(["--data", str(tmp_path), verb, LEVEL.id, *arguments]) == 2
    answer = capsys.readouterr()
    assert said in answer.err
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1


@pytest.mark.parametrize("text", ["", "a", "5-", "-5", "5-8-9", "1.5-2", "9999999999"])
def test_what_names_no_bars_is_bad_use(text: str, capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", LEVEL.id, f"--bars={text}"])
    assert ended.value.code == 2
    assert "as in 5-8" in capsys.readouterr().err


def test_a_probe_is_played_whole(capsys: Out) -> None:
    assert main(["demo", "probe-five-right", "--bars", "1-2"]) == 2
    assert "a probe is always played whole" in capsys.readouterr().err


def test_in_words_the_result_says_its_bars(capsys: Out) -> None:
    assert main(["demo", LEVEL.id, "--bars", "5-8"]) == 0
    assert "Amazing Grace · five fingers · bars 5–8 ·" in capsys.readouterr().out


@pytest.mark.parametrize("judged", Judged)
def test_a_part_is_judged_again_as_it_was(judged: Judged, data: Path, tmp_path: Path, capsys: Out) -> None:
    live = ["--live"] if judged is Judged.LIVE else []
    level = part(LEVEL, BARS)
    played = json.loads(json.dumps(result_data(record_of(level, recorded(level), CONDITIONS, judged))))
    (run,) = run_json(capsys, "--data", str(data), "history", "Guest")["runs"]
    (file,) = run_json(capsys, "--data", str(data), "export", "Guest", "-o", str(tmp_path / "out"))["files"]
    replayed = run_json(capsys, "--data", str(data), "replay", run["run"], *live)
    scored = run_json(capsys, "--data", str(data), "score", LEVEL.id, file, *live)
    for again in (replayed, scored):
        assert (again.pop("calibrated"), again.pop("bounce_ms")) == (None, 0)
        assert again == played
    assert played["bars"] == {"first": 5, "last": 8, "times": 3}


def test_a_part_scored_on_a_level_without_such_bars_is_answered_in_a_sentence(
    tmp_path: Path, capsys: Out
) -> None:
    (tmp_path / "data").mkdir()
    with open_store(tmp_path / "data") as store:
        keep(store, part(LEVEL, Bars(16, 17, 2)))
    exported = ("--data", str(tmp_path / "data"), "export", "Guest", "-o", str(tmp_path / "out"))
    (file,) = run_json(capsys, *exported)["files"]
    short = next(one for one in LIBRARY if one.bar_count < 16 and not one.probe)
    assert main(["score", short.id, file]) == 2
    answer = capsys.readouterr()
    assert f"{short.id}: it has {Bars(1, short.bar_count)}, and not bars 16–17" in answer.err
    assert answer.out == ""


def test_history_tells_which_bars_a_run_was_of(data: Path, capsys: Out) -> None:
    with open_store(data) as store:
        keep(store, LEVEL)
    runs = run_json(capsys, "--data", str(data), "history", "Guest")["runs"]
    assert {run["level"] for run in runs} == {LEVEL.id}
    assert sorted((run["bars"] for run in runs), key=bool) == [None, {"first": 5, "last": 8, "times": 3}]
    assert main(["--data", str(data), "history", "Guest"]) == 0
    assert "bars 5–8 ×3" in capsys.readouterr().out


def test_a_part_counts_as_time_played_and_not_as_its_level(store: Store) -> None:
    keep(store, part(LEVEL, BARS))
    (past,) = pasts(store, GUEST_ID)
    assert (past.level_id, past.bars) == (LEVEL.id, BARS)
    assert past.notes == len(part(LEVEL, BARS).notes)
    assert minutes_on(past.day, [past]) > 0.2
    assert of_wholes([past]) == []
    assert trends_of([past]) == ()
    assert past.numbers
    whole = replace(past.numbers.whole, hits=past.notes)
    written = replace(past.conditions, speed=1.0)
    well = replace(past, conditions=written, numbers=replace(past.numbers, whole=whole))
    assert mastered([well]) == {LEVEL.id}
    assert mastered(of_wholes([well])) == frozenset()
