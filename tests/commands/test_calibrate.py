"""`fingerfall calibrate` without a screen: taps from a file, what is kept of them, and what is said."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.cli import main
from tests.tappers import Tapper

Out = pytest.CaptureFixture[str]
STEADY, SHAKY = 0.015, 0.08


def runs(delay_s: float, sd_s: float, seed: int) -> list[dict[str, Any]]:
    made = Tapper(delay_s, sd_s, outliers=0.05).runs(Random(seed))
    return [{"bpm": run.bpm, "taps_s": [t - run.cue_s for t in run.times_s]} for run in made]


def file_of(folder: Path, sound_sd_s: float = STEADY, **more: Any) -> str:
    path = folder / "taps.json"
    data = {"sound": runs(0.041, sound_sd_s, 1), "picture": runs(0.068, STEADY, 2), **more}
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def told(out: Out, folder: Path, *arguments: str, status: int = 0) -> Any:
    assert main(["--data", str(folder / "data"), "calibrate", *arguments, "--json"]) == status
    return json.loads(out.readouterr().out)


def test_taps_of_a_steady_person_give_three_offsets_with_errors(tmp_path: Path, capsys: Out) -> None:
    found = told(capsys, tmp_path, "--taps", file_of(tmp_path))
    assert found["sound"]["delay_ms"] == pytest.approx(41, abs=5)
    assert found["picture"]["delay_ms"] == pytest.approx(68, abs=5)
    assert 0 < found["sound"]["error_ms"] < 5
    assert found["sound"]["reason"] is None
    offsets = found["offsets"]
    assert offsets["audio_offset_ms"] == pytest.approx(found["sound"]["delay_ms"], abs=0.1)
    apart_ms = found["picture"]["delay_ms"] - found["sound"]["delay_ms"]
    assert offsets["video_offset_ms"] == pytest.approx(apart_ms, abs=0.2)
    assert found["includes_anticipation"] is True
    assert found["calibrated"] is None


def test_taps_of_a_shaky_person_give_no_offsets_but_a_reason_and_status_one(
    tmp_path: Path, capsys: Out
) -> None:
    found = told(capsys, tmp_path, "--taps", file_of(tmp_path, SHAKY), "--keep", status=1)
    assert found["offsets"] is None
    assert found["sound"]["delay_ms"] is None
    assert found["sound"]["reason"]
    assert found["sound"]["words"]
    assert told(capsys, tmp_path, "--list") == {"calibrations": []}


def test_what_is_kept_is_kept_for_the_instrument_with_the_day(tmp_path: Path, capsys: Out) -> None:
    found = told(capsys, tmp_path, "--taps", file_of(tmp_path), "--keep", "--device", "Piano 24:0")
    assert found["calibrated"]
    (kept,) = told(capsys, tmp_path, "--list", "--midi-api", "alsa")["calibrations"]
    assert kept["day"] == found["calibrated"]
    assert kept["instrument"].startswith("midi/")
    assert "Piano" in kept["instrument"]
    assert kept["sound_ms"] == pytest.approx(found["sound"]["delay_ms"], abs=0.1)


def test_without_a_screen_it_says_so_and_how(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.screens.ui.window.has_screen", lambda: False)
    assert main(["--data", str(tmp_path), "calibrate"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no screen" in said.err
    assert "--taps" in said.err
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"picture": 5}',
        '{"picture": [5]}',
        '{"picture": [{"bpm": 0, "taps_s": []}]}',
        '{"picture": [{"bpm": 80, "taps_s": [null]}]}',
        '{"picture": [{"bpm": true, "taps_s": [1]}]}',
        '{"picture": [{"bpm": 80}]}',
        '{"picture": [{"bpm": 80, "taps_s": [NaN]}]}',
    ],
)
def test_a_file_that_holds_no_taps_is_one_sentence_and_status_two(
    text: str, tmp_path: Path, capsys: Out
) -> None:
    path = tmp_path / "taps.json"
    path.write_text(text, encoding="utf-8")
    assert main(["--data", str(tmp_path / "data"), "calibrate", "--taps", str(path)]) == 2
    said = capsys.readouterr()
    assert len(said.err.strip().splitlines()) == 1
    assert "taps.json" in said.err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: Out) -> None:
    assert main(["--data", str(tmp_path), "calibrate", "--taps", str(tmp_path / "no.json")]) == 2
    assert "no.json" in capsys.readouterr().err


def test_keeping_needs_to_know_for_which_instrument(tmp_path: Path, capsys: Out) -> None:
    assert main(["--data", str(tmp_path), "calibrate", "--taps", file_of(tmp_path), "--keep"]) == 2
    assert "--device" in capsys.readouterr().err


def test_a_recording_that_names_no_calibration_is_reported_as_uncalibrated(
    tmp_path: Path, capsys: Out
) -> None:
    from game.midi.smf import write_recording
    from game.music.note import Press, Release

    path = tmp_path / "played.mid"
    write_recording([Press(0.5, 60, 80), Release(0.9, 60)], path)
    assert main(["score", "five-steps-right", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["calibrated"] is None
    assert main(["score", "five-steps-right", str(path)]) == 0
    assert capsys.readouterr().out.count("Never calibrated") == 1
