"""Answers to the questions of the inspection office, made once and shown by pages and commands alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.fields.json import KeyTransform

from guatu.act.alike import alike
from guatu.act.deadlines import LONG_TERM
from guatu.act.letter_numbers import count_letters, read_number
from guatu.act.measure_rows import FIELD, measures_of, standing
from guatu.act.moves import moves_of, sentence
from guatu.act.overview import told
from guatu.act.problem import Person
from guatu.act.problem import Problem as Item
from guatu.act.rates import Counts
from guatu.act.visits import visits_of
from guatu.errors import ActError
from guatu.office.ledger import declared, listing, lists, storage
from guatu.office.ledger.models import Problem

Row = tuple[str, ...]
TAILINGS = "tailings"
MOST = 200
"""Rows of a table that a page shows; the list, the export and the command have all of them [rows]."""
LEFT = ("编号", "问题", "现在的状态", "牵头单位", "属地", "责任领导", "时限")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; number_at: the column that holds a problem's number; more: the list with every row.

    left: rows that a page leaves out.
    """

    title: str
    heads: Row
    rows: Sequence[Row]
    number_at: int = -1
    more: str = ""
    left: int = 0

    @property
    def size(self) -> int:
        """How many rows there are, shown or not."""
        return len(self.rows) + self.left


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its title, its sentences, its tables."""

    title: str
    words: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def shortened(answer: Answer, most: int = MOST) -> Answer:
    """The answer as a page shows it: of a long table the first rows, and how many more there are."""
    tables = tuple(
        replace(one, rows=one.rows[:most], left=len(one.rows) - most) if len(one.rows) > most else one
        for one in answer.tables
    )
    return replace(answer, tables=tables)


def due(rows: QuerySet[Problem], day: date, most: int | None = None) -> Answer:
    """How many are done, due, late and in step, and the late with unit, leader, days and first date.

    most: how many rows the table names, None for all [rows].
    """
    then = storage.standing(rows, day)
    late = listing.overdue(day)
    n = then.aggregate(
        total=Count("*"), due=Count(Value(1), filter=Q(deadline__lte=day)),
        done=Count(Value(1), filter=Q(deadline__lte=day) & Q(finished__isnull=False)),
        finished_late=Count(Value(1), filter=Q(late__gt=0)), overdue=Count(Value(1), filter=late),
        in_step=Count(Value(1), filter=Q(state=LONG_TERM)),
    )  # fmt: skip
    named = then.filter(late).order_by("deadline", "problem__number").values_list(
        "problem__number", "problem__title", "problem__lead_unit", "problem__county", "problem__leader", "deadline",
        "problem__first_deadline",
    )[:most]  # fmt: skip
    table = [
        (number, title[:60], unit or "未填", county or "未填", leader or "未填", str(limit), str((day - limit).days),
         str(first) if first and first != limit else "")
        for number, title, unit, county, leader, limit, first in named
    ]  # fmt: skip
    heads = ("编号", "问题", "牵头单位", "属地", "责任领导", "时限", "逾期天数", "原定时限")
    shown = Table("到期没完成的", heads, table, 0, "/problems/?due=overdue", n["overdue"] - len(table))
    return Answer(f"截至 {day} 的完成与逾期", (told(**n),), (shown,))


def rates(day: date, most: int | None = None) -> Answer:
    """The rates bound to their lists, each ledger apart; today from the list's columns, other days from the stays.

    most: how many rows each table of items names, None for all [rows].
    """
    now = day == declared.today()
    tables = []
    words = []
    heads = (
        "清单", "需限期整改", "已通过验收", "完成率", "已销号", "阶段性办结", "到期完成", "长期坚持", "不属实",
        "时限未定",
    )  # fmt: skip
    for one in lists.cards(day) if now else lists.cards_on(day):
        name = one.listing.id
        words += [one.together.words, verdict(one)]
        rows = [_counts_row("合计", one.together), *(_counts_row(each.title, each) for each in one.apart)]
        tables.append(Table(f"{one.listing.title}（{one.listing.clause}）", heads, rows))
        more = f"/problems/?list={name}&part=left" if now else ""
        left = _left(name, day, now, most)
        rest = one.left - len(left)
        tables.append(Table(f"{one.listing.title}：还没有通过验收的", LEFT, left, 0, more, rest))
    return Answer(f"截至 {day} 的整改完成率", tuple(words), tuple(tables))


def _left(name: str, day: date, now: bool, most: int | None) -> list[Row]:
    """What is left of a list, with who answers for it, as it stood on the day."""
    of = lists.NOW if now else lists.PAST
    rows: QuerySet[Any] = Problem.objects.all() if now else storage.standing(None, day)
    names = (*(f"{of}{name}" for name in ("number", "title")), "state",
             *(f"{of}{name}" for name in ("lead_unit", "county", "leader")), "deadline")  # fmt: skip
    found = rows.filter(lists.behind(name, "left", day, of)).order_by(f"{of}number").values_list(*names)[:most]
    return [tuple(str(cell or "—") for cell in row) for row in found]


def verdict(card: lists.Card) -> str:
    """Whether a list reaches its target, in words."""
    if card.listing.target is None:
        return f"要求：{card.listing.by} 前全面完成。" if card.listing.by else "文件没有定完成率。"
    said = {True: "已达到", False: "还没有达到", None: "没有应计的件，不能判断是否达到"}[card.met]
    return f"目标 {card.listing.target}%，{said}。"


def _counts_row(title: str, counts: Counts) -> Row:
    """One line of the table of a list."""
    n = counts.n
    return (
        title, str(n["of"]), str(n["accepted"]), counts.accepted, str(n["closed"]), str(n["provisional"]), counts.due,
        f"{n['on_track']}/{n['long_term']}", str(n["untrue"]), str(n["unset"]),
    )  # fmt: skip


def missing(row: Problem, person: Person | None, day: date) -> Answer:
    """What every next move of a problem still lacks, who must supply it and how, and the papers that are there.

    person: whose hands are asked about; None: of papers and fields alone.
    """
    ledger, item = declared.ledger(row.ledger), storage.item_of(row)
    rows = []
    for option in moves_of(ledger, item, person or Person("", frozenset()), day):
        lacks = [one for one in option.lacks if person or one.kind in ("paper", "field", "wait")]
        state = "可以办" if not lacks else "；".join(sentence(ledger, item, one) for one in lacks)
        rows.append((option.move.title, option.move.target, state))
    papers = [
        (one.kind, ledger.sides[one.side].title if one.side in ledger.sides else "", one.giver, str(one.day or ""),
         one.number, "已用" if one.used else "待用")
        for one in item.papers
    ]  # fmt: skip
    there = measures_of(item.fields.get(FIELD))
    measures = [
        (str(n), one.text, one.unit or "—", one.due or "—", f"逾期 {one.late(day)} 天" if one.late(day) else one.state,
         one.done_when or "—", _proof(item, one.proof))
        for n, one in enumerate(there, start=1)
    ]  # fmt: skip
    tables = (
        Table("下一步和还缺什么", ("动作", "到", "还缺什么、由谁提供"), rows),
        Table("已有材料", ("材料", "提供方", "单位", "日期", "文号", ""), papers),
    )
    told = Table("整改措施", ("序号", "措施", "责任单位", "时限", "状态", "完成标准", "佐证"), measures)
    words = (f"现在：{row.stage}，{row.state}。", standing(there, day))
    return Answer(f"{row.number} {row.title}", words, (*tables, told))


def _proof(item: Item, proof: str) -> str:
    """What proves a measure, in words."""
    return next((f"{one.kind} {one.name}" for one in item.papers if one.sha256 == proof), proof) or "—"


def received(rows: QuerySet[Problem], on: date) -> Answer:
    """What was handed over on a day: number taken apart, attention mark, county, and what may be a duplicate."""
    today = storage.items(rows.filter(Q(assigned_on=on) | Q(entered=on, assigned_on=None)))
    numbers = {item.number for item in today}
    every = today + [item for item in _near_in_kind(today) if item.number not in numbers]
    pairs = alike(every, of=frozenset(numbers))
    table = []
    for item in today:
        others = [
            f"{pair.second if pair.first == item.number else pair.first}（{'、'.join(pair.reasons)}）"
            for pair in pairs
            if item.number in (pair.first, pair.second)
        ]
        table.append(
            (
                item.number,
                *_taken_apart(item),
                str(item.fields.get("county") or "未定"),
                "；".join(others) or "没有发现",
            )
        )
    heads = ("编号", "受理编号", "来源", "重点件", "属地", "可能重复（只提示，不自动合并）")
    return Answer(f"{on} 转来 {len(today)} 件", (), (Table("转来的件", heads, table, 0),))


def counts(rows: QuerySet[Problem], name: str) -> Answer:
    """Items of a ledger of letters so far: done, by stages, open, by county and type."""
    ledger = declared.ledger(name)
    said = (
        rows.filter(ledger=ledger.id)
        .order_by("number")
        .annotate(types=KeyTransform("fields.pollution", F("content__data")))
    )
    letters = [
        Item(ledger.id, number, state, {"county": county, "pollution": types})
        for number, state, county, types in said.values_list("number", "state", "county", "types")
    ]
    found = count_letters(ledger, letters)
    tables = tuple(
        Table(title, (title, "件数", "编号"), [(key, str(len(ns)), "、".join(ns[:20])) for key, ns in groups.items()])
        for title, groups in (("按属地", found.counties), ("按类型", found.types))
    )
    return Answer(f"{ledger.title}累计", (found.words,), tables)


def visits(rows: QuerySet[Problem], day: date) -> Answer:
    """Each tailings pond: visits asked for and made this year, and before the floods."""
    found = visits_of(storage.items(rows.filter(ledger=TAILINGS)), day)
    table = [
        (one.number, one.pond, one.level, "、".join(map(str, one.made)) or "没有", str(one.asked), str(len(one.made)),
         str(one.asked_before_flood), str(len(one.made_before_flood)), "够" if not one.short else f"差 {one.short} 次")
        for one in found
    ]  # fmt: skip
    short = [one for one in found if one.short]
    before = sum(1 for one in found if one.short_before_flood)
    words = f"{len(found)} 座尾矿库，{len(short)} 座检查次数不够，其中汛前没有查够的 {before} 座。"
    heads = ("编号", "尾矿库", "等级", "检查日期", "应查", "已查", "汛前应查", "汛前已查", "结论")
    return Answer(f"{day.year} 年尾矿库检查（截至 {day}）", (words,), (Table("各库", heads, table, 0),))


def same_place(rows: QuerySet[Problem], names: Sequence[str]) -> Answer:
    """Items of some ledgers that may be one place or thing: offered, a person links them, each list keeps its count."""
    chosen = [declared.ledger(name) for name in names]
    found = storage.items(rows.filter(ledger__in=[one.id for one in chosen]))
    of = {item.number: item for item in found}
    pairs = [
        (pair.first, pair.second, "、".join(pair.reasons), str(of[pair.first].fields.get("title") or "")[:30],
         str(of[pair.second].fields.get("title") or "")[:30])
        for pair in alike(found)
        if len(chosen) == 1 or of[pair.first].ledger != of[pair.second].ledger
    ]  # fmt: skip
    own = "，".join(f"{one.title} {sum(1 for item in found if item.ledger == one.id)} 件" for one in chosen)
    words = (f"{own}；可能是同一处的 {len(pairs)} 对，由人确认，各清单仍各算各的。",)
    return Answer("可能是同一处", words, (Table("逐对", ("编号", "编号", "理由", "问题", "问题"), pairs, 0),))


def neighbours(row: Problem) -> list[tuple[str, str]]:
    """What may be the same as one problem: number and reasons."""
    item = storage.item_of(row)
    near = [one for one in _near_in_kind([item]) if one.number != item.number]
    pairs = alike([item, *near], of=frozenset([item.number]))
    return [
        (pair.second if pair.first == item.number else pair.first, "、".join(pair.reasons))
        for pair in pairs
        if item.number in (pair.first, pair.second)
    ]


def _near_in_kind(given: Sequence[Item]) -> list[Item]:
    """Candidates for duplicates: the same object, near places, and the latest of the same ledger and county."""
    numbers: set[str] = set()
    for item in given:
        near = Q(pk=None)
        if item.fields.get("object_no"):
            near |= Q(object_no=item.fields["object_no"])
        if item.fields.get("longitude") and item.fields.get("latitude"):
            east, north = float(item.fields["longitude"]), float(item.fields["latitude"])
            near |= Q(longitude__range=(east - 0.01, east + 0.01), latitude__range=(north - 0.01, north + 0.01))
        numbers.update(Problem.objects.filter(near).values_list("number", flat=True)[:200])
        same = Problem.objects.filter(ledger=item.ledger, county=item.fields.get("county") or "").order_by("-entered")
        numbers.update(same.values_list("number", flat=True)[:300])
    return storage.items(Problem.objects.filter(number__in=numbers))


def _taken_apart(item: Item) -> Row:
    text = str(item.fields.get("receipt_number") or "、".join(item.fields.get("source_no", [])))
    mark = str(item.fields.get("key_item") or "")
    try:
        number = read_number(text)
    except ActError:
        return text or "未填", str(item.fields.get("channel") or "认不出"), mark or "未注明"
    return number.text, number.channel, "是" if number.key_item or mark == "是" else "否"


def as_text(answer: Answer) -> list[str]:
    """An answer as the lines of a command."""
    lines = [answer.title, *answer.words]
    for table in answer.tables:
        lines += ["", f"{table.title}（{len(table.rows)}）", "\t".join(table.heads)]
        lines += ["\t".join(cell.replace("\n", " ") for cell in row) for row in table.rows]
    return lines


def as_json(answer: Answer) -> Mapping[str, Any]:
    """An answer as plain values."""
    return {
        "title": answer.title,
        "words": list(answer.words),
        "tables": [
            {"title": t.title, "heads": list(t.heads), "rows": [list(row) for row in t.rows]} for t in answer.tables
        ],
    }
