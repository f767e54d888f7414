"""Is a bulletin still true: every number against what guatu printed and against the data as they are now."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from guatu.report.carried import Issue
from guatu.report.paper import Paper

HAND, GONE, DATA, WORDS = "手改", "书签丢失", "数据已变", "文字改动"
FAULTS = (HAND, GONE, DATA)
_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a file is not what it was, or no longer what the data say.

    kind: 手改 a number changed by hand, 书签丢失 a number that cannot be checked, 数据已变 the data give another number
    now, 文字改动 other words; where: key or paragraph; was, now: the two readings; address: what opens the number.
    """

    kind: str
    where: str
    was: str
    now: str
    address: str = ""

    @property
    def sentence(self) -> str:
        """The finding as a line."""
        opens = f"（guatu explain {self.address}）" if self.address else ""
        return f"{self.kind}：{self.where}，{self.was or '（无）'} → {self.now or '（无）'}{opens}"


def checked(issue: Issue, again: Paper, expected: tuple[str, ...]) -> tuple[Finding, ...]:
    """Check a file against the paper made again from the data; expected: the paragraphs of that paper's own file."""
    numbers = again.numbers()
    found: list[Finding] = []
    for one in issue.numbers:
        if one.stands is None:
            found.append(Finding(GONE, one.key, one.printed, "", one.address))
        elif one.stands != one.printed:
            found.append(Finding(HAND, one.key, one.printed, one.stands, one.address))
        now = numbers.get(one.key)
        if now is None or now.text != one.printed:
            found.append(Finding(DATA, one.key, one.printed, now.text if now else "", one.address))
    told = {finding.now for finding in found if finding.kind == HAND}
    changed = {finding.was for finding in found if finding.kind == DATA}
    found += _words(issue.paragraphs, expected, told | changed)
    return tuple(found)


def _words(stands: tuple[str, ...], expected: tuple[str, ...], told: set[str]) -> Iterator[Finding]:
    """Paragraphs that differ; one whose digits differ outside the bookmarks is a change of a number by hand."""
    matcher = difflib.SequenceMatcher(None, expected, stands, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        was, now = "".join(expected[a:b]), "".join(stands[c:d])
        before, after = _DIGITS.findall(was), _DIGITS.findall(now)
        others = [one for one in after if one not in told] != [one for one in before if one not in told]
        if before != after and others and not _only_told(before, after, told):
            yield Finding(HAND, "书签以外的数", was[:60], now[:60])
        elif before == after:
            yield Finding(WORDS, "正文", was[:60], now[:60])


def _only_told(before: list[str], after: list[str], told: set[str]) -> bool:
    """Whether every digit that differs is one already told of by its bookmark."""
    differing = [b for a, b in zip(before, after, strict=False) if a != b] + [
        a for a, b in zip(before, after, strict=False) if a != b
    ]
    return len(before) == len(after) and any(one.strip(".,") in told for one in differing)
