"""From TOML to a Scheme: numbers exact, every fault by line, nothing half-built."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.score.lines import lines_of
from guatu.score.scheme import Bar, Condition, Grade, Item, Money, Part, Rule, Scheme, Source, Target, Worked
from guatu.score.shape import fault, misshapen
from guatu.score.soundness import unsound


class SchemeError(GuatuError):
    """A scheme file is not as it must be; nothing of it is used."""


def load(path: Path) -> Scheme:
    """A scheme from a file. Raises SchemeError with all faults."""
    try:
        return define(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise SchemeError(
            f"{path} is not UTF-8", [fault("G-SCORE-01", path.name, 1, "不是 UTF-8 文本", "另存为 UTF-8")]
        ) from error


def define(text: str, name: str) -> Scheme:
    """Read one scheme. Raises SchemeError: G-SCORE-01 not TOML, 02 … 13 see shape and soundness, 10 the period."""
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(
            f"{name} is not TOML", [fault("G-SCORE-01", name, _line_in(str(error)), f"不是 TOML：{error}", "改正写法")]
        ) from error
    lines = lines_of(text)
    faults = list(misshapen(document, lines, name))
    if faults:
        raise SchemeError(f"{name} has {len(faults)} faults", faults)
    try:
        period = Period.of(document["scheme"]["period"])
    except GuatuError as error:
        line = lines.get(("scheme", "period"), 1)
        raise SchemeError(
            f"{name} has no period", [fault("G-SCORE-10", name, line, "时段认不出来", "写作 2021 或 2021Q3")]
        ) from error
    scheme = _scheme(document, period, hashlib.sha256(text.encode()).hexdigest())
    faults = list(unsound(scheme, lines, name))
    if faults:
        raise SchemeError(f"{name} has {len(faults)} faults", faults)
    return scheme


def _line_in(message: str) -> int:
    """The line a TOML error names, 1 where it names none."""
    _, _, tail = message.partition("at line ")
    digits = tail.partition(",")[0]
    return int(digits) if digits.isdigit() else 1


def _scheme(document: Mapping[str, Any], period: Period, sha256: str) -> Scheme:
    said = document["scheme"]
    defaults = {"missing": said.get("missing", "hold"), "unreported": said.get("unreported", "hold")}
    items = tuple(_item({**defaults, **one}) for one in document["item"])
    plain = ("places", "shown", "rounding", "grade_on", "tie", "complete", "demo", "source", "confidence", "note")
    return Scheme(
        id=said["id"],
        family=said.get("family", said["id"]),
        title=said["title"],
        since=said["since"],
        until=said.get("until"),
        period=period,
        subjects=said["subjects"],
        full=Fraction(said["full"]) if "full" in said else sum((one.points for one in items), Fraction()),
        items=items,
        blocks=_pairs(said.get("blocks", ())),
        targets={one["id"]: _target(one) for one in document.get("target", ())},
        groups=tuple((name, tuple(members)) for name, members in said.get("groups", ())),
        grades=tuple(Grade(one["name"], Fraction(one["least"])) for one in document.get("grade", ())),
        gates=tuple(_bar(one) for one in document.get("gate", ())),
        vetoes=tuple(_bar(one) for one in document.get("veto", ())),
        money=tuple(_money(one) for one in document.get("money", ())),
        compose=_rule(said.get("compose", {"kind": "sum"})),
        then=tuple((one[0], one[1], one[2]) for one in said.get("then", ())),
        left_out=tuple((one["title"], one["why"]) for one in document.get("left_out", ())),
        worked=tuple(_worked(one) for one in document.get("worked", ())),
        process=tuple(said.get("process", ())),
        sha256=sha256,
        **{key: said[key] for key in plain if key in said},
    )


def _item(said: Mapping[str, Any]) -> Item:
    plain = ("block", "target", "span", "clause", "missing", "unreported", "origin", "note")
    more: dict[str, Any] = {key: said[key] for key in plain if key in said}
    more |= {key: tuple(said[key]) for key in ("scored_by", "evidence", "applies_to") if key in said}
    floor = said.get("floor", 0)
    return Item(
        id=said["id"],
        title=said["title"],
        points=Fraction(said["points"]),
        rule=_rule(said["rule"]) if "rule" in said else None,
        parts=tuple(
            Part(one["id"], one["title"], Fraction(one["points"]), _rule(one["rule"])) for one in said.get("part", ())
        ),
        modifiers=tuple(_rule(one) for one in said.get("modifier", ())),
        facts=_sources(said.get("facts", {})),
        floor=None if floor == "none" else Fraction(floor),
        **more,
    )


def _bar(said: Mapping[str, Any]) -> Bar:
    plain = ("grade", "effect", "item", "decided_by", "paper")
    more = {key: said[key] for key in plain if key in said}
    return Bar(said["id"], said["title"], _condition(said["when"]), _sources(said.get("facts", {})), **more)


def _money(said: Mapping[str, Any]) -> Money:
    more = {key: said[key] for key in ("id", "title", "of", "base", "better", "sign", "span") if key in said}
    return Money(said["kind"], said["unit"], _pairs(said["table"]), facts=_sources(said.get("facts", {})), **more)


def _worked(said: Mapping[str, Any]) -> Worked:
    more = {key: said[key] for key in ("item", "subject", "facts", "peers") if key in said}
    return Worked(said["says"], Fraction(said["gives"]), **more)


def _sources(said: Mapping[str, Any]) -> dict[str, Source]:
    return {
        name: Source(one["from"], {key: value for key, value in one.items() if key != "from"})
        for name, one in said.items()
    }


def _target(said: Mapping[str, Any]) -> Target:
    return Target(
        said["id"],
        Fraction(said["value"]) if "value" in said else None,
        {name: Fraction(value) for name, value in said.get("by", {}).items()},
        said.get("unit", ""),
        said.get("paper", ""),
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    own = ("kind", "id", "part", "title")
    params = {key: _value(key, value) for key, value in said.items() if key not in own}
    return Rule(said["kind"], params, *(said.get(key, "") for key in own[1:]))


def _value(key: str, value: Any) -> Any:
    """A parameter with its numbers exact."""
    if key == "when":
        return _condition(value)
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, dict):
        return {name: Fraction(number) for name, number in value.items()}
    if isinstance(value, list) and all(isinstance(one, list) for one in value):
        return tuple((one if isinstance(one, str) else Fraction(one), Fraction(number)) for one, number in value)
    return tuple(value)


def _condition(said: Mapping[str, Any]) -> Condition:
    for link in ("all", "any", "none"):
        if link in said:
            return Condition(link, parts=tuple(_condition(one) for one in said[link]))
    return Condition("compare", str(said["of"]), said["is"], str(said["than"]))


def _pairs(said: Any) -> tuple[tuple[str, Fraction], ...]:
    return tuple((name, Fraction(value)) for name, value in said)
