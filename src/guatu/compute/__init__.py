"""Indicators from observations by the clause of their day: frames in, the same kind of frame out."""

from __future__ import annotations

import importlib
from types import ModuleType

_MEDIA = ("air", "surface_water", "lakes", "groundwater")


def __getattr__(name: str) -> ModuleType:
    """Load a medium the first time it is asked for."""
    if name not in _MEDIA:
        raise AttributeError(f"module 'guatu.compute' has no attribute {name!r}")
    return importlib.import_module(f"guatu.compute.{name}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MEDIA])
