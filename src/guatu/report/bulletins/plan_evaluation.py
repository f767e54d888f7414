"""规划实施中期评估、总结评估报告：总体进展、逐项评估、差距和今后要求、附表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from guatu.base.period import Period
from guatu.base.units import unit_sign
from guatu.judge.evaluation import Evaluation, evaluated
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.paper import Annex, Block, Chart, Grid, Heading, Number, Paper, Runs, Series, sentence
from guatu.report.words import NOTHING, numeral

GOOD = ("met", "aspired", "close")


def midterm(ws: Workspace, plan: Plan, year: Period, as_of: date) -> Paper:
    """The evaluation half-way: every indicator of the plan with its years up to the one named."""
    return _paper(ws, plan, year, as_of, "plan_midterm", "中期评估报告")


def final(ws: Workspace, plan: Plan, year: Period, as_of: date) -> Paper:
    """The evaluation at the end; before the last year is over it says that it is provisional."""
    return _paper(ws, plan, year, as_of, "plan_final", "总结评估报告")


def _paper(ws: Workspace, plan: Plan, year: Period, as_of: date, kind: str, name: str) -> Paper:
    known = tuple(_until(one, year.first.year) for one in evaluated(ws, plan, as_of))
    last = max((one.last for one in known), default=year.first.year)
    first = min((one.base + 1 for one in known), default=year.first.year)
    blocks: list[Block] = []
    if as_of < year.last or (kind == "plan_final" and as_of < date(last, 12, 31)):
        what = "规划期未满" if kind == "plan_final" else "评估年度未结束"
        blocks.append(sentence(
            f"本报告按{as_of.year}年{as_of.month}月{as_of.day}日所知编制，{what}，各项结论为暂定。"
        ))  # fmt: skip
    blocks += [Heading(1, "一、评估范围和方法"), *_scope(known)]
    blocks += [Heading(1, "二、总体进展"), *_overall(known)]
    blocks += [Heading(1, "三、指标逐项评估")]
    for at, one in enumerate(known, 1):
        blocks += _one(one, at, as_of)
    blocks += [Heading(1, "四、差距和今后要求"), *_gaps(known)]
    annexes = (Annex("规划指标逐年要求与实际", (_table(known, as_of),)),) if known else ()
    papers = "、".join(dict.fromkeys(one.paper for one in known if one.paper)) or "无"
    made_of = (
        ("数据版本", ws.data_version(as_of) or "无"), ("指标来源", papers),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )  # fmt: skip
    title = f"{ws.name}生态环境保护规划（{first}—{last}年）{name}" if known else f"{ws.name}生态环境保护规划{name}"
    return Paper(kind, title, year, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 sign=f"{ws.name}生态环境局", annexes=annexes)  # fmt: skip


def _until(one: Evaluation, year: int) -> Evaluation:
    return replace(one, years=tuple(each for each in one.years if each.year <= year))


def _scope(known: Sequence[Evaluation]) -> list[Block]:
    if not known:
        return [sentence("没有登记跨年指标的年度要求，无可评估的指标。")]
    count = Number("plan/indicators", str(len(known)), rows=tuple(f"target/{one.indicator}" for one in known))
    return [
        sentence("本次评估规划指标", count, "项。逐年要求有年度表的按年度表，没有的按规划期末目标等比或等差分解；",
                 "实际数以上级通报值为准，没有通报值的用计算值。"),
    ]  # fmt: skip


def _overall(known: Sequence[Evaluation]) -> list[Block]:
    if not known:
        return [sentence("无。")]
    states = [(one, one.state) for one in known]
    groups = {
        "met": [one.indicator for one, state in states if state is not None and state.code in GOOD],
        "behind": [one.indicator for one, state in states if state is not None and state.code not in GOOD],
        "none": [one.indicator for one, state in states if state is None],
    }
    n = {
        key: Number(f"plan/{key}", str(len(found)), of=() if found else ("plan/indicators",),
                    rows=tuple(f"target/{one}" for one in found))
        for key, found in groups.items()
    }  # fmt: skip
    lacking = ("，没有数、暂不能评估的", n["none"], "项") if groups["none"] else ()
    return [sentence("按最近一个能评估的年度，达到进度要求的", n["met"], "项，落后于进度要求的", n["behind"], "项",
                     *lacking, "。")]  # fmt: skip


def _one(one: Evaluation, at: int, as_of: date) -> list[Block]:
    unit = unit_sign(one.unit)
    state = one.state
    head = Heading(2, f"（{numeral(at)}）{one.name}")
    target = Number(f"{one.indicator}/target", f"{one.target}", of=(f"{one.indicator}/path",), note=one.paper)
    aim = (f"{one.base}年为基期，{one.last}年目标为", target, f"{unit}，年度要求按{one.path}确定。")
    if state is None:
        return [head, sentence(f"{one.scope}，", *aim, "尚无可评估年度的数。")]
    value = "没有数" if state.value is None else _actual(one, state.year, f"{state.value}", as_of)
    ending: Runs = (unit,) if state.value is not None else ()
    required = Number(f"{one.indicator}/required/{state.year}", f"{state.required}", note=one.paper)
    told = sentence(
        f"{one.scope}，", *aim, f"{state.year}年要求", required, f"{unit}，实际", value, *ending,
        f"，{state.word}{f'（{state.reason}）' if state.reason else ''}。",
    )  # fmt: skip
    blocks: list[Block] = [head, told]
    if len([each for each in one.years if each.value is not None]) > 1:
        labels = tuple(f"{each.year}年" for each in one.years)
        wanted = tuple(Number(f"{one.indicator}/required/{each.year}", f"{each.required}") for each in one.years)
        seen = tuple(
            None if each.value is None else _actual(one, each.year, f"{each.value}", as_of) for each in one.years
        )
        series = (Series("实际", seen), Series("要求", wanted))
        blocks.append(Chart(f"{one.name}逐年要求与实际", "lines", labels, series, unit))
    return blocks


def _actual(one: Evaluation, year: int, text: str, as_of: date) -> Number:
    return Number(f"{one.indicator}/actual/{year}", text, f"{one.indicator}/{one.scope}/{year}@{as_of}")


def _gaps(known: Sequence[Evaluation]) -> list[Block]:
    behind = [one for one in known if one.state is not None and one.state.code not in GOOD]
    blocks: list[Block] = [sentence(f"{one.name}：{one.sentence.replace(' ', '')}。") for one in behind if one.sentence]
    silent = [one.name for one in known if one.state is None]
    if silent:
        blocks.append(sentence(f"尚无数可评估的指标：{'、'.join(silent)}。请负责统计的单位及时提供年度数。"))
    return blocks or [sentence("各项指标达到进度要求，继续按年度要求推进。")]


def _table(known: Sequence[Evaluation], as_of: date) -> Grid:
    years = sorted({each.year for one in known for each in one.years})
    rows: list[tuple[Runs, ...]] = []
    for one in known:
        by_year = {each.year: each for each in one.years}
        cells: list[Runs] = []
        for year in years:
            each = by_year.get(year)
            if each is None:
                cells.append((NOTHING,))
                continue
            actual = NOTHING if each.value is None else _actual(one, year, f"{each.value}", as_of)
            cells.append((Number(f"{one.indicator}/required/{year}", f"{each.required}", note=one.paper), "／", actual))
        state = one.state.word if one.state else "无法评估"
        rows.append(((one.name,), (one.scope,), (unit_sign(one.unit) or NOTHING,), (f"{one.target}",), *cells,
                     (state,)))  # fmt: skip
    heads = ("指标", "范围", "单位", "期末目标", *(f"{year}年要求／实际" for year in years), "进展")
    return Grid("规划指标逐年要求与实际", heads, tuple(rows), ("“—”表示没有数。",), wide=True)
