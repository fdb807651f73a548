"""Judging of presses. Pure: the time is an argument."""
