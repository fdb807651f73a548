"""Fingering."""
