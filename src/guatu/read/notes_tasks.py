"""Oddities of tasks: duties without a body, two blocks under one number, words that do not fit their heading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.read.plan import Note, Task
from guatu.read.reading import Reading

_DUTY = r"加强|强化|推进|推动|开展|完善|建立|健全|制定|实施|提升|深化|加大|加快|落实|严格|组织|巩固|构建|规范"
_RUN_ON = re.compile(
    rf"(?:^|[，。；])((?:{_DUTY})[^，。；、]{{6,30}})、((?:建立|制定|健全|完善|实施|组织)[^，。；、]{{4,40}})(?=[，。；])"
)
_PAPER = re.compile(
    r"(?:制定|制订|编制|出台|印发|起草|研究制定)[^，。；]{2,30}?(?:计划|方案|规划|办法|细则|意见|措施|清单|预案)"
)
_HEADS = r"(?:垃圾|废物|水体|污水|湿地|矿山|水源|大气|土壤|噪声)"
_KINDS = re.compile(rf"(建筑|生活|工业|农业|医疗|危险|餐厨|厨余|固体|农村|城镇|城市){_HEADS}")


def _no_body(reading: Reading) -> Iterator[Note]:
    for item in reading.plan.containers:
        first = item.text.split("\n")[0].split("。")[0]
        if not first or not reading.plan.tasks:
            continue
        owed = _PAPER.search(item.text)
        what = f"要求“{owed[0]}”" if owed else f"“{first[:40]}{'…' if len(first) > 40 else ''}”"
        text = f"{what}，但这一段没有责任单位"
        yield Note("no-body", "gap", text, item.outline, item.span)


def _several_blocks(reading: Reading) -> Iterator[Note]:
    seen: dict[str, list[Task]] = {}
    for task in reading.plan.tasks:
        if "#" in task.outline:
            seen.setdefault(task.outline.split("#")[0], []).append(task)
    for outline, tasks in seen.items():
        text = f"一个序号下有 {len(tasks)} 组责任单位，各管前面的句子，已分成 {len(tasks)} 项"
        yield Note("several-blocks", "remark", text, outline, tasks[0].spans.get("title"))


def _other_subject(reading: Reading) -> Iterator[Note]:
    """The heading names one kind (建筑垃圾), the text only others of the same sort (生活垃圾)."""
    for task in reading.plan.tasks:
        for match in _KINDS.finditer(task.title):
            sort = match[0][len(match[1]) :]
            inside = {m[0] for m in _KINDS.finditer(task.text) if m[0].endswith(sort)}
            if inside and match[0] not in inside:
                text = f"标题说“{match[0]}”，正文说的是“{'、'.join(sorted(inside))}”，有一处写错，请核对"
                yield Note("heading-and-text-differ", "doubt", text, task.outline, task.spans.get("title"))


def _run_on(reading: Reading) -> Iterator[Note]:
    for duty in reading.duties:
        for first, last in duty.body:
            for match in _RUN_ON.finditer(reading.page.text, first, last):
                if match[1].endswith(("工作", "举一反三")):
                    continue
                text = f"“{match[1]}、{match[2]}”中的顿号隔开的是两件事，应作逗号读"
                yield reading.note("comma-within", "doubt", text, duty.task.outline, match.span(1))


def _misprints(reading: Reading) -> Iterator[Note]:
    for wrong, entry in _known_misprints().items():
        for match in re.finditer(re.escape(wrong), reading.page.text):
            text = f"“{wrong}”多半是“{entry}”之误；照录，未改"
            yield reading.note("likely-misprint", "doubt", text, _path_at(reading, match.start()), match.span())


def _soft(reading: Reading) -> Iterator[Note]:
    """力争 alone before a figure: a soft commitment; over a whole sentence: every figure in it is soft."""
    for task in reading.plan.tasks:
        soft = [c for c in task.commitments if c.stretch]
        if not soft:
            continue
        numbers = [c for c in soft if not c.qualitative]
        if len(numbers) > 1:
            values = "、".join(f"{c.value}{c.unit or ''}" for c in numbers)
            text = f"“力争”管整句，{values}都是争取值，不是硬指标"
            yield Note("soft-sentence", "doubt", text, task.outline, soft[0].span)
        for item in soft:
            if item.deadline:
                text = f"“{item.text}”：时限 {item.deadline} 前有“力争”，是软时限"
                yield Note("soft-date", "doubt", text, task.outline, item.span)


def _last_term(reading: Reading) -> Iterator[Note]:
    for match in re.finditer(r"终期(?:成效)?考核", reading.page.text):
        year = reading.plan.head.year
        told = f"不是 {year} 年" if year else "不是当年"
        text = f"“{match[0]}”考核的是已经结束的一期，{told}的工作"
        yield reading.note("term-that-closed", "remark", text, _path_at(reading, match.start()), match.span())
        return


def _short_names(reading: Reading) -> Iterator[Note]:
    names = dict.fromkeys(name for task in reading.plan.tasks for name in task.units)
    others = [
        n for n in names if (body := reading.book.find(n)) and body.kind in ("党委部门", "人大政协", "司法", "群团")
    ]
    if others:
        yield reading.note("not-government", "remark", f"这些责任单位不是政府部门：{'、'.join(others)}")
    former = [n for n in names if (body := reading.book.find(n)) and body.until]
    year = reading.plan.head.year
    for name in former:
        body = reading.book.find(name)
        if body and body.until and year and year > body.until:
            yield reading.note("former-name", "doubt", f"“{name}”是 {body.until} 年前的名称，现为{body.key}")
    unknown = [n for n in names if reading.book.find(n) is None]
    if unknown:
        yield reading.note("body-unknown", "doubt", f"单位名录里没有：{'、'.join(unknown)}")
    by_key: dict[tuple[str, str], set[str]] = {}
    for name in names:
        if (body := reading.book.find(name)) and body.kind != "群体":
            by_key.setdefault((body.level, body.key), set()).add(name)
    for (_, key), forms in by_key.items():
        if len(forms) > 1 and key not in ("公安局", "海关"):
            yield reading.note("two-names", "remark", f"同一单位有几种写法：{'、'.join(sorted(forms))}")


def _papers(reading: Reading) -> Iterator[Note]:
    """Papers the text asks for, listed once: each is owed by someone and has a date to be set."""
    papers = reading.plan.papers
    if papers:
        names = "、".join(dict.fromkeys(paper.name for paper in papers))
        yield reading.note("papers-owed", "remark", f"本文要求拿出 {len(papers)} 份文件：{names}")
    for paper in papers:
        if not paper.task:
            text = f"要求{paper.verb}“{paper.name}”，没有写由谁负责"
            yield Note("paper-without-body", "gap", text, paper.outline, paper.span)


def _many_duties(reading: Reading) -> Iterator[Note]:
    held: dict[str, int] = {}
    for measure in reading.plan.measures:
        held[measure.task] = held.get(measure.task, 0) + 1
    for task in reading.plan.tasks:
        if held.get(task.id, 0) >= 4 and len(task.units) > 1:
            text = f"一组 {len(task.units)} 个责任单位管 {held[task.id]} 件事，分解时要定每件由谁做、到何时"
            yield Note("many-duties", "gap", text, task.outline, task.spans.get("title"))


def _path_at(reading: Reading, place: int) -> str:
    path = ""
    for node in reading.outline.nodes():
        if node.start > place:
            break
        path = node.path
    return path


@cache
def _known_misprints() -> dict[str, Any]:
    text = files(__package__).joinpath("misprints.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["misprint"])


RULES = (
    _no_body,
    _several_blocks,
    _other_subject,
    _run_on,
    _misprints,
    _soft,
    _last_term,
    _short_names,
    _papers,
    _many_duties,
)
