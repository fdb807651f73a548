"""The services of the screens over the real store; slow work runs on a background thread."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from game.app.derived import affected_hand, keep_numbers
from game.app.level_catalogue import LevelCatalogue
from game.app.paths import allowed, path_of
from game.app.practice import offered
from game.app.prepare import Equipment, PlayerOfRun, prepare_run
from game.app.preview import preview_run, sounded
from game.app.run_summaries import minutes_on, of_wholes, pasts, trends_of
from game.app.sound import heed_gaps
from game.app.station import Known, StationServices
from game.audio.backing import LevelBacking
from game.audio.output import Output
from game.clock import Clock, wall_time
from game.coach.adaptation import mastered
from game.coach.next_step import next_step
from game.errors import UserError
from game.metrics.run_summary import RunSummary
from game.metrics.summary import Summary, by_finger, summary
from game.metrics.trends.probes import Progress
from game.music.device import Device
from game.music.keyboard import Stretch
from game.music.level import HandChoice
from game.music.level_entry import AnyLevel
from game.music.step_reason import StepReason
from game.report.record import Record, record_of
from game.run.run import Run
from game.screens.ui.services import (
    LevelCard,
    Path,
    PinAnswer,
    Player,
    ProfileCard,
    Recommendation,
    Result,
)
from game.settings import Plan, Settings
from game.store.records.kept import GUEST_ID, Profile
from game.words import _

if TYPE_CHECKING:
    from game.store.store import Store


@dataclass(frozen=True)
class Answer:
    """Result of a PIN attempt for the screens."""

    right: bool
    wait_s: float


def pause_keys(lowest: int | None, level: AnyLevel) -> frozenset[int]:
    """The instrument's lowest key, where a level does not show it: it pauses and is not part of the run."""
    shown = Stretch.around(*level.pitch_range)
    return frozenset() if lowest is None or lowest >= shown.lowest else frozenset({lowest})


def profile_of(player: Player) -> str:
    """The profile id of a player's runs."""
    return GUEST_ID if player.card.guest else player.card.id


def _profile_card(profile_id: str, name: str, runs: int) -> ProfileCard:
    guest = profile_id == GUEST_ID
    return ProfileCard(profile_id, "" if guest else name, guest, runs)


class StoreServices(StationServices):
    """Services backed by a store that may still be opening."""

    def __init__(
        self,
        store: "Store",
        levels: LevelCatalogue,
        clock: Clock,
        instrument: Known,
        speaker: Output,
    ) -> None:
        self._catalogue = levels
        super().__init__(store, clock, instrument, speaker)

    def begin(self) -> None:
        """Begin with what takes long: the store and the list of levels. For after the first screen."""
        super().begin()
        self._catalogue.open()

    def close(self) -> None:
        """Finish pending work."""
        self._study.shutdown(wait=True)

    def profiles(self) -> Future[Sequence[ProfileCard]]:
        def work() -> list[ProfileCard]:
            cards = self._glanced() if self._store.held else None
            if cards is None:
                if not self._keeps:
                    return []
                cards = [self._card(p) for p in self._store.profiles().result() if not p.archived]
            return sorted(cards, key=lambda c: (c.guest, c.name.casefold()))

        return self._later(work)

    def _glanced(self) -> list[ProfileCard] | None:
        """The cards before the store is open; None where only the store can tell."""
        known = self._store.glance()
        if known is None:
            return None
        return [_profile_card(one.id, one.name, one.runs) for one in known if not one.archived]

    def _card(self, profile: Profile) -> ProfileCard:
        return _profile_card(profile.id, profile.name, len(self._store.runs(profile.id).result()))

    def add_profile(self, name: str, hand: str) -> Future[ProfileCard]:
        def work() -> ProfileCard:
            profile = self._store.add_profile(self._free_name(name), wall_time()).result()
            self._store.save_plan(profile.id, Plan(hand=hand)).result()
            return self._card(profile)

        return self._later(work)

    def _free_name(self, name: str) -> str:
        """The name, with a number appended if it is taken."""
        taken = {p.name.casefold() for p in self._store.profiles().result()}
        numbered = (name if n == 1 else f"{name} {n}" for n in range(1, len(taken) + 2))
        return next(free for free in numbered if free.casefold() not in taken)

    def choose(self, card: ProfileCard) -> Future[Player]:
        def work() -> Player:
            if card.guest and not self._keeps:
                return Player(card)
            profile = self._store.profile(GUEST_ID if card.guest else card.id).result()
            today = minutes_on(wall_time().date().isoformat(), pasts(self._store, profile.id))
            return Player(self._card(profile), profile.settings, profile.plan, today)

        return self._later(work)

    def save_settings(self, player: Player, settings: Settings) -> Player:
        self.speaker.set_volumes(settings.click_volume, settings.music_volume, settings.keys_volume)
        self._store.save_settings(profile_of(player), settings)
        return replace(player, settings=settings)

    def save_plan(self, player: Player, plan: Plan) -> Player:
        self._store.save_plan(profile_of(player), plan)
        return replace(player, plan=plan)

    def _allowed(self, player: Player) -> list[LevelCard]:
        return allowed(player.plan, self._catalogue.cards())

    def path(self, player: Player, hand: str = "") -> Future[Path]:
        pads = self._instrument.pads

        def work() -> Path:
            today = wall_time().date().isoformat()
            past = self._past(player)
            return path_of(self._allowed(player), past, player.plan, hand, pads=pads, today=today)

        return self._later(work)

    def all_levels(self, hand: HandChoice | None = None) -> Future[Sequence[LevelCard]]:
        return self._later(lambda: [c for c in self._catalogue.cards() if hand in (None, c.level.hand)])

    def preview(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        settings, device = player.settings, self._instrument.device

        def work() -> Run:
            whole = self._catalogue.level(level)
            self.speaker.settle()
            heard = settings.music_volume or settings.keys_volume  # here the music is what keys would sound
            self.speaker.set_volumes(settings.click_volume, heard, settings.keys_volume)
            backing = LevelBacking(sounded(whole), speed, self.speaker)
            ahead_s = self._book.station(device, self._heard).video_offset_ms / 1000
            run = preview_run(whole, speed, self._clock, backing, ahead_s)
            backing.ready(0.0, run.count_in_beats)
            backing.wait()
            return run

        return self._later(work)

    def prepare(self, player: Player, level: AnyLevel, speed: float) -> Future[Run]:
        def reserved(device: Device) -> frozenset[int]:
            return pause_keys(self._instrument.lowest_of(device), level)

        def work() -> Run:
            store = self._store if self._keeps else None
            who = PlayerOfRun(player.settings, profile_of(player), store)
            equipment = Equipment(self._clock, self._instrument, self.speaker, self._book, asks=True)
            return prepare_run(self._catalogue.level(level), speed, equipment, who, reserved).run

        return self._later(work)

    def result(self, player: Player, run: Run) -> Future[Result]:
        def work() -> Result:
            past, recording = self._past(player), run.recording()
            hand = affected_hand(player.plan)
            record = record_of(run.level, recording, run.conditions, affected=hand)
            if self._keeps:
                heed_gaps(self._store, self.speaker, recording)
            if run.kept_as:
                keep_numbers(self._store, run.kept_as, record, recording)
            return self._result(player, run, record, past)

        return self._later(work)

    def _result(self, player: Player, run: Run, record: Record, past: list[RunSummary]) -> Result:
        verdicts = run.verdicts()
        whole: Summary = summary(verdicts)
        speed = run.conditions.speed
        open_now = [card.level for card in self._allowed(player)]
        known = mastered(of_wholes(past))
        offer = Recommendation(run.level, speed, StepReason.AGAIN)
        if verdicts.presses:
            step = next_step(run.level, speed, whole.hits, whole.notes, open_now, known)
            following = next((one for one in open_now if one.id == step.level_id), run.level)
            offer = Recommendation(following, step.speed, step.why)
        same = tuple(p for p in past if (p.level_id, p.bars) == (run.level.id, run.level.bars))
        part, fingers = offered(run.level, speed, verdicts), by_finger(verdicts)
        return Result(run.level, speed, verdicts, whole, fingers, offer, same, record.measures, part)

    def practice(self, run: Run) -> Recommendation | None:
        beat = max(0.0, run.tempo.beat(run.song_s()))
        return offered(run.level, run.conditions.speed, run.verdicts(), beat)

    def history(self, player: Player) -> Future[Sequence[RunSummary]]:
        return self._later(lambda: self._past(player))

    def progress(self, player: Player) -> Future[Sequence[Progress]]:
        return self._later(lambda: trends_of(self._past(player)))

    def _past(self, player: Player) -> list[RunSummary]:
        return pasts(self._store, profile_of(player)) if self._keeps else []

    @property
    def _keeps(self) -> bool:
        """Whether the store is usable; blocks until known."""
        try:
            self._store.opened.result()
        except UserError:
            return False
        return True

    def has_pin(self) -> Future[bool]:
        return self._store.has_pin()

    def set_pin(self, pin: str) -> Future[None]:
        return self._store.set_pin(pin)

    def check_pin(self, pin: str) -> Future[PinAnswer]:
        def work() -> PinAnswer:
            now = wall_time()
            answer = self._store.check_pin(pin, now).result()
            wait = (answer.locked_until - now).total_seconds() if answer.locked_until else 0.0
            return Answer(answer.right, max(0.0, wait))

        return self._later(work)

    def notices(self) -> Sequence[str]:
        errors = [t for t in (self._store.error, *self._store.notices) if t is not None]
        kept = [_(t.template, **t.parts) for t in errors]
        silent = _("No sound. Connect or switch on a speaker.") if self.speaker.error else ""
        unread = [_(t.template, **t.parts) for t in self._catalogue.errors]
        return [s for s in (*kept, self._instrument.notice(), silent, *unread) if s]
