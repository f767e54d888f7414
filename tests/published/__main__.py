"""``sh dev published FILE…``: hold guatu against published rows; ``ID pass|fail|recorded ours expected`` a line.

Every module of this package with ``TOPICS`` (topic → adapter from a row's input to named answers) takes part. Where
two media share a topic, the one whose adapter knows the row's fields answers; an adapter that misses a field raises
KeyError. ``NOT_COMPUTED`` of a module names printed words that are no figure. An unknown topic fails.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import tests.published as package
from tests.published.compare import agrees, shown


def media() -> list[Any]:
    """The modules of the package that have adapters."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    names = [name for name in names if not name.startswith(("test_", "__"))]
    modules = [importlib.import_module(f"tests.published.{name}") for name in names]
    return [module for module in modules if hasattr(module, "TOPICS")]


def outcome(row: Mapping[str, Any]) -> tuple[str, str]:
    """``pass``, ``fail`` or ``recorded`` for a row, and what guatu says."""
    if row["topic"] == "recorded":
        return "recorded", "-"
    tolerance = Decimal(str(row.get("tolerance") or 0))
    unknown = "unknown-topic"
    for module in media():
        if row["topic"] not in module.TOPICS:
            continue
        try:
            ours = module.TOPICS[row["topic"]](row["input"])
        except KeyError as missing:
            unknown = f"unknown-field:{missing.args[0]}"
            continue
        left_out = getattr(module, "NOT_COMPUTED", ())
        return ("pass" if agrees(ours, row["expected"], tolerance, left_out) else "fail"), shown(ours)
    return "fail", unknown


def main(files: list[str]) -> int:
    """Print one line a row and the count; 1 when a row fails, 2 without a file."""
    if not files:
        print("用法：sh dev published FILE…", file=sys.stderr)
        return 2
    passed = failed = 0
    for name in files:
        for row in json.loads(Path(name).read_text(encoding="utf-8"), parse_float=Decimal)["checks"]:
            said, ours = outcome(row)
            passed += said == "pass"
            failed += said == "fail"
            print(
                row["id"],
                said,
                ours,
                shown(row["expected"]) if isinstance(row["expected"], Mapping) else row["expected"],
            )
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
