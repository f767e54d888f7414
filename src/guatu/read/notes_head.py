"""Oddities of the head: no date, a year without 年, addressees that no task reaches, figures that prevail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guatu.read.bodies import is_authority
from guatu.read.plan import Note
from guatu.read.reading import Reading

_YEAR_ALONE = re.compile(r"《[^《》]{0,12}?((?:19|20)\d\d)(?=[\u4e00-\u9fff])(?!年|—|-|－|至)[^《》]*》")


def _undated(reading: Reading) -> Iterator[Note]:
    head = reading.plan.head
    if head.issue_date is None and head.title:
        source = "文号和标题" if head.doc_number else "标题" if head.year else ""
        told = f"，年份只能从{source}得知" if head.year else "，年份也无从得知"
        yield reading.note("no-date", "gap", f"没有落款日期{told}")


def _year_alone(reading: Reading) -> Iterator[Note]:
    for match in _YEAR_ALONE.finditer(reading.page.text):
        words = reading.page.words(match.start(), match.end())
        yield reading.note("year-without-nian", "doubt", f"{words}里 {match[1]} 后面缺“年”字", at=match.span())


def _unreached(reading: Reading) -> Iterator[Note]:
    """Addressees that are authorities of an area and stand in no task and no clause of implied bodies."""
    tasks = reading.plan.tasks
    named = {name for task in tasks for name in (*task.units, *task.implicit_units)}
    areas = {_area(name) for name in named}
    for words in reading.plan.head.addressees:
        if is_authority(words) and tasks and not any(area and area in words for area in areas):
            span = reading.plan.head.spans.get("addressees")
            text = f"主送有“{words}”，但没有一项任务写到，也不在“不再列出”的范围内"
            yield Note("addressee-without-task", "gap", text, span=span)


def _area(name: str) -> str:
    return re.sub(r"(?:人民政府|政府|党委|党工委|管委会|管理委员会)$", "", name) if is_authority(name) else ""


def _provisional(reading: Reading) -> Iterator[Note]:
    clause = reading.plan.head.override_clause
    if clause:
        text = f"“{clause}”：全部目标都以上级下达的数为准，读出的是暂定值"
        yield Note("provisional", "remark", text, span=reading.plan.head.spans.get("override_clause"))


RULES = (_undated, _year_alone, _unreached, _provisional)
