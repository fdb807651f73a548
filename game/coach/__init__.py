"""From past runs to the next level, how fast, and why."""
