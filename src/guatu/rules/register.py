"""The law as people read it: every limit and method as a row with its clause, and what differs between two days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.errors import RuleError
from guatu.rules.book import CONFIDENCE, Rule, every, timeline
from guatu.rules.cards import BETTER, KINDS, Card, all_cards
from guatu.rules.lists import Counted, counted_lists

HEADS = ("编号", "类别", "名称", "值", "单位", "起", "止", "版本", "条文", "出处", "可靠程度", "说明")
DIFFERING = ("怎样变", "编号", "类别", "名称", "原来", "现在", "原条文", "现条文", "现行起", "可靠程度")
CHANGED, ADDED, ENDED, RENEWED, CARRIED = "改了", "新增", "终止", "换条文，值不变", "沿用，值不变"
HOW = (CHANGED, ADDED, ENDED, RENEWED, CARRIED)
UNSURE = {"M": "未核实", "1": "只有一个来源"}
_WAYS = dict(zip(BETTER, ("越高越好", "越低越好", "约等于"), strict=True))
_UNITS = {"a": "年", "d": "天", "h": "小时", "min": "分钟", "t": "吨"}
Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, indicator card or counted list as a row.

    id: as in the law files, ``card.…`` and ``list.…`` for the others; cells: the value taken apart, each part with its
    words; since None: the entry has no dates of its own; unsure: 未核实 or 只有一个来源, empty where the text was read.
    """

    id: str
    family: str
    title: str
    cells: Cells
    unit: str
    since: date | None
    until: date | None
    edition: str
    clause: str
    source: str
    confidence: str
    note: str

    @property
    def value(self) -> str:
        """The value in one line."""
        return "；".join(f"{words} {text}".strip() for words, text in self.cells)

    @property
    def trust(self) -> str:
        """How the entry was come by, in words."""
        return CONFIDENCE[self.confidence]

    @property
    def unsure(self) -> str:
        """The mark of what has not been read in a text of its own or confirmed; empty otherwise."""
        return UNSURE.get(self.confidence, "")

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day; what has no dates always is."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def row(self) -> tuple[str, ...]:
        """The entry under HEADS."""
        return (
            self.id, self.family, self.title, self.value, self.unit, str(self.since or "—"), str(self.until or "至今"),
            self.edition or "—", self.clause, self.source, f"{self.confidence} {self.trust}", self.note or "—",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Differing:
    """One rule that is not the same on two days: how (one of HOW), before and after."""

    how: str
    id: str
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The rule as it stands after, or as it stood."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def said(self) -> tuple[str, str]:
        """What it was and what it is: only the parts that differ where both are there."""
        old, new = dict(self.before.cells if self.before else ()), dict(self.after.cells if self.after else ())
        if self.before and self.after and self.how == CHANGED:
            parts = [part for part in dict.fromkeys((*old, *new)) if old.get(part) != new.get(part)]
            old, new = {p: old.get(p, "—") for p in parts}, {p: new.get(p, "—") for p in parts}
            if self.before.unit != self.after.unit:
                old["单位"], new["单位"] = self.before.unit or "—", self.after.unit or "—"
        sides = ("；".join(f"{words} {text}".strip() for words, text in side.items()) for side in (old, new))
        before, after = sides
        return before or "—", after or "—"

    @property
    def row(self) -> tuple[str, ...]:
        """The difference under DIFFERING."""
        one, (before, after) = self.entry, self.said
        return (
            self.how, self.id, one.family, one.title, before, after, self.before.clause if self.before else "—",
            self.after.clause if self.after else "—", str(self.after.since or "—") if self.after else "—",
            f"{one.confidence} {one.trust}",
        )  # fmt: skip


@cache
def entries() -> tuple[Entry, ...]:
    """Every entry: rules by id, oldest first, then indicator cards, then counted lists."""
    return (
        *(_of_rule(rule) for rule in every()),
        *(_of_card(card) for card in all_cards()),
        *(_of_list(one) for one in counted_lists()),
    )


def asked(
    *, words: str = "", family: str = "", on: date | None = None, trust: str = "", unsure: bool = False
) -> list[Entry]:
    """The entries that hold all that is asked: words anywhere, family, in force on a day, confidence, unverified."""
    parts = words.lower().split()
    return [
        one
        for one in entries()
        if (not family or one.family == family)
        and (on is None or one.holds(on))
        and (not trust or one.confidence == trust)
        and (not unsure or one.unsure)
        and all(any(part in text.lower() for text in one.row) for part in parts)
    ]


def of_id(entry_id: str) -> tuple[Entry, ...]:
    """Every dated form of one entry, oldest first. Raises RuleError (G-RULE-01) where there is none."""
    found = tuple(one for one in entries() if one.id == entry_id)
    if not found:
        raise RuleError.of(
            f"no entry {entry_id}",
            "G-RULE-01",
            f"规则 {entry_id}",
            "规则库里没有",
            "无从查看",
            "从规则页或 guatu rules 里找编号",
        )
    return found


def families() -> tuple[str, ...]:
    """The families there are, in the order of the book of words."""
    there = {one.family for one in entries()}
    return tuple(name for name in _book()["families"].values() if name in there)


def differences(one: date, other: date) -> list[Differing]:
    """Every rule that is not the same on two days, by id: changed, added, ended, or under a new clause only.

    Entries without dates hold on every day and never differ.
    """
    found = []
    for rule_id in dict.fromkeys(rule.id for rule in every()):
        rules = timeline(rule_id)
        before = next((rule for rule in rules if rule.holds(one)), None)
        after = next((rule for rule in rules if rule.holds(other)), None)
        if before is after:
            continue
        how = ENDED if after is None else ADDED if before is None else _how(before, after)
        old, new = (_of_rule(rule) if rule else None for rule in (before, after))
        found.append(Differing(how, rule_id, old, new))
    return found


def _how(before: Rule, after: Rule) -> str:
    if (before.value, before.unit) != (after.value, after.unit):
        return CHANGED
    return CARRIED if before.clause == after.clause else RENEWED


def _of_rule(rule: Rule) -> Entry:
    family = rule.id.partition(".")[0]
    return Entry(
        rule.id, _family(family), _title(rule.id), tuple(_cells(rule.value)), _unit(rule.unit), rule.since, rule.until,
        rule.edition, rule.clause, rule.source, rule.confidence, rule.note,
    )  # fmt: skip


def _of_card(card: Card) -> Entry:
    told = {
        "分子": card.numerator.strip("-"), "分母": card.denominator.strip("-"), "方向": _WAYS[card.better],
        "类型": KINDS[card.kind], "评价的小数位": str(card.decimals), "几地合成": card.combine,
    }  # fmt: skip
    cells = tuple((words, text) for words, text in told.items() if text)
    return Entry(
        f"card.{card.id}", _family("card"), card.name, cells, _unit(card.unit), None, None, "", card.clause,
        card.source, card.confidence, card.note,
    )  # fmt: skip


def _of_list(one: Counted) -> Entry:
    cells = (("数的是", one.object), ("算的指标", _word(one.indicator)), ("完成看", "、".join(one.done)))
    return Entry(
        f"list.{one.id}", _family("list"), one.name, cells, "", None, None, "", one.clause, one.clause,
        one.confidence, one.note,
    )  # fmt: skip


@cache
def _book() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    )
    return found


def _family(name: str) -> str:
    return _book()["families"].get(name, name)


def _title(rule_id: str) -> str:
    """What a rule is called: as the book says, else its parts in words."""
    titles, parts, keys = (_book()[name] for name in ("titles", "parts", "keys"))
    if rule_id in titles:
        return titles[rule_id]
    said = []
    for part in rule_id.split(".")[1:]:
        whole = parts.get(part) or keys.get(part)
        said += [whole] if whole else [parts.get(p) or keys.get(p) or p for p in part.split("_")]
    return " ".join(said)


def _unit(unit: str) -> str:
    return _UNITS.get(unit) or unit.replace("ug/m3", "µg/m³").replace("mg/m3", "mg/m³")


def _cells(value: Any, path: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """A value taken apart: words of the way to each part, and the part in words; lists of plain parts stay one."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _cells(part, (*path, _word(str(key))))
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for at, part in enumerate(value, 1):
            flat = isinstance(part, list) and not any(isinstance(inner, dict | list) for inner in part)
            yield from _cells(part, (*path, f"第{at}档" if flat or isinstance(part, dict) else f"第{at}组"))
    elif isinstance(value, list):
        yield " ".join(path), _joined(value)
    else:
        yield " ".join(path), _plain(value)


def _joined(parts: Iterable[Any]) -> str:
    return "、".join(_plain(part) for part in parts)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _word(str(value))


def _word(text: str) -> str:
    """A key or word value as people say it; indicators by the name of their card."""
    return _book()["keys"].get(text) or _card_names().get(text) or text


@cache
def _card_names() -> dict[str, str]:
    return {card.id: card.name for card in all_cards()}
