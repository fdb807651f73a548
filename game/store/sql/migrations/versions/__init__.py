"""One file a version, in order; a file that was released is never changed."""
