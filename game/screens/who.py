"""The first screen: who plays. A guest can begin at once."""

from collections.abc import Sequence

from game.screens.house import Player, ProfileCard
from game.screens.levels import LevelsScreen
from game.screens.listing import ListScreen
from game.screens.new_player import NewPlayerScreen
from game.screens.rows import Row
from game.screens.stage import Stage
from game.screens.therapist import door
from game.words import _, many


class WhoScreen(ListScreen):
    """Profiles, a guest, a new player, and the therapist's door."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._cards: Sequence[ProfileCard] = ()
        self._asked = False

    def title(self) -> str:
        return _("Who plays today?")

    def update(self, now_s: float) -> None:
        if not self._asked:
            self._asked = True
            self.stage.when(self.stage.house.profiles(), self._show)
        super().update(now_s)

    def look_again(self) -> None:
        """Ask for the profiles anew."""
        self._asked = False

    def _show(self, cards: Sequence[ProfileCard]) -> None:
        self._cards = cards
        self.refresh()
        self.list.focus = 0

    def rows(self) -> list[Row]:
        people = [c for c in self._cards if not c.guest]
        guest = next((c for c in self._cards if c.guest), ProfileCard("guest", "", guest=True))
        return [
            *(self._person(card, i) for i, card in enumerate(people)),
            Row(_("Just play"), _("As a guest, at once"), finger=1, choose=lambda: self._choose(guest)),
            Row(_("Someone new"), _("A place for your progress"), finger=2, choose=self._new),
            Row(_("For therapists"), _("Plan and progress, behind a PIN"), choose=self._therapist),
        ]

    def _person(self, card: ProfileCard, index: int) -> Row:
        played = many("played once", "played {n} times", card.runs) if card.runs else _("new here")
        return Row(card.name, played, finger=index % 5 + 1, choose=lambda: self._choose(card))

    def _choose(self, card: ProfileCard) -> None:
        self.stage.when(self.stage.house.choose(card), self._enter)

    def _enter(self, player: Player) -> None:
        self.stage.play_as(player)
        self.stage.push(LevelsScreen(self.stage))
        self.look_again()

    def _new(self) -> None:
        self.stage.push(NewPlayerScreen(self.stage))
        self.look_again()

    def _therapist(self) -> None:
        door(self.stage)
        self.look_again()
