"""Readers written in Rust give up on some broken files with a panic that no ``except Exception`` catches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def panics_told() -> Iterator[None]:
    """Turn a panic of calamine or Polars inside the block into a ValueError; everything else goes through."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("the file is broken in a way its reader does not know") from None
