"""The therapist's short way at the instrument."""
