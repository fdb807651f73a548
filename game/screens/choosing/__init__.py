"""Choosing a player, a level and preferences."""
