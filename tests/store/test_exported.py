"""A run in a file of its own: it comes back exactly, or says which line is wrong."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.errors import UserError
from game.music.recording import Ended, Recording
from game.store.records.exported import read_exported, write_exported
from game.store.records.kept import RunHeader, StoredRun
from game.store.store import open_store
from tests.store.played import MORNING, new_run, new_runs, play, recorded, recordings


def _run(recording: Recording, data: st.DataObject | None = None) -> StoredRun:
    new = new_run() if data is None else data.draw(new_runs(recording.device))
    header = RunHeader(
        "0190-abc",
        "",
        new.level_id,
        new.level_title,
        new.started_at,
        new.conditions,
        recording.device,
        new.version,
        new.clock_s,
        recording.ended,
        recording.reached_s,
    )
    return StoredRun(header, new.level_text, recording)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recording=recordings, data=st.data())
def test_what_is_exported_reads_back_exactly(
    tmp_path: Path, recording: Recording, data: st.DataObject
) -> None:
    run = _run(recording, data)
    write_exported(run, tmp_path / "run.jsonl")
    assert read_exported(tmp_path / "run.jsonl") == run


def test_nobodys_name_or_profile_leaves_with_a_run(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        ann = store.add_profile("Annabella", MORNING).result()
        run = store.run(play(store, new_run(ann.id), recorded())).result()
    write_exported(run, tmp_path / "run.jsonl")
    text = (tmp_path / "run.jsonl").read_text()
    assert "Annabella" not in text
    assert ann.id not in text
    assert read_exported(tmp_path / "run.jsonl").recording == run.recording


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    write_exported(_run(recorded()), tmp_path / "good.jsonl")
    return (tmp_path / "good.jsonl").read_text().splitlines()


def _fault(tmp_path: Path, lines: list[str]) -> str:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n".join(lines))
    with pytest.raises(UserError) as error:
        read_exported(path)
    assert str(path) in str(error.value)
    return str(error.value).removeprefix(str(path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"pitch": 60', '"pitch": 128', "pitch"),
        ('"pitch": 60', '"pitch": 60.5', "pitch"),
        ('"pitch": 60', '"pitch": true', "pitch"),
        ('"time_s": 0.0', '"time_s": "soon"', "time_s"),
        ('"time_s": 0.0', '"time_s": 1e999', "time_s"),
        ('"time_s": 0.0', f'"time_s": {"9" * 400}', "time_s"),
        ('"time_s": 0.0', '"time_s": NaN', "JSON"),
        ('"kind": "press"', '"kind": "slap"', "press, release"),
        ('"line": "touch"', '"line": "tough"', "touch"),
        ('"made": false}', '"made": false', "JSON"),
        ('{"line"', '["line"', "JSON"),
        ('{"line"', "[" * 100_000 + '"line"', "JSON"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, lines: list[str], old: str, new: str, said: str) -> None:
    at = next(i for i, line in enumerate(lines) if '"touch"' in line and old in line)
    lines[at] = lines[at].replace(old, new, 1)
    fault = _fault(tmp_path, lines)
    assert fault.startswith(f":{at + 1}: ")
    assert said in fault


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": "yesterday"},
        {"started_at": "2026-03-29T09:30:00"},
        {"ended": "won"},
        {"reached_s": "far"},
        {"conditions": None},
        {"conditions": {"windows": {"perfect_s": 2, "great_s": 1, "good_s": 1}}},
        {"device": []},
        {"level_text": 7},
        {"touches": -1},
        {"format": "another"},
        {"format_version": 2},
    ],
)
def test_a_fault_in_the_header_names_line_one(
    tmp_path: Path, lines: list[str], change: dict[str, object]
) -> None:
    lines[0] = json.dumps({**json.loads(lines[0]), **change})
    assert _fault(tmp_path, lines).startswith(":1: ")


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path, lines: list[str]) -> None:
    for count in range(1, len(lines)):
        assert "promises" in _fault(tmp_path, lines[:count])
    assert "empty" in _fault(tmp_path, [])


def test_anchors_out_of_order_are_refused(tmp_path: Path, lines: list[str]) -> None:
    lines[1], lines[2] = lines[2], lines[1]
    assert "clock order" in _fault(tmp_path, lines)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "song.mid").write_bytes(b"MThd\x00\x00\x00\x06\xff\xfe")
    for name in ("song.mid", "nothing.jsonl", "."):
        with pytest.raises(UserError):
            read_exported(tmp_path / name)


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_bring_more_than_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any.jsonl").write_bytes(content)
    with pytest.raises(UserError):
        read_exported(tmp_path / "any.jsonl")


def test_a_failed_export_leaves_the_old_file_and_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    write_exported(_run(recorded(3)), path)
    before = path.read_bytes()
    (tmp_path / "run.jsonl.half").mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        write_exported(_run(recorded(5)), path)
    assert path.read_bytes() == before
    with pytest.raises(UserError) as error:
        write_exported(_run(recorded()), tmp_path / "no such folder" / "run.jsonl")
    assert error.value.failed


def test_an_unfinished_run_exports_too(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        keeper = store.begin_run(new_run())
        keeper.touch(recorded().touches[0])
        store.close()
    with open_store(tmp_path) as store:
        run = store.run(keeper.run_id).result()
    write_exported(run, tmp_path / "run.jsonl")
    assert read_exported(tmp_path / "run.jsonl").recording.ended is Ended.UNFINISHED
