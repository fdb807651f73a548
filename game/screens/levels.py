"""Choose a level: in ramp order, with how difficult it is and how it went last time."""

from collections.abc import Sequence

from game.music.level import Instrument, Level
from game.screens.history import HistoryScreen
from game.screens.house import LevelCard
from game.screens.listing import ListScreen
from game.screens.play import PlayScreen
from game.screens.preferences import PreferencesScreen
from game.screens.rows import Row
from game.screens.stage import Stage
from game.words import HAND_NAMES, _, many, titled

MASTERED_PCT = 85.0


class LevelsScreen(ListScreen):
    """What this player may play, and the ways to progress and settings after it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._cards: Sequence[LevelCard] | None = None
        self._levels: list[Row] = []  # made once, since a list may be long and is asked for in every frame
        self._on_top = False

    def title(self) -> str:
        return _("What shall we play?")

    def subtitle(self) -> str:
        player = self.stage.player
        if self._cards is not None and not self._cards:
            return _("No level is open yet; please ask your therapist")
        if player.plan.minutes_a_day:
            done, whole = round(player.minutes_today), player.plan.minutes_a_day
            return _("Your plan for today: {done} of {whole} minutes done", done=done, whole=whole)
        name = player.card.name
        return _("Good to see you, {name}", name=name) if name else _("Pick whatever you like")

    def update(self, now_s: float) -> None:
        if not self._on_top:
            self._on_top = True
            self.stage.when(self.stage.house.levels(self.stage.player), self._show)
        super().update(now_s)

    def _show(self, cards: Sequence[LevelCard]) -> None:
        first = self._cards is None
        cards = [card for card in cards if self._fits(card.level)]
        self._cards = cards
        self._levels = [self._level(card) for card in cards]
        self.refresh()
        if first:
            self.list.focus = suggested(cards)

    def _fits(self, level: Level) -> bool:
        """Levels for pads are for instruments that have them, unless a therapist ticked them."""
        on_pads = self.stage.instrument.pads or level.id in self.stage.player.plan.levels
        return on_pads or level.instrument is not Instrument.PADS

    def rows(self) -> list[Row]:
        return [
            *self._levels,
            Row(_("How it is going"), _("Your own progress as a picture"), choose=self._history),
            Row(_("Make it yours"), _("Text, colours, sound, language"), choose=self._preferences),
        ]

    def _level(self, card: LevelCard) -> Row:
        last = card.last_hit_pct
        return Row(
            titled(card.level.title),
            about(card.level, card.speed),
            value=_("new") if last is None else _("last time {pct} %", pct=round(last)),
            finger=card.level.fingers[0] if card.level.fingers else 0,
            difficulty=card.difficulty,
            choose=lambda: self._play(card),
        )

    def _play(self, card: LevelCard) -> None:
        self._on_top = False
        self.stage.push(PlayScreen(self.stage, card.level, card.speed))

    def _history(self) -> None:
        self.stage.push(HistoryScreen(self.stage, self.stage.player))

    def _preferences(self) -> None:
        self.stage.push(PreferencesScreen(self.stage))


def suggested(cards: Sequence[LevelCard]) -> int:
    """Where the focus starts: the first level that is new or not yet easy."""
    for i, card in enumerate(cards):
        if card.last_hit_pct is None or card.last_hit_pct < MASTERED_PCT or card.speed < 1.0:
            return i
    return 0


def about(level: Level, speed: float = 1.0) -> str:
    """Hand, tempo and length of a level in a line."""
    minutes = max(1, round(level.length_s(speed) / 60))
    hand = _(HAND_NAMES[level.hand.value])
    return " · ".join(
        (
            hand[:1].upper() + hand[1:],
            _("{bpm} bpm", bpm=round(level.tempo.bpm(0) * speed)),
            many("{n} min", "{n} min", minutes),
        )
    )
