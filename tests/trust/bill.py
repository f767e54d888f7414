"""The bill of materials of an installation in CycloneDX 1.6: python -m tests.trust.bill > guatu.cdx.json."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Any


def needed(name: str, extras: frozenset[str] = frozenset({"office", "pdf"})) -> dict[str, set[str]]:
    """Each distribution that guatu needs with these extras → those it needs itself; only what is installed."""
    found: dict[str, set[str]] = {}
    waiting = [(name, extras)]
    while waiting:
        one, wanted = waiting.pop()
        key = plain(one)
        below = {plain(other) for other in requirements(one, wanted) if installed(other)}
        new = below - found.get(key, set()) or key not in found
        found.setdefault(key, set()).update(below)
        waiting += [(other, frozenset()) for other in below if other not in found] if new else []
    return found


def requirements(name: str, extras: frozenset[str]) -> Iterator[str]:
    """Names a distribution requires, for these extras."""
    for line in metadata.requires(name) or ():
        marker = line.partition(";")[2]
        of = re.search(r"extra\s*==\s*['\"]([^'\"]+)", marker)
        if of is None or of[1] in extras:
            yield re.match(r"[A-Za-z0-9._-]+", line)[0]  # type: ignore[index]


def installed(name: str) -> bool:
    """Whether a distribution is there."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def plain(name: str) -> str:
    """A name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """What a distribution says of its licence, in one line."""
    said = metadata.metadata(name)
    classed = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    words = said.get("License-Expression") or "、".join(classed) or said.get("License") or "未写明"
    return words.splitlines()[0][:80] if words.strip() else "未写明"


def bill() -> dict[str, Any]:
    """The whole bill, in an order that stays the same."""
    tree = needed("guatu")
    parts = [
        {
            "type": "library",
            "bom-ref": reference(name),
            "name": name,
            "version": metadata.version(name),
            "purl": reference(name),
            "licenses": [{"license": {"name": licence(name)}}],
        }
        for name in sorted(tree)
        if name != "guatu"
    ]
    own = {"type": "application", "bom-ref": reference("guatu"), "name": "guatu", "version": metadata.version("guatu")}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": parts,
        "dependencies": [
            {"ref": reference(name), "dependsOn": [reference(one) for one in sorted(tree[name])]}
            for name in sorted(tree)
        ],
    }


def reference(name: str) -> str:
    """The package URL."""
    return f"pkg:pypi/{plain(name)}@{metadata.version(name)}"


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, ensure_ascii=False, indent=1)
