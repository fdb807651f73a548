"""What a press was worth. Pure: it is told the time."""
