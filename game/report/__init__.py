"""What a clinician reads, on paper and as JSON. Pure."""
