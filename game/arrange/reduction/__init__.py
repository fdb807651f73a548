"""Reduction: fewer notes, fewer fingers, a smaller range."""
