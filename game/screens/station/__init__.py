"""Setting up the station."""
