"""The ways on from the path: exercises by step or by kind, songs, check-ups; two levels deep at most."""

from collections.abc import Sequence

from game.screens.cards import CardsScreen, PagedScreen, first_open, level_row, pages
from game.screens.families import family_name
from game.screens.house import LevelCard, Path, Rung, SongCard
from game.screens.level import LevelScreen
from game.screens.listing import ListScreen
from game.screens.rows import Row
from game.screens.stage import Stage
from game.screens.words_of_levels import last_time
from game.words import HAND_NAMES, TITLE_PARTS, _, many, titled


class ExercisesScreen(ListScreen):
    """A hand's exercises: a row for each step of the ladder, or for each kind."""

    def __init__(self, stage: Stage, path: Path) -> None:
        super().__init__(stage)
        self._path, self._by_step = path, bool(path.rungs)
        self._make()
        here = [i for i, rung in enumerate(path.rungs) if rung.step == path.here]
        self.list.focus = here[0] if here else 0

    def title(self) -> str:
        return _("Exercises")

    def subtitle(self) -> str:
        hand = _(HAND_NAMES[self._path.hand])
        return hand[:1].upper() + hand[1:]

    def rows(self) -> list[Row]:
        return self._made

    def _make(self) -> None:
        path = self._path
        found = [self._step(rung) for rung in path.rungs]
        if not self._by_step:
            found = [self._family(family, cards) for family, cards in path.families]
        order = _("by step") if self._by_step else _("by kind")
        turning = [Row(_("Order"), value=order, step=self._turn)] if path.rungs else []
        self._made = [*found, *turning]
        self.refresh()

    def _step(self, rung: Rung) -> Row:
        families = dict.fromkeys(card.level.family for card in rung.cards)
        done = _("done") if rung.climbed else _("{n} of {all}", n=rung.done, all=rung.kinds)
        title = _("Step {n}", n=rung.step)
        return Row(
            title,
            " · ".join(family_name(family) for family in families),
            value=done,
            choose=lambda: self.stage.push(CardsScreen(self.stage, title, rung.cards)),
        )

    def _family(self, family: str, cards: Sequence[LevelCard]) -> Row:
        title = family_name(family)
        return Row(
            title,
            many("{n} exercise", "{n} exercises", len(cards)),
            value=_("{n} of {all}", n=sum(card.mastered for card in cards), all=len(cards)),
            choose=lambda: self.stage.push(CardsScreen(self.stage, title, cards)),
        )

    def _turn(self, by: int) -> None:
        self._by_step = not self._by_step
        self._make()
        self.list.focus = len(self._made) - 1


class SongsScreen(PagedScreen):
    """Songs, the easiest first, a page at a time; a song leads to its levels."""

    def __init__(self, stage: Stage, songs: Sequence[SongCard]) -> None:
        self._pages = pages(songs)
        super().__init__(stage, len(self._pages))

    def title(self) -> str:
        return _("Songs")

    def subtitle(self) -> str:
        return _("Each begins with few fingers")

    def page_rows(self, page: int) -> list[Row]:
        return [self._song(song) for song in self._pages[page]]

    def _song(self, song: SongCard) -> Row:
        card = song.cards[first_open(song.cards) or 0]
        parts = card.level.title.split(TITLE_PARTS)[1:]
        return Row(
            _(song.title),
            titled(TITLE_PARTS.join(parts)) if parts else "",
            value=last_time(card),
            difficulty=card.difficulty,
            choose=lambda: self.stage.push(CardsScreen(self.stage, _(song.title), song.cards)),
            closer=lambda: self.stage.push(LevelScreen(self.stage, card)),
        )


class CheckupsScreen(ListScreen):
    """Probes: each the same on every day."""

    def __init__(self, stage: Stage, cards: Sequence[LevelCard]) -> None:
        super().__init__(stage)
        self._made = [level_row(stage, card) for card in cards]

    def title(self) -> str:
        return _("Check-ups")

    def subtitle(self) -> str:
        return _("The same each time, to see what changes")

    def rows(self) -> list[Row]:
        return self._made
