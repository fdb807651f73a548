"""The database: the only modules that import SQLAlchemy, first on the store's own thread."""
