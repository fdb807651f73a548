"""Verbs that judge what was played: score, replay, demo, export."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from random import Random

from game.clock import ManualClock
from game.commands.context import Context, say, say_json, warn
from game.judge.conditions import Conditions
from game.judge.recorded import judge_recording
from game.judge.verdicts import Verdicts
from game.judge.windows import HitWindows
from game.metrics.inhibition import HeldBack, held_back_in
from game.metrics.summary import Summary, by_finger, summary
from game.music.level import HandChoice, Level
from game.music.recording import Recording
from game.settings import Settings
from game.trouble import Trouble
from game.words import FINGER_NAMES, HAND_NAMES, _, many, titled


def windows_of(level: Level) -> HitWindows:
    """A level's own windows, or where it leaves them to the player those that a new player starts with."""
    return HitWindows(*(level.windows_s or Settings().start.windows_s))


def with_hand(level: Level, hand: str | None) -> Level:
    """The level for the hand asked for."""
    if hand is None:
        return level
    from game.arrange.hands import for_hand

    return for_hand(level, HandChoice(hand))


def show(context: Context, level: Level, verdicts: Verdicts, conditions: Conditions) -> None:
    """Say a result, as JSON or in words."""
    if context.as_json:
        from game.report.result import result_data

        back = held_back_in(level, verdicts, conditions)
        no_go = {"no_go": {"notes": back.of, "played": back.played}} if back.of else {}
        say_json({**result_data(level.id, verdicts), **no_go})
    else:
        for line in result_lines(level, verdicts, conditions):
            say(line)


def result_lines(level: Level, verdicts: Verdicts, conditions: Conditions) -> list[str]:
    """A result in a few plain lines."""
    whole = summary(verdicts)
    hits = many("{hits} of {n} note played", "{hits} of {n} notes played", whole.notes, hits=whole.hits)
    counts = ", ".join(
        (
            many("{n} omission", "{n} omissions", whole.omissions),
            many("{n} wrong key", "{n} wrong keys", whole.wrong_keys),
            many("{n} extra press", "{n} extra presses", whole.extra_presses),
            many("{n} bounce", "{n} bounces", whole.bounces),
        )
    )
    fingers = [_finger_line(name, one) for name, one in by_finger(verdicts).items()]
    head = f"{titled(level.title)} · {_(HAND_NAMES[level.hand.value])}"
    back = held_back_in(level, verdicts, conditions)
    kept = [f"  {_held_words(back)}"] if back.of else []
    return [head, f"  {hits}; {counts}", *kept, f"  {_timing(whole)}", *fingers]


def _held_words(back: HeldBack) -> str:
    return _("held back on {n} of {all} notes not to be played", n=back.of - back.played, all=back.of)


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
        conditions = Conditions(windows_of(level), speed, release=level.release)
    else:
        from game.store.exported import read_exported

        if options.start_s is not None or options.speed is not None:
            raise Trouble("{file}: a run that was exported has its own times and speed", file=path)
        run = read_exported(path)
        recording, conditions = run.recording, run.conditions
        if run.header.level_id != level.id:
            played = run.header.level_id
            warn(_("{file} was played on {played}, not on {level}", file=path, played=played, level=level.id))
    verdicts = judge_recording(level.notes_at(conditions.speed), recording, conditions)
    show(context, level, verdicts, conditions)
    return 0


def replay(options: Namespace) -> int:
    """Judge a stored run again, from its raw presses and the level as it was played."""
    context = Context.of(options)
    from game.store.level_files import parse_level

    with context.store() as store:
        run = store.run(options.run_id).result()
    level = parse_level(run.level_text, run.header.level_id, json=True, checks=False)
    notes = level.notes_at(run.conditions.speed)
    show(context, level, judge_recording(notes, run.recording, run.conditions), run.conditions)
    return 0


def export(options: Namespace) -> int:
    """Write every run of a profile to a file of its own."""
    context = Context.of(options)
    from game.store.exported import write_exported

    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise Trouble(
            "{folder}: no folder to write to ({reason}); name another", folder=folder, reason=reason
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
    level = with_hand(context.level(options.level), options.hand)
    show(context, level, *simulated(level, options))
    return 0


def simulated(level: Level, options: Namespace) -> tuple[Verdicts, Conditions]:
    """Let a simulated patient play a level on a clock that does not wait."""
    from game.midi.scripted import ScriptedPort
    from game.midi.simulated import Simulated
    from game.run import NoBacking, NoRecorder, Run

    clock = ManualClock()
    speed = options.speed or 1.0
    conditions = Conditions(windows_of(level), speed, release=level.release)
    patient = Simulated(
        mean_s=options.mean_ms / 1000, sd_s=options.sd_ms / 1000, omit=options.omit, wrong=options.wrong
    )
    run = Run(level, conditions, clock, ScriptedPort(clock, ()), NoRecorder(), NoBacking())
    lead_s = -run.song_s()
    played = patient.play(run.notes, Random(options.seed))
    port = ScriptedPort(clock, [replace(touch, time_s=touch.time_s + lead_s) for touch in played])
    run = Run(level, conditions, clock, port, NoRecorder(), NoBacking())
    run.start()
    while run.ended is None:
        clock.advance(1 / 60)
        run.update()
    return run.verdicts(), conditions
