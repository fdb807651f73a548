"""Persistent data: profiles, plans, runs, station settings."""
