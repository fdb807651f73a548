"""Fingerfall: a falling-note game that exercises the hand. ARCHITECTURE.md tells which room is which."""

__version__ = "0.1.0"
