"""Creates a profile without typing: pick a name and a hand. A name may also be typed."""

from game.screens.choosing.levels import LevelsScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Player, ProfileCard
from game.screens.ui.verbs import Verb
from game.words import HAND_NAMES, N_, _

NAMES = (
    N_("Robin"),
    N_("Willow"),
    N_("River"),
    N_("Maple"),
    N_("Amber"),
    N_("Linnet"),
    N_("Hazel"),
    N_("Juniper"),
    N_("Heron"),
    N_("Olive"),
    N_("Sage"),
    N_("Wren"),
)
"""Suggested names; none identifies a person."""

HANDS = ("both", "right", "left")
LONGEST_NAME = 40


class NewPlayerScreen(ListScreen):
    """Name and hand of a new profile."""

    types_letters = True

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._name = 0
        self._typed = ""
        self._hand = 0

    def title(self) -> str:
        return _("Welcome")

    def subtitle(self) -> str:
        return _("Pick a name, or type your own")

    @property
    def name(self) -> str:
        """The name entered or picked so far."""
        return self._typed.strip() or _(NAMES[self._name])

    def rows(self) -> list[Row]:
        return [
            Row(_("Name"), value=self.name, step=self._step_name, choose=self._down),
            Row(
                _("Which hand plays?"),
                value=_(HAND_NAMES[HANDS[self._hand]]),
                step=self._step_hand,
                choose=self._down,
            ),
            Row(_("Begin"), choose=self._begin),
        ]

    def _down(self) -> None:
        self.list.verb(Verb.NEXT)

    def _step_name(self, by: int) -> None:
        self._typed = ""
        self._name = (self._name + by) % len(NAMES)

    def _step_hand(self, by: int) -> None:
        self._hand = (self._hand + by) % len(HANDS)

    def letter(self, letter: str) -> bool:
        if self.list.focus != 0 or not letter.isprintable() or (letter == " " and not self._typed):
            return False
        self._typed = (self._typed + letter)[:LONGEST_NAME]
        return True

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK and self._typed and self.list.focus == 0:
            self._typed = self._typed[:-1]
        else:
            super().verb(verb)

    def _begin(self) -> None:
        services = self.stack.services
        self.stack.when(services.add_profile(self.name, HANDS[self._hand]), self._made)

    def _made(self, card: ProfileCard) -> None:
        self.stack.when(self.stack.services.choose(card), self._enter)

    def _enter(self, player: Player) -> None:
        self.stack.play_as(player)
        self.stack.replace(LevelsScreen(self.stack))
