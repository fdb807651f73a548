"""How hard music is, and what it asks of a hand."""
