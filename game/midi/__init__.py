"""The instrument: ports, the stand-ins for them, and Standard MIDI Files."""
