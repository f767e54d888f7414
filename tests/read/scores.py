"""How well the reference notices are read, as the table of docs/reading.md: python -m tests.read.scores [--write]."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from guatu.read import read_notice

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOC = Path(__file__).resolve().parents[2] / "docs" / "reading.md"
BEGIN, END = "<!-- scores: python -m tests.read.scores --write -->", "<!-- end of scores -->"
FIELDS = {
    "doc": "head", "targets": "targets", "tasks": "tasks", "units": "bodies", "lead": "lead", "coop": "coop",
    "implicit": "implied", "deadlines": "dates", "commitments": "figures",
}  # fmt: skip


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", SHARED / "tools" / "score_reading.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table() -> str:
    """A row a notice: right of read, or right / read / in the reference where they differ; empty: nothing to read."""
    scorer = tool()
    lines = [f"| notice | {' | '.join(FIELDS.values())} |", f"| --- |{' ---: |' * len(FIELDS)}"]
    total: dict[str, list[int]] = {field: [0, 0, 0] for field in FIELDS}
    for path in sorted((SHARED / "notices" / "gold").glob("*.json")):
        text = SHARED / "notices" / "texts" / f"{path.stem}.txt"
        read = json.loads(json.dumps(read_notice(text).to_dict()))
        scored = scorer.score(json.loads(path.read_text(encoding="utf-8")), read, text.read_text(encoding="utf-8"))
        for field in FIELDS:
            total[field] = [a + b for a, b in zip(total[field], scored[field], strict=True)]
        lines.append(f"| {path.stem} | {' | '.join(cell(scored[field]) for field in FIELDS)} |")
    lines.append(f"| all | {' | '.join(cell(total[field]) for field in FIELDS)} |")
    return "\n".join(lines)


def cell(counts: tuple[int, int, int] | list[int]) -> str:
    hits, read, gold = counts
    if hits == read == gold:
        return str(gold) if gold else ""
    return f"**{hits} / {read} / {gold}**"


def written(text: str) -> str:
    """The document with its table put in anew."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    if "--write" in sys.argv:
        DOC.write_text(written(DOC.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table())
