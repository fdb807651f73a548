"""Lists below the path: exercises by step or by type, songs, progress checks; at most two lists deep."""

from collections.abc import Callable, Sequence

from game.screens.choosing.cards import CardsScreen, WayScreen, first_open
from game.screens.choosing.level import LevelScreen
from game.screens.ui.families import family_name
from game.screens.ui.paged import pages
from game.screens.ui.rows import Row
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import LevelCard, Path, Rung, SongCard
from game.screens.ui.words_of_levels import last_time
from game.words import HAND_NAMES, _, dotted, many, titled


class ExercisesScreen(WayScreen):
    """A hand's exercises: a row for each step of the ladder, or for each family."""

    def __init__(self, stack: ScreenStack, path: Path) -> None:
        super().__init__(stack, path.hand, 1)
        self._path, self._by_step = path, bool(path.rungs)
        self.refresh()
        here = [i for i, rung in enumerate(path.rungs) if rung.step == path.here]
        self.list.focus = here[0] if here else 0

    def title(self) -> str:
        return _("Exercises")

    def subtitle(self) -> str:
        hand = _(HAND_NAMES[self.hand])
        return hand[:1].upper() + hand[1:]

    def renew(self, path: Path) -> None:
        self._path = path
        self.make_again()

    def page_rows(self, page: int) -> list[Row]:
        path = self._path
        found = [self._step(rung) for rung in path.rungs]
        if not self._by_step:
            found = [self._family(family, cards) for family, cards in path.families]
        order = _("by step") if self._by_step else _("by type")
        turning = [Row(_("Order"), value=order, step=self._turn)] if path.rungs else []
        return [*found, *turning]

    def _step(self, rung: Rung) -> Row:
        families = dict.fromkeys(card.level.family for card in rung.cards)
        done = _("done") if rung.climbed else _("{n} of {all}", n=rung.done, all=rung.kinds)
        title = _("Step {n}", n=rung.step)
        about = dotted(family_name(family) for family in families)
        return Row(title, about, value=done, choose=self._to(title, rung.cards))

    def _family(self, family: str, cards: Sequence[LevelCard]) -> Row:
        title = family_name(family)
        count = many("{n} exercise", "{n} exercises", len(cards))
        done = _("{n} of {all}", n=sum(card.mastered for card in cards), all=len(cards))
        return Row(title, count, value=done, choose=self._to(title, cards))

    def _to(self, title: str, cards: Sequence[LevelCard]) -> Callable[[], None]:
        def go() -> None:
            self.leave()
            self.stack.push(CardsScreen(self.stack, title, cards, self.hand))

        return go

    def _turn(self, by: int) -> None:
        self._by_step = not self._by_step
        self.make_again()
        self.refresh()
        self.list.focus = len(self.list.rows) - 1


class SongsScreen(WayScreen):
    """Songs, the easiest first, a page at a time; a song leads to its levels."""

    def __init__(self, stack: ScreenStack, songs: Sequence[SongCard], hand: str) -> None:
        self._pages = pages(songs)
        super().__init__(stack, hand, len(self._pages))

    def title(self) -> str:
        return _("Songs")

    def subtitle(self) -> str:
        return _("Each begins with few fingers")

    def renew(self, path: Path) -> None:
        self._pages = pages(path.songs)
        self.make_again()

    def page_rows(self, page: int) -> list[Row]:
        return [self._song(song) for song in self._pages[page]]

    def _song(self, song: SongCard) -> Row:
        card = song.cards[first_open(song.cards) or 0]
        title = _(song.title)
        return Row(
            title,
            titled(card.level.arrangement),
            value=last_time(card),
            difficulty=card.difficulty,
            choose=lambda: self._open(CardsScreen(self.stack, title, song.cards, self.hand)),
            closer=lambda: self._open(LevelScreen(self.stack, card)),
        )

    def _open(self, screen: Screen) -> None:
        self.leave()
        self.stack.push(screen)


class CheckupsScreen(CardsScreen):
    """Probes: each the same on every day."""

    def __init__(self, stack: ScreenStack, cards: Sequence[LevelCard], hand: str) -> None:
        super().__init__(stack, _("Progress checks"), cards, hand)

    def subtitle(self) -> str:
        return _("The same each time, to see what changes")
