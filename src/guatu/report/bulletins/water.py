"""地表水环境质量月报：监测概况、达标情况、超标断面、类别变化、累计、附表."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.base.period import Period
from guatu.compute.classes import ROMAN
from guatu.compute.surface_water.shares import good_class, grade_change
from guatu.judge.board import period_of, row_of
from guatu.judge.sections_now import SectionMonth, roman, sections_now
from guatu.judge.versions import plan_on, versions_of
from guatu.load.sections import sections_of
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan
from guatu.report.bulletins.targets import so_far
from guatu.report.paper import Block, Grid, Heading, Number, Paper, Runs, joined, sentence
from guatu.report.words import NOTHING, change_points, listed, share

INFERIOR = len(ROMAN)
INDICATORS = ("sw_good_ratio", "sw_inferior_v_ratio")


def water_month(ws: Workspace, plan: Plan, month: Period, as_of: date) -> Paper:
    """The monthly bulletin of surface water as known on a day; one part for each list of sections."""
    plan = plan_on(plan, versions_of(ws), as_of, ws.cards)
    lists = [one for one in sections_of(ws).lists if one.since <= month.last <= one.until]
    told = {one.name: _surface(sections_now(ws, as_of, one.name, month)) for one in lists}
    told = {name: sections for name, sections in told.items() if sections}
    blocks: list[Block] = [Heading(1, "一、监测概况")]
    if not told:
        blocks.append(sentence(f"{month.words}没有收到地表水断面的类别或样品，本期无数。"))
    for name, sections in told.items():
        blocks += _overall(name, sections, month, as_of)
    every = {one.section.id: one for sections in told.values() for one in sections}
    blocks += [Heading(1, "二、未达到目标类别的断面"), *_missed(list(every.values()), month)]
    blocks += [Heading(1, "三、类别变化"), *_moved(list(every.values()), as_of)]
    blocks += [Heading(1, "四、与年度目标对照"), *_targets(ws, plan, month, as_of)]
    blocks += [Heading(1, "附表"), _table(list(every.values()), month)]
    made_of = (
        ("数据版本", ws.data_version(as_of) or "无"),
        ("类别来源", "公布类别优先，没有公布的由样品算得；单月类别不是年度评价"),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )
    return Paper("water_month", f"{ws.name}{month.words}地表水环境质量月报", month, as_of, ws.name, ws.demo,
                 tuple(blocks), made_of, sign=f"{ws.name}生态环境局")  # fmt: skip


def _surface(sections: Sequence[SectionMonth]) -> tuple[SectionMonth, ...]:
    return tuple(one for one in sections if one.section.kind != "ground")


def _overall(name: str, sections: Sequence[SectionMonth], month: Period, as_of: date) -> Sequence[Block]:
    """How many sections of a list have which class, the share of good and inferior ones, against a year before."""
    known = [one for one in sections if one.grade]
    silent = [one.section.name for one in sections if not one.grade]
    opens = f"sw_good_ratio/{name}/{month}@{as_of}"
    whole = Number(f"{name}/sections", str(len(known)), opens)
    if not known:
        return [sentence(f"{name}共{len(sections)}个断面，{month.words}均无监测数据。")]
    counts = {grade: sum(one.grade == grade for one in known) for grade in range(1, INFERIOR + 1)}
    told: list[Runs] = []
    for grade, count in counts.items():
        if count:
            number = Number(f"{name}/class{grade}", str(count), opens)
            percent = share(f"{name}/class{grade}/share", count, len(known), (number.key, whole.key))
            told.append((f"{ROMAN[grade - 1]}类", number, "个，占", percent, "%"))
    worse = [f"{ROMAN[grade - 1]}类" for grade in range(good_class() + 1, INFERIOR + 1) if not counts[grade]]
    good = sum(one.grade <= good_class() for one in known if one.grade)
    ratio = share(f"{name}/good_ratio", good, len(known), (whole.key,))
    earlier = [one for one in known if one.year_ago]
    before = None
    if len(earlier) == len(known):
        good_then = sum(one.year_ago <= good_class() for one in known if one.year_ago)
        before = share(f"{name}/good_ratio@上年同期", good_then, len(known))
    blocks: list[Block] = [
        sentence(
            f"{month.words}，{name}监测断面", whole, "个。其中，", joined(told, "；"), "。",
            f"无{listed(worse)}水质。" if worse else "",
        ),
        sentence("水质优良（达到或优于Ⅲ类）断面比例为", ratio, "%，", change_points(ratio, before), "。"),
    ]  # fmt: skip
    if before is not None:
        blocks.append(sentence("上年同期水质优良断面比例为", before, "%。"))
    judged = [one for one in known if one.missed is not None]
    if judged:
        kept = [one for one in judged if not one.missed]
        of = Number(f"{name}/judged", str(len(judged)), rows=tuple(f"section/{one.section.id}" for one in judged))
        ids = tuple(f"section/{one.section.id}" for one in kept)
        met = Number(f"{name}/kept", str(len(kept)), of=(of.key,), rows=ids)
        rate = share(f"{name}/kept_rate", len(kept), len(judged), (met.key, of.key))
        blocks.append(sentence("登记目标类别的断面", of, "个中，达到目标类别", met, "个，达标率", rate, "%。"))
    if silent:
        blocks.append(sentence(f"本期无监测数据的断面：{listed(silent)}（断流、交通、冰期或数据未到，不计入比例）。"))
    return blocks


def _missed(sections: Sequence[SectionMonth], month: Period) -> Sequence[Block]:
    missed = [one for one in sections if one.missed]
    without = [one.section.name for one in sections if one.missed is None and one.grade and not one.section.aim]
    said = [sentence(f"没有登记目标类别、无法判断的断面：{listed(without)}。")] if without else []
    if not missed:
        return [sentence(f"{month.words}无未达到目标类别的断面。"), *said]
    rows = tuple(
        ((one.section.name,), (one.section.river or NOTHING,), (one.section.place,), (roman(one.section.aim),),
         _grade(one), (one.factors or "（未给出超标因子）",))
        for one in missed
    )  # fmt: skip
    heads = ("断面", "河流", "责任县（市、区）", "目标类别", "水质类别", "主要超标项目及倍数")
    return [Grid("未达到目标类别的断面", heads, rows), *said]


def _moved(sections: Sequence[SectionMonth], as_of: date) -> Sequence[Block]:
    """Sections whose class differs from a month and from a year before, by the grade of change of the rule."""
    blocks: list[Block] = []
    for word, then in (("上月", "before"), ("上年同期", "year_ago")):
        pairs = [(one, getattr(one, then)) for one in sections if one.grade and getattr(one, then)]
        better = [f"{one.section.name}（{roman(was)}→{roman(one.grade)}）" for one, was in pairs if one.grade < was]
        worse = [f"{one.section.name}（{roman(was)}→{roman(one.grade)}）" for one, was in pairs if one.grade > was]
        if not pairs:
            blocks.append(sentence(f"与{word}相比：没有可比的数据。"))
            continue
        clear = [one.section.name for one, was in pairs if grade_change(was, one.grade or 0, as_of).startswith("明显")]
        marked = f"其中变化明显的：{listed(clear)}。" if clear else ""
        level = len(pairs) - len(better) - len(worse)
        blocks.append(
            sentence(f"与{word}相比：好转{listed(better)}；下降{listed(worse)}；其余{level}个断面无变化。{marked}")
        )
    return blocks


def _targets(ws: Workspace, plan: Plan, month: Period, as_of: date) -> Sequence[Block]:
    rows: list[tuple[Runs, ...]] = []
    year = plan.head.year or month.first.year
    day = min(as_of, month.last)
    for target in plan.targets:
        if target.indicator_id not in INDICATORS:
            continue
        row = row_of(ws, target, period_of(target, year), day, explained=False)
        word = row.status.word + (f"（{row.status.reason}）" if row.status.reason else "")
        name = f"{target.scope}{target.indicator}"
        rows.append(((target.id,), (name,), (asked(row.target),), (so_far(row, day),), (word,)))
    if not rows:
        return [sentence("本年工作要点没有地表水目标。")]
    heads = ("编号", "目标", "要求", f"1—{day.month}月（%）", "状态")
    return [Grid("地表水年度目标对照", heads, tuple(rows))]


def _grade(one: SectionMonth) -> Runs:
    return (Number(f"{one.section.id}/class", roman(one.grade), note=one.source),)


def _table(sections: Sequence[SectionMonth], month: Period) -> Grid:
    rows = tuple(
        ((one.section.name,), (one.section.river or NOTHING,), (one.section.place,), ("、".join(one.lists),),
         (roman(one.section.aim),), _grade(one), (roman(one.before),), (roman(one.year_ago),),
         ("√" if one.missed is False else "×" if one.missed else NOTHING,), (one.factors or NOTHING,))
        for one in sorted(sections, key=lambda one: one.section.id)
    )  # fmt: skip
    heads = ("断面", "河流", "县（市、区）", "名录", "目标", "本期类别", "上月", "上年同期", "达标", "主要超标项目")
    notes = ("√达到目标类别，×未达到；—无数据或没有登记目标。",)
    return Grid(f"{month.words}各断面水质类别", heads, rows, notes, wide=True)
