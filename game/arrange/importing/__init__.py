"""From a MIDI file to a level."""
