"""Results and progress."""
