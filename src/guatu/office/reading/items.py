"""What a person looks at in a reading: entries with their fields and doubts, doubts first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from guatu.errors import ActError
from guatu.read.amendment import LEVELS
from guatu.read.asking import asked
from guatu.read.confirmation import HEAD
from guatu.read.plan import Note, Plan, Span, Version
from guatu.rules import cards

OPS = {"<=": "≤ 不高于", ">=": "≥ 不低于", "==": "＝ 等于", ">": "＞ 高于", "~": "约", "range": "区间",
       "schedule": "按序时进度", "done": "完成即可"}  # fmt: skip
ASK = ("doubt", "gap")
"""Kinds of notes a person answers; a remark is only shown."""

# name → (label, how its value is written)
TARGET = {
    "indicator": ("指标", "text"), "indicator_id": ("指标卡", "card"), "scope": ("范围", "text"),
    "op": ("比较", "op"), "value": ("目标值", "amount"), "unit": ("单位", "text"), "stretch": ("力争值", "number"),
    "reference": ("数从哪里来", "text"), "period": ("时段", "text"), "deadline": ("时限", "text"),
    "baseline": ("比什么", "text"),
}  # fmt: skip
TASK = {
    "title": ("任务", "text"), "lead": ("牵头单位", "list"), "units": ("责任单位", "list"),
    "coop": ("配合单位", "list"), "implicit_units": ("不再列出的", "list"), "deadlines": ("时限", "list"),
}  # fmt: skip
PAPER = {
    "title": ("标题", "text"), "doc_number": ("文号", "text"), "issuer": ("发文机关", "text"),
    "year": ("年度", "integer"), "issue_date": ("落款日期", "date"), "region": ("地区", "text"),
    "addressees": ("主送", "list"), "override_clause": ("以何为准", "text"),
}  # fmt: skip
VERSION = {
    "value": ("新目标值", "needed"), "stretch": ("新力争值", "text"), "since": ("从哪一天起", "day"),
    "level": ("谁下达的", "level"), "paper": ("文号", "text"), "reason": ("原因", "text"),
}  # fmt: skip
KINDS = {"doc": "文件", "target": "目标", "task": "任务", "note": "提示", "version": "变更"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the page shows it: name, label, how it is written, its value, and where it comes from."""

    name: str
    label: str
    kind: str
    value: Any
    origin: str

    @property
    def said(self) -> str:
        """The value as text in a form."""
        return said_of(self.value)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at: an entry of the plan, a note of no entry, or a new number of a target."""

    id: str
    kind: str
    title: str
    outline: str
    fields: tuple[Field, ...] = ()
    doubts: tuple[Note, ...] = ()
    span: Span | None = None
    demand: str = ""

    @property
    def word(self) -> str:
        """What kind of thing it is."""
        return KINDS[self.kind]

    def field(self, name: str) -> Field:
        """One field. Raises ActError (G-REVIEW-03) for a name it does not have."""
        found = next((one for one in self.fields if one.name == name), None)
        if found is None:
            raise _fault("G-REVIEW-03", f"{self.id} {name}", "没有这一项", "无从核对", "在条目里选")
        return found


def items_of(plan: Plan, text: str) -> tuple[Item, ...]:
    """Head, targets, tasks and loose notes of a plan; those with doubts first, each group in the document's order."""
    notes = _Notes(plan.notes)
    head = Item(HEAD, "doc", plan.head.title or "通知", "", _fields(plan.head, PAPER, text), notes.of_head())
    entries = [head]
    for target in plan.targets:
        doubts = notes.take(list(target.spans.values()), target.outline)
        where = f"{target.scope}{target.indicator}"
        entries.append(
            Item(target.id, "target", where, target.outline, _fields(target, TARGET, text), doubts,
                 target.spans.get("text"), asked(target))
        )  # fmt: skip
    for task in plan.tasks:
        doubts = notes.take(list(task.spans.values()), task.outline)
        entries.append(
            Item(task.id, "task", task.title, task.outline, _fields(task, TASK, text), doubts,
                 task.spans.get("title") or next(iter(task.spans.values()), None), "、".join(task.lead or task.units))
        )  # fmt: skip
    entries += notes.loose()
    return ordered(entries)


def ordered(entries: Sequence[Item]) -> tuple[Item, ...]:
    """Those with doubts first."""
    return tuple(sorted(entries, key=lambda one: not one.doubts))


def items_of_amendment(versions: Sequence[Version], office: Plan, later: Plan, notes: Sequence[Note]) -> list[Item]:
    """The new numbers an amending paper gives to targets of the office's plan, and what it leaves in doubt."""
    known = {target.id: target for target in office.targets}
    named = [(one, known[one.target]) for one in versions]
    found = []
    for version, target in named:
        was = f"原为 {asked(target)}"
        fields = tuple(
            Field(name, label, kind, getattr(version, name), was if name == "value" else "读自这份文件")
            for name, (label, kind) in VERSION.items()
        )
        same = next(
            (one for one in later.targets if one.scope == target.scope and one.indicator_id == target.indicator_id
             and one.indicator_id), None,
        )  # fmt: skip
        span = same.spans.get("text") if same else None
        found.append(
            Item(f"V-{target.id}", "version", f"{target.scope}{target.indicator}", target.outline, fields,
                 span=span, demand=f"{was}，改为 {version.value}")
        )  # fmt: skip
    return [*found, *_Notes(notes).loose()]


class _Notes:
    """Notes still without an entry; each goes to the first entry whose words it is about."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self.left = [(f"N{order}", note) for order, note in enumerate(notes, 1) if note.kind in ASK]

    def of_head(self) -> tuple[Note, ...]:
        return self._out([one for one in self.left if one[1].code in ("no-date", "year-without-nian")])

    def take(self, spans: Sequence[Span], outline: str) -> tuple[Note, ...]:
        def mine(note: Note) -> bool:
            if note.span is None:
                return bool(note.outline) and note.outline == outline
            return any(a < note.span[1] and note.span[0] < b for a, b in spans)

        return self._out([one for one in self.left if mine(one[1])])

    def loose(self) -> list[Item]:
        found = [Item(name, "note", note.text, note.outline, (), (note,), note.span) for name, note in self.left]
        self.left = []
        return found

    def _out(self, found: list[tuple[str, Note]]) -> tuple[Note, ...]:
        self.left = [one for one in self.left if one not in found]
        return tuple(note for _, note in found)


def _fields(entry: Any, wanted: dict[str, tuple[str, str]], text: str) -> tuple[Field, ...]:
    return tuple(
        Field(name, label, kind, getattr(entry, name), _origin(entry, name, text))
        for name, (label, kind) in wanted.items()
    )


def _origin(entry: Any, name: str, text: str) -> str:
    """Where a field comes from: the words of the source, its card, or inference."""
    if name in entry.spans:
        first, last = entry.spans[name]
        words = text[first:last].replace("\n", "")
        return f"原文“{words[:22]}{'…' if len(words) > 22 else ''}”"
    value = getattr(entry, name)
    if value in (None, "", ()):
        return "原文没有写"
    if name == "op" and entry.op_surface:
        return f"原文“{entry.op_surface}”"
    return {"indicator_id": "按指标的说法配的卡", "scope": "原文没有写，推断", "unit": "随目标值"}.get(name, "推断")


def said_of(value: Any) -> str:
    """A value as text in a form."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ("–" if value and isinstance(value[0], Decimal) else "、").join(said_of(one) for one in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def parsed(field: Field, said: str) -> Any:
    """The value a person wrote into a field. Raises ActError (G-REVIEW-04) for what is none of its kind."""
    words = said.strip()
    try:
        return _PARSERS[field.kind](words)
    except (ValueError, InvalidOperation):
        remedy = {"date": "写作 2021-03-10", "day": "写作 2021-03-10"}.get(field.kind, "写数字，如 33 或 92.5")
        raise _fault("G-REVIEW-04", field.label, f"“{words}”不对", "存下来读不回去", remedy) from None


def _number(words: str) -> Decimal | None:
    if not words:
        return None
    number = Decimal(words)
    if not number.is_finite():
        raise ValueError(words)
    return number


def _amount(words: str) -> Any:
    low, dash, high = words.partition("–")
    if dash:
        return Decimal(low.strip()), Decimal(high.strip())
    return words if words[:1].isdigit() and words[-1:].isalpha() else _number(words)


def _needed(words: str) -> str:
    if _number(words) is None:
        raise ValueError(words)
    return words


def _chosen(known: Sequence[str]) -> Any:
    def choose(words: str) -> str:
        if words not in known:
            raise ValueError(words)
        return words

    return choose


def _card(words: str) -> str | None:
    if words and words not in {one.id for one in cards.all_cards()}:
        raise ValueError(words)
    return words or None


_PARSERS: dict[str, Any] = {
    "text": str,
    "card": _card,
    "op": _chosen(tuple(OPS)),
    "level": _chosen(LEVELS),
    "amount": _amount,
    "number": _number,
    "needed": _needed,
    "integer": lambda words: int(words) if words else None,
    "list": lambda words: tuple(part.strip() for part in words.replace("；", "、").split("、") if part.strip()),
    "date": lambda words: date.fromisoformat(words) if words else None,
    "day": date.fromisoformat,
}


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
