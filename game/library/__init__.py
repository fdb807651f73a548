"""Level and song files: reading, checking, writing."""
