"""What is kept: its nouns, its text forms and its recorder."""
