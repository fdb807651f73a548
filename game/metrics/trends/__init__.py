"""Probes and their trends."""
