"""Which levels may be played: filtered by property, selected one by one or all at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from game.screens.ui.families import FAMILY_NAMES, family_name
from game.screens.ui.listing import ListScreen
from game.screens.ui.paged import PagedScreen, pages
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import LevelCard
from game.screens.ui.words_of_levels import about
from game.settings import Plan
from game.words import FINGER_NAMES, HAND_NAMES, N_, _, dotted, many, titled

LONG_S = 90.0
"""A level that lasts longer is long: most last up to a minute, the long ones two or three."""

DIFFICULTIES = ((0, 0), (1, 2), (3, 3), (4, 4), (5, 5), (6, 10))
LENGTHS = {"": N_("any"), "short": N_("up to a minute and a half"), "long": N_("longer")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filter of the level list; an empty value or 0 matches any.

    difficulty: from and to, rounded. caution: as it stands in the level.
    """

    family: str = ""
    finger: int = 0
    hand: str = ""
    difficulty: tuple[int, int] = (0, 0)
    length: str = ""
    caution: str = ""

    def fits(self, card: LevelCard) -> bool:
        """Whether a level is all of that."""
        level, (least, most) = card.level, self.difficulty
        return (
            self.family in ("", level.family)
            and (not self.finger or self.finger in level.fingers)
            and self.hand in ("", level.hand.value)
            and (not most or least <= round(card.difficulty) <= most)
            and (not self.length or (level.length_s() > LONG_S) == (self.length == "long"))
            and self.caution in ("", level.caution)
        )


class WantedScreen(ListScreen):
    """The filter, the number of matching levels, and the list of them.

    plan, change: as it is, and another.
    """

    def __init__(self, stack: ScreenStack, plan: Callable[[], Plan], change: Callable[[Plan], None]) -> None:
        super().__init__(stack)
        self._plan, self._change = plan, change
        self._wanted = Wanted()
        self._cards: Sequence[LevelCard] = ()
        self._found: Sequence[LevelCard] = ()
        stack.when(stack.services.all_levels(), self._show)

    def title(self) -> str:
        return _("Which exercises?")

    def subtitle(self) -> str:
        ticked = len(self._plan().levels)
        if not ticked:
            return _("With none selected, all may be played")
        return many("{n} exercise is selected", "{n} exercises are selected", ticked)

    def _show(self, cards: Sequence[LevelCard]) -> None:
        self._cards = self._found = cards

    def rows(self) -> list[Row]:
        wanted, count = self._wanted, len(self._found)
        least, most = wanted.difficulty
        found = many("{n} exercise", "{n} exercises", count)
        return [
            Row(_("Show them"), value=found, choose=self._open),
            self._row(_("Type"), "family", family_name(wanted.family), ("", *self._families())),
            self._row(
                _("Finger"), "finger", _(FINGER_NAMES[wanted.finger]) if wanted.finger else "", range(6)
            ),
            self._row(
                _("Hand"), "hand", _(HAND_NAMES[wanted.hand]) if wanted.hand else "", ("", *HAND_NAMES)
            ),
            self._row(
                _("Difficulty"),
                "difficulty",
                "" if not most else str(most) if least == most else f"{least}–{most}",
                DIFFICULTIES,
            ),
            self._row(_("Length"), "length", _(LENGTHS[wanted.length]), tuple(LENGTHS)),
            self._row(_("Caution"), "caution", _(wanted.caution), ("", *self._cautions())),
            Row(_("Select all"), value=found, choose=self._tick),
            Row(_("Clear all"), choose=self._clear),
        ]

    def _row(self, title: str, name: str, value: str, choices: Sequence[Any]) -> Row:
        def step(by: int) -> None:
            order = list(choices)
            now = getattr(self._wanted, name)
            following = order[(order.index(now) + by) % len(order)]
            self._wanted = replace(self._wanted, **{name: following})
            self._found = [card for card in self._cards if self._wanted.fits(card)]

        return Row(title, value=value or _("any"), step=step)

    def _families(self) -> list[str]:
        own = {card.level.family for card in self._cards}
        known = [family for family in FAMILY_NAMES if family in own]
        return [*known, *sorted(own - set(known))]

    def _cautions(self) -> list[str]:
        return sorted({card.level.caution for card in self._cards} - {""})

    def _open(self) -> None:
        if self._found:
            self.stack.push(AllowedScreen(self.stack, self._found, self._plan, self._change))

    def _tick(self) -> None:
        plan = self._plan()
        ticked = dict.fromkeys((*plan.levels, *(card.level.id for card in self._found)))
        self._change(replace(plan, levels=tuple(ticked)))

    def _clear(self) -> None:
        self._change(replace(self._plan(), levels=()))


class AllowedScreen(PagedScreen):
    """Levels with a box each; with none ticked anywhere, all may be played."""

    def __init__(
        self,
        stack: ScreenStack,
        cards: Sequence[LevelCard],
        plan: Callable[[], Plan],
        change: Callable[[Plan], None],
    ) -> None:
        self._pages, self._plan, self._change = pages(cards), plan, change
        super().__init__(stack, len(self._pages))

    def title(self) -> str:
        return _("Which exercises?")

    def subtitle(self) -> str:
        return _("With none selected, all may be played")

    def page_rows(self, page: int) -> list[Row]:
        ticked = set(self._plan().levels)
        return [self._row(card, card.level.id in ticked) for card in self._pages[page]]

    def _row(self, card: LevelCard, ticked: bool) -> Row:
        level = card.level
        detail = dotted((about(level), _(level.caution)))
        return Row(
            titled(level.title),
            detail,
            ticked=ticked,
            difficulty=card.difficulty,
            choose=lambda: self._toggle(level.id),
        )

    def _toggle(self, level_id: str) -> None:
        plan = self._plan()
        kept = tuple(i for i in plan.levels if i != level_id)
        levels = kept if level_id in plan.levels else (*plan.levels, level_id)
        self._change(replace(plan, levels=levels))
        self.make_again()
