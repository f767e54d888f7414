"""What the doctor says of one thing: all right, worth knowing, or wrong, and then what to do."""

from __future__ import annotations

from dataclasses import dataclass

GOOD, HINT, WRONG = "正常", "提示", "问题"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; remedy is empty where there is nothing to do."""

    level: str
    what: str
    words: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.level}\t{self.what}\t{self.words}" + (f"。请{self.remedy}" if self.remedy else "")


def good(what: str, words: str) -> Finding:
    """All right."""
    return Finding(GOOD, what, words)


def hint(what: str, words: str, remedy: str) -> Finding:
    """Works, but somebody should know."""
    return Finding(HINT, what, words, remedy)


def wrong(what: str, words: str, remedy: str) -> Finding:
    """Must be mended."""
    return Finding(WRONG, what, words, remedy)
