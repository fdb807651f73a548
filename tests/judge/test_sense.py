"""A recording whose numbers make no sense is answered in one sentence; any other is judged."""

import json
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.cli import main
from game.errors import UserError
from game.judge.conditions import Conditions
from game.judge.sense import nonsense
from game.judge.windows import HitWindows
from game.library.files import level_text
from game.music.device import Device, DeviceKind
from game.music.note import Press, Release
from game.music.recording import Recording
from game.music.timeline import Anchor, Timeline
from game.report.record import Judged, record_of
from game.store.records.exported import write_exported
from game.store.records.kept import RunHeader, StoredRun
from tests.levels import LIBRARY
from tests.store.played import MORNING

LEVEL = next(level for level in LIBRARY if level.id == "five-steps-right")
CONDITIONS = Conditions(HitWindows(0.05, 0.1, 0.2))
PLAYED = Recording(
    tuple(
        t for n in LEVEL.notes_at() for t in (Press(n.onset_s, n.pitch), Release(n.onset_s + 0.2, n.pitch))
    ),
    Timeline((Anchor(0.0, 0.0),)),
    Device(DeviceKind.MIDI, "keys"),
)
BIG = (1e299, -1e299, 1e6)


def test_a_plain_run_makes_sense() -> None:
    assert nonsense(LEVEL, PLAYED, CONDITIONS) == ""


@pytest.mark.parametrize("time_s", BIG)
def test_a_time_beyond_a_day_is_said(time_s: float) -> None:
    late = replace(PLAYED, touches=(*PLAYED.touches, Press(time_s, 60)))
    shifted = replace(PLAYED, timeline=Timeline((Anchor(time_s, 0.0),)))
    early = replace(PLAYED, timeline=Timeline((Anchor(0.0, time_s),)))
    ended = replace(PLAYED, reached_s=time_s)
    for recording in (late, shifted, early, ended):
        assert "day" in nonsense(LEVEL, recording, CONDITIONS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"speed": 0.0}, "speed"),
        ({"speed": -1e299}, "speed"),
        ({"speed": inf}, "speed"),
        ({"audio_offset_s": 1e23}, "offset"),
        ({"input_offset_s": -11.0}, "offset"),
        ({"bounce_s": -1.0}, "bounce"),
    ],
)
def test_conditions_of_no_run_are_said(change: dict[str, Any], said: str) -> None:
    assert said in nonsense(LEVEL, PLAYED, replace(CONDITIONS, **change))
    with pytest.raises(UserError, match="cannot be judged"):
        record_of(LEVEL, PLAYED, replace(CONDITIONS, **change))


@pytest.mark.parametrize("rate", [-1.0, 1e299])
def test_time_that_goes_backwards_or_flies_is_said(rate: float) -> None:
    assert nonsense(LEVEL, replace(PLAYED, timeline=Timeline((Anchor(0.0, 0.0, rate),))), CONDITIONS)


odd = st.sampled_from([1e299, -1e299, 0.0, -1.0, 1e5, 86_400.0, 1e-300, 20.0, -0.5, 0.5, 1.0])


@st.composite
def odd_runs(draw: st.DrawFn) -> tuple[Recording, Conditions]:
    """A run with a few odd numbers in it."""
    touches = list(PLAYED.touches)
    for at in draw(st.lists(st.integers(0, len(touches) - 1), max_size=3)):
        touches[at] = replace(touches[at], time_s=draw(odd))
    anchors = [Anchor(0.0, draw(st.just(0.0) | odd), draw(st.just(1.0) | odd))]
    anchors += [Anchor(draw(odd), draw(odd), draw(odd)) for _ in range(draw(st.integers(0, 1)))]
    numbers = st.fixed_dictionaries(
        {}, optional={"speed": odd, "bounce_s": odd, "audio_offset_s": odd, "input_offset_s": odd}
    )
    recording = replace(
        PLAYED,
        touches=tuple(touches),
        timeline=Timeline(tuple(sorted(anchors, key=lambda a: a.clock_s))),
        reached_s=draw(st.none() | odd),
    )
    own: dict[str, Any] = draw(numbers)
    return recording, replace(CONDITIONS, **own)


@settings(max_examples=150, deadline=None)
@given(odd_runs(), st.sampled_from(Judged))
def test_whatever_makes_sense_is_judged_and_measured(
    run: tuple[Recording, Conditions], judged: Judged
) -> None:
    recording, conditions = run
    if nonsense(LEVEL, recording, conditions):
        with pytest.raises(UserError):
            record_of(LEVEL, recording, conditions, judged)
    else:
        assert record_of(LEVEL, recording, conditions, judged).measures.run


@pytest.mark.parametrize(
    ("line", "place", "value"),
    [
        (2, ("time_s",), 1e299),
        (1, ("clock_s",), 1e299),
        (0, ("conditions", "speed"), -1e299),
        (0, ("conditions", "speed"), 0),
        (0, ("conditions", "audio_offset_s"), 10**22),
        (2, ("time_s",), 10**400),
        (0, ("level_text",), level_text(LEVEL).replace('"bpm":50', '"bpm":0')),
    ],
)
def test_an_exported_run_with_such_a_number_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: int, place: tuple[str, ...], value: Any
) -> None:
    header = RunHeader(
        "0190-abc",
        "",
        LEVEL.id,
        LEVEL.title,
        MORNING,
        CONDITIONS,
        PLAYED.device,
        "0.1.0",
        0.0,
        PLAYED.ended,
        None,
    )
    path = tmp_path / "run.jsonl"
    write_exported(StoredRun(header, level_text(LEVEL), PLAYED), path)
    lines = [json.loads(text) for text in path.read_text().splitlines()]
    table = lines[line]
    for name in place[:-1]:
        table = table[name]
    assert place[-1] in table
    table[place[-1]] = value
    path.write_text("\n".join(map(json.dumps, lines)))
    assert main(["--data", str(tmp_path), "score", LEVEL.id, str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
