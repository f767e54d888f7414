"""The year's number of a target that follows a five-year plan: plan/paths.toml, a printed table or a named rule."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from guatu.base.exact import half_even
from guatu.base.still import once
from guatu.base.toml import BrokenTomlError, parsed
from guatu.base.value import Step
from guatu.compute import climate
from guatu.errors import Fault, GuatuError, WorkspaceError
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from guatu.rules.cards import Cards

RULES = ("printed", "geometric", "linear")


@dataclass(frozen=True, slots=True)
class YearPath:
    """What a plan asks of an indicator year by year.

    base: the year before the first; rule: ``printed`` (table, the cumulative value of each year in order),
    ``geometric`` or ``linear`` (target, the value at the end, and start, the value of the base year where it is not
    nought); annual: whether figures are handed in as the drop of the year, to be multiplied up; paper, day: where the
    numbers stand and since when they are known.
    """

    indicator: str
    base: int
    rule: str
    target: str = ""
    table: tuple[str, ...] = ()
    start: str = "0"
    years: int = 0
    annual: bool = False
    paper: str = ""
    day: date = date.min

    def path(self) -> climate.Path:
        """The path as it is computed; a wall asks for it at every place."""
        return _computed(self)


@lru_cache(maxsize=64)
def _computed(year_path: YearPath) -> climate.Path:
    length = year_path.years or None
    if year_path.rule == "printed":
        return climate.printed([Decimal(one) for one in year_path.table])
    rise = Fraction(year_path.target) - Fraction(year_path.start)
    if year_path.rule == "geometric":
        return climate.geometric(rise, length)
    straight = climate.linear(rise, length)
    return replace(straight, required=tuple(Decimal(year_path.start) + one for one in straight.required))


@once
def paths_of(ws: Workspace) -> tuple[YearPath, ...]:
    """The paths of a workspace; none where it has no plan/paths.toml.

    Raises WorkspaceError with every fault: G-JUDGE-20 not TOML, G-JUDGE-21 an entry.
    """
    file = ws.folder / "plan" / "paths.toml"
    return _read(file.read_bytes(), ws.cards) if file.is_file() else ()


@lru_cache(maxsize=8)
def _read(content: bytes, cards: Cards) -> tuple[YearPath, ...]:
    """The paths of a file's bytes; a wall asks for them many times."""
    try:
        rows = parsed(content).get("path", [])
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "paths.toml is not TOML", "G-JUDGE-20", "plan/paths.toml", error.what,
            "没有进度路径就没有当年目标", "用文本编辑器改正",
        ) from None  # fmt: skip
    faults: list[Fault] = []
    found = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_entry(row, cards))
        except GuatuError as error:
            where = f"plan/paths.toml 第 {number} 个 [[path]]"
            faults.append(Fault("G-JUDGE-21", where, error.message, "算不出当年目标", "对照文档改正"))
    if faults:
        raise WorkspaceError(f"paths.toml has {len(faults)} faults", faults)
    return tuple(found)


def path_of(ws: Workspace, indicator: str, year: int, as_of: date) -> YearPath | None:
    """The newest path of an indicator that covers a year and was known on a day."""
    mine = [
        one for one in paths_of(ws)
        if one.indicator == indicator and one.day <= as_of and 1 <= year - one.base <= len(one.path().required)
    ]  # fmt: skip
    return max(mine, key=lambda one: one.day, default=None)


def with_number(ws: Workspace, target: Target, year: int, as_of: date) -> tuple[Target, Step | None]:
    """A schedule target with the number of its year and the step that says whence; unchanged without a path."""
    if target.op != "schedule" or target.indicator_id is None:
        return target, None
    found = path_of(ws, target.indicator_id, year, as_of)
    if found is None:
        return target, None
    card = ws.cards.card(target.indicator_id)
    path = found.path()
    required = half_even(path.after(year - found.base), card.decimals)
    op = "<=" if card.better == "lower" else ">="
    basis = f"（{found.paper}）" if found.paper else ""
    whole = f"，{found.base + len(path.required)} 年 {found.target or found.table[-1]}"
    text = f"{year} 年序时要求：{path.name}路径，{found.base} 年为基期{whole}{basis}"
    unit = "%" if card.unit == "%" else card.unit
    step = Step(text, f"{required}", card.clause, "climate.path", "E", f"plan/paths.toml {found.indicator}")
    return replace(target, op=op, value=required, unit=unit, decimals=card.decimals), step


def _entry(row: dict[str, Any], cards: Cards) -> YearPath:
    known = {field.name for field in fields(YearPath)}
    if strange := sorted(row.keys() - known):
        raise GuatuError(f"不认识 {'、'.join(strange)}")
    if lacking := [name for name in ("indicator", "base", "rule") if not row.get(name)]:
        raise GuatuError(f"缺 {'、'.join(lacking)}")
    if cards.get(row["indicator"]) is None:
        raise GuatuError(f"没有指标“{row['indicator']}”")
    if row["rule"] not in RULES:
        raise GuatuError(f"rule 写成了“{row['rule']}”，只能是 {'、'.join(RULES)}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    if row["rule"] == "geometric" and "start" in row:
        raise GuatuError("等比路径从零算起，不写 start")
    numbers = [*values.get("table", ()), *(values[name] for name in ("target", "start") if name in values)]
    try:
        if not all(isinstance(one, str) and Decimal(one).is_finite() for one in numbers) or not numbers:
            raise GuatuError('数要写成带引号的小数，如 "3.89"')
        found = YearPath(**values)
        found.path()
    except (InvalidOperation, TypeError, ValueError):
        raise GuatuError('数要写成带引号的小数，如 "3.89"') from None
    return found
