"""Fewer notes, fewer fingers, a smaller range, and still the piece."""
