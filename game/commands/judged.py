"""Verbs that judge what was played: score, replay, demo, export."""

from argparse import Namespace
from pathlib import Path

from game.app.conditions import plain_conditions
from game.app.practice import as_played, with_bars
from game.commands.context import Context, say, say_json, warn
from game.errors import UserError
from game.judge.conditions import Conditions
from game.judge.verdicts import Keys, Shift
from game.metrics.inhibition import HeldBack
from game.metrics.summary import Summary, by_finger, summary
from game.music.level import HandChoice, Level
from game.music.recording import Recording
from game.report.calibrated import calibrated_data, calibrated_line
from game.report.journey import journey_lines
from game.report.record import Judged, Record, record_of
from game.screens.ui.words_of_levels import named
from game.words import FINGER_NAMES, HAND_NAMES, N_, _, listed, many

JUDGED_WORDS = {Judged.CLINICAL: N_("clinical record"), Judged.LIVE: N_("verdicts of the game")}
KEYS_WORDS = {
    Keys.WHITE: N_("white keys"),
    Keys.SEMITONES: N_("semitones"),
    Keys.ASKED: N_("asked keys"),
}


def with_hand(level: Level, hand: str | None) -> Level:
    """The level for the hand asked for."""
    if hand is None:
        return level
    from game.arrange.other_hand import for_hand

    return for_hand(level, HandChoice(hand))


def show(
    context: Context, record: Record, explain: bool = False, conditions: Conditions | None = None
) -> None:
    """Say a result, as JSON or in words; explain: with all its measures as a table.

    conditions: of a real run, to say whether its station was calibrated.
    """
    if context.as_json:
        from game.report.result import result_data

        rests_on = {"calibrated": calibrated_data(conditions)} if conditions else {}
        say_json({**result_data(record), **rests_on})
        return
    for line in result_lines(record):
        say(line)
    if conditions:
        say(calibrated_line(conditions))
    if explain:
        from game.report.measures import explained

        say("")
        for line in explained(record.measures.run):
            say(line)


def result_lines(record: Record) -> list[str]:
    """A result in a few plain lines."""
    level, verdicts = record.level, record.verdicts
    whole = summary(verdicts)
    hits = many("{hits} of {n} note played", "{hits} of {n} notes played", whole.notes, hits=whole.hits)
    counts = listed(
        (
            many("{n} omission", "{n} omissions", whole.omissions),
            many("{n} wrong key", "{n} wrong keys", whole.wrong_keys),
            many("{n} extra press", "{n} extra presses", whole.extra_presses),
            many("{n} bounce", "{n} bounces", whole.bounces),
        )
    )
    shifted = [f"  {_shift_line(shift)}" for shift in verdicts.shifts]
    way = [f"  {line}" for line in journey_lines(level, verdicts)]
    fingers = [_finger_line(name, one) for name, one in by_finger(verdicts).items()]
    head = f"{named(level)} · {_(HAND_NAMES[level.hand.value])} · {_(JUDGED_WORDS[record.judged])}"
    back = record.held_back
    kept = [f"  {_held_words(back)}"] if back.of else []
    played = "  " + _("{hits}; {counts}", hits=hits, counts=counts)
    return [head, played, *kept, f"  {_timing(whole)}", *shifted, *way, *fingers]


def _shift_line(shift: Shift) -> str:
    side = N_("{n} {unit} to the right") if shift.keys > 0 else N_("{n} {unit} to the left")
    return _(
        "{begins:.1f}–{ends:.1f} s: hand position shifted by {side}, {notes} notes",
        begins=shift.begins_s,
        ends=shift.ends_s,
        side=_(side, n=abs(shift.keys), unit=_(KEYS_WORDS[shift.unit])),
        notes=shift.notes,
    )


def _held_words(back: HeldBack) -> str:
    return _("left out {n} of {all} notes that were not to be played", n=back.of - back.played, all=back.of)


def _timing(whole: Summary) -> str:
    if whole.asynchrony_mean_ms != whole.asynchrony_mean_ms:
        return _("timing: too few hits to say")
    return _(
        "asynchrony: mean {mean:+.0f} ms, SD {sd:.0f} ms (press − onset, early is negative)",
        mean=whole.asynchrony_mean_ms,
        sd=whole.asynchrony_sd_ms,
    )


def _finger_line(name: str, one: Summary) -> str:
    hand, finger = name.split("-")
    return f"  {_(HAND_NAMES[hand])}, {_(FINGER_NAMES[int(finger)])}: {one.hits}/{one.notes}"


def score(options: Namespace) -> int:
    """Judge a recorded performance."""
    context = Context.of(options)
    level = with_hand(context.level(options.level), options.hand)
    path = Path(options.recording)
    if path.suffix.lower() in (".mid", ".midi"):
        from game.midi.smf import read_recording

        recording: Recording = read_recording(path, options.start_s or 0.0)
        speed = options.speed or 1.0
        conditions = plain_conditions(level, speed)
    else:
        from game.app.derived import run_level
        from game.store.records.exported import read_exported

        if options.start_s is not None or options.speed is not None:
            raise UserError("{file}: a run that was exported has its own times and speed", file=path)
        run = read_exported(path)
        recording, conditions = run.recording, run.conditions
        level = as_played(level, run_level(run).bars)
        if run.header.level_id != level.id:
            played = run.header.level_id
            warn(_("{file} was played on {played}, not on {level}", file=path, played=played, level=level.id))
    record = record_of(level, recording, conditions, judged_by(options))
    show(context, record, options.explain, conditions)
    return 0


def judged_by(options: Namespace) -> Judged:
    """Whose verdicts are asked for."""
    return Judged.LIVE if options.live else Judged.CLINICAL


def replay(options: Namespace) -> int:
    """Judge a stored run again, from its raw presses and the level as it was played."""
    context = Context.of(options)
    from game.app.derived import affected, run_level

    with context.store() as store:
        run = store.run(options.run_id).result()
        hand = affected(store, run.header)
    record = record_of(run_level(run), run.recording, run.conditions, judged_by(options), hand)
    show(context, record, options.explain, run.conditions)
    return 0


def export(options: Namespace) -> int:
    """Write every run of a profile to a file of its own."""
    context = Context.of(options)
    from game.store.records.exported import write_exported

    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise UserError(
            "{folder}: cannot be written to ({reason}); name another folder", folder=folder, reason=reason
        ) from error
    with context.store() as store:
        profile = store.profile(options.profile).result()
        headers = store.runs(profile.id).result()
        paths = []
        for header in headers:
            path = folder / f"{header.id}.jsonl"
            write_exported(store.run(header.id).result(), path)
            paths.append(str(path))
    if context.as_json:
        say_json({"profile": profile.id, "files": paths})
    else:
        say(many("{n} run is in {folder}", "{n} runs are in {folder}", len(paths), folder=folder))
    return 0


def demo(options: Namespace) -> int:
    """A simulated patient plays a level through the same run as everybody, without waiting."""
    context = Context.of(options)
    level = with_bars(with_hand(context.level(options.level), options.hand), options)
    show(context, simulated(level, options))
    return 0


def simulated(level: Level, options: Namespace) -> Record:
    """What a simulated patient makes of a level, as the game judges it."""
    from game.app.simulation import simulated_run
    from game.midi.simulated import Simulated

    patient = Simulated(
        mean_s=options.mean_ms / 1000, sd_s=options.sd_ms / 1000, omit=options.omit, wrong=options.wrong
    )
    run = simulated_run(level, options.speed or 1.0, patient, options.seed)
    return record_of(level, run.recording(), run.conditions, Judged.LIVE)
