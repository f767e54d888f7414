"""Maintainers' script: copy the few third-party browser files out of npm packages, with licence and sha256.

``python -m guatu.office.vendor`` runs ``npm pack`` for each package below; users never need node.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

SHELF = Path(__file__).parent / "static" / "office" / "vendor"
PACKAGES = {
    "bootstrap@5.3.9": ("MIT", {"dist/css/bootstrap-reboot.min.css": "bootstrap-reboot.min.css"}, ("LICENSE",)),
}
_MAP = re.compile(rb"\s*(/\*|//)# sourceMappingURL=[^\n*]*(\*/)?\s*$")


def fetch() -> dict[str, dict[str, object]]:
    """Fetch every package, write its files and licences to the shelf, and return the contents of VENDOR.json."""
    shelf: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package, (licence, files, papers) in PACKAGES.items():
            name, version = package.split("@")
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
            archive = (Path(folder) / f"{name}-{version}.tgz").read_bytes()
            for inside, outside in files.items():
                content = _MAP.sub(b"\n", _member(archive, inside))
                (SHELF / outside).write_bytes(content)
                shelf[outside] = {
                    "package": name,
                    "version": version,
                    "licence": licence,
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            for paper in papers:
                (SHELF / f"{name}.{Path(paper).name}.txt").write_bytes(_member(archive, paper))
    return shelf


def _member(archive: bytes, path: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        found = package.extractfile(f"package/{path}")
        if found is None:
            raise FileNotFoundError(path)
        return found.read()


if __name__ == "__main__":
    SHELF.mkdir(parents=True, exist_ok=True)
    (SHELF / "VENDOR.json").write_text(json.dumps(fetch(), indent=2) + "\n", encoding="utf-8")
