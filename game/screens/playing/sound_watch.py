"""Reports once, and marks in the run, that the sound was lost or came back during play."""

from game.run.run import Run
from game.screens.ui.services import Services
from game.words import N_, _

SAID_S = 6.0
"""Seconds for which the notice replaces the lyrics."""


class SoundWatch:
    """Whether there is sound, from the start of a run on."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._heard = services.heard()
        self._words, self._until_s = "", 0.0

    def look(self, run: Run, now_s: float) -> None:
        """Check the sound; called once a frame."""
        heard = self._services.heard()
        if heard == self._heard:
            return
        self._heard = heard
        run.sound_changed(heard)
        self._words = N_("The sound is back") if heard else N_("The sound is gone. You can go on.")
        self._until_s = now_s + SAID_S

    def words(self, now_s: float) -> str:
        """The notice to show now, translated; usually empty."""
        return _(self._words) if now_s < self._until_s else ""
