"""What is asked of the hand and what came back. Pure: no clock, no device, no file."""
