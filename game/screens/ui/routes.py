"""What a stack needs of a screen, and the ways between the parts of the house that do not know each other."""

from typing import Protocol

from game.music.level_entry import AnyLevel
from game.music.note import Touch
from game.run.run import Run
from game.screens.ui.paint import Brush
from game.screens.ui.services import Player, Recommendation
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View


class StackedScreen(Protocol):
    """A screen as the stack and the window see it; what each of these does stands at `Screen`."""

    @property
    def owns_instrument(self) -> bool: ...

    @property
    def types_letters(self) -> bool: ...

    def update(self, now_s: float) -> None: ...

    def draw(self, brush: Brush, now_s: float) -> None: ...

    def verb(self, verb: Verb) -> None: ...

    def point(self, at: tuple[int, int], view: View) -> None: ...

    def touch(self, touch: Touch) -> bool: ...

    def letter(self, letter: str) -> bool: ...

    def left(self) -> None: ...


class Routes(Protocol):
    """Makes the screens that lie in another part; whoever asks puts them on the stack."""

    def play(self, level: AnyLevel, speed: float, back: Recommendation | None = None) -> StackedScreen:
        """A run of a level. back: where a part is practised, what it leads back to."""

    def watch(self, level: AnyLevel, speed: float) -> StackedScreen:
        """The program plays a level by itself."""

    def result(self, run: Run, back: Recommendation | None) -> StackedScreen:
        """What a run that ended was worth."""

    def history(self, player: Player, figures: bool = False) -> StackedScreen:
        """How it is going. figures: as a therapist reads it."""

    def station(self) -> StackedScreen:
        """This station and its instrument."""

    def therapist(self) -> None:
        """Ask for the PIN, and open the therapist's area behind it."""
