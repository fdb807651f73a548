"""The ways between the parts of the screens: the one place that knows them all.

A part is imported when somebody goes there, so that the first frame does not wait for it.
"""

from game.music.level_entry import AnyLevel
from game.run.run import Run
from game.screens.ui.routes import StackedScreen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Player, Recommendation


class ScreenRoutes:
    """Makes screens for one stack."""

    def __init__(self, stack: ScreenStack) -> None:
        self._stack = stack

    def play(self, level: AnyLevel, speed: float, back: Recommendation | None = None) -> StackedScreen:
        """A run of a level."""
        from game.screens.playing.play import PlayScreen

        return PlayScreen(self._stack, level, speed, back)

    def watch(self, level: AnyLevel, speed: float) -> StackedScreen:
        """The program plays a level by itself."""
        from game.screens.playing.watch import WatchScreen

        return WatchScreen(self._stack, level, speed)

    def result(self, run: Run, back: Recommendation | None) -> StackedScreen:
        """What a run that ended was worth."""
        from game.screens.progress.result import ResultScreen

        return ResultScreen(self._stack, run, back)

    def history(self, player: Player, figures: bool = False) -> StackedScreen:
        """How it is going."""
        from game.screens.progress.history import HistoryScreen

        return HistoryScreen(self._stack, player, figures)

    def station(self) -> StackedScreen:
        """This station and its instrument."""
        from game.screens.station.station import StationScreen

        return StationScreen(self._stack)

    def therapist(self) -> None:
        """Ask for the PIN, and open the therapist's area behind it."""
        from game.screens.therapist.therapist import door

        door(self._stack)
