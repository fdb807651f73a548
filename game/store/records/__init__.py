"""Stored records: their types, text forms and the run recorder."""
