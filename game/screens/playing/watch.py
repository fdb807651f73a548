"""Watch and listen: the program plays a level by itself; any key leaves, and nothing is saved."""

from concurrent.futures import Future

from game.judge.verdicts import Judgement
from game.music.note import Touch
from game.run.ports import RunEvent
from game.run.run import Run
from game.screens.playing.play import PlayScreen
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import N_, _


class WatchScreen(PlayScreen):
    """The play screen over a run that plays itself. The player's own keys sound, and are the menu's."""

    owns_instrument = False

    def prepared(self) -> "Future[Run]":
        return self.stack.services.preview(self.stack.player, self.level, self.speed)

    @property
    def pause_key(self) -> int | None:
        return None

    @property
    def attended(self) -> bool:
        return self.stack.seen  # to watch takes no keys

    def update(self, now_s: float) -> None:
        super().update(now_s)
        if self.run and self.run.paused:  # the machine slept or the window was away, and nobody was watching
            self.stack.back()

    def _finish(self, run: Run) -> None:
        self.run = None
        self.stack.back()

    def _heed(self, happening: RunEvent, run: Run) -> None:
        super()._heed(happening, run)
        if isinstance(happening, Judgement):
            self._praise.words = ""  # there is nobody to praise

    def verb(self, verb: Verb) -> None:
        self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        self.stack.back()

    def touch(self, touch: Touch) -> bool:
        return False

    def how_to_leave(self) -> str:
        return _("back: any key of the five")

    def turn(self, run: Run, song_s: float) -> str:
        return N_("watch and listen")
