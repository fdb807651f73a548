"""Draws every screen in a canned state to PNG files: `python -m tests.gallery [FOLDER] [--quick]`."""

import argparse
import os
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.screens.ui.paint import Brush
from game.screens.ui.text_renderer import TextRenderer
from game.settings import Settings
from game.words import PSEUDO, use_language
from tests.scenes import SCENES, scene

SIZES = ((1280, 720), (1920, 1080))
README = (("play", "night"), ("levels", "night"), ("result", "paper"))
LOOKS = {
    "night": Settings(),
    "paper": Settings(theme="paper"),
    "night-contrast": Settings(theme="night-contrast"),
    "arabic": Settings(language="ar"),
    "german-paper": Settings(language="de", theme="paper"),
    "longer": Settings(language=PSEUDO),
    "large": Settings(text_scale=2.0),
    "large-longer": Settings(text_scale=1.5, language=PSEUDO, theme="paper"),
}


def picture(name: str, settings: Settings, size: tuple[int, int]) -> pygame.Surface:
    """One screen as it would be seen."""
    surface = pygame.display.set_mode(size)
    stack, clock = scene(name, settings)
    stack.top.draw(Brush(surface, stack.view(size), TextRenderer()), clock.now_s())
    return surface.copy()


def draw_readme(folder: Path) -> int:
    """The pictures that the README shows."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, look in README:
        pygame.image.save(picture(name, LOOKS[look], SIZES[0]), str(folder / f"{name}-{look}.png"))
    return len(README)


def main() -> None:
    """Draw all, or with --quick the two themes at 720p, or with --readme what the README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="gallery", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--look", default="")
    chosen = parser.parse_args()
    if chosen.readme:
        pygame.display.init()
        print(f"{draw_readme(Path('docs/pictures'))} pictures are in docs/pictures")
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    pygame.display.init()
    drawn = 0
    for size in SIZES[:1] if chosen.quick else SIZES:
        for look, settings in LOOKS.items():
            if (
                chosen.quick and not chosen.look and look not in ("night", "paper")
            ) or chosen.look not in look:
                continue
            for name in SCENES:
                if chosen.only in name:
                    path = chosen.folder / f"{name}-{look}-{size[1]}p.png"
                    pygame.image.save(picture(name, settings, size), str(path))
                    drawn += 1
    use_language("en")
    print(f"{drawn} pictures are in {chosen.folder}")


if __name__ == "__main__":
    main()
