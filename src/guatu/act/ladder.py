"""The ladder of letters, who may send which to whom, and what sets each off: read from data."""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from guatu.errors import ActError, Fault

Number = int | Decimal | Fraction
TESTS: Mapping[str, Callable[[int | Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
TOLD = {">=": "≥", ">": "＞", "<": "＜", "<=": "≤", "=": "＝"}
FACTS = {
    "overdue_days": "逾期天数", "late_running": "连续迟报期数", "missed": "目标已不能完成", "room": "余量",
    "bad_months": "连续超过目标类别的月数", "month_class": "当月类别", "cumulative_class": "累计类别",
    "month_classes_worse": "当月比上年同月差几个类别", "cumulative_classes_worse": "累计比上年同期差几个类别",
    "misses_year_target": "未达到年度目标", "rank_from_bottom": "倒数名次", "worse_times": "同比变差次数",
    "talks_running": "连续被约谈次数", "months_worse_running": "连续同比变差月数",
    "season_improvement_short": "季度改善幅度差多少", "season_target_missed": "秋冬季目标未完成",
    "quality_worse": "年度质量恶化", "year_task_missed": "年度任务未完成",
}  # fmt: skip
"""What each fact of a trigger is called; classes are 1 to 6."""
YES_NO = ("missed", "misses_year_target", "season_target_missed", "quality_worse", "year_task_missed")
"""Facts that are 1 or 0."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact compared with a number."""

    fact: str
    op: str
    value: Fraction

    def holds(self, facts: Mapping[str, Number]) -> bool | None:
        """Whether it holds; None where the fact is not known: nothing is concluded from a missing figure."""
        known = facts.get(self.fact)
        if known is None:
            return None
        return TESTS[self.op](Fraction(known) if isinstance(known, Decimal) else known, self.value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a letter off: every condition together. active: used unless an office says otherwise."""

    id: str
    title: str
    subject: str
    conditions: tuple[Condition, ...]
    letter: str
    addressee: str
    source: str
    mark: str
    active: bool

    @property
    def words(self) -> str:
        """The conditions as a person reads them."""
        return "，".join(
            FACTS[one.fact] if one.fact in YES_NO else f"{FACTS[one.fact]}{TOLD[one.op]}{one.value}"
            for one in self.conditions
        )

    def holds(self, facts: Mapping[str, Number]) -> bool | None:
        """True when all hold, False when one fails, None when none fails but a fact is missing."""
        found = [condition.holds(facts) for condition in self.conditions]
        return False if False in found else None if None in found else True


@dataclass(frozen=True, slots=True)
class Issue:
    """One row of issuer × letters × addressees × approver."""

    issuer: str
    letters: tuple[str, ...]
    addressees: tuple[str, ...]
    approver: str
    copy_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the lightest, the matrix, the triggers and the steps of one letter with what each needs.

    confirmed: the office has made matrix and triggers its own; until then they are a draft.
    """

    rungs: tuple[str, ...]
    matrix: tuple[Issue, ...]
    triggers: tuple[Trigger, ...]
    steps: Mapping[tuple[str, str], tuple[str, ...]]
    letter_fields: tuple[str, ...]
    confirmed: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of addressee the matrix knows, in its order."""
        return tuple(dict.fromkeys(kind for row in self.matrix for kind in row.addressees))

    def height(self, letter: str) -> int:
        """How high a letter stands on the ladder, 0 the lightest."""
        return self.rungs.index(letter)

    def issue(self, letter: str, kind: str) -> tuple[str, Issue] | None:
        """The row for a letter to a kind of body; where there is none, that of the next lighter letter, or None."""
        for rung in reversed(self.rungs[: self.height(letter) + 1]):
            for row in self.matrix:
                if rung in row.letters and kind in row.addressees:
                    return rung, row
        return None


def settled(rules: Ladder, matrix: Sequence[Issue], active: Collection[str]) -> Ladder:
    """The ladder as an office has confirmed it: its own matrix, and the triggers it uses.

    Raises ActError (G-ACT-54) with every row that no letter could be sent by.
    """
    faults = []
    for n, row in enumerate(matrix, start=1):
        where = f"发文权限表第 {n} 行"
        for name, word in ((row.issuer, "发文"), (row.approver, "批准")):
            if not name:
                faults.append(Fault("G-ACT-54", where, f"“{word}”是空的", "没有人能发这份函", f"写明由谁{word}"))
        if not row.letters or not row.addressees:
            faults.append(Fault("G-ACT-54", where, "没有选文种或主送", "这一行用不上", "各选至少一项，或删去这一行"))
        for one in row.letters:
            if one not in rules.rungs:
                remedy = f"改为 {'、'.join(rules.rungs)} 之一"
                faults.append(Fault("G-ACT-54", where, f"没有“{one}”这个文种", "不知道排在哪一级", remedy))
        for one in row.addressees:
            if one not in rules.kinds:
                remedy = f"改为 {'、'.join(rules.kinds)} 之一"
                faults.append(Fault("G-ACT-54", where, f"没有“{one}”这类主送", "不知道发给谁", remedy))
    unknown = sorted(set(active) - {one.id for one in rules.triggers})
    faults += [Fault("G-ACT-54", "触发条件", f"没有“{one}”这一条", "无从启用", "核对名称") for one in unknown]
    if faults:
        raise ActError("the matrix has faults", faults)
    triggers = tuple(replace(one, active=one.id in active) for one in rules.triggers)
    return replace(rules, matrix=tuple(matrix), triggers=triggers, confirmed=True)


@cache
def ladder() -> Ladder:
    """The ladder that comes with guatu: the matrix and the first triggers are a draft for each office to confirm."""
    document = tomllib.loads(files("guatu.act").joinpath("escalation.toml").read_text(encoding="utf-8"))
    return Ladder(
        tuple(item["name"] for item in document["rung"]),
        tuple(
            Issue(
                item["issuer"],
                tuple(item["letters"]),
                tuple(item["addressees"]),
                item["approver"],
                tuple(item.get("copy_to", ())),
            )
            for item in document["issue"]
        ),
        tuple(
            Trigger(
                item["id"],
                item.get("title", item["id"]),
                item["subject"],
                tuple(Condition(one["fact"], one["op"], Fraction(one["value"])) for one in item["all"]),
                *(item["letter"], item["addressee"], item["source"], item["mark"], item["active"]),
            )
            for item in document["trigger"]
        ),
        {(item["from"], item["to"]): tuple(item["needs"]) for item in document["step"]},
        tuple(document["letter_fields"]),
    )
