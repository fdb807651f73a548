"""Verbs that look: levels, check, ports, profiles, history, doctor."""

from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from game.clock import wall_time
from game.commands.context import Context, say, say_json, warn
from game.errors import UserError
from game.music.level import Level
from game.words import HAND_NAMES, _, many, titled


def levels(options: Namespace) -> int:
    """The library in ramp order."""
    context = Context.of(options)
    from game.arrange.difficulty.difficulty import difficulty
    from game.coach.ladder import in_ramp_order
    from game.library.levels.files import library

    known = in_ramp_order(
        library(*context.level_folders(), on_error=lambda t: warn(_(t.template, **t.parts)))
    )
    if context.as_json:
        say_json({"levels": [_level_data(level) for level in known]})
        return 0
    for level in known:
        place = f"{level.step:>3}  {level.id:<28} {difficulty(level):>4.1f}"
        say(f"{place}  {_(HAND_NAMES[level.hand.value]):<11} {titled(level.title)}")
    return 0


def _level_data(level: Level) -> dict[str, Any]:
    """A level as data, with what can be computed of it."""
    from game.arrange.difficulty.demand import demand
    from game.arrange.difficulty.difficulty import difficulty
    from game.arrange.difficulty.index import index

    return {
        "id": level.id,
        "title": level.title,
        "aim": level.aim,
        "caution": level.caution,
        "family": level.family,
        "step": level.step,
        "hand": level.hand.value,
        "instrument": level.instrument.value,
        "fingers": list(level.fingers),
        "notes": len(level.notes),
        "notes_per_s": round(level.notes_per_s, 2),
        "bpm": level.tempo.bpm(0),
        "length_s": round(level.length_s(), 1),
        "difficulty": round(difficulty(level), 1),
        "demand": {name: round(value, 1) for name, value in demand(level).as_dict().items()},
        "index": round(index(level.notes), 2),
        **_song(level),
    }


def _song(level: Level) -> dict[str, Any]:
    """What a song has beside: whom it is by, and its words."""
    lyrics = [{"beat": line.beat, "text": line.text} for line in level.lyrics]
    return {"origin": level.origin, "lyrics": lyrics} if level.origin or lyrics else {}


def check(options: Namespace) -> int:
    """Validate level files; status 2 where one has a fault."""
    context = Context.of(options)
    from game.library.levels.files import check_levels

    checked = check_levels([Path(name) for name in options.files])
    found = {
        name: [str(fault) for fault in faults] for name, faults in zip(options.files, checked, strict=True)
    }
    faulty = any(found.values())
    if context.as_json:
        say_json({"files": [{"file": name, "faults": faults} for name, faults in found.items()]})
        return 2 if faulty else 0
    for name, faults in found.items():
        for fault in faults:
            warn(fault)
        if not faults:
            say(_("{file}: good", file=name))
    return 2 if faulty else 0


def ports(options: Namespace) -> int:
    """MIDI inputs, once or as they come and go."""
    context = Context.of(options)
    from game.midi.driver import RtMidi
    from game.midi.ports import Ports

    with closing(RtMidi(context.clock, context.midi_api)) as driver:
        watch = Ports(driver)
        names = watch.names()
        if context.as_json and not options.watch:
            say_json({"ports": names})
            return 0
        for name in names:
            _say_port(context, "there", name)
        if not names and not context.as_json:
            say(_("No MIDI input is plugged in; the computer's letter keys play instead."))
        if options.watch:
            _watch(context, watch)
    return 0


def _watch(context: Context, watch: Any) -> None:
    try:
        while True:
            for change in watch.changes(context.clock.now_s()):
                _say_port(context, "came" if change.came else "went", change.name)
            context.clock.sleep(0.25)
    except KeyboardInterrupt:
        pass


def _say_port(context: Context, what: str, name: str) -> None:
    if context.as_json:
        say_json({"event": what, "port": name})
    else:
        say({"there": name, "came": f"+ {name}", "went": f"- {name}"}[what])


def profiles(options: Namespace) -> int:
    """Show, add, rename, archive or erase profiles."""
    context = Context.of(options)
    with context.store() as store:
        if options.act == "add":
            store.add_profile(options.name, wall_time()).result()
        elif options.act == "rename":
            store.rename_profile(store.profile(options.name).result().id, options.new_name).result()
        elif options.act in ("archive", "unarchive"):
            archived = options.act == "archive"
            store.archive_profile(store.profile(options.name).result().id, archived).result()
        elif options.act == "reset-pin":
            return _reset_pin(context, store, options)
        elif options.act == "erase":
            return _erase(context, store, options)
        rows = [
            {"id": p.id, "name": p.name, "archived": p.archived, "runs": len(store.runs(p.id).result())}
            for p in store.profiles().result()
        ]
    if context.as_json:
        say_json({"profiles": rows})
        return 0
    for row in rows:
        played = many("{n} run", "{n} runs", int(str(row["runs"])))
        say(f"{row['name']:<24} {played}" + (f"  {_('archived')}" if row["archived"] else ""))
    return 0


def _reset_pin(context: Context, store: Any, options: Namespace) -> int:
    if not options.yes:
        raise UserError("The next person to open the therapist area chooses a new PIN; add --yes to confirm")
    store.clear_pin().result()
    if context.as_json:
        say_json({"pin": None})
    else:
        say(_("PIN removed. The therapist area asks for a new one."))
    return 0


def _erase(context: Context, store: Any, options: Namespace) -> int:
    profile = store.profile(options.name).result()
    if not options.yes:
        raise UserError(
            "{name}: erasing deletes every run for good; add --yes to confirm",
            name=profile.name,
        )
    gone = store.erase_profile(profile.id).result()
    if context.as_json:
        say_json({"erased": profile.id, "runs": gone.runs, "presses_and_releases": gone.touches})
    else:
        say(many("Deleted {name} and {n} run.", "Deleted {name} and {n} runs.", gone.runs, name=profile.name))
    return 0


def history(options: Namespace) -> int:
    """A profile's runs, the newest first."""
    context = Context.of(options)
    from game.app.run_summaries import summaries, trends_of
    from game.report.history import history_data, history_line
    from game.report.progress import progress_data, progress_line

    with context.store() as store:
        profile = store.profile(options.profile).result()
        runs = summaries(store, profile.id)
    trends = trends_of(runs)
    if context.as_json:
        said = {"runs": [history_data(run) for run in runs], "trends": [progress_data(one) for one in trends]}
        say_json({"profile": profile.name, **said})
        return 0
    if not runs:
        say(_("{name} has not played yet.", name=profile.name))
    for run in runs:
        say(history_line(run))
    for one in trends:
        say(progress_line(one))
    return 0
