"""guatu on a command line: thin commands, one file a room; exit codes 0 done, 1 faults in the input, 2 wrong usage."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import traceback
from typing import NoReturn

import typer

from guatu.cli.app import app
from guatu.cli.usage import UsageError, fault_of
from guatu.errors import Fault, GuatuError


def main() -> None:
    """Entry point of ``guatu``: every fault becomes one Chinese sentence, never a traceback."""
    gc.set_threshold(100_000)  # a command that lives half a second spends a tenth of it on looking for cycles
    try:
        code = app(standalone_mode=False)
    except UsageError as error:
        _refuse(error)
    except typer.Abort:
        print("已中止。", file=sys.stderr)
        sys.exit(1)
    except GuatuError as error:
        for line in error.faults or (error.message,):
            print(line, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        print(_unforeseen(error), file=sys.stderr)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(error: Exception) -> NoReturn:
    """A wrong call: the sentence, or the help page where nothing was asked for; exit code 2."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error)
    else:
        print(fault_of(error), file=sys.stderr)
    sys.exit(2)


def _unforeseen(error: Exception) -> Fault:
    """A mistake of guatu itself: the traceback goes to a file that the person can send, not to the screen."""
    with tempfile.NamedTemporaryFile("w", prefix="guatu-", suffix=".log", delete=False, encoding="utf-8") as record:
        traceback.print_exception(error, file=record)
    return Fault(
        "G-CLI-99",
        "guatu",
        f"程序自身出错（{type(error).__name__}）",
        "这一步没有做完",
        f"把 {record.name} 连同所用的命令发给维护者",
    )
