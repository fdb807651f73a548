"""The real program, window, store and all, over a scripted instrument and a clock that does not wait."""

import random
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app.derived import run_level
from game.app.level_catalogue import LevelCatalogue
from game.app.run_summaries import pasts
from game.app.services import StoreServices
from game.audio.output import SilentSpeaker
from game.clock import ManualClock
from game.commands.context import Context
from game.judge.verdicts import Verdict
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated
from game.music.device import Device
from game.music.level_entry import AnyLevel
from game.music.note import Press, Release, Touch
from game.music.recording import MarkKind
from game.music.step_reason import StepReason
from game.screens.choosing.who import WhoScreen
from game.screens.playing.play import PlayScreen
from game.screens.playing.typing_keys import TypingPort
from game.screens.progress.result import ResultScreen
from game.screens.routes import ScreenRoutes
from game.screens.ui.loop import Loop
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.settings import DeviceSetup, Plan
from game.store.records.kept import GUEST_ID
from game.store.store import Store, open_store
from tests.choosing import do
from tests.levels import a_few

LEVEL, PROBE = "five-steps-right", "probe-continue-right"
FRAME_S = 1 / 60


class ScriptedInstrument:
    """What the game asks of an instrument, over a scripted port."""

    def __init__(self, clock: ManualClock) -> None:
        self.port = ScriptedPort(clock, ())
        self.lowest: int | None = 36
        self.stranger, self.pads = "", False
        self.shown_pads: tuple[int, ...] = ()

    @property
    def device(self) -> Device:
        return self.port.device

    @property
    def alive(self) -> bool:
        return self.port.alive

    @property
    def seen_s(self) -> float:
        return self.port.seen_s

    def touches(self) -> list[Touch]:
        return self.port.touches()

    def look(self) -> None:
        pass

    def key(self, scancode: int, down: bool, time_s: float) -> bool:
        return False

    def cap(self, pitch: int) -> str:
        return ""

    def let_go(self, time_s: float) -> None:
        pass

    def lowest_of(self, device: Device) -> int | None:
        return self.lowest

    def listening(self) -> tuple[Device, ...]:
        return (self.device,)

    def know(
        self, lowest: Mapping[str, int], asked: Collection[str], setup: Callable[[], DeviceSetup]
    ) -> None:
        pass

    def learn(self, pitch: int | None, name: str = "") -> dict[str, int]:
        return {}

    def asked(self) -> list[str]:
        return []

    def forget(self) -> dict[str, int]:
        return {}

    def notice(self) -> str:
        return ""


def listed(services: StoreServices, level_id: str) -> AnyLevel:
    """A level as the screens' lists have it."""
    return next(card.level for card in services.all_levels().result() if card.level.id == level_id)


class Program:
    """The game as `fingerfall` opens it, frame by frame."""

    def __init__(self, folder: Path, *level_folders: Path) -> None:
        self.clock = ManualClock(50.0)
        self.store = Store(folder)
        self.instrument = ScriptedInstrument(self.clock)
        levels = LevelCatalogue(level_folders, folder / "cache" / "levels.json")
        self.services = StoreServices(self.store, levels, self.clock, self.instrument, SilentSpeaker())
        self.stack = ScreenStack(self.services, self.clock, self.instrument, ScreenRoutes)
        self.stack.push(WhoScreen(self.stack))
        self.loop = Loop(self.stack, self.clock)
        self.frames = 0

    def frame(self, *verbs: Verb) -> None:
        """One frame, a sixtieth of a second later."""
        for verb in verbs:
            do(self.stack, self.clock, verb)
        self.loop.frame([])
        self.clock.advance(FRAME_S)
        self.frames += 1

    def press_now_and_then(self) -> None:
        """Somebody is there."""
        if self.frames % 60 == 0:
            at_s = self.clock.now_s()
            self.instrument.port.will_play([Press(at_s, 60), Release(at_s + 0.2, 60)])

    def until(self, kind: type[Screen]) -> None:
        """Frames until a screen of that kind is on top; its answers come from real threads."""
        deadline_s = time.monotonic() + 20
        while not isinstance(self.stack.top, kind):
            assert time.monotonic() < deadline_s, f"never came to {kind.__name__}"
            self.loop.frame([])
            time.sleep(0.002)

    def close(self) -> None:
        self.services.close()
        self.store.close()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Program]:
    """With every level there is."""
    opened = Program(tmp_path, *Context(data=tmp_path).level_folders())
    yield opened
    opened.close()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """With a few levels, which are read at once."""
    opened = Program(tmp_path, a_few(tmp_path / "few", LEVEL, PROBE))
    yield opened
    opened.close()


def _started(program: Program) -> PlayScreen:
    level = listed(program.services, LEVEL)
    screen = PlayScreen(program.stack, level)
    program.stack.push(screen)
    _begun(program, screen)
    return screen


def _begun(program: Program, screen: PlayScreen) -> None:
    deadline_s = time.monotonic() + 20
    while screen.run is None:
        assert time.monotonic() < deadline_s
        program.loop.frame([])
        time.sleep(0.002)


def test_a_level_is_played_for_hundreds_of_frames_judged_shown_and_kept(
    whole: Program, tmp_path: Path
) -> None:
    program, screen = whole, _started(whole)
    run = screen.run
    assert run is not None
    beat_0_s = run.timeline.clock_s(0.0)
    patient = Simulated(mean_s=0.03, sd_s=0.04, omit=0.1, wrong=0.1)
    played = patient.perform(run.notes, random.Random(7))
    touches = [replace(t, time_s=t.time_s + beat_0_s) for t in played.touches]
    program.instrument.port = ScriptedPort(program.clock, touches)
    program.frames = 0
    while run.ended is None:
        program.frame()
    assert program.frames >= 300
    program.until(ResultScreen)
    verdicts = run.verdicts()
    hits = {j.note.index: j for j in verdicts.judgements if j.verdict is Verdict.HIT}
    assert set(hits) == set(played.errors_s)
    for index, error_s in played.errors_s.items():
        assert hits[index].asynchrony_s == pytest.approx(error_s, abs=1e-4)
    assert {j.note.index for j in verdicts.judgements if j.verdict is Verdict.OMISSION} == played.omitted
    program.close()
    with open_store(tmp_path) as again:
        guest = again.profile("guest").result()
        (header,) = again.runs(guest.id).result()
        assert header.level_id == LEVEL
        assert again.run(header.id).result().recording.touches == run.recording().touches


def test_keys_of_the_window_pause_and_stop_and_what_was_played_is_kept(program: Program) -> None:
    screen = _started(program)
    for _ in range(30):
        program.frame()
    space = pygame.event.Event(pygame.KEYDOWN, scancode=pygame.KSCAN_SPACE)
    program.loop.frame([space])
    assert screen.run
    assert screen.run.paused
    program.frame()
    program.frame(Verb.NEXT, Verb.CHOOSE)
    program.until(ResultScreen)


LOST, GAINED = pygame.WINDOWFOCUSLOST, pygame.WINDOWFOCUSGAINED
MINIMISED, RESTORED = pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED


def tell(program: Program, event_type: int) -> None:
    program.loop.frame([pygame.event.Event(event_type)])


@pytest.mark.parametrize(
    ("typed", "gone", "back"),
    [(True, LOST, GAINED), (True, MINIMISED, RESTORED), (False, MINIMISED, RESTORED)],
)
def test_a_run_waits_while_nobody_can_play_it(program: Program, typed: bool, gone: int, back: int) -> None:
    run = _started(program).run
    assert run
    if typed:
        program.instrument.port = TypingPort()  # type: ignore[assignment]
    while run.song_s() < 3.0:
        program.frame()
    tell(program, gone)
    assert run.paused
    assert run.paused.kind == "away"
    asked = len(run.verdicts().judgements)
    program.clock.advance(60.0)
    program.frame()
    assert len(run.verdicts().judgements) == asked
    program.frame(Verb.BACK)
    program.frame()
    assert run.paused, "nothing goes on before the window is back"
    tell(program, back)
    assert run.paused, "the player says when"
    program.frame(Verb.CHOOSE)
    assert not run.paused
    assert run.count_left > 0
    assert [mark.kind for mark in run.recording().marks].count(MarkKind.AWAY) >= 1


def test_with_an_instrument_a_run_goes_on_while_other_windows_have_the_keys(program: Program) -> None:
    run = _started(program).run
    assert run
    tell(program, LOST)
    program.frame()
    assert run.paused is None


def test_a_key_that_arrives_shows_that_keys_arrive(program: Program) -> None:
    tell(program, LOST)
    assert not program.stack.has_keys
    program.loop.frame([pygame.event.Event(pygame.KEYDOWN, scancode=pygame.KSCAN_UP)])
    assert program.stack.has_keys


def test_a_run_that_gets_ready_behind_another_window_waits_at_its_count_in(program: Program) -> None:
    tell(program, MINIMISED)
    run = _started(program).run
    assert run
    program.frame()
    assert run.paused
    assert run.verdicts().judgements == ()


def test_a_part_is_practised_from_a_pause_kept_as_a_part_and_leads_back(
    program: Program, tmp_path: Path
) -> None:
    whole = _started(program)
    for _ in range(300):
        program.press_now_and_then()
        program.frame()
    program.frame(Verb.BACK)
    program.frame(Verb.NEXT, Verb.NEXT, Verb.CHOOSE)
    screen = program.stack.top
    assert isinstance(screen, PlayScreen)
    assert screen is not whole
    _begun(program, screen)
    assert screen.level.bars
    for _ in range(600):
        program.press_now_and_then()
        program.frame()
    program.frame(Verb.BACK)
    program.frame(Verb.NEXT, Verb.CHOOSE)
    program.until(ResultScreen)
    played = screen.level
    deadline_s = time.monotonic() + 20
    while isinstance(program.stack.top, ResultScreen):  # until the result is there, nothing can be chosen
        assert time.monotonic() < deadline_s
        program.frame(Verb.CHOOSE)
        time.sleep(0.002)
    back = program.stack.top
    assert isinstance(back, PlayScreen)
    assert (back.level, back.speed) == (whole.level, 1.0)
    program.close()
    with open_store(tmp_path) as again:
        newest, older = again.runs(GUEST_ID).result()
        assert {newest.level_id, older.level_id} == {LEVEL}
        assert run_level(again.run(newest.id).result()) == played
        assert run_level(again.run(older.id).result()) == whole.level
        assert [past.bars for past in pasts(again, GUEST_ID)] == [played.bars]


def test_what_is_watched_is_seen_to_its_end_and_kept_nowhere(program: Program) -> None:
    level = listed(program.services, LEVEL)
    run = program.services.preview(program.stack.player, level, 1.0).result()
    run.start()
    while run.ended is None:
        program.clock.advance(FRAME_S)
        run.update()
    assert {one.verdict for one in run.verdicts().judgements} == {Verdict.HIT}
    assert program.store.runs("guest").result() == []


def test_the_path_keeps_to_the_plan_and_leads_on_from_what_was_played(whole: Program) -> None:
    player = replace(whole.stack.player, plan=Plan(hand="left", caps={"rate": 4.0}))
    path = whole.services.path(player).result()
    assert path.hands == ("left",)
    assert path.following[0].why is StepReason.FIRST
    assert all(card.demand["rate"] <= 4.0 for card in path.by_id().values())


def test_closing_the_window_ends_the_program(program: Program) -> None:
    program.loop.frame([pygame.event.Event(pygame.QUIT)])
    assert program.stack.done


def test_full_screen_and_a_new_size_keep_the_screen(program: Program) -> None:
    top = program.stack.top
    f11 = pygame.event.Event(pygame.KEYDOWN, scancode=pygame.KSCAN_F11)
    program.loop.frame([f11])
    program.loop.frame([pygame.event.Event(pygame.VIDEORESIZE, size=(1600, 900), w=1600, h=900)])
    program.loop.frame([f11])
    assert program.stack.top is top


def test_after_its_cues_a_probe_shows_no_notes(program: Program) -> None:
    level = listed(program.services, PROBE)
    screen = PlayScreen(program.stack, level)
    program.stack.push(screen)
    deadline_s = time.monotonic() + 20
    while screen.run is None:
        assert time.monotonic() < deadline_s
        program.loop.frame([])
        time.sleep(0.002)
    assert screen.run.level.cue_until_beat is not None
    shown = [note for note in screen.run.notes if screen.shows(note)]
    assert len(shown) == 16
    assert all(note.onset_s < level.tempo.seconds(screen.run.level.cue_until_beat) for note in shown)
