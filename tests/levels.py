"""The program's own levels, read once for all tests: there are hundreds, and reading them takes a second."""

from game.coach import in_ramp_order
from game.store.level_files import library
from game.store.places import data_folder

LIBRARY = library(data_folder("levels"))
RAMP = in_ramp_order(LIBRARY)
