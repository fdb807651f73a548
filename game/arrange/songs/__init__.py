"""From a song of the library to its levels."""
