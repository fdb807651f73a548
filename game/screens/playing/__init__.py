"""Playing and watching a level."""
