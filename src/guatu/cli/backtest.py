"""guatu backtest FILE: past years forecast as if they were to come, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from guatu.judge.outlook.skill import Class, Judged, Skill

NAMES = {"pm25_mean": "PM2.5 年均值", "aqi_good_ratio": "优良天数比例"}


def register(app: typer.Typer) -> None:
    """Add ``guatu backtest``."""
    app.command("backtest")(backtest)


def backtest(
    file: Annotated[Path, typer.Argument(help="城市日值：city、date、pm25、aqi，可有 lon、lat")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON：每次预测 rows 和评分 summary")] = False,
) -> None:
    """回测年终预测：每个城市年只用其他年份和当日以前的数据，报出误差、区间覆盖和概率的可靠程度。"""
    from guatu.judge.outlook import cityday, skill
    from guatu.judge.outlook.backtest import backtest as run
    from guatu.judge.outlook.backtest import questions

    rows = run(cityday.read(file))
    if as_json:
        facts = {"rows": [_row(row) for row in rows], "summary": [_score(s) for s in skill.summary(rows, by_year=True)]}
        typer.echo(json.dumps(facts, ensure_ascii=False))
        return
    _show(skill.summary(rows, by_year=True) + skill.summary(rows, by_year=False))
    for indicator in NAMES:
        mine = [row for row in rows if row.indicator == indicator]
        if mine:
            _show_reliability(indicator, *skill.reliability(mine, questions()["reliability"]["edges"]))


def _row(row: Judged) -> dict[str, Any]:
    return {
        "city": row.city,
        "year": row.year,
        "origin": row.origin,
        "indicator": row.indicator,
        "mean": round(row.mean, 3),
        "p10": round(row.p10, 3),
        "p90": round(row.p90, 3),
        "p025": round(row.p025, 3),
        "p975": round(row.p975, 3),
        "targets": [{"value": round(value, 6), "p": round(chance, 5)} for value, chance, _, _ in row.targets],
    }


def _score(skill: Skill) -> dict[str, Any]:
    return {
        "indicator": skill.indicator,
        "origin": skill.origin,
        "year": skill.year,
        "mape" if skill.indicator == "pm25_mean" else "mae": round(skill.error, 4),
        "crps": round(skill.crps, 4),
        "bss": None if skill.bss is None else round(skill.bss, 4),
        "c80": round(skill.c80, 4),
        "c95": round(skill.c95, 4),
    }


def _show(skills: list[Skill]) -> None:
    from rich.console import Console
    from rich.table import Table

    for indicator, name in NAMES.items():
        mine = [s for s in skills if s.indicator == indicator]
        if not mine:
            continue
        unit = "误差%、CRPS 微克/立方米" if indicator == "pm25_mean" else "误差和 CRPS 为百分点"
        typer.echo(f"{name}（{unit}）")
        table = Table()
        for heading in ("年", "预测日", "城市年", "误差", "CRPS", "技巧", "80%区间", "95%区间"):
            table.add_column(heading, justify="right")
        for s in sorted(mine, key=lambda s: (s.year is None, s.year or 0, s.origin)):
            table.add_row(
                "合计" if s.year is None else str(s.year),
                s.origin,
                str(s.cases),
                f"{s.error:.2f}",
                f"{s.crps:.2f}",
                "无从比较" if s.bss is None else f"{s.bss:.2f}",
                f"{s.c80:.2f}",
                f"{s.c95:.2f}",
            )
        Console().print(table)


def _show_reliability(indicator: str, classes: list[Class], gap: float) -> None:
    from rich.console import Console
    from rich.table import Table

    typer.echo(f"{NAMES[indicator]}：给出的概率与实际达标的比例（平均相差 {gap:.3f}）")
    table = Table()
    for heading in ("概率档", "次数", "平均给出", "实际达标"):
        table.add_column(heading, justify="right")
    for entry in classes:
        table.add_row(f"{entry.low:.0%}–{entry.high:.0%}", str(entry.count), f"{entry.given:.1%}", f"{entry.met:.1%}")
    Console().print(table)
