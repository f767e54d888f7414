"""A reading beside its text: one self-contained HTML page, source left with every field marked, fields right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from guatu.read.plan import Plan, Target, Task

Mark = tuple[int, int, str, str]  # first, last, class, id of the entry it belongs to

_KIND = {"doubt": "需人定", "gap": "缺", "remark": "注意"}


def html_page(plan: Plan, text: str) -> str:
    """The page for a plan and the text it was read from; no script, nothing fetched, light and dark."""
    title = escape(plan.head.title or "通知")
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_style()}</style><h1>{title}</h1><main>"
        f'<article aria-label="原文" tabindex="0">{_source(plan, text)}</article>'
        f'<section aria-label="读出的内容" tabindex="0">{"".join(_fields(plan))}</section></main></html>\n'
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("side_by_side.css").read_text(encoding="utf-8")


def _marks(plan: Plan) -> Iterator[Mark]:
    for name, (first, last) in plan.head.spans.items():
        yield first, last, "h", f"h-{name}"
    for target in plan.targets:
        for name, (first, last) in target.spans.items():
            yield (
                first,
                last,
                "t" if name == "text" else "v" if name in ("value", "stretch", "reference") else "",
                target.id,
            )
    for task in plan.tasks:
        for name, (first, last) in task.spans.items():
            kind = {"title": "k", "units": "u"}.get(name, "")
            if kind:
                yield first, last, kind, task.id
    for measure in plan.measures:
        yield *measure.span, "m", measure.id
    for order, note in enumerate(plan.notes, 1):
        if note.span:
            yield *note.span, "n", f"N{order}"


def _source(plan: Plan, text: str) -> str:
    """The text in pieces between the ends of marks; each piece bears the classes of all marks over it."""
    marks = sorted(mark for mark in _marks(plan) if 0 <= mark[0] < mark[1] <= len(text))
    cuts = sorted({0, len(text), *(place for mark in marks for place in mark[:2])})
    placed: set[str] = set()
    pieces: list[str] = []
    open_marks: list[Mark] = []
    waiting = iter(marks)
    following = next(waiting, None)
    for first, last in pairwise(cuts):
        while following is not None and following[0] <= first:
            open_marks.append(following)
            following = next(waiting, None)
        open_marks = [mark for mark in open_marks if mark[1] > first]
        words = escape(text[first:last])
        names = [mark[3] for mark in open_marks if mark[0] == first and mark[3] not in placed]
        anchors = "".join(f'<a id="{escape(name)}"></a>' for name in dict.fromkeys(names))
        placed.update(names)
        classes = " ".join(dict.fromkeys(mark[2] for mark in open_marks if mark[2]))
        pieces.append(anchors + (f'<mark class="{classes}">{words}</mark>' if classes else words))
    return "".join(pieces)


def _fields(plan: Plan) -> Iterator[str]:
    head = plan.head
    facts = {
        "文号": head.doc_number,
        "发文机关": head.issuer,
        "年份": str(head.year or ""),
        "日期": str(head.issue_date or ""),
        "主送": "；".join(head.addressees),
        "依据": "、".join(head.basis),
        "审定": head.adoption,
        "以何为准": head.override_clause,
    }
    yield "<h2>文件</h2>" + _list("", head.title, {k: v for k, v in facts.items() if v})
    yield f"<h2>目标 {len(plan.targets)} 个</h2>" + "".join(_target(target) for target in plan.targets)
    yield f"<h2>任务 {len(plan.tasks)} 项，措施 {len(plan.measures)} 条</h2>"
    for task in plan.tasks:
        yield _task(task, plan)
    loose = [measure for measure in plan.measures if not measure.task]
    if loose:
        yield "<h2>没有责任单位的要求</h2>"
        for measure in loose:
            yield _list(measure.id, measure.outline, {"原文": measure.text})
    if plan.papers:
        yield "<h2>要拿出的文件</h2>"
        for paper in plan.papers:
            yield _list(paper.task, paper.name, {"序号": paper.outline, "时限": paper.deadline})
    if plan.notes:
        yield f"<h2>提示 {len(plan.notes)} 条</h2>"
        for order, note in enumerate(plan.notes, 1):
            anchor = f"N{order}" if note.span else ""
            yield _list(
                anchor, f"{_KIND.get(note.kind, note.kind)}　{note.outline}", {"": f"{note.text}（{note.code}）"}
            )


def _target(target: Target) -> str:
    value = target.value
    words = "–".join(str(v) for v in value) if isinstance(value, tuple) else "" if value is None else str(value)
    unit = "" if target.unit in (None, "index") else str(target.unit)
    demand = target.reference if target.op == "schedule" else f"{target.op} {words} {unit}"
    aspired = str(target.stretch) if target.stretch is not None else ""
    facts = {
        "范围": target.scope,
        "要求": demand,
        "力争": aspired,
        "时限": target.deadline,
        "指标卡": target.indicator_id or "",
    }
    return _list(target.id, f"{target.outline}　{target.indicator}", facts)


def _task(task: Task, plan: Plan) -> str:
    measures = [m.text for m in plan.measures if m.task == task.id]
    facts = {
        "责任单位": "、".join(task.units) + (" 等" if task.open_list else ""),
        "牵头": "、".join(task.lead),
        "配合": "、".join(task.coop),
        "不再列出的": "、".join(task.implicit_units),
        "时限": "、".join(task.deadlines),
        "承诺": "；".join(item.text for item in task.commitments),
        "措施": "｜".join(measures),
    }
    return _list(task.id, f"{task.outline}　{task.title}", facts)


def _list(anchor: str, title: str, facts: dict[str, str]) -> str:
    name = f'<a href="#{escape(anchor)}">{escape(title)}</a>' if anchor else escape(title)
    rows = "".join(f"<dd><b>{escape(key)}</b> {escape(value)}</dd>" for key, value in facts.items() if value)
    return f"<dl><dt>{name}</dt>{rows}</dl>"
