"""The database file: what it is called, and how it says whose it is and of which version."""

FILE_NAME = "fingerfall.db"

APPLICATION_ID = 0x46464C4C
"""Identifies the file as ours in its header ("FFLL")."""

VERSION = 2
"""The newest migration's number; stored in each database, so that an older program refuses it."""
