"""The row that leads to a part of a level, in a pause and after a run."""

from collections.abc import Callable

from game.screens.ui.rows import Row
from game.screens.ui.services import Recommendation
from game.screens.ui.words_of_levels import bars_words
from game.words import _


def practice_row(offer: Recommendation, choose: Callable[[], None]) -> Row:
    """A row that leads to a part, saying which bars it is."""
    bars = bars_words(offer.level.bars) if offer.level.bars else ""
    return Row(_("Practise this part"), bars, choose=choose)
