"""What the hand did, in numbers with units. Pure; numpy."""
