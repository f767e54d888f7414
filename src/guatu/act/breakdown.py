"""The breakdown 任务分解: sentences of duty become rows that a person edits, splits and merges; no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from guatu.base.period import Period
from guatu.errors import ActError, Fault, GuatuError

Span = tuple[int, int]
# A task that is called after the paper to be written is done by that paper, whatever its sentences leave open.
_PAPER_TITLE = re.compile(r"(?:编|拟|制定|制订|出台|印发|修订).*(?:规划|方案|办法|意见|计划|条例)$")
DONE = {"paper": "印发文件", "count": "完成数量", "indicator": "指标达到", "ledger": "清单销号", "standing": "长期坚持"}
"""The five kinds of done-criterion and their words."""


class Sentence(Protocol):
    """What a reading says of one sentence of duty."""

    @property
    def id(self) -> str: ...  # noqa: D102 - a protocol's members speak for themselves
    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def outline(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def span(self) -> Span: ...  # noqa: D102
    @property
    def value(self) -> Any: ...  # noqa: D102
    @property
    def unit(self) -> str | None: ...  # noqa: D102
    @property
    def deadlines(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def paper(self) -> str: ...  # noqa: D102
    @property
    def indicator_id(self) -> str | None: ...  # noqa: D102
    @property
    def done(self) -> str: ...  # noqa: D102


class Block(Protocol):
    """What a reading says of a task and its bodies."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def units(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def lead(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def responsible(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def coop(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def implicit_units(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def deadlines(self) -> tuple[str, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the breakdown.

    spans: where its words stand in the notice, [first, last) characters; lead is only 首位 until confirmed;
    source: the meeting, instruction or paper a row comes from where that is not the notice; node: the day it is due
    (None: none yet), node_text: the notice's own words; quantity: N of "n of N" as exact text, in unit; done: one of
    DONE.
    """

    id: str
    task: str
    outline: str
    text: str
    spans: tuple[Span, ...]
    lead: str = ""
    confirmed: bool = False
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    node: date | None = None
    node_text: str = ""
    quantity: str = ""
    unit: str = ""
    done: str = "standing"
    paper: str = ""
    indicator: str = ""
    contact: str = ""
    leader: str = ""
    note: str = ""
    source: str = ""

    @property
    def place(self) -> str:
        """Where its words come from: outline number and characters of the notice, or its other source."""
        if not self.spans:
            return self.source
        return f"{self.outline.partition('#')[0].replace('/', '')} 第{self.spans[0][0]}–{self.spans[-1][1]}字"

    @property
    def lead_word(self) -> str:
        """牵头 once a person said so, 首位 before."""
        return "牵头" if self.confirmed else "首位"

    def bodies(self) -> tuple[tuple[str, str], ...]:
        """Each body once with its part: lead, responsible, cooperating, implied."""
        named = [(self.lead, self.lead_word)] if self.lead else []
        named += [(body, "责任") for body in self.responsible]
        named += [(body, "配合") for body in self.cooperating]
        named += [(body, "默认承担") for body in self.implied]
        found: dict[str, str] = {}
        for body, word in named:
            found.setdefault(body, word)
        return tuple(found.items())

    def record(self) -> dict[str, Any]:
        """The row as JSON values for the log; empty fields are left out."""
        plain = {**asdict(self), "node": self.node.isoformat() if self.node else "", "spans": [*map(list, self.spans)]}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()
            if value not in ("", (), False)
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Row:
        """The row of a record; keys that are no field of a row (its progress) are passed over."""
        known = {one.name for one in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in record.items() if name in known
        }
        values["spans"] = tuple((first, last) for first, last in record.get("spans", ()))
        node = record.get("node", "")
        required = {"task": "", "outline": "", "text": ""}
        return cls(**{**required, **values, "node": date.fromisoformat(node) if node else None})


def rows_of(sentences: Iterable[Sentence], blocks: Iterable[Block]) -> tuple[Row, ...]:
    """One row a sentence, with the bodies of its task; a sentence of no task has no owner and says so by its gap."""
    by_id = {block.id: block for block in blocks}
    return tuple(_row(one, by_id.get(one.task)) for one in sentences)


def _row(one: Sentence, block: Block | None) -> Row:
    lead, responsible = "", list[str]()
    if block:
        named = [*block.lead, *block.responsible, *block.units]
        own = [body for body in dict.fromkeys(named) if body not in block.coop]
        lead = (block.lead or tuple(own) or ("",))[0]
        responsible = [body for body in own if body != lead]
    said = one.deadlines or (block.deadlines if block else ())
    counted = one.done == "count" and isinstance(one.value, Decimal)
    return Row(
        id=one.id,
        task=one.task,
        outline=one.outline,
        text=one.text,
        spans=(one.span,),
        lead=lead,
        confirmed=bool(block and block.lead),
        responsible=tuple(responsible),
        cooperating=block.coop if block else (),
        implied=block.implicit_units if block else (),
        node=max((day for word in said if (day := _last_day(word))), default=None),
        node_text="、".join(said),
        quantity=f"{one.value:f}" if counted else "",
        unit=(one.unit or "") if counted else "",
        done="paper" if one.done == "standing" and block and _PAPER_TITLE.match(block.title) else one.done,
        paper=one.paper,
        indicator=one.indicator_id or "",
    )


def _last_day(word: str) -> date | None:
    try:
        return Period.of(word).last
    except (ValueError, GuatuError):
        return None


EDITABLE = (
    *("lead", "confirmed", "responsible", "cooperating", "implied", "node", "quantity", "unit"),
    *("done", "paper", "contact", "leader", "note"),
)
"""What a person may change; the notice's own words and their place may not be changed, only split or merged."""


def edited(row: Row, changes: Mapping[str, Any]) -> Row:
    """The row with a person's changes; node as a date or ISO text.

    Raises ActError: G-ACT-81 a field that may not be changed, G-ACT-82 a value that cannot be, all at once.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = dict(changes)
    for name in changes.keys() - set(EDITABLE):
        why = "文件原文和出处不能改，改了就对不回去"
        faults.append(Fault("G-ACT-81", f"措施 {row.id}", f"“{name}”不能改", why, "要改划分，用拆分或合并"))
    if isinstance(values.get("node"), str):
        try:
            values["node"] = date.fromisoformat(values["node"]) if values["node"] else None
        except ValueError:
            what = f"节点“{values.pop('node')}”不是日期"
            faults.append(Fault("G-ACT-82", f"措施 {row.id}", what, "到期、逾期无从判断", "写成 2021-06-30 的样子"))
    if values.get("done", "paper") not in DONE:
        what = f"完成标志“{values['done']}”不在五种之内"
        faults.append(Fault("G-ACT-82", f"措施 {row.id}", what, "办没办完无从判断", f"从中选一：{'、'.join(DONE)}"))
    if values.get("quantity"):
        try:
            if Decimal(values["quantity"]) <= 0:
                raise InvalidOperation
        except InvalidOperation:
            what = f"数量“{values['quantity']}”不是大于 0 的数"
            faults.append(Fault("G-ACT-82", f"措施 {row.id}", what, "“完成 n／N”算不出来", "只填数，单位另填"))
    if faults:
        raise ActError(f"row {row.id} cannot be changed so", faults)
    for name in {"responsible", "cooperating", "implied"} & values.keys():
        values[name] = tuple(values[name])
    return replace(row, **values)


def split(row: Row, cut: int) -> tuple[Row, Row]:
    """Two rows of one, cut before a character of its text; each keeps its owners, node and place in the notice.

    Raises ActError (G-ACT-83) where a part would have no words.
    """
    parts = row.text[:cut], row.text[cut:]
    if not all(part.strip("，。；、 \n") for part in parts) or cut < 0:
        raise ActError.of(
            f"cannot cut {row.id} at {cut}", "G-ACT-83", f"措施 {row.id}", f"从第 {cut} 个字拆开后有一段没有内容",
            "每一行都要有事可做", "换一个拆分的位置",
        )  # fmt: skip
    first, last = row.spans[0][0], row.spans[-1][1]
    exact = len(row.spans) == 1 and last - first == len(row.text)
    spans = (((first, first + cut),), ((first + cut, last),)) if exact else (row.spans, row.spans)
    made = [replace(row, id=f"{row.id}-{n}", text=parts[n - 1], spans=spans[n - 1]) for n in (1, 2)]
    return made[0], made[1]


def merged(rows: Sequence[Row]) -> Row:
    """One row of several, in the order of the notice; owners together, the first row's lead no longer confirmed.

    Raises ActError (G-ACT-84) where there are fewer than two, or their tasks, nodes, quantities or criteria differ: a
    person must make these agree first, nothing is chosen silently.
    """
    if len(rows) < 2:
        raise ActError.of(
            "nothing to merge", "G-ACT-84", "合并", "不到两行", "没有可合并的", "选两行以上",
        )  # fmt: skip
    ordered = sorted(rows, key=lambda row: row.spans)
    words = {"task": "任务", "node": "节点", "quantity": "数量", "done": "完成标志", "paper": "文件"}
    faults = [
        Fault(
            "G-ACT-84", "、".join(row.id for row in ordered), f"{word}不同", "合并后会丢掉一个", f"先把{word}改成一致"
        )
        for name, word in words.items()
        if len({getattr(row, name) for row in ordered}) > 1
    ]
    if faults:
        raise ActError("rows differ", faults)
    head = ordered[0]
    others = [body for row in ordered for body in (row.lead, *row.responsible) if body and body != head.lead]
    return replace(
        head,
        text="".join(row.text for row in ordered),
        spans=tuple(sorted({span for row in ordered for span in row.spans})),
        confirmed=all(row.confirmed and row.lead == head.lead for row in ordered),
        responsible=tuple(dict.fromkeys(others)),
        cooperating=tuple(dict.fromkeys(body for row in ordered for body in row.cooperating)),
        implied=tuple(dict.fromkeys(body for row in ordered for body in row.implied)),
        note="；".join(dict.fromkeys(row.note for row in ordered if row.note)),
    )


def uncovered(spans: Iterable[Span], rows: Iterable[Row]) -> tuple[Span, ...]:
    """The stretches of the notice's sentences of duty that no row holds any more; empty is the invariant."""
    held = sorted(span for row in rows for span in row.spans)
    lost = []
    for first, last in spans:
        at = first
        for begin, end in held:
            if begin <= at < end:
                at = end
            elif at < begin < last:
                lost.append((at, begin))
                at = end
        if at < last:
            lost.append((at, last))
    return tuple(lost)
