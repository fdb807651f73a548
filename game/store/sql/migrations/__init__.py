"""Migrations from earlier database versions (Alembic)."""
