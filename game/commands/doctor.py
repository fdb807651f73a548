"""`fingerfall doctor`: what works on this machine, and whether what is kept is sound."""

import os
import platform
import random
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from game import __version__
from game.commands.context import Context, say, say_json
from game.trouble import Trouble
from game.words import _, many


@dataclass(frozen=True)
class Finding:
    """One thing looked at. state: `good`, `missing` (the game goes on without) or `broken`."""

    about: str
    state: str
    words: str


def doctor(options: Namespace) -> int:
    """Look at everything; status 1 where something is broken."""
    context = Context.of(options)
    looks: tuple[Callable[[Context], list[Finding]], ...] = (
        _program,
        _packages,
        _levels,
        _midi,
        _sound,
        _screen,
        _kept,
        _calibrated,
    )
    if getattr(options, "timing", False):
        looks = (*looks, _timing)
    found = [finding for look in looks for finding in _looked(look, context)]
    if context.as_json:
        say_json({"findings": [{"about": f.about, "state": f.state, "words": f.words} for f in found]})
    else:
        marks = {"good": "+", "missing": "~", "broken": "!"}
        for f in found:
            say(f"{marks[f.state]} {f.about:<9} {f.words}")
    return 1 if any(f.state == "broken" for f in found) else 0


def _looked(look: Callable[[Context], list[Finding]], context: Context) -> list[Finding]:
    """What a look found; a trouble is a finding too."""
    try:
        return look(context)
    except Trouble as trouble:
        return [Finding(look.__name__.strip("_"), "broken", _(trouble.template, **trouble.parts))]


def _program(context: Context) -> list[Finding]:
    words = f"fingerfall {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return [Finding("program", "good", words)]


def _packages(context: Context) -> list[Finding]:
    """pygame and pygame-ce share one name on import; together they break each other."""
    try:
        version("pygame")
    except PackageNotFoundError:
        return [Finding("pygame", "good", f"pygame-ce {version('pygame-ce')}")]
    words = _(
        "pygame and pygame-ce are both installed and overwrite each other: "
        "`pip uninstall pygame pygame-ce`, then `pip install pygame-ce`"
    )
    return [Finding("pygame", "broken", words)]


def _levels(context: Context) -> list[Finding]:
    from game.store.level_files import library

    faults: list[Trouble] = []
    known = library(*context.level_folders(), on_trouble=faults.append)
    found = [Finding("levels", "good", many("{n} level", "{n} levels", len(known)))]
    return found + [Finding("levels", "broken", _(fault.template, **fault.parts)) for fault in faults]


def _midi(context: Context) -> list[Finding]:
    from game.midi.driver import RtMidi

    try:
        with closing(RtMidi(context.clock, context.midi_api)) as driver:
            names = driver.names()
    except Trouble as trouble:
        return [Finding("midi", "missing", _(trouble.template, **trouble.parts))]
    if not names:
        return [Finding("midi", "missing", _("No MIDI keyboard is plugged in; the computer's keys play."))]
    return [Finding("midi", "good", ", ".join(names))]


def _timing(context: Context) -> list[Finding]:
    """How late stamps are, by MIDI that we send to ourselves; what carries it is part of the number."""
    from game.midi.driver import RtMidi
    from game.midi.loopback import lateness_s
    from game.music.jitter import spread
    from game.screens.quiet import answer_quickly, quieten

    answer_quickly()
    quieten(True)
    try:
        with closing(RtMidi(context.clock, context.midi_api)) as driver:
            late_s = lateness_s(driver, context.clock, random.Random(1))
    except Trouble as trouble:
        return [Finding("timing", "missing", _(trouble.template, **trouble.parts))]
    finally:
        quieten(False)
    found = spread(late_s)
    if found is None:
        return [Finding("timing", "missing", _("No MIDI that we sent to ourselves came back."))]
    return [Finding("timing", "good", _("from sending to stamp: {spread}", spread=found))]


def _sound(context: Context) -> list[Finding]:
    from game.audio.output import SilentSpeaker
    from game.audio.speaker import open_speaker
    from game.commands.sound import learn_buffer

    speaker = open_speaker()
    with context.store() as store:
        learn_buffer(store, speaker)
    speaker.close()
    if isinstance(speaker, SilentSpeaker):
        trouble = speaker.trouble
        return [Finding("sound", "missing", _(trouble.template, **trouble.parts) if trouble else "")]
    words = _(
        "{rate} Hz through {driver}, {samples} samples at a time ({ms} ms)",
        rate=speaker.rate,
        driver=speaker.driver,
        samples=speaker.buffer,
        ms=round(1000 * speaker.buffer / speaker.rate),
    )
    return [Finding("sound", "good", words)]


def _screen(context: Context) -> list[Finding]:
    import pygame

    from game.screens.lettering import font
    from game.screens.window import has_screen

    pygame.font.init()
    font("latin", 20, False)
    font("arabic", 20, False)
    if not has_screen():
        words = _("There is no screen; `fingerfall demo` and `fingerfall play --headless` need none.")
        return [Finding("screen", "missing", words)]
    return [Finding("screen", "good", pygame.display.get_driver())]


def _kept(context: Context) -> list[Finding]:
    folder = context.folder
    with context.store() as store:
        findings = store.check(thorough=True).result()
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    place = Finding("folder", "good" if writable or context.database else "broken", str(folder))
    counted = " · ".join(
        (
            many("{n} profile", "{n} profiles", findings.profiles),
            many("{n} run", "{n} runs", findings.runs),
            many("{n} press or release", "{n} presses and releases", findings.touches),
        )
    )
    faults = [Finding("kept", "broken", _(f.template, **f.parts)) for f in findings.faults]
    return [place, *(faults or [Finding("kept", "good", counted)])]


def _calibrated(context: Context) -> list[Finding]:
    from game.store.station_book import StationBook

    with context.store() as store:
        book = StationBook(store)
        book.read()
        known = book.calibrations()
    days = [f"{key} {one.day}" for key, some in known.items() for one in some]
    if days:
        return [Finding("delay", "good", ", ".join(days))]
    words = _("This station was never calibrated; `fingerfall calibrate` measures its delays.")
    return [Finding("delay", "missing", words)]
