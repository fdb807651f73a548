"""One file per version, in order; a released file is never changed."""
