"""A run as reported: its verdicts, their source, and its measures."""

from dataclasses import dataclass
from enum import StrEnum

from game.errors import UserError
from game.judge.clinical.record import clinical_verdicts
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.sense import nonsense
from game.judge.verdicts import Verdicts
from game.metrics.catalogue import Measures, measured
from game.metrics.inhibition import HeldBack, held_back_in
from game.metrics.kit.table import RunContext, RunTable
from game.music.level import Level
from game.music.note import Hand
from game.music.recording import Recording


class Judged(StrEnum):
    """Source of the verdicts: an alignment that sees the whole run, or the live judge of the game."""

    CLINICAL = "clinical"
    LIVE = "live"


EDITION = 2
"""Version of the clinical record; raised with any change of numbers for the same recording."""


@dataclass(frozen=True)
class Record:
    """One run of a level, judged and measured."""

    level: Level
    judged: Judged
    verdicts: Verdicts
    measures: Measures
    held_back: HeldBack


def record_of(
    level: Level,
    recording: Recording,
    conditions: Conditions,
    judged: Judged = Judged.CLINICAL,
    affected: Hand | None = None,
) -> Record:
    """The record of a recording of a level. affected: the hand that is trained for recovery.

    UserError where the recording's numbers make no sense.
    """
    fault = nonsense(level, recording, conditions)
    if fault:
        raise UserError("this run cannot be judged: {fault}", fault=fault)
    verdicts_on = clinical_verdicts if judged is Judged.CLINICAL else judge_recording
    verdicts = verdicts_on(level.notes_at(conditions.speed), recording, conditions)
    context = RunContext.of(level, recording, conditions, affected)
    held_back = held_back_in(level, verdicts, conditions)
    return Record(level, judged, verdicts, measured(RunTable.of(verdicts, context)), held_back)
