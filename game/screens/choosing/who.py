"""The first screen: who plays. A guest can begin at once."""

from collections.abc import Sequence

from game.screens.choosing.levels import LevelsScreen
from game.screens.choosing.new_player import NewPlayerScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Player, ProfileCard
from game.screens.ui.verbs import Verb
from game.words import _, many


class WhoScreen(ListScreen):
    """Profiles, guest, new player, and the therapist area."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self._cards: Sequence[ProfileCard] | None = None
        self._asked = False

    def title(self) -> str:
        return _("Who plays today?")

    def update(self, now_s: float) -> None:
        if not self._asked:
            self._asked = True
            self.stack.when(self.stack.services.profiles(), self._show)
        super().update(now_s)

    def look_again(self) -> None:
        """Reload the profiles."""
        self._asked = False

    def _show(self, cards: Sequence[ProfileCard]) -> None:
        before, self._cards = self._cards, cards
        focus, from_end = self.list.focus, len(self.list.rows) - self.list.focus
        self.refresh()
        if before is None:
            self.list.focus = len(self.list.rows) - from_end if focus else 0
        elif [card.id for card in before] != [card.id for card in cards]:
            self.list.focus = 0

    def rows(self) -> list[Row]:
        cards = self._cards or ()
        people = [self._person(card) for card in cards if not card.guest]
        guest = next((c for c in cards if c.guest), ProfileCard("guest", "", guest=True))
        waiting = [Row(_("One moment …"))] if self._cards is None else []
        return [
            *waiting,
            *people,
            Row(_("Just play"), _("As a guest"), choose=lambda: self._choose(guest)),
            Row(_("New player"), _("Saves your progress"), initial="+", choose=self._new),
            Row(_("For therapists"), _("Plan and progress, behind a PIN"), choose=self._therapist),
        ]

    def _person(self, card: ProfileCard) -> Row:
        played = many("played once", "played {n} times", card.runs) if card.runs else _("new here")
        return Row(card.name, played, initial=card.name[:1].upper(), choose=lambda: self._choose(card))

    def _choose(self, card: ProfileCard) -> None:
        self.stack.when(self.stack.services.choose(card), self._enter)

    def _enter(self, player: Player) -> None:
        self.stack.play_as(player)
        self.stack.push(LevelsScreen(self.stack))
        self.look_again()

    def _new(self) -> None:
        self.stack.push(NewPlayerScreen(self.stack))
        self.look_again()

    def verb(self, verb: Verb) -> None:
        if verb is Verb.BACK:
            self.stack.push(LeaveScreen(self.stack))
        else:
            super().verb(verb)

    def _therapist(self) -> None:
        self.stack.routes.therapist()
        self.look_again()


class LeaveScreen(ListScreen):
    """Asks before the game closes; going back stays."""

    def title(self) -> str:
        return _("Stop for today?")

    def rows(self) -> list[Row]:
        return [
            Row(_("Stay"), choose=self.stack.back),
            Row(_("Stop for today"), _("Everything you played is saved"), choose=self.stack.close),
        ]
