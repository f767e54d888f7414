"""One loader for all rules: dated TOML entries in ``law/``, asked for by id and day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from guatu.errors import RuleError

CONFIDENCE = {
    "T": "读自正式文本",
    "X": "读自正式文本的摘录",
    "E": "由官方公布数据反推证实",
    "2": "两个以上独立来源一致",
    "1": "只有一个来源",
    "M": "凭记忆，未核对原文",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated fact of the law.

    value is a Decimal-free plain TOML value (int, str, bool, list, table); decimals are written as text so that
    no binary float enters. since/until bound the days it holds, both included; until None: still in force.
    edition: short name of the edition of the standard (``2012``, ``2026``), where readings by edition are asked for.
    """

    id: str
    value: Any
    since: date
    until: date | None
    clause: str
    source: str
    confidence: str
    unit: str = ""
    note: str = ""
    edition: str = ""

    def holds(self, day: date) -> bool:
        """Whether the rule is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


def at(rule_id: str, day: date) -> Rule:
    """The rule in force on a day. Raises RuleError (G-RULE-01 unknown id, G-RULE-02 not in force that day)."""
    for rule in timeline(rule_id):
        if rule.holds(day):
            return rule
    raise RuleError.of(
        f"rule {rule_id} has no value on {day}",
        "G-RULE-02",
        f"规则 {rule_id}",
        f"{day} 没有在用的规定",
        "这一天的数无法按规定计算",
        "核对日期，或在规则库补上该时段的规定",
    )


def of_edition(rule_id: str, edition: str) -> Rule:
    """The rule as one edition of its standard has it, whatever the day; an undivided rule serves every edition.

    Raises RuleError (G-RULE-01 unknown id, G-RULE-03 the edition has no such rule).
    """
    rules = timeline(rule_id)
    for rule in rules:
        if rule.edition == edition or (len(rules) == 1 and not rule.edition):
            return rule
    raise RuleError.of(
        f"rule {rule_id} has no edition {edition!r}",
        "G-RULE-03",
        f"规则 {rule_id}",
        f"没有“{edition}”版的规定",
        "不能按这一版计算",
        "换一个版本，或在规则库补上",
    )


def timeline(rule_id: str) -> tuple[Rule, ...]:
    """All dated values of one rule, oldest first."""
    rules = _book().get(rule_id)
    if rules is None:
        raise RuleError.of(
            f"no rule {rule_id}", "G-RULE-01", f"规则 {rule_id}", "规则库里没有", "无从取值", "核对规则名"
        )
    return rules


def every(prefix: str = "") -> Iterator[Rule]:
    """Every dated value whose id begins so, by id, oldest first."""
    for rule_id in sorted(_book()):
        if rule_id.startswith(prefix):
            yield from _book()[rule_id]


@cache
def _book() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for path in sorted(files(__package__).joinpath("law").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for rule in _entries(tomllib.loads(path.read_text(encoding="utf-8")), path.name):
                found.setdefault(rule.id, []).append(rule)
    return {rule_id: _in_order(rule_id, rules) for rule_id, rules in found.items()}


def _entries(document: dict[str, Any], name: str) -> Iterator[Rule]:
    """Each ``[[rule]]`` of a file; a file-wide ``[defaults]`` table fills what an entry does not say."""
    defaults = document.get("defaults", {})
    for entry in document.get("rule", []):
        fields = {**defaults, **entry}
        unknown = fields.keys() - {
            "id",
            "value",
            "since",
            "until",
            "clause",
            "source",
            "confidence",
            "unit",
            "note",
            "edition",
        }
        if unknown or not {"id", "value", "since", "clause", "source", "confidence"} <= fields.keys():
            raise RuleError(f"{name}: entry {fields.get('id')} lacks a field or has an unknown one: {unknown}")
        if fields["confidence"] not in CONFIDENCE:
            raise RuleError(f"{name}: entry {fields['id']} has confidence {fields['confidence']!r}")
        yield Rule(**{"until": None, **fields})


def _in_order(rule_id: str, rules: list[Rule]) -> tuple[Rule, ...]:
    """Sort by date and refuse gaps and overlaps: on each day since the first there is one value or an open end."""
    rules.sort(key=lambda rule: rule.since)
    for earlier, later in pairwise(rules):
        if earlier.until is None or earlier.until + timedelta(days=1) != later.since:
            raise RuleError(f"rule {rule_id}: {earlier.since} to {earlier.until} is followed by {later.since}")
    return tuple(rules)
