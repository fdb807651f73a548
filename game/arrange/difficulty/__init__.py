"""Difficulty of music and its demands on a hand."""
