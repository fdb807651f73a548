"""The clinical record: which press belongs to which note, from the whole run."""
