"""The verbs of the command line: the one place where devices, store and screens are built."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    raise SystemExit("not yet")
