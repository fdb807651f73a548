"""Which hand plays which note."""
