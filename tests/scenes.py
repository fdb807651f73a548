"""Every screen in a canned state, over a house that answers at once: for the gallery and for tests.

Whoever appears here is made up; the player is simulated.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from game.app.paths import allowed, path_of
from game.app.practice import offered
from game.app.preview import preview_run
from game.app.services import pause_keys
from game.arrange.difficulty.demand import demand
from game.arrange.difficulty.difficulty import difficulty
from game.clock import ManualClock
from game.coach.adaptation import mastered
from game.coach.next_step import next_step
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.metrics.run_summary import RunSummary
from game.metrics.station.calibrating import CueKind
from game.metrics.summary import by_finger, summary
from game.metrics.trends.probes import Probed, Progress, progress
from game.midi.scripted import ScriptedPort
from game.midi.simulated import Simulated
from game.music.bars import Bars
from game.music.device import Device, DeviceKind
from game.music.level import HandChoice, Level
from game.music.level_entry import AnyLevel
from game.music.note import Press, Release, Touch
from game.music.part import part
from game.music.recording import MarkKind
from game.music.steady_beat import steady_beat
from game.music.step_reason import StepReason
from game.report.record import record_of
from game.run.ports import NoBacking, NoRecorder
from game.run.run import Run
from game.screens.choosing.cards import CardsScreen
from game.screens.choosing.level import LevelScreen
from game.screens.choosing.levels import LevelsScreen
from game.screens.choosing.new_player import NewPlayerScreen
from game.screens.choosing.preferences import PreferencesScreen
from game.screens.choosing.ways import CheckupsScreen, ExercisesScreen, SongsScreen
from game.screens.choosing.who import WhoScreen
from game.screens.playing.play import PlayScreen
from game.screens.playing.typing_keys import LOWEST_PITCH, TypingPort, cap_of
from game.screens.playing.watch import WatchScreen
from game.screens.progress.history import HistoryScreen
from game.screens.progress.result import ResultScreen
from game.screens.routes import ScreenRoutes
from game.screens.station.calibrate import CalibrateScreen
from game.screens.station.device_keys import KeysScreen, PadsScreen
from game.screens.station.device_tests import BounceScreen, ConnectionScreen, LoudnessScreen
from game.screens.station.station import StationScreen
from game.screens.station.tapping import TappingScreen
from game.screens.therapist.allowed import WantedScreen
from game.screens.therapist.limits import LimitsScreen
from game.screens.therapist.pin import PinScreen
from game.screens.therapist.therapist import PatientsScreen, PlanScreen
from game.screens.ui.learn import LearnScreen
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import (
    LevelCard,
    Path,
    PinAnswer,
    Player,
    ProfileCard,
    Recommendation,
    Result,
    Services,
    StationCard,
)
from game.screens.ui.verbs import Verb
from game.settings import Calibration, DeviceSetup, Plan, Settings
from game.words import titled
from tests.levels import RAMP
from tests.pasts import past
from tests.tappers import Tapper

T = TypeVar("T")

PEOPLE = (
    ProfileCard("a", "Willow", runs=12),
    ProfileCard("b", "Heron", runs=1),
    ProfileCard("guest", "", guest=True, runs=3),
)
START_S = 1000.0


def at_once(value: T) -> Future[T]:
    """An answer that is there already."""
    answer: Future[T] = Future()
    answer.set_result(value)
    return answer


@dataclass(frozen=True)
class CannedAnswer:
    """What became of a PIN."""

    right: bool
    wait_s: float = 0.0


class CannedInstrument:
    """An instrument whose touches are scripted and whose lowest key may be known."""

    typed = False
    """Whether it is the computer's keys."""

    def __init__(self, clock: ManualClock, lowest: int | None = 36) -> None:
        self.port = ScriptedPort(clock, ())
        self.lowest, self.pads, self.stranger = lowest, False, ""
        self.shown_pads: tuple[int, ...] = ()
        self._waiting: list[Touch] = []

    @property
    def device(self) -> Device:
        return TypingPort().device if self.typed else Device(DeviceKind.SCRIPTED, "canned keyboard")

    @property
    def alive(self) -> bool:
        return True

    def listening(self) -> tuple[Device, ...]:
        return (self.device,)

    def look(self) -> None:
        pass

    def play(self, touch: Touch) -> None:
        """Let a touch arrive."""
        self._waiting.append(touch)

    def touches(self) -> list[Touch]:
        taken, self._waiting = self._waiting, []
        return taken

    def key(self, scancode: int, down: bool, time_s: float) -> bool:
        return False

    def cap(self, pitch: int) -> str:
        return cap_of(pitch) if self.typed else ""

    def let_go(self, time_s: float) -> None:
        pass


@cache
def known_levels() -> tuple[Level, ...]:
    """The library, read once."""
    return RAMP


@cache
def known_cards() -> tuple[LevelCard, ...]:
    """The same with what each asks."""
    return tuple(LevelCard(one, difficulty(one), demand=demand(one).as_dict()) for one in known_levels())


class CannedHouse:
    """A house without a disk."""

    def __init__(self, clock: ManualClock, said: Sequence[str] = ()) -> None:
        self.clock, self.said = clock, said
        self.levels_known = known_levels()
        self.been: Sequence[RunSummary] = BEEN
        self.past: Sequence[RunSummary] = PAST
        self.players = {card.id: Player(card) for card in PEOPLE}
        self.pin: str | None = None
        self.lowest: int | None = None
        self.learned: list[tuple[int | None, str]] = []
        self.port: Any = ScriptedPort(clock, ())
        self.runs: list[Run] = []
        self.card = StationCard(Device(DeviceKind.SCRIPTED, "canned keyboard"))
        self.taps: Mapping[str, Any] = {}
        self.muted = False

    def level(self, level_id: str) -> Level:
        return next(level for level in self.levels_known if level.id == level_id)

    def profiles(self) -> Future[Sequence[ProfileCard]]:
        return at_once([p.card for p in self.players.values()])

    def add_profile(self, name: str, hand: str) -> Future[ProfileCard]:
        card = ProfileCard(name.casefold(), name)
        self.players[card.id] = Player(card, plan=Plan(hand=hand))
        return at_once(card)

    def choose(self, card: ProfileCard) -> Future[Player]:
        return at_once(self.players[card.id])

    def save_settings(self, player: Player, settings: Settings) -> Player:
        changed = replace(player, settings=settings)
        self.players[player.card.id] = changed
        return changed

    def save_plan(self, player: Player, plan: Plan) -> Player:
        changed = replace(player, plan=plan)
        self.players[player.card.id] = changed
        return changed

    def path(self, player: Player, hand: str = "") -> Future[Path]:
        cards = allowed(player.plan, known_cards())
        return at_once(path_of(cards, self.been, player.plan, hand))

    def all_levels(self, hand: HandChoice | None = None) -> Future[Sequence[LevelCard]]:
        return at_once(known_cards())

    def preview(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        return at_once(preview_run(self.whole(level), speed, self.clock, NoBacking(), 0.0))

    def whole(self, level: AnyLevel) -> Level:
        """The level of a card."""
        return level if isinstance(level, Level) else self.level(level.id)

    def prepare(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        windows = HitWindows(*player.settings.start.windows_s)
        conditions, keys = Conditions(windows, speed), pause_keys(36, level)
        run = Run(self.whole(level), conditions, self.clock, self.port, NoRecorder(), NoBacking(), keys)
        self.runs.append(run)
        return at_once(run)

    def result(self, player: Player, run: Run) -> Future[Result]:
        verdicts = run.verdicts()
        whole = summary(verdicts)
        speed = run.conditions.speed
        step = next_step(run.level, speed, whole.hits, whole.notes, self.levels_known, mastered(self.been))
        offer = Recommendation(self.level(step.level_id), step.speed, step.why)
        measures = record_of(run.level, run.recording(), run.conditions).measures
        part, fingers = offered(run.level, speed, verdicts), by_finger(verdicts)
        return at_once(Result(run.level, speed, verdicts, whole, fingers, offer, PAST, measures, part))

    def practice(self, run: Run) -> Recommendation | None:
        return offered(run.level, 1.0, run.verdicts(), run.tempo.beat(max(0.0, run.song_s())))

    def history(self, player: Player) -> Future[Sequence[RunSummary]]:
        return at_once(self.past)

    def progress(self, player: Player) -> Future[Sequence[Progress]]:
        return at_once(progress(PROBES))

    def has_pin(self) -> Future[bool]:
        return at_once(self.pin is not None)

    def set_pin(self, pin: str) -> Future[None]:
        self.pin = pin
        return at_once(None)

    def check_pin(self, pin: str) -> Future[PinAnswer]:
        answer: PinAnswer = CannedAnswer(pin == self.pin)
        return at_once(answer)

    def learn_lowest(self, pitch: int | None, name: str = "") -> None:
        self.lowest = pitch
        self.learned.append((pitch, name))

    def forget_lowest(self) -> None:
        self.lowest = None

    def station(self) -> StationCard:
        return self.card

    def heard(self) -> bool:
        return self.card.heard

    def sound_device_went(self) -> None:
        self.card = replace(self.card, heard=False)

    def tapping_run(self, bpm: float, heard: bool) -> Future[Run]:
        level, windows = steady_beat(bpm, 60), HitWindows(0.1, 0.2, 0.3)
        return at_once(Run(level, Conditions(windows), self.clock, self.port, NoRecorder(), NoBacking()))

    def mute_keys(self, muted: bool) -> None:
        self.muted = muted

    def save_calibration(self, found: Calibration, taps: Mapping[str, Any]) -> None:
        self.card = replace(self.card, calibration=replace(found, day="2026-02-03"))
        self.taps = taps

    def save_setup(self, setup: DeviceSetup) -> None:
        self.card = replace(self.card, setup=setup)

    def notices(self) -> Sequence[str]:
        return self.said


PAST = tuple(
    past(
        "five-steps-right",
        f"2026-01-{day:02}",
        rate,
        100,
        title="Five fingers · step by step",
        sd_ms=sd_ms,
    )
    for day, rate, sd_ms in zip(
        range(3, 11), (62, 68, 66, 75, 72, 81, 79, 86), (98, 92, 95, 84, 87, 76, 78, 70), strict=True
    )
)

BEEN = tuple(
    past(level_id, f"2026-01-{day:02}", hits)
    for day, level_id, hits in (
        (3, "explore-any-key-right", 40),
        (3, "explore-index-right", 37),
        (3, "explore-mixed-right", 36),
        (3, "single-index-right", 39),
        (4, "explore-middle-right", 37),
        (4, "explore-thumb-right", 36),
        (4, "single-middle-right", 35),
        (5, "explore-five-right", 35),
        (5, "single-thumb-right", 37),
        (5, "single-ring-right", 36),
        (6, "single-little-right", 35),
        (6, "single-index-beat-right", 38),
        (8, "hold-index-right", 36),
        (9, "song-ode-to-joy-1", 37),
        (9, "alternate-2-3-right", 35),
        (10, "hold-ring-right", 32),
        (10, "hold-thumb-right", 37),
    )
)
"""What somebody played who stands on the third step, and has begun a song."""

PROBES = tuple(
    Probed(
        "probe-five-right",
        "Five fingers, one after another",
        f"2026-01-{day:02}",
        "USB keyboard",
        (0.0, 0.0),
        {"hit_rate_pct": rate, "asynchrony_sd_ms": sd_ms},
    )
    for day, rate, sd_ms in zip(
        (3, 5, 6, 9, 12, 16, 17, 18, 20),
        (55, 62, 68, 70, 74, 72, 80, 78, 85),
        (140, 120, 105, 98, 92, 95, 88, 84, 71),
        strict=True,
    )
)


def new_stack(
    settings: Settings | None = None, *, lowest: int | None = 36, said: Sequence[str] = ()
) -> tuple[ScreenStack, CannedHouse, ManualClock]:
    """A stage over a canned house, played by a made-up person with these settings."""
    clock = ManualClock(START_S)
    services = CannedHouse(clock, said)
    kept: Services = services
    stack = ScreenStack(kept, clock, CannedInstrument(clock, lowest), ScreenRoutes)
    stack.play_as(Player(PEOPLE[0], settings or Settings()))
    return stack, services, clock


def playing(
    stack: ScreenStack,
    services: CannedHouse,
    clock: ManualClock,
    level_id: str,
    until_s: float,
    bars: Bars | None = None,
) -> PlayScreen:
    """A simulated player plays a level, or a part, on the stage up to a song time, sixty updates a second."""
    whole = services.level(level_id)
    level = part(whole, bars) if bars else whole
    player = Simulated(mean_s=0.02, sd_s=0.05, omit=0.06, wrong=0.03)
    touches = player.play(level.notes_at(), random.Random(4))
    lead_s = _lead_s(services, level)
    in_clock = [replace(t, time_s=t.time_s + clock.now_s() + lead_s) for t in touches]
    services.port = ScriptedPort(clock, tuple(in_clock))
    screen = PlayScreen(stack, level, 1.0, Recommendation(whole, 1.0, StepReason.WHOLE) if bars else None)
    stack.push(screen)
    stack.settle()
    until = clock.now_s() + lead_s + until_s
    while clock.now_s() < until and stack.top is screen:
        clock.advance(1 / 60)
        stack.settle()
        stack.top.update(clock.now_s())
    stack.settle()
    return screen


def _lead_s(services: CannedHouse, level: Level) -> float:
    windows = HitWindows(0.1, 0.2, 0.3)
    run = Run(level, Conditions(windows), ManualClock(), services.port, NoRecorder(), NoBacking())
    return -run.song_s()


def _settled(stack: ScreenStack, clock: ManualClock, times: int = 3) -> ScreenStack:
    for _ in range(times):
        stack.settle()
        stack.top.update(clock.now_s())
    return stack


Made = tuple[ScreenStack, CannedHouse, ManualClock]


def _who(made: Made) -> None:
    made[0].push(WhoScreen(made[0]))


def _levels(made: Made) -> None:
    made[0].push(LevelsScreen(made[0]))


def _play(made: Made) -> None:
    playing(*made, "five-steps-beat-right", 8.2)


def _typed(made: Made) -> Made:
    made[0].instrument = instrument = CannedInstrument(made[2], LOWEST_PITCH)
    instrument.typed = True
    return made


def _play_typed(made: Made) -> None:
    playing(*_typed(made), "five-steps-beat-right", 8.2)


def _play_typed_song(made: Made) -> None:
    playing(*_typed(made), "song-greensleeves-both", 22.0)


def _levels_typed(made: Made) -> None:
    _levels(_typed(made))


def _result_both(made: Made) -> None:
    playing(*made, "song-greensleeves-both", 400.0)


def _play_left(made: Made) -> None:
    playing(*made, "ode-to-joy-left", 9.1)


def _play_echo(made: Made) -> None:
    playing(*made, "echo-4-right", 2.5)


def _play_no_go(made: Made) -> None:
    playing(*made, "go-rest-five-right", 9.0)


def _play_wide_keys(made: Made) -> None:
    playing(*made, "explore-wide-keys-right", 12.0)


def _play_song(made: Made) -> None:
    playing(*made, "song-greensleeves-both", 22.0)


def _count_in(made: Made) -> None:
    playing(*made, "five-steps-right", -1.4)


def _paused(made: Made) -> None:
    screen = playing(*made, "five-steps-right", 5.0)
    screen.verb(Verb.BACK)


def _unplugged(made: Made) -> None:
    screen = playing(*made, "five-steps-right", 5.0)
    assert screen.run
    made[1].port.unplug()
    screen.run.update()


def _result(made: Made) -> None:
    playing(*made, "five-steps-right", 400.0)


class SlowHouse(CannedHouse):
    """A house whose answers are still to come."""

    def result(self, player: Player, run: Run) -> Future[Result]:
        return Future()

    def path(self, player: Player, hand: str = "") -> Future[Path]:
        return Future()

    def profiles(self) -> Future[Sequence[ProfileCard]]:
        return Future()


def _slow(made: Made) -> Made:
    services = SlowHouse(made[2])
    made[0].services = services
    return made[0], services, made[2]


def _result_coming(made: Made) -> None:
    playing(*_slow(made), "five-steps-right", 400.0)


def _levels_coming(made: Made) -> None:
    _levels(_slow(made))


def _who_coming(made: Made) -> None:
    _who(_slow(made))


def _play_part(made: Made) -> None:
    playing(*made, "song-greensleeves-5", 22.0, Bars(5, 8, 4))


def _result_part(made: Made) -> None:
    playing(*made, "song-greensleeves-5", 400.0, Bars(5, 8, 4))


def _history(made: Made) -> None:
    made[0].push(HistoryScreen(made[0], made[0].player))


def _history_probe(made: Made) -> None:
    made[0].push(HistoryScreen(made[0], made[0].player, figures=True))
    made[0].settle()
    made[0].top.verb(Verb.MORE)
    made[0].top.verb(Verb.MORE)


def _preferences(made: Made) -> None:
    made[0].push(PreferencesScreen(made[0]))


def _new_player(made: Made) -> None:
    made[0].push(NewPlayerScreen(made[0]))


def _learn_answered(made: Made) -> None:
    _learn(made)
    stack, _, clock = made
    keyboard = Device(DeviceKind.MIDI, "Piano MIDI 1", "alsa")
    for _ in range(2):
        clock.advance(0.5)
        stack.touch(Press(clock.now_s(), 36, device=keyboard))
        stack.touch(Release(clock.now_s(), 36, device=keyboard))


def _nobody(made: Made) -> None:
    stack, services, clock = made
    playing(stack, services, clock, "five-steps-right", 1.0)
    run = services.runs[-1]
    run.pause(MarkKind.NOBODY)
    stack.top.update(clock.now_s())


def _learn(made: Made) -> None:
    made[0].push(LearnScreen(made[0], "USB keyboard"))


def _pin(made: Made) -> None:
    screen = PinScreen(made[0], "PIN", "")
    made[0].push(screen)
    for letter in "12":
        screen.letter(letter)


def _patients(made: Made) -> None:
    made[0].push(PatientsScreen(made[0]))


def _plan(made: Made) -> None:
    made[0].push(PlanScreen(made[0], made[0].player))


def _wanted(made: Made) -> WantedScreen:
    plan = PlanScreen(made[0], made[0].player)
    screen = WantedScreen(made[0], lambda: plan.player.plan, plan.change)
    made[0].push(screen)
    made[0].settle()
    return screen


def _filter(made: Made) -> None:
    screen = _wanted(made)
    for verb in (Verb.NEXT, Verb.MORE, Verb.MORE, Verb.NEXT, Verb.MORE, Verb.MORE):
        screen.verb(verb)


def _allowed(made: Made) -> None:
    _wanted(made).verb(Verb.CHOOSE)


def _limits(made: Made) -> None:
    plan = PlanScreen(made[0], made[0].player)
    made[0].settle()
    screen = LimitsScreen(made[0], lambda: plan.player.plan, plan.change, plan.subtitle)
    made[0].push(screen)
    for verb in (Verb.LESS, Verb.LESS, Verb.LESS, Verb.LESS, Verb.NEXT):
        screen.verb(verb)


def _path(made: Made) -> Path:
    return made[1].path(made[0].player).result()


def _levels_new(made: Made) -> None:
    made[1].been = ()
    made[0].push(LevelsScreen(made[0]))


def _exercises(made: Made) -> None:
    made[0].push(ExercisesScreen(made[0], _path(made)))


def _kinds(made: Made) -> None:
    _exercises(made)
    made[0].top.verb(Verb.PREVIOUS)
    while made[0].top.list.focus:  # type: ignore[attr-defined]
        made[0].top.verb(Verb.PREVIOUS)
    made[0].top.verb(Verb.PREVIOUS)
    made[0].top.verb(Verb.MORE)
    made[0].top.verb(Verb.NEXT)


def _step(made: Made) -> None:
    _exercises(made)
    for verb in (Verb.NEXT, Verb.NEXT, Verb.CHOOSE):
        made[0].top.verb(verb)


def _songs(made: Made) -> None:
    made[0].push(SongsScreen(made[0], _path(made).songs, "right"))


def _song(made: Made) -> None:
    song = next(song for song in _path(made).songs if song.title == "Ode to Joy")
    made[0].push(CardsScreen(made[0], titled(song.title), song.cards, "right"))


def _checkups(made: Made) -> None:
    made[0].push(CheckupsScreen(made[0], _path(made).checkups, "right"))


def _level(made: Made) -> None:
    card = next(card for card in known_cards() if card.level.id == "song-greensleeves-both")
    made[0].push(LevelScreen(made[0], card))


def _watch(made: Made) -> None:
    stack, services, clock = made
    stack.push(WatchScreen(stack, services.level("five-steps-right")))
    stack.settle()
    for _ in range(600):
        clock.advance(1 / 60)
        stack.top.update(clock.now_s())


def _station(made: Made) -> None:
    made[1].card = replace(made[1].card, setup=DeviceSetup(36, 49, (), 0))
    made[0].push(StationScreen(made[0]))


def calibrated(made: Made, sound: Tapper, picture: Tapper, runs: int = 8) -> CalibrateScreen:
    """A calibration in which somebody has tapped some of the runs."""
    screen = CalibrateScreen(made[0])
    made[0].push(screen)
    for _ in range(runs):
        following = screen.so_far.following
        if following is None:
            break
        cue, bpm = following
        tapper = sound if cue is CueKind.SOUND else picture
        screen._take(cue, tapper.run(60 / bpm, random.Random(len(screen.so_far.of(cue)) + 3)))
    return screen


STEADY = (Tapper(0.041, 0.014, 0.05), Tapper(0.068, 0.017, 0.05))


def _calibrate(made: Made) -> None:
    calibrated(made, *STEADY, runs=0)


def _calibrate_half(made: Made) -> None:
    calibrated(made, *STEADY, runs=5)


def _calibrate_found(made: Made) -> None:
    calibrated(made, *STEADY)


def _calibrate_refused(made: Made) -> None:
    calibrated(made, Tapper(0.04, 0.08, 0.0), STEADY[1])


def _calibrate_silent(made: Made) -> None:
    made[1].card = replace(made[1].card, heard=False)
    calibrated(made, *STEADY, runs=1)


def _meaning(made: Made) -> None:
    calibrated(made, *STEADY)._explain()


def _tap(made: Made, cue: CueKind) -> None:
    stack, _, clock = made
    stack.push(TappingScreen(stack, cue, 80.0, lambda taps: None))
    stack.settle()
    for _ in range(300):
        clock.advance(1 / 60)
        stack.top.update(clock.now_s())


def _tap_sound(made: Made) -> None:
    _tap(made, CueKind.SOUND)


def _tap_picture(made: Made) -> None:
    _tap(made, CueKind.PICTURE)


def _pressed(made: Made, screen: Screen, pitches: Sequence[int], velocities: Sequence[int]) -> None:
    made[0].push(screen)
    chance = random.Random(5)
    for i, (pitch, velocity) in enumerate(zip(pitches, velocities, strict=True)):
        at_s = START_S + 0.5 * i + chance.gauss(0, 0.001)
        screen.touch(Press(at_s, pitch, velocity, 0.3))
        screen.touch(Release(at_s + 0.2 + chance.gauss(0, 0.001), pitch, 0.2))


def _keys(made: Made) -> None:
    _pressed(made, KeysScreen(made[0]), [36], [60])


def _pads(made: Made) -> None:
    _pressed(made, PadsScreen(made[0]), [36, 38, 42, 46, 49], [60] * 5)


def _loudness(made: Made) -> None:
    chance = random.Random(2)
    loud = [min(127, max(1, round(chance.gauss(62, 19)))) for _ in range(60)]
    _pressed(made, LoudnessScreen(made[0]), [60] * 60, loud)


def _loudness_fixed(made: Made) -> None:
    _pressed(made, LoudnessScreen(made[0]), [60] * 20, [100] * 20)


def _bounces(made: Made) -> None:
    _pressed(made, BounceScreen(made[0]), [60] * 10, [70] * 10)


def _connection(made: Made) -> None:
    _pressed(made, ConnectionScreen(made[0]), [60] * 50, [70] * 50)


SCENES: dict[str, Callable[[Made], None]] = {
    "who": _who,
    "new-player": _new_player,
    "learn": _learn,
    "learn-answered": _learn_answered,
    "nobody": _nobody,
    "levels": _levels,
    "levels-new": _levels_new,
    "exercises": _exercises,
    "kinds": _kinds,
    "step": _step,
    "songs": _songs,
    "song": _song,
    "checkups": _checkups,
    "level": _level,
    "watch": _watch,
    "count-in": _count_in,
    "play": _play,
    "play-typed": _play_typed,
    "play-typed-song": _play_typed_song,
    "levels-typed": _levels_typed,
    "result-both": _result_both,
    "play-left": _play_left,
    "play-echo": _play_echo,
    "play-no-go": _play_no_go,
    "play-song": _play_song,
    "play-wide-keys": _play_wide_keys,
    "paused": _paused,
    "unplugged": _unplugged,
    "play-part": _play_part,
    "result": _result,
    "result-part": _result_part,
    "result-coming": _result_coming,
    "levels-coming": _levels_coming,
    "who-coming": _who_coming,
    "history": _history,
    "history-probe": _history_probe,
    "preferences": _preferences,
    "pin": _pin,
    "patients": _patients,
    "plan": _plan,
    "filter": _filter,
    "allowed": _allowed,
    "limits": _limits,
    "station": _station,
    "calibrate": _calibrate,
    "calibrate-half": _calibrate_half,
    "calibrate-found": _calibrate_found,
    "calibrate-refused": _calibrate_refused,
    "calibrate-silent": _calibrate_silent,
    "calibrate-meaning": _meaning,
    "tap-sound": _tap_sound,
    "tap-picture": _tap_picture,
    "keys": _keys,
    "pads": _pads,
    "loudness": _loudness,
    "loudness-fixed": _loudness_fixed,
    "bounces": _bounces,
    "connection": _connection,
}


def scene(name: str, settings: Settings | None = None) -> tuple[ScreenStack, ManualClock]:
    """A stage with one of `SCENES` on it."""
    said = ("No keyboard yet. Letter keys play too.",) if name == "who" else ()
    made = new_stack(settings, said=said)
    SCENES[name](made)
    stack, _, clock = made
    return _settled(stack, clock), clock


__all__ = ["SCENES", "Press", "Release", "ResultScreen", "scene"]
