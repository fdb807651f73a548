"""How music becomes an exercise for this hand: hands, difficulty. Pure."""
