"""The verb `doctor`: tests the installation and the stored data."""

import os
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game import __version__
from game.commands.context import Context, say, say_json
from game.commands.parser import verb_parser
from game.errors import UserError
from game.words import _, many

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


@dataclass(frozen=True)
class DoctorFinding:
    """The result of one check. state: `good`, `missing` (the game works without it) or `broken`."""

    about: str
    state: str
    words: str


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "doctor", "test this installation and the stored data")
    parser.add_argument(
        "--timing",
        action="store_true",
        help="measure the accuracy of time stamps with MIDI sent to a virtual port",
    )
    parser.set_defaults(act=doctor)


def doctor(options: Namespace) -> int:
    """Run all checks; status 1 if something is broken."""
    context = Context.of(options)
    looks: tuple[Callable[[Context], list[DoctorFinding]], ...] = (
        _program,
        _packages,
        _levels,
        _midi,
        _sound,
        _screen,
        _kept,
        _calibrated,
    )
    if options.timing:
        looks = (*looks, _timing)
    found = [finding for look in looks for finding in _looked(look, context)]
    if context.as_json:
        say_json({"findings": [{"about": f.about, "state": f.state, "words": f.words} for f in found]})
    else:
        marks = {"good": "+", "missing": "~", "broken": "!"}
        for f in found:
            say(f"{marks[f.state]} {f.about:<9} {f.words}")
    return 1 if any(f.state == "broken" for f in found) else 0


def _looked(look: Callable[[Context], list[DoctorFinding]], context: Context) -> list[DoctorFinding]:
    """The findings of a check; an error is a finding too."""
    try:
        return look(context)
    except UserError as error:
        return [DoctorFinding(look.__name__.strip("_"), "broken", _(error.template, **error.parts))]


def _program(context: Context) -> list[DoctorFinding]:
    import platform

    words = f"fingerfall {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return [DoctorFinding("program", "good", words)]


def _packages(context: Context) -> list[DoctorFinding]:
    """pygame and pygame-ce share one name on import; together they break each other."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        version("pygame")
    except PackageNotFoundError:
        return [DoctorFinding("pygame", "good", f"pygame-ce {version('pygame-ce')}")]
    words = _(
        "pygame and pygame-ce are both installed and overwrite each other: "
        "`pip uninstall pygame pygame-ce`, then `pip install pygame-ce`"
    )
    return [DoctorFinding("pygame", "broken", words)]


def _levels(context: Context) -> list[DoctorFinding]:
    from game.library.files import library

    faults: list[UserError] = []
    known = library(*context.level_folders(), on_error=faults.append)
    found = [DoctorFinding("levels", "good", many("{n} level", "{n} levels", len(known)))]
    return found + [DoctorFinding("levels", "broken", _(fault.template, **fault.parts)) for fault in faults]


def _midi(context: Context) -> list[DoctorFinding]:
    from game.midi.driver import RtMidi

    try:
        with closing(RtMidi(context.clock, context.midi_api)) as driver:
            names = driver.names()
    except UserError as error:
        return [DoctorFinding("midi", "missing", _(error.template, **error.parts))]
    if not names:
        return [
            DoctorFinding("midi", "missing", _("No MIDI keyboard is plugged in; the computer's keys play."))
        ]
    return [DoctorFinding("midi", "good", ", ".join(names))]


def _timing(context: Context) -> list[DoctorFinding]:
    """Lateness of time stamps, measured with MIDI to a virtual port; the way there is included."""
    from random import Random

    from game.midi.driver import RtMidi
    from game.midi.loopback import lateness_s
    from game.music.jitter import spread
    from game.screens.ui.runtime_tuning import answer_quickly, quieten

    answer_quickly()
    quieten(True)
    try:
        with closing(RtMidi(context.clock, context.midi_api)) as driver:
            late_s = lateness_s(driver, context.clock, Random(1))
    except UserError as error:
        return [DoctorFinding("timing", "missing", _(error.template, **error.parts))]
    finally:
        quieten(False)
    found = spread(late_s)
    if found is None:
        return [DoctorFinding("timing", "missing", _("MIDI sent to the virtual port did not come back."))]
    return [DoctorFinding("timing", "good", _("from sending to stamp: {spread}", spread=found))]


def _sound(context: Context) -> list[DoctorFinding]:
    from game.app.sound import known_buffer
    from game.audio.output import BUFFERS, SilentSpeaker
    from game.audio.speaker import open_speaker

    with context.store() as store:
        speaker = open_speaker(buffer=known_buffer(store) or BUFFERS[0])
    speaker.close()
    if isinstance(speaker, SilentSpeaker):
        error = speaker.error
        return [DoctorFinding("sound", "missing", _(error.template, **error.parts) if error else "")]
    words = _(
        "{rate} Hz through {driver}, {samples} samples at a time ({ms} ms)",
        rate=speaker.rate,
        driver=speaker.driver,
        samples=speaker.buffer,
        ms=round(1000 * speaker.buffer / speaker.rate),
    )
    return [DoctorFinding("sound", "good", words)]


def _screen(context: Context) -> list[DoctorFinding]:
    import pygame

    from game.screens.ui.text_renderer import font
    from game.screens.ui.window import has_screen

    pygame.font.init()
    font("latin", 20, False)
    font("arabic", 20, False)
    if not has_screen():
        words = _("There is no screen; `fingerfall demo` and `fingerfall play --headless` need none.")
        return [DoctorFinding("screen", "missing", words)]
    return [DoctorFinding("screen", "good", pygame.display.get_driver())]


def _kept(context: Context) -> list[DoctorFinding]:
    with context.store() as store:
        findings = store.check(thorough=True).result()
    place = _folder(context)
    counted = " · ".join(
        (
            many("{n} profile", "{n} profiles", findings.profiles),
            many("{n} run", "{n} runs", findings.runs),
            many("{n} press or release", "{n} presses and releases", findings.touches),
        )
    )
    faults = [DoctorFinding("kept", "broken", _(f.template, **f.parts)) for f in findings.faults]
    return [place, *(faults or [DoctorFinding("kept", "good", counted)])]


def _folder(context: Context) -> DoctorFinding:
    """Whether runs can be stored on this machine."""
    from game.store.records.full_disk import disk_full, is_full

    folder = context.folder
    if context.database:
        return DoctorFinding("folder", "good", str(folder))
    if is_full(folder):
        error = disk_full(str(folder))
        return DoctorFinding("folder", "broken", _(error.template, **error.parts))
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    return DoctorFinding("folder", "good" if writable else "broken", str(folder))


def _calibrated(context: Context) -> list[DoctorFinding]:
    from game.store.station_book import StationBook

    with context.store() as store:
        book = StationBook(store)
        book.read()
        known = book.calibrations()
    days = [f"{key} {one.day}" for key, some in known.items() for one in some]
    if days:
        return [DoctorFinding("delay", "good", ", ".join(days))]
    words = _("This station was never calibrated; `fingerfall calibrate` measures its delays.")
    return [DoctorFinding("delay", "missing", words)]
