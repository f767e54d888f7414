"""What a score was made of, named and stamped: the newest batches that count on a day, and a stamp of all files."""

from __future__ import annotations

import hashlib
from datetime import date

from guatu.load.batches import FOLDER, counting
from guatu.load.workspace import Workspace


def version_of(ws: Workspace, as_of: date) -> str:
    """The newest batch of each kind that counts on a day, as ``air-hourly/0003 water/0001``; empty without data."""
    found = []
    for kind in FOLDER:
        batches = counting(ws.data, as_of, kind)
        if batches:
            found.append(f"{kind}/{max(batch.number for batch in batches):04d}")
    return " ".join(found)


def stamp_of(ws: Workspace) -> str:
    """Changes whenever anything is loaded, published, planned or registered anew; what is kept goes by it."""
    paths = [ws.folder / "guatu.toml", ws.data / "official.json"]
    paths += sorted((ws.folder / "plan").glob("*.toml"))
    paths += [ws.data / name / "manifest.json" for name in sorted(set(FOLDER.values()))]
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
