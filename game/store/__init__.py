"""What outlives the program: profiles, plans, runs, level files."""
