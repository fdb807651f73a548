"""The verbs of the command line, a file a group. A part of `cli`: may import everything."""
