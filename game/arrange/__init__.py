"""How music becomes an exercise for this hand: hands, reduction, fingering, difficulty. Pure."""
