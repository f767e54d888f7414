"""Proof: files kept by their bytes under the workspace, checked before they are let in."""

from __future__ import annotations

import hashlib
from pathlib import Path

from guatu.errors import ActError
from guatu.load.workspace import Workspace

LARGEST = 50 * 1024 * 1024  # [byte]
KINDS = {
    ".pdf": (b"%PDF",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    ".ofd": (b"PK\x03\x04",),
}


def keep(ws: Workspace, path: Path) -> str:
    """Keep a file; returns its name among the proof, its SHA-256 with its kind."""
    return keep_bytes(ws, path.name, path.read_bytes())


def keep_bytes(ws: Workspace, name: str, content: bytes) -> str:
    """Keep what was uploaded under a name.

    Raises ActError (G-OFFICE-29) where it is too large, empty, of a kind not taken, or not of the kind it says.
    """
    kind = Path(name).suffix.lower()
    wrong = ""
    if kind not in KINDS:
        wrong = f"是“{kind or '没有后缀'}”文件，只收 {'、'.join(KINDS)}"
    elif not content:
        wrong = "是空文件"
    elif len(content) > LARGEST:
        wrong = f"{len(content) // 1024 // 1024} MB，超过 50 MB"
    elif not content.startswith(KINDS[kind]):
        wrong = f"内容不是 {kind[1:]} 文件"
    if wrong:
        raise ActError.of(f"{name}: {wrong}", "G-OFFICE-29", f"“{name}”", wrong, "不能作为佐证", "换一个文件再传")
    kept = f"{hashlib.sha256(content).hexdigest()}{kind}"
    (ws.folder / "proof").mkdir(exist_ok=True)
    target = ws.folder / "proof" / kept
    if not target.exists():
        target.write_bytes(content)
    return kept
