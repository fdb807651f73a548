"""The command line is a contract: verbs, exit status, one sentence, one JSON document."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from game.cli import build_parser, main
from game.commands.argtypes import decimal
from game.midi.smf import write_recording
from game.music.note import Press, Release
from game.words import use_language
from tests.words import TRANSLATED, extracted

Out = pytest.CaptureFixture[str]

NOTE_KEYS = {"index", "onset_s", "pitch", "hand", "finger", "verdict", "press", "asynchrony_ms", "grade"}
NOTE_KEYS |= {"velocity", "dwell_ms", "release_asynchrony_ms", "release_grade", "confidence"}
NOTE_KEYS |= {"own_beat_ms"}
PRESS_KEYS = {"index", "time_s", "pitch", "velocity", "release_s", "use"}


def verbs() -> list[str]:
    parser = build_parser()
    (choices,) = (a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return list(choices)


def run_json(out: Out, *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(out.readouterr().out)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_help(verb: str, capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert verb in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "number"), [("1.5", 1.5), ("1,5", 1.5), ("-0,25", -0.25), ("2", 2.0), ("1e-3", 0.001)]
)
def test_a_number_is_typed_with_a_point_or_a_comma(text: str, number: float) -> None:
    assert decimal(text) == number


@pytest.mark.parametrize("text", ["", "1,2,3", ",5", "1.000,5", "a"])
def test_what_is_no_number_with_either_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="could not convert"):
        decimal(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_help_is_wholly_in_the_language_asked_for(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "400")
    commands = [
        str(m.id) for m in extracted() if any("/commands/" in f or "cli.py" in f for f, _ in m.locations)
    ]
    english = [text for text in commands if text.islower() and " " in text]
    assert english
    for verb in ((), *((verb,) for verb in verbs())):
        with pytest.raises(SystemExit):
            main([*verb, "--help"])
        shown = capsys.readouterr().out.splitlines()
        assert not [line for line in shown for text in english if line.endswith(f"  {text}") or line == text]
        assert not [line for line in shown if line.startswith(("usage", "options"))]
    use_language("en")


@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "no-such-level"],
        ["score", "five-steps-right", "nowhere.mid"],
        ["score", "nowhere.mid", "nowhere.mid"],
        ["check", "nowhere.toml"],
        ["replay", "ffff"],
        ["history", "Nobody"],
        ["export", "Nobody", "-o", "out"],
        ["profiles", "erase", "Nobody"],
        ["play", "five-steps-right", "--headless", "--input", "keyboard"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_sentence_and_status_two(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--data", str(tmp_path / "data"), *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["demo", "--speed", "9"],
        ["demo", "--omit", "2"],
        ["demo", "--hand", "third"],
        ["score"],
        ["--nope"],
    ],
    ids=" ".join,
)
def test_bad_use_is_status_two_and_says_where_to_look(arguments: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_a_misspelt_level_is_answered_with_the_nearest_in_one_sentence(capsys: Out) -> None:
    assert main(["demo", "five-steps-rigth"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "five-steps-right" in said.err


def test_demo_prints_the_contract_and_is_the_same_for_the_same_seed(capsys: Out) -> None:
    first = run_json(capsys, "demo", "ode-to-joy-right", "--seed", "5")
    assert set(first) == {"level", "verdicts", "notes", "presses", "shifts", "lost", "journey", "metrics"}
    assert first["level"] == "ode-to-joy-right"
    assert all(set(note) == NOTE_KEYS for note in first["notes"])
    assert all(set(press) == PRESS_KEYS for press in first["presses"])
    assert first == run_json(capsys, "demo", "ode-to-joy-right", "--seed", "5")
    assert first != run_json(capsys, "demo", "ode-to-joy-right", "--seed", "6")


def test_numbers_in_the_result_can_be_recomputed_from_it(capsys: Out) -> None:
    result = run_json(capsys, "demo", "five-steps-right", "--omit", "0.2", "--wrong", "0.2", "--seed", "3")
    presses = {p["index"]: p for p in result["presses"]}
    for note in result["notes"]:
        press = presses.get(note["press"])
        assert (press is None) == (note["verdict"] == "omission")
        if press:
            assert press["use"] == note["verdict"]
            late_ms = (press["time_s"] - note["onset_s"]) * 1000
            assert note["asynchrony_ms"] == pytest.approx(late_ms, abs=0.051)
            assert note["velocity"] == press["velocity"]
    metrics = result["metrics"]
    assert metrics["hits"] == sum(n["verdict"] == "hit" for n in result["notes"])
    assert metrics["omissions"] == sum(n["verdict"] == "omission" for n in result["notes"])
    assert metrics["wrong_keys"] == sum(p["use"] == "wrong_key" for p in result["presses"])


def test_what_is_unknown_is_null_and_never_zero(capsys: Out) -> None:
    metrics = run_json(capsys, "demo", "five-steps-right", "--omit", "1")["metrics"]
    assert metrics["hits"] == 0
    assert metrics["asynchrony_mean_ms"] is None
    assert metrics["asynchrony_sd_ms"] is None
    assert metrics["velocity_mean"] is None


@pytest.mark.parametrize("speed", ["0.5", "1", "1.5"])
def test_speed_changes_onsets_and_not_the_hand(speed: str, capsys: Out) -> None:
    slow = run_json(capsys, "demo", "five-steps-right", "--speed", speed, "--omit", "0", "--wrong", "0")
    written = run_json(capsys, "demo", "five-steps-right", "--omit", "0", "--wrong", "0")
    for one, other in zip(slow["notes"], written["notes"], strict=True):
        assert one["onset_s"] * float(speed) == pytest.approx(other["onset_s"], abs=1e-3)
        assert one["asynchrony_ms"] == pytest.approx(other["asynchrony_ms"], abs=0.2)


def test_the_other_hand_plays_with_the_same_fingers(capsys: Out) -> None:
    right = run_json(capsys, "demo", "five-steps-right")
    left = run_json(capsys, "demo", "five-steps-right", "--hand", "left")
    assert {n["hand"] for n in left["notes"]} == {"left"}
    assert [n["finger"] for n in left["notes"]] == [n["finger"] for n in right["notes"]]


def test_a_recorded_midi_file_is_judged_in_its_own_time(tmp_path: Path, capsys: Out) -> None:
    notes = run_json(capsys, "demo", "five-steps-right")["notes"]
    touches: list[Press | Release] = []
    for note in notes:
        touches.append(Press(note["onset_s"] + 2.025, note["pitch"], 80))
        touches.append(Release(note["onset_s"] + 2.3, note["pitch"]))
    path = tmp_path / "played.mid"
    write_recording(touches, path)
    result = run_json(capsys, "score", "five-steps-right", str(path), "--start-s", "-2")
    assert {n["verdict"] for n in result["notes"]} == {"hit"}
    assert result["metrics"]["asynchrony_mean_ms"] == pytest.approx(25, abs=1.5)


def test_a_midi_file_is_a_level_as_it_is(tmp_path: Path, capsys: Out) -> None:
    touches: list[Press | Release] = []
    for i in range(10):
        touches.append(Press(0.5 * i, 50 + 3 * i, 80))
        touches.append(Release(0.5 * i + 0.3, 50 + 3 * i))
    path = tmp_path / "song.mid"
    write_recording(touches, path)
    result = run_json(capsys, "score", str(path), str(path))
    assert [n["pitch"] for n in result["notes"]] == [50 + 3 * i for i in range(10)]
    assert {n["verdict"] for n in result["notes"]} == {"hit"}
    assert {n["asynchrony_ms"] for n in result["notes"]} == {0.0}
    assert {(n["hand"], n["finger"]) for n in result["notes"]} == {(None, None)}


def test_an_archived_profile_is_off_the_screens_and_comes_back_with_its_runs(
    tmp_path: Path, capsys: Out
) -> None:
    data = ["--data", str(tmp_path)]
    for act, archived in (("add", False), ("archive", True), ("archive", True), ("unarchive", False)):
        rows = run_json(capsys, *data, "profiles", act, "Willow")["profiles"]
        assert {row["name"]: row["archived"] for row in rows}["Willow"] is archived
        assert main([*data, "profiles"]) == 0
        assert ("archived" in capsys.readouterr().out) is archived
    assert main([*data, "profiles", "archive", "Guest"]) == 2
    assert "guest" in capsys.readouterr().err.lower()
    assert main([*data, "profiles", "archive", "Nobody"]) == 2
    assert "Nobody" in capsys.readouterr().err


def test_profiles_come_change_and_go(tmp_path: Path, capsys: Out) -> None:
    data = ("--data", str(tmp_path / "data"))
    names = [p["name"] for p in run_json(capsys, *data, "profiles", "add", "Willow")["profiles"]]
    assert "Willow" in names
    names = [p["name"] for p in run_json(capsys, *data, "profiles", "rename", "Willow", "Heron")["profiles"]]
    assert "Heron" in names
    assert "Willow" not in names
    assert run_json(capsys, *data, "history", "heron") == {"profile": "Heron", "runs": [], "trends": []}
    assert main([*data, "profiles", "erase", "Heron"]) == 2
    assert run_json(capsys, *data, "profiles", "erase", "Heron", "--yes")["runs"] == 0
    assert main([*data, "history", "Heron"]) == 2


def test_levels_are_listed_in_ramp_order_with_what_they_ask_and_one_s_own_beside_them(
    tmp_path: Path, capsys: Out
) -> None:
    own = tmp_path / "data" / "levels"
    own.mkdir(parents=True)
    text = (Path(__file__).parents[2] / "levels" / "five-steps-right.toml").read_text()
    (own / "mine.toml").write_text(text.replace('"five-steps-right"', '"mine"'))
    levels = run_json(capsys, "--data", str(tmp_path / "data"), "levels")["levels"]
    assert {"mine", "five-steps-right"} <= {one["id"] for one in levels}
    assert [one["step"] for one in levels] == sorted(one["step"] for one in levels)
    families = {(one["family"], one["hand"]) for one in levels}
    for hand in ("left", "right"):
        assert {f for f, h in families if h == hand} >= {
            "single-finger",
            "two-finger-alternation",
            "five-finger-pattern",
            "song",
        }
        exercises = [one for one in levels if one["hand"] == hand and one["family"] != "song"]
        songs = [one for one in levels if one["hand"] == hand and one["family"] == "song"]
        assert len(exercises) >= 12
        assert len(songs) >= 2


def test_doctor_says_what_is_there_and_what_is_not(tmp_path: Path, capsys: Out) -> None:
    findings = run_json(capsys, "--data", str(tmp_path), "doctor")["findings"]
    about = {f["about"] for f in findings}
    assert about >= {"program", "pygame", "levels", "midi", "sound", "screen", "folder", "kept"}
    assert "broken" not in {f["state"] for f in findings}


def test_check_says_good_or_names_the_fault(tmp_path: Path, capsys: Out) -> None:
    good = Path(__file__).parents[2] / "levels" / "five-steps-right.toml"
    assert main(["check", str(good)]) == 0
    capsys.readouterr()
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text().replace("tempo", "temop"))
    assert main(["check", str(bad), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)["files"][0]["faults"]
    assert any("temop" in fault and "bad.toml" in fault for fault in faults)


def test_score_gives_the_clinical_record_unless_the_live_one_is_asked_for(
    tmp_path: Path, capsys: Out
) -> None:
    notes = run_json(capsys, "demo", "five-steps-right")["notes"]
    touches: list[Press | Release] = []
    for note in notes:
        touches.append(Press(note["onset_s"] + 0.7, note["pitch"], 80))
        touches.append(Release(note["onset_s"] + 0.9, note["pitch"]))
    path = tmp_path / "late.mid"
    write_recording(touches, path)
    clinical = run_json(capsys, "score", "five-steps-right", str(path))
    live = run_json(capsys, "score", "five-steps-right", str(path), "--live")
    assert (clinical["verdicts"], live["verdicts"]) == ("clinical", "live")
    assert (clinical["metrics"]["hits"], live["metrics"]["hits"]) == (len(notes), 0)
    assert clinical["metrics"]["measures"]["asynchrony_mean_ms"]["value"] == pytest.approx(700, abs=1.5)


EIGHT = "five-steps-right"
STRUCK = (("up", 0.0075), ("again", 0.0175), ("up", 0.2))
"""What a pad that strikes twice says after each press, and how long after it (s)."""


def struck_twice(path: Path, notes: list[dict[str, Any]], channel: int) -> str:
    touches: list[Press | Release] = []
    for note in notes:
        pitch, at_s = note["pitch"], note["onset_s"]
        touches.append(Press(at_s, pitch, 80, channel=channel))
        for what, after_s in STRUCK:
            kind = Press if what == "again" else Release
            touches.append(kind(at_s + after_s, pitch, channel=channel))
    write_recording(touches, path)
    return str(path)


@pytest.mark.parametrize(
    ("level", "channel", "options", "bounce_ms"),
    [
        (EIGHT, 0, ("--bounce-ms", "60"), 60),
        (EIGHT, 9, (), 50),  # the channel of drums
        ("pads-two-right", 0, (), 50),  # a level for pads
        (EIGHT, 0, (), 0),
        (EIGHT, 9, ("--bounce-ms", "0"), 0),
    ],
)
def test_pads_that_strike_twice_are_filtered_and_that_is_said(
    tmp_path: Path, capsys: Out, level: str, channel: int, options: tuple[str, ...], bounce_ms: int
) -> None:
    notes = run_json(capsys, "demo", level)["notes"]
    path = struck_twice(tmp_path / "pad.mid", notes, channel)
    found = run_json(capsys, "score", level, path, *options)
    uses = [press["use"] for press in found["presses"]]
    assert found["bounce_ms"] == bounce_ms
    assert uses.count("bounce") == (len(notes) if bounce_ms else 0)
    assert uses.count("extra") == (0 if bounce_ms else len(notes))
    assert {note["dwell_ms"] for note in found["notes"]} == ({200.0} if bounce_ms else {7.5})
    assert main(["score", level, path, *options]) == 0
    assert (f"within {bounce_ms} ms" in capsys.readouterr().out) is bool(bounce_ms)


def test_a_keyboard_in_dual_voice_is_scored_as_one(tmp_path: Path, capsys: Out) -> None:
    notes = run_json(capsys, "demo", EIGHT)["notes"]
    touches: list[Press | Release] = []
    for note in notes:
        for channel in (0, 1):
            at_s = note["onset_s"] + 0.00125 * channel
            touches.append(Press(at_s, note["pitch"], 80, channel=channel))
            touches.append(Release(at_s + 0.25, note["pitch"], channel=channel))
    path = tmp_path / "dual.mid"
    write_recording(touches, path)
    for live in ((), ("--live",)):
        found = run_json(capsys, "score", EIGHT, str(path), *live)
        assert [press["use"] for press in found["presses"]] == ["hit"] * len(notes)
        assert all(note["dwell_ms"] == pytest.approx(251, abs=1) for note in found["notes"])


def test_explain_prints_every_measure_with_what_it_means(tmp_path: Path, capsys: Out) -> None:
    notes = run_json(capsys, "demo", "five-steps-right")["notes"]
    path = tmp_path / "played.mid"
    write_recording([Press(n["onset_s"] + 0.02, n["pitch"], 80) for n in notes], path)
    found = run_json(capsys, "score", "five-steps-right", str(path))["metrics"]["measures"]
    assert main(["score", "five-steps-right", str(path), "--explain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    said = {line.split()[0] for line in lines if line and not line.startswith(("*", " "))}
    named = set(found) - {"by_finger", "by_hand", "by_block", "overflow"}
    assert named <= said
