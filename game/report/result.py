"""The result of a run as plain data for JSON. Its names are a contract; unknown is null, never 0."""

from dataclasses import asdict
from math import isnan
from typing import Any

from game.judge.verdicts import JudgedPress, Judgement, Leg, LetGo, Lost, Shift, Verdicts
from game.metrics.summary import Summary, by_finger, summary
from game.music.bars import Bars
from game.report.measures import measured_data
from game.report.record import Record


def result_data(record: Record) -> dict[str, Any]:
    """Level, notes, presses and metrics of a run, and under `verdicts` who judged it.

    Times in seconds of song time, offsets taken off, to 0.1 ms; asynchrony and dwell in milliseconds. Only
    the clinical record has a confidence for each note, and says where the hand lay to the side (`shifts`) or
    the place was lost (`lost`). A part says which `bars` it was.
    """
    verdicts, back = record.verdicts, record.held_back
    no_go = {"no_go": {"notes": back.of, "played": back.played}} if back.of else {}
    bars = {"bars": bars_data(record.level.bars)} if record.level.bars else {}
    return {
        "level": record.level.id,
        **bars,
        "verdicts": record.judged.value,
        "notes": [note_data(j, verdicts) for j in verdicts.judgements],
        "presses": [press_data(p) for p in verdicts.presses],
        "shifts": [shift_data(one) for one in verdicts.shifts],
        "lost": [lost_data(one) for one in verdicts.lost],
        "journey": [leg_data(leg) for leg in verdicts.journey],
        "metrics": {**numbers_data(verdicts), "measures": measured_data(record.measures)},
        **no_go,
    }


def numbers_data(verdicts: Verdicts) -> dict[str, Any]:
    """The plain numbers of a run, and of each finger under `by_finger`."""
    fingers = {name: summary_data(one) for name, one in by_finger(verdicts).items()}
    return {**summary_data(summary(verdicts)), "by_finger": fingers}


def summary_data(one: Summary) -> dict[str, Any]:
    """Measures by name, to 0.1 of their unit; null for too few data."""
    return {
        name: None if isinstance(value, float) and isnan(value) else round(value, 1)
        for name, value in asdict(one).items()
    }


def bars_data(bars: Bars | None) -> dict[str, int] | None:
    """Which bars of its level a run practised, and how often in a row; None for the whole level."""
    return asdict(bars) if bars else None


def note_data(judgement: Judgement, verdicts: Verdicts | None = None) -> dict[str, Any]:
    """One note with its verdict. Without the run's verdicts, fields of its press are null."""
    note = judgement.note
    press = verdicts.press_of(judgement) if verdicts else None
    let_go = verdicts.let_go.get(note.index) if verdicts else None
    return {
        **asked_data(judgement),
        "verdict": judgement.verdict.value,
        "press": judgement.press,
        "asynchrony_ms": _ms(judgement.asynchrony_s),
        "grade": judgement.grade.value if judgement.grade else None,
        "velocity": press.velocity if press else None,
        "dwell_ms": _ms(press.dwell_s) if press else None,
        "release_asynchrony_ms": _ms(let_go.asynchrony_s) if let_go else None,
        "release_grade": let_go.grade.value if let_go and let_go.grade else None,
        "own_beat_ms": _ms(verdicts.leg_of.get(note.index, (0, None))[1]) if verdicts else None,
        "confidence": verdicts.confidence.get(note.index) if verdicts else None,
    }


def asked_data(asked: Judgement | LetGo) -> dict[str, Any]:
    """What was asked: index, onset, pitch, hand and finger."""
    note = asked.note
    return {
        "index": note.index,
        "onset_s": round(note.onset_s, 4),
        "pitch": note.pitch,
        "hand": note.hand.value if note.hand else None,
        "finger": note.finger,
    }


def press_data(press: JudgedPress) -> dict[str, Any]:
    """One press with what it was for."""
    return {
        "index": press.index,
        "time_s": press.time_s,
        "pitch": press.pitch,
        "velocity": press.velocity,
        "release_s": press.release_s,
        "use": press.use.value,
    }


def shift_data(shift: Shift) -> dict[str, Any]:
    """A stretch in which the hand lay to the side; `keys` to the right are positive."""
    return {**_stretch_data(shift), "keys": shift.keys, "unit": shift.unit.value, "notes": shift.notes}


def lost_data(lost: Lost) -> dict[str, Any]:
    """A stretch in which the place was lost; `late_ms` ahead is negative."""
    return {**_stretch_data(lost), "late_ms": _ms(lost.late_s)}


def leg_data(leg: Leg) -> dict[str, Any]:
    """One leg of the journey; `late_ms` ahead is negative, a `tempo` over 1 is quicker than asked."""
    return {
        **_stretch_data(leg),
        "began": leg.began.value,
        "wait_s": round(leg.wait_s, 3),
        "beats": leg.beats,
        "late_ms": _ms(leg.late_s),
        "tempo": leg.tempo,
        "tempo_interval": leg.tempo_interval and list(leg.tempo_interval),
        "on_beat": leg.on_beat,
    }


def _stretch_data(stretch: Shift | Lost | Leg) -> dict[str, Any]:
    return {
        "first": stretch.first,
        "last": stretch.last,
        "begins_s": round(stretch.begins_s, 4),
        "ends_s": round(stretch.ends_s, 4),
    }


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
