"""A player's settings: text size, colours, sound, motion, language. Changes apply at once and are saved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row, stepped
from game.settings import LANGUAGES, TEXT_SCALES, THEMES, Settings
from game.words import N_, _, language, percent

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "ar": "العربية"}
THEME_NAMES = {
    "night": N_("night"),
    "paper": N_("paper"),
    "night-contrast": N_("night, high contrast"),
    "paper-contrast": N_("paper, high contrast"),
}
VOLUMES = tuple(i / 10 for i in range(11))


class PreferencesScreen(ListScreen):
    """A player's settings."""

    def title(self) -> str:
        return _("Settings")

    def subtitle(self) -> str:
        return _("Changes are saved")

    def rows(self) -> list[Row]:
        s = self.stack.settings
        return [
            self._row(_("Text size"), percent(100 * s.text_scale), "text_scale", TEXT_SCALES),
            self._row(_("Colours"), _(THEME_NAMES.get(s.theme, s.theme)), "theme", THEMES),
            self._row(_("Sound of the keys"), _volume(s.keys_volume), "keys_volume", VOLUMES),
            self._row(_("Sound of the music"), _volume(s.music_volume), "music_volume", VOLUMES),
            self._row(_("Sound of the beat"), _volume(s.click_volume), "click_volume", VOLUMES),
            self._row(
                _("Calm motion"), _("on") if s.reduced_motion else _("off"), "reduced_motion", (False, True)
            ),
            self._row(_("Words of songs"), _("on") if s.lyrics else _("off"), "lyrics", (True, False)),
            self._row(_("Language"), LANGUAGE_NAMES.get(language(), language()), "language", LANGUAGES),
        ]

    def _row(self, title: str, value: str, name: str, choices: Sequence[Any]) -> Row:
        def step(by: int) -> None:
            now = language() if name == "language" else getattr(self.stack.settings, name)
            self.change(name, stepped(choices, now, by))

        return Row(title, value=value, step=step)

    def change(self, name: str, value: Any) -> None:
        """Change one setting, apply and save it."""
        settings: Settings = replace(self.stack.settings, **{name: value})
        self.stack.play_as(self.stack.services.save_settings(self.stack.player, settings))


def _volume(volume: float) -> str:
    return _("silent") if volume == 0 else f"{round(volume * 10)}"
