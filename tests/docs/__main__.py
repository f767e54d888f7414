"""``python -m tests.docs`` writes the pages of docs/ that are made from the program."""

from __future__ import annotations

from pathlib import Path

from tests.docs.reference import PAGES

FOLDER = Path(__file__).resolve().parents[2] / "docs"

for name, make in PAGES.items():
    path = FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(make(), encoding="utf-8")
    print(path.relative_to(FOLDER.parent))
