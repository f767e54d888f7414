"""The table of terms speaks of names that the program has."""

from __future__ import annotations

import re

from tests.docs.blocks import ROOT


def test_every_name_in_the_table_of_terms_is_one_of_the_code() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "guatu").rglob("*.py"))
    words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", source))
    lost = []
    for line in (ROOT / "docs" / "术语.md").read_text(encoding="utf-8").splitlines():
        cells = line.split("|")
        if len(cells) < 4:
            continue
        for name in re.findall(r"`([^`]+)`", cells[2]):
            for part in re.findall(r"[A-Za-z_][A-Za-z_0-9]*", name):
                made = re.sub(r"^(n|valid)_", "", part)  # n_ and valid_ are put before the name of an item
                lost += [part] if part not in words and made not in words else []
    assert lost == []
