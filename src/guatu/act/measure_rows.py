"""The measures 整改措施 of a problem as rows: what, who, until when, how far, when it counts as done, on what proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

FIELD = "measures"
TO_DO, UNDER_WAY, DONE = "未开始", "推进中", "已完成"
STATES = (TO_DO, UNDER_WAY, DONE)
WORDS = {
    "unit": "责任单位", "due": "时限", "first_due": "原时限", "state": "状态", "done_when": "完成标准", "proof": "佐证",
}  # fmt: skip
"""What each part of a row but its text is called where it is printed in one cell."""
NAMES = {word: name for name, word in WORDS.items()}
BEGIN = re.compile(r"\s*(?:\d{1,2}(?:[．、]|\.(?!\d))|[（(]\d{1,2}[）)]|[①-⑳])\s*")
DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
BETWEEN = re.compile(r"[；;](?![^（(]*[）)])")
OURS = re.compile(r"\s*\d{1,3}．")
LIKE_OURS = re.compile(rf"（(?=(?:{'|'.join(NAMES)})：)")
NOTE = re.compile(rf"(?<!\\)（((?:{'|'.join(NAMES)})：(?:[^\\）]|\\.)*)）$")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. due, first_due: dates as text; proof: a paper of the problem by SHA-256, or words such as a 文号."""

    text: str
    unit: str = ""
    due: str = ""
    first_due: str = ""
    state: str = TO_DO
    done_when: str = ""
    proof: str = ""

    def late(self, day: date) -> int:
        """Days past its date while it is not done [calendar days]; derived, never a state."""
        return max(0, (day - date.fromisoformat(self.due)).days) if self.due and self.state != DONE else 0


PARTS = tuple(one.name for one in fields(Measure))


def measures_of(value: Any) -> tuple[Measure, ...]:
    """The measures a problem holds: rows, or the mere words of an older ledger."""
    return tuple(Measure(**one) if isinstance(one, Mapping) else Measure(str(one)) for one in value or ())


def plain(measures: Iterable[Measure]) -> list[dict[str, str]]:
    """The measures as the problem holds them: only what says something."""
    return [
        {name: said for name in PARTS if (said := getattr(one, name)) and (name, said) != ("state", TO_DO)}
        for one in measures
    ]


def cell_of(measures: Iterable[Measure]) -> str:
    """The measures as one cell prints them, one a line; cell_read gives the same rows again."""
    return "\n".join(f"{n}．{_line(one)}" for n, one in enumerate(measures, start=1))


def cell_read(text: str) -> list[dict[str, str]]:
    """The rows one cell holds, as the problem keeps them: a line each, or parts between semicolons in an old ledger."""
    ours = OURS.match(text) is not None
    parts = text.split("\n") if ours or "\n" in text else BETWEEN.split(text)
    found = []
    for part in parts:
        line = OURS.sub("", part, count=1) if ours else BEGIN.sub("", part, count=1)
        if line.strip():
            found.append(_read(line.strip(), ours))
    return plain(found)


def wrong_with_rows(value: Any) -> str:
    """What is wrong with rows of measures, in words; empty when nothing is."""
    if not isinstance(value, list):
        return "应是一行一条措施"
    for n, one in enumerate(value, start=1):
        row = {"text": one} if isinstance(one, str) else one
        if not isinstance(row, Mapping) or not all(isinstance(said, str) for said in row.values()):
            return f"第 {n} 条写得不对"
        if not row.get("text"):
            return f"第 {n} 条没有写措施内容"
        if unknown := sorted(set(row) - set(PARTS)):
            return f"第 {n} 条不认得“{unknown[0]}”"
        if row.get("state", TO_DO) not in STATES:
            return f"第 {n} 条的状态“{row['state']}”应为{'、'.join(STATES)}"
        for name in ("due", "first_due"):
            if row.get(name) and not _is_day(row[name]):
                return f"第 {n} 条的{WORDS[name]}“{row[name]}”应写成 2021-06-30"
    return ""


def standing(measures: Sequence[Measure], day: date) -> str:
    """How far they are, in one sentence with every number."""
    if not measures:
        return "没有措施。"
    done, late = sum(one.state == DONE for one in measures), sum(one.late(day) > 0 for one in measures)
    return f"措施 {len(measures)} 条，已完成 {done} 条" + (f"，逾期 {late} 条。" if late else "，没有逾期。")


def _line(one: Measure) -> str:
    told = {word: getattr(one, name) for name, word in WORDS.items()}
    said = [f"{word}：{_shut(text)}" for word, text in told.items() if text and (word, text) != ("状态", TO_DO)]
    return _shut(one.text, "") + (f"（{'；'.join(said)}）" if said else "")


def _shut(text: str, marks: str = "；）") -> str:
    """Text in which nothing is taken for our own marks; _open gives it back."""
    text = text.replace("\\", "\\s").replace("\n", "\\n")
    for mark in marks:
        text = text.replace(mark, f"\\{mark}")
    return LIKE_OURS.sub(r"\\（", text)


def _open(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "s": "\\"}.get(found[1], found[1]), text)


def _read(line: str, ours: bool) -> Measure:
    """One line as a row; what is not in the form of ours is the measure's own text."""
    match = NOTE.search(line) if line.endswith("）") else None
    if match is None:
        return Measure(_open(line) if ours else line)
    said = {}
    for part in re.findall(r"(?:[^\\；]|\\.)+", match[1]):
        word, _, text = part.partition("：")
        if word not in NAMES:
            return Measure(line)
        said[NAMES[word]] = _open(text) if ours else text.strip()
    for name in ("due", "first_due"):
        if match_day := DAY.fullmatch(said.get(name, "")):
            said[name] = "{:0>4}-{:0>2}-{:0>2}".format(*match_day.groups())
    text = line[: match.start()]
    return Measure(_open(text) if ours else text.strip(), **said)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
