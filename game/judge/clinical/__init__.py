"""The clinical record: matches presses to notes, seeing the whole run."""
