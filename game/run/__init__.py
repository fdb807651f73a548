"""One play-through of a level, and what it needs around it."""
