"""guatu 挂图作战: from the yearly notice and the monitoring data to exact figures, status and duties."""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOME = {"read_notice": "guatu.read", "compute": "guatu.compute", "judge": "guatu.judge", "rules": "guatu.rules"}


def __getattr__(name: str) -> Any:
    """Load a public name the first time it is asked for, so that ``import guatu`` stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'guatu' has no attribute {name!r}")
    module = importlib.import_module(_HOME[name])
    return module if _HOME[name] == f"guatu.{name}" else getattr(module, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
