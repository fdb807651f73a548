"""Song files."""
