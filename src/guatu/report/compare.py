"""Two issues beside each other: which numbers differ, and what came in between that can make them differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guatu.load.official import official_in
from guatu.load.workspace import Workspace
from guatu.report.carried import Issue


@dataclass(frozen=True, slots=True)
class Differing:
    """One figure that two issues print differently; None where an issue does not have it."""

    key: str
    first: str | None
    second: str | None
    address: str

    @property
    def sentence(self) -> str:
        """The difference as a line."""
        return f"{self.key}：{self.first or '（无）'} → {self.second or '（无）'}（guatu explain {self.address}）"


def compared(first: Issue, second: Issue) -> tuple[Differing, ...]:
    """The figures of two issues that are of the same indicator, scope and period and are printed differently."""
    then, now = _by_figure(first), _by_figure(second)
    return tuple(
        Differing(key, then[key][0], now[key][0], now[key][1])
        for key in sorted(then.keys() & now.keys())
        if then[key][0] != now[key][0]
    )


def told(ws: Workspace, first: Issue, second: Issue) -> tuple[str, ...]:
    """Each difference as a line, their number, and under any what came in between."""
    found = compared(first, second)
    later = tuple(f"其间：{words}" for words in between(ws, first.as_of, second.as_of)) if found else ()
    return (*(one.sentence for one in found), f"{len(found)} 个数不同。", *later)


def _by_figure(issue: Issue) -> dict[str, tuple[str, str]]:
    """Printed text and address of each figure, by its address without the day of knowledge."""
    return {
        f"{one.key.rpartition('/')[2].partition('@')[0]} {one.address.partition('@')[0]}": (one.printed, one.address)
        for one in issue.numbers
        if one.address
    }


def between(ws: Workspace, first: date, second: date) -> Iterator[str]:
    """What the workspace learnt after the first day and up to the second: corrections of hours, official figures."""
    low, high = sorted((first, second))
    for batch in ws.batches():
        if batch.kind == "correction" and low < batch.on <= high:
            yield f"{batch.on} 更正批次 {batch.number:04d}（{batch.reason}）"
    for official in official_in(ws.data, high):
        if low < official.day <= high:
            told = f"{official.indicator} {official.scope} {official.period} {official.value}"
            yield f"{official.day} 通报“{official.paper}”：{told}"
