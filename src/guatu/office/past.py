"""The log put to use: how the books stood on a past day, what was done since, and what was ever done to one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from guatu.act.collection import headings
from guatu.act.registers import registers
from guatu.office import log
from guatu.office.models import Entry

STOOD = ("种类", "对象", "内容")
DONE = ("编号", "时间", "谁", "代谁", "做了什么", "对象", "原来", "现在", "理由")
KINDS = {
    "breakdown": "分解表", "measure": "措施", "collection": "收表", "report": "进展", "figure": "报送数",
    "return": "交表", "heap": "入账", "draft": "填报草稿", "load": "入库", "map": "地图",
    "notice": "文件", "look": "复核", "comment": "意见", "body": "单位", "handed": "转办", "handback": "下级回报",
    "stamped": "盖章件", "initial": "初始密码", "bulletin": "简报",
    **{name: one.title for name, one in registers().items()},
}  # fmt: skip
DATES = ("node", "due", "deadline")
"""Columns that say by when; a change of one is a moved date."""
_WORDS = {
    "task": "任务", "outline": "位置", "spans": "字位", "responsible": "责任单位", "cooperating": "配合单位",
    "implied": "默认承担", "node": "节点", "node_text": "期限原文", "quantity": "总数", "unit": "数量单位",
    "done": "完成标志", "confirmed": "牵头已确认", "lead": "牵头单位", "leader": "责任领导", "retired": "撤下",
    "source": "来源", "status": "状态", "state": "状态", "verified": "核实", "received": "收到", "first": "首次收到",
    "late": "迟报天数", "file": "文件", "line": "行", "rows": "行数", "signer": "签批人", "number": "文号",
    "said": "所报", "heap": "入账编号", "due": "时限", "numerator": "分子", "denominator": "分母", "value": "数值",
    "title": "任务", "counties": "县（市、区）", "zones": "功能区", "notice": "文件", "asked": "应报",
    "figures": "应报数据",
    "comment_due": "反馈截止", "recorded": "代录", "signed_on": "签批日期", "on": "日期", "id": "编号",
    "undone": "撤销理由", "order": "次序", "landed": "入账的",
    "data_version": "数据版本", "role": "角色", "loaded": "种类", "sha256": "SHA-256",
    "new": "新增行数", "same": "已有行数", "corrected": "更正行数", "changes": "变了的目标",
    "approval": "审图号", "undone_by": "撤销人", "undone_changes": "撤销后变回的目标",
    "returns": "首次交表的", "answers": "答复", "files": "文件",
}  # fmt: skip


def words_of(data: Mapping[str, Any] | None) -> str:
    """The content of a record or of one side of an entry, every key said; — where there is none."""
    told = (_said(key, value) for key, value in sorted((data or {}).items()) if value is not None)
    return re.sub(r"\s+", " ", "；".join(told)) or "—"


def _said(key: str, value: Any) -> str:
    word = _WORDS.get(key) or headings().get(key) or _COLUMNS.get(key, key)
    if isinstance(value, Mapping):
        return f"{word} {{{words_of(value)}}}" if value else f"{word} 无"
    if isinstance(value, list | tuple):
        return f"{word} {'、'.join(str(one) for one in value)}" if len(value) <= FEW else f"{word} {len(value)} 个"
    return f"{word} {'是' if value is True else '否' if value is False else value}"


FEW = 12
_COLUMNS = {column.id: column.title for one in registers().values() for column in one.fields.values()}


def stood(day: date, kind: str = "") -> list[tuple[str, ...]]:
    """Every record as it stood at the end of a day under the heads STOOD; kind: of one kind only."""
    return [
        (KINDS.get(subject.partition("/")[0], subject.partition("/")[0]), subject, words_of(data))
        for subject, data in sorted(log.state_on(day).items())
        if data and (not kind or subject.startswith(f"{kind}/"))
    ]


def kinds_on(day: date) -> dict[str, int]:
    """How many records of each kind there were at the end of a day."""
    found: dict[str, int] = {}
    for subject, data in log.state_on(day).items():
        if data:
            kind = subject.partition("/")[0]
            found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items()))


def since(day: date, kind: str = "") -> list[tuple[str, ...]]:
    """What was done after the end of a day under the heads DONE, newest first."""
    return rows(one for one in reversed(log.after(day)) if not kind or one.subject.startswith(f"{kind}/"))


def history(subject: str) -> list[tuple[str, ...]]:
    """Everything ever done to one thing, or to all whose address begins so, under the heads DONE, newest first."""
    return rows(Entry.objects.filter(subject__startswith=subject))


def rows(entries: Iterable[Any]) -> list[tuple[str, ...]]:
    """Entries of the log under the heads DONE."""
    return [
        (
            str(one.number), one.time[:16].replace("T", " "), one.person, one.acting_for or "—", one.act, one.subject,
            words_of(one.old), words_of(one.new), one.reason or "—",
        )
        for one in entries
    ]  # fmt: skip


def verdict(subject: str) -> str:
    """Was it ever deleted, and who moved its dates: the answer in one sentence, from the log alone."""
    found = list(Entry.objects.filter(subject=subject).order_by("number"))
    if not found:
        return f"留痕里没有“{subject}”。"
    moved = [
        f"{one.time[:10]} {one.person} 由 {one.old[name]} 改为 {one.new.get(name) or '无'}"
        for one in found
        for name in DATES
        if one.old.get(name)
    ]
    gone = [
        f"{one.time[:10]} {one.person} {one.act}"
        for one, state in zip(found, _states(found), strict=True)
        if not state or one.new.get("retired")
    ]
    deleted = f"删过或撤下过：{'；'.join(gone)}，内容仍在留痕里" if gone else "没有删过"
    dates = f"时限改过 {len(moved)} 次：{'；'.join(moved)}" if moved else "时限没有改过"
    return f"共 {len(found)} 笔。{deleted}。{dates}。"


def _states(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """The record after each entry."""
    state: dict[str, Any] = {}
    for one in entries:
        state = {key: value for key, value in {**state, **one.new}.items() if value is not None}
        yield state
