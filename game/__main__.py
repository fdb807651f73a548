"""`python -m game` is `fingerfall`."""

from game.cli import main

raise SystemExit(main())
