"""The fenced blocks of the documents, and the commands that stand in their sentences.

The word after ``sh`` says how a block is proved: nothing, it is run in an empty folder with a demonstration workspace
``工作区``, block after block of a page in one folder; ``serve``, its last line is a server that must answer;
``not-run`` with a reason, it cannot be run here. A comment ``<!-- prepare … -->`` holds what a reader has already and
a test must make first. A line ``#> words`` under a command must stand in what it printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PREPARED = re.compile(r"^<!-- prepare\n(.*?)^-->$", re.M | re.S)
FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```$", re.M | re.S)
INDENTED = re.compile(r"^    \S", re.M)


@dataclass(frozen=True)
class Block:
    """A fenced block: page, line, language, the words behind the language, its text."""

    page: Path
    line: int
    language: str
    said: str
    text: str

    @property
    def where(self) -> str:
        """Page and line, for messages."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """All documents but those made from the program and the changelog."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    made = {"CHANGELOG.md"}
    return sorted(path for path in found if path.name not in made and path.parent.name != "reference")


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page in order."""
    content = page.read_text(encoding="utf-8")
    found = sorted([*FENCE.finditer(content), *PREPARED.finditer(content)], key=lambda one: one.start())
    for one in found:
        line = content.count("\n", 0, one.start()) + 1
        if one.re is PREPARED:
            yield Block(page, line, "sh", "", one[1])
        else:
            language, _, said = one[2].strip().partition(" ")
            yield Block(page, line, language, said.strip(), one[3])


def inline_commands(page: Path) -> Iterator[tuple[int, str]]:
    """Commands in the sentences and tables of a page: line and words."""
    bare = FENCE.sub(lambda one: "\n" * one[0].count("\n"), page.read_text(encoding="utf-8"))
    for number, line in enumerate(bare.splitlines(), 1):
        for words in re.findall(r"`(guatu [^`]+)`", line):
            yield number, words


def indented(page: Path) -> list[int]:
    """Lines that begin a block by indenting, which no test reads."""
    bare = FENCE.sub(lambda one: "\n" * one[0].count("\n"), page.read_text(encoding="utf-8"))
    lines = bare.splitlines()
    return [n for n, line in enumerate(lines, 1) if INDENTED.match(line) and n > 1 and not lines[n - 2].strip()]
