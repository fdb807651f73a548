"""The therapist area of the game."""
