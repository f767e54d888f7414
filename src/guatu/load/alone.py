"""One load at a time: the operating system holds the lock, and lets it go at once when its holder is killed."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from guatu.base.clock import beijing_now
from guatu.errors import LoadError

NAME = "loading.lock"
PATIENCE = 3.0  # [s] a second load waits for a short one before it gives up
_PAUSE = 0.05  # [s]
_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def alone(folder: Path, person: str = "") -> Iterator[None]:
    """Hold a folder against other loads, of other processes and other threads; whoever holds it may ask again.

    person: named to those who wait. The file of the lock stays, empty, when it is let go: what counts is who holds it,
    not that it is there. Raises LoadError (G-LOAD-18) where another load holds it for longer than PATIENCE.
    """
    folder = folder.resolve()
    if folder in _held.get():
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("a+b") as lock:
        _wait(lock, folder)
        told = f"{person} {beijing_now():%H:%M}".strip()
        _say(lock, told)
        token = _held.set(_held.get() | {folder})
        try:
            yield
        finally:
            _held.reset(token)
            _say(lock, "")
            _let_go(lock)


def is_held(folder: Path) -> bool:
    """Whether somebody holds the folder at this moment."""
    try:
        with (folder / NAME).open("r+b") as lock:
            if not _grip(lock):
                return True
            _let_go(lock)
    except FileNotFoundError:
        return False
    return False


def _wait(lock: IO[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _grip(lock):
        if time.monotonic() > until:
            who = _said(folder)
            raise LoadError.of(
                "another load is running",
                "G-LOAD-18",
                "工作区",
                f"另一份数据正在入库{f'（{who} 开始）' if who else ''}",
                "同时写会互相覆盖",
                "等它结束再传",
            )
        time.sleep(_PAUSE)


def _said(folder: Path) -> str:
    try:
        return (folder / NAME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _say(lock: IO[bytes], words: str) -> None:
    lock.truncate(0)
    lock.write(words.encode())
    lock.flush()


if sys.platform == "win32":
    import msvcrt

    def _grip(lock: IO[bytes]) -> bool:
        lock.seek(0)
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(lock: IO[bytes]) -> None:
        lock.seek(0)
        msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _grip(lock: IO[bytes]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _let_go(lock: IO[bytes]) -> None:
        fcntl.flock(lock, fcntl.LOCK_UN)
