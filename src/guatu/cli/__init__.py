"""guatu on a command line: thin commands, one file a room; exit codes 0 done, 1 faults in the input, 2 wrong usage."""

from __future__ import annotations

import os
import sys

from guatu.cli.app import app
from guatu.errors import GuatuError


def main() -> None:
    """Entry point of ``guatu``: every fault becomes one Chinese sentence, never a traceback."""
    try:
        app()
    except GuatuError as error:
        for line in error.faults or (error.message,):
            print(line, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
