"""A moment held still: while a wall is judged, what the files say is asked once and stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def still() -> Iterator[None]:
    """Within, functions marked by ``once`` answer the same question from memory; a load that ends meanwhile waits.

    The outermost block holds; nothing is remembered after it.
    """
    token = _kept.set({}) if _kept.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _kept.reset(token)


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Ask a function of files only once in a moment held still; elsewhere it is asked each time."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        kept = _kept.get()
        if kept is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(kwargs.items()))
        if key not in kept:
            kept[key] = function(*args, **kwargs)
        found: T = kept[key]
        return found

    return asked
