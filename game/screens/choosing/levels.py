"""Choosing a level: the path, the recommended next levels with reasons, and the lists below."""

from collections.abc import Callable

from game.music.step_reason import StepReason
from game.screens.choosing.cards import level_row
from game.screens.choosing.path_picture import TALL, PathPicture
from game.screens.choosing.preferences import PreferencesScreen
from game.screens.choosing.ways import CheckupsScreen, ExercisesScreen, SongsScreen
from game.screens.ui.listing import TOP, ListScreen
from game.screens.ui.paint import Brush
from game.screens.ui.routes import StackedScreen
from game.screens.ui.rows import Row, stepped
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Path, Recommendation
from game.words import HAND_NAMES, N_, _, many

REASONS = {
    StepReason.FIRST: N_("A good place to begin"),
    StepReason.ON: N_("That went well. Here is something new."),
    StepReason.FASTER: N_("That went well. Now a little faster."),
    StepReason.AGAIN: N_("Once more, as it was"),
    StepReason.CALMER: N_("A little calmer, so that it comes easily"),
    StepReason.MORE_FINGERS: N_("The same song, with more fingers"),
    StepReason.BOTH_HANDS: N_("The same song, with both hands"),
    StepReason.SONG: N_("A song for the same fingers"),
}
"""Why a level is proposed, in plain words; no part is proposed here."""


class LevelsScreen(ListScreen):
    """This player's path. The coach's recommendation has the focus; choosing it starts it."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._path: Path | None = None
        self._hand = ""
        self._made: list[Row] = []
        self._picture = PathPicture()
        self._on_top = False

    def title(self) -> str:
        return _("What shall we play?")

    def subtitle(self) -> str:
        player, path = self.stack.player, self._path
        if path is not None and not path.following and not path.checkups:
            return _("No exercise is open yet. Please ask your therapist.")
        if path is None:
            return _("Getting ready …")
        if player.plan.minutes_a_day:
            done, whole = round(player.minutes_today), player.plan.minutes_a_day
            return _("Your plan for today: {done} of {whole} minutes done", done=done, whole=whole)
        name = player.card.name
        return _("Good to see you, {name}", name=name) if name else _("Pick whatever you like")

    def update(self, now_s: float) -> None:
        if not self._on_top:
            self._on_top = True
            self._ask()
        super().update(now_s)

    def _ask(self) -> None:
        self.stack.when(self.stack.services.path(self.stack.player, self._hand), self._show)

    def _show(self, path: Path) -> None:
        before = self._path
        self._path, self._hand = path, path.hand
        self._made = [*self._following(path), *self._ways(path), *self._always()]
        self.list.focus = self._focus_after(before, path)
        self.refresh()

    def _focus_after(self, before: Path | None, path: Path) -> int:
        """The row in focus when the path has come: the one that was, or what is proposed now."""
        if before is None:
            from_end = len(self.list.rows) - self.list.focus
            return len(self._made) - from_end if self.list.focus else 0
        if before.hand != path.hand:
            return next((i for i, row in enumerate(self._made) if row.step), 0)
        return 0 if _first(before) != _first(path) else self.list.focus

    def rows(self) -> list[Row]:
        return self._made or self._waiting()

    def _waiting(self) -> list[Row]:
        """While the path is not known, its main row stands there and does nothing."""
        return [Row(_("One moment …")), *self._always()]

    def _following(self, path: Path) -> list[Row]:
        return [self._proposal(path, one) for one in path.following]

    def _proposal(self, path: Path, one: Recommendation) -> Row:
        words = _(REASONS.get(one.why, REASONS[StepReason.ON]))
        return level_row(self.stack, path.card_of(one), words, self._leave)

    def _ways(self, path: Path) -> list[Row]:
        rows = []
        if path.families:
            step = _("step {n}", n=path.here) if path.here else ""
            exercises = self._to(lambda: ExercisesScreen(self.stack, path))
            rows.append(Row(_("Exercises"), _("By step or by type"), value=step, choose=exercises))
        if path.songs:
            count = many("{n} song", "{n} songs", len(path.songs))
            songs = self._to(lambda: SongsScreen(self.stack, path.songs, path.hand))
            rows.append(Row(_("Songs"), _("Each with few fingers or many"), value=count, choose=songs))
        if path.checkups:
            checks = self._to(lambda: CheckupsScreen(self.stack, path.checkups, path.hand))
            rows.append(
                Row(_("Progress checks"), _("The same each time, to see what changes"), choose=checks)
            )
        if len(path.hands) > 1:
            rows.append(Row(_("Hand"), value=_(HAND_NAMES[path.hand]), step=self._other_hand))
        return rows

    def _always(self) -> list[Row]:
        history = self._to(lambda: self.stack.routes.history(self.stack.player))
        preferences = self._to(lambda: PreferencesScreen(self.stack))
        return [
            Row(_("Your progress"), _("From day to day, as a picture"), choose=history),
            Row(_("Settings"), _("Text, colours, sound, language"), choose=preferences),
        ]

    def _to(self, screen: Callable[[], StackedScreen]) -> Callable[[], None]:
        def go() -> None:
            self._leave()
            self.stack.push(screen())

        return go

    def _leave(self) -> None:
        self._on_top = False

    def _other_hand(self, by: int) -> None:
        if self._path:
            self._hand = stepped(self._path.hands, self._hand, by)
            self._ask()

    def over(self, brush: Brush, top: float) -> float:
        path = self._path
        if path is None or not path.rungs:
            return top
        self._picture.draw(brush, path.rungs, path.here, top - TOP)
        return top - TOP + TALL + 8


def _first(path: Path | None) -> str:
    """Id of the first recommendation."""
    return path.following[0].level.id if path and path.following else ""
