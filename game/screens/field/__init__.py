"""The notes, the lanes and the keys."""
