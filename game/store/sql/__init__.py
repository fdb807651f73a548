"""The database itself: the only modules that import SQLAlchemy, first of all on the store's own thread."""
