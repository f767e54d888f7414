"""Layout changes nothing: however a notice was typed, copied or printed, the same things are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from guatu.read import read_notice
from tests.conftest import SHARED, real_inputs

NAMES = sorted(path.stem for path in (SHARED / "notices" / "gold").glob("*.json")) or ["none"]
WIDTH = 38  # characters a line


def plain(words: str) -> str:
    return unicodedata.normalize("NFKC", re.sub(r"[\s\"“”]", "", words))


@cache
def content(text: str) -> list[Any]:
    plan = read_notice(text)
    targets = [(t.outline, plain(t.indicator), t.scope, t.op, t.value, t.unit, t.stretch) for t in plan.targets]
    tasks = [
        (t.outline, plain(t.title), t.units, t.lead, t.coop, t.implicit_units, t.deadlines,
         [(plain(c.indicator), c.op, c.value, c.deadline) for c in t.commitments])
        for t in plan.tasks
    ]  # fmt: skip
    return [plan.head.doc_number, plan.head.year, plan.head.issue_date, targets, tasks]


def wrapped(text: str) -> str:
    """Every paragraph cut into lines of one width; no line begins with a closing mark or right after a full stop."""
    lines = []
    for line in text.split("\n"):
        while len(line) > WIDTH:
            cut = WIDTH
            while cut < len(line) and (line[cut] in "。！？；，、）)：”》" or line[cut - 1] == "。"):
                cut += 1
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return "\n".join(lines)


def page_cut(text: str) -> str:
    """Every long paragraph that ends with its mark cut in its middle by a page number."""
    cut = [
        f"{p[: len(p) // 2]}\n\n— 3 —\n\n{p[len(p) // 2 :]}" if len(p) > 160 and p[-1] in "。）" else p
        for p in text.split("\n")
    ]
    return "\n".join(cut)


CHANGES: dict[str, Callable[[str], str]] = {
    "half-width marks": lambda t: t.translate(str.maketrans("（），；：", "(),;:")),
    "square brackets": lambda t: t.replace("（责任单位", "[责任单位").replace("负责）", "负责]"),
    "full-width digits": lambda t: t.translate(str.maketrans("0123456789%", "０１２３４５６７８９％")),
    "straight quotes": lambda t: t.replace("“", '"').replace("”", '"'),
    "Windows line ends": lambda t: t.replace("\n", "\r\n"),
    "indents": lambda t: "\n".join(f"　　{line}" for line in t.split("\n")),
    "page numbers": lambda t: "\n".join(f"{p}\n— {i} —" if i % 6 == 5 else p for i, p in enumerate(t.split("\n"))),
    "bold headings": lambda t: re.sub(r"(?m)^(\s*[一二三四五六七八九十]+、.*)$", r"**\1**", t),
    "spaces beside digits": lambda t: re.sub(r"(\d+(?:\.\d+)?)", r" \1 ", t),
    "lines of one width": wrapped,
    "pages that cut": page_cut,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", NAMES)
def test_layout_changes_nothing(name: str, change: str) -> None:
    text = real_inputs("notices", "texts", f"{name}.txt").read_text(encoding="utf-8")
    noisy = CHANGES[change](text)
    if change == "square brackets":
        noisy = re.sub(r"\[责任单位[^（）\n]*）", lambda m: m[0][:-1] + "]", noisy)
        noisy = re.sub(r"（[^（）\[\]\n]*负责\]", lambda m: "[" + m[0][1:], noisy)
    assert content(noisy) == content(text)
