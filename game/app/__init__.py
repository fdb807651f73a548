"""The application between the rooms: services for the screens, instrument, recorders, level catalogue."""
