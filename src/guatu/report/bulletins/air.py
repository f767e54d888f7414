"""环境空气质量月报、季报：六项浓度、优良天数、县区排名、对照目标、变化、超标天."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from guatu.base.period import Period
from guatu.judge.board import Row, period_of, row_of
from guatu.judge.daily import members
from guatu.judge.indicators import AIR
from guatu.judge.versions import plan_on, versions_of
from guatu.load.workspace import Workspace
from guatu.read.asking import asked
from guatu.read.plan import Plan, Target
from guatu.report.bulletins.air_trend import trend
from guatu.report.bulletins.targets import so_far
from guatu.report.figures import (
    FULL,
    OF_ITEM,
    Days,
    air_number,
    composite_number,
    days_told,
    month_before,
    worst_single,
)
from guatu.report.paper import Annex, Block, Grid, Heading, Number, Paper, Run, Runs, joined, sentence
from guatu.report.words import (
    NOTHING,
    cell_of_change,
    change_count,
    change_percent,
    change_points,
    listed,
    numeral,
    ranks,
)
from guatu.rules import cards

SIX = ("pm25_mean", "pm10_mean", "so2_mean", "no2_mean", "co_p95", "o3_p90")
HEADS = ("PM2.5", "PM10", "SO2", "NO2", "CO-95per", "O3-8h-90per")
UNITS = "浓度单位为微克/立方米，CO为毫克/立方米；CO为日均值第95百分位，O3为日最大8小时平均第90百分位。"
GAINED = "浓度按整数、CO和比例按一位小数印出；变化率由印出的数算得。"
ITEM_OF = {indicator: item for item, indicator in OF_ITEM.items()}


def air_month(ws: Workspace, plan: Plan, month: Period, as_of: date) -> Paper:
    """The monthly bulletin of air as known on a day."""
    return _air(ws, plan, month, as_of, "air_month", "环境空气质量月报")


def air_quarter(ws: Workspace, plan: Plan, quarter: Period, as_of: date) -> Paper:
    """The quarterly bulletin of air as known on a day."""
    return _air(ws, plan, quarter, as_of, "air_quarter", "环境空气质量季报")


def _air(ws: Workspace, plan: Plan, period: Period, as_of: date, kind: str, name: str) -> Paper:
    plan = plan_on(plan, versions_of(ws), as_of, ws.cards)
    scopes = tuple(dict.fromkeys(target.scope for target in plan.targets if target.indicator_id in AIR))
    places = tuple(place.name for place in ws.places if has_sites(ws, place.name, period))
    now = {scope: Area(ws, scope, period, as_of) for scope in dict.fromkeys((*scopes, *places))}
    before = {scope: Area(ws, scope, period.year_before, as_of, "@上年同期", area) for scope, area in now.items()}
    blocks: list[Block] = [Heading(1, "一、总体情况")]
    for scope in scopes:
        blocks += _overall(ws, now[scope], before[scope], period, as_of, kind)
    blocks += [Heading(1, "二、各县（市、区）情况"), *ranked(places, now, before)]
    if kind == "air_month":
        blocks.append(_changes(ws, {place: now[place] for place in places}, before, period, as_of))
    without = [place.name for place in ws.places if place.name not in places]
    if without:
        blocks.append(sentence(f"{listed(without)}没有登记空气自动站，本期无数据，不以其他站点代替。"))
    aims = _aims(ws, plan, period, as_of)
    blocks += [Heading(1, "三、与年度目标对照"), *_targets(aims, min(as_of, period.last))]
    months, chart = trend(ws, scopes, period, as_of)
    blocks += [Heading(1, "四、变化情况"), *moved(places, now, before), chart]
    blocks += [Heading(1, "五、超标日"), *_over(scopes, now)]
    blocks += [
        Heading(1, "六、下月工作重点" if kind == "air_month" else "六、下季工作重点"),
        *_ahead(scopes, now, aims),
    ]
    tables = [_table("各区域环境空气质量", now), _table("各区域上年同期环境空气质量", before), months]
    annexes = [Annex(one.caption, (one,)) for one in (*tables, _witnesses(now)) if one is not None]
    made_of = (
        ("数据版本", ws.data_version(as_of) or "无"),
        ("站点口径", "各范围按当日登记的站点"),
        ("数据性质", "演示数据，非实测" if ws.demo else "实时数据与已收到的审核更正，按所知日计"),
    )
    return Paper(kind, f"{ws.name}{period.words}{name}", period, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 sign=f"{ws.name}生态环境局", annexes=tuple(annexes))  # fmt: skip


class Area:
    """A scope's numbers in a period."""

    def __init__(
        self, ws: Workspace, scope: str, period: Period, as_of: date, then: str = "", beside: Area | None = None
    ) -> None:
        self.scope = scope
        like = {one: beside.six[one].text for one in SIX} if beside else {}
        self.six: dict[str, Number] = {
            one: air_number(ws, one, scope, period, as_of, f"{scope}/{one}{then}", like.get(one, "")) for one in SIX
        }
        self.ratio = air_number(ws, "aqi_good_ratio", scope, period, as_of, f"{scope}/aqi_good_ratio{then}")
        self.days: Days = days_told(ws, scope, period, as_of, then)
        self.parts = len(members(ws, found, period.last)) if (found := ws.scope(scope, period.last)) else 0
        self.composite = composite_number(scope, self.six, period.last, then)
        self.worst = worst_single(scope, self.six, period.last, then)


def has_sites(ws: Workspace, name: str, period: Period) -> bool:
    """Whether an area has a station of its own."""
    scope = ws.scope(name, period.last)
    return scope is not None and bool(scope.sites or scope.parts)


def _overall(ws: Workspace, area: Area, before: Area, period: Period, as_of: date, kind: str) -> Sequence[Block]:
    first = sentence(
        f"{period.words}，{area.scope}环境空气质量优良天数比例为", area.ratio, "%，",
        change_points(area.ratio, before.ratio), "；", f"{area.parts}个区域合计" if area.parts > 1 else "",
        "优良天数", area.days.good, "天，", change_count(area.days.good, before.days.good), "，有效监测天数",
        area.days.valid, "天。",
    )  # fmt: skip
    concentrations = [
        [
            f"{_short(one)}{_of(one)}浓度为",
            area.six[one],
            _unit(one) + "，",
            *change_percent(area.six[one], before.six[one]),
        ]
        for one in SIX
    ]
    blocks: list[Block] = [first, sentence(joined(concentrations, "；"), "。")]
    if kind == "air_month":
        earlier = month_before(period)
        now = area.six["pm25_mean"]
        pm25 = air_number(ws, "pm25_mean", area.scope, earlier, as_of, f"{area.scope}/pm25_mean@上月", now.text)
        change = change_percent(now, pm25, of="环比")
        blocks.append(sentence("上月PM2.5平均浓度为", pm25, "微克/立方米，本月", change, "。"))
    primaries = area.days.primaries
    if primaries:
        told: list[Runs] = [
            (named(item), Number(f"{area.scope}/primary/{item}", f"{count}", area.days.good.address), "天")
            for item, count in primaries
        ]
        days = "天次" if area.parts > 1 else "天"
        told = [(*one[:2], days) for one in told]
        blocks.append(sentence("超标日首要污染物及天数：", joined(told, "、"), "。"))
    else:
        blocks.append(sentence("无超标日。"))
    return blocks


def _short(indicator: str) -> str:
    return HEADS[SIX.index(indicator)].split("-")[0]


def _of(indicator: str) -> str:
    return {"co_p95": "日均值第95百分位", "o3_p90": "日最大8小时平均第90百分位"}.get(indicator, "平均")


def named(item: str) -> str:
    """The full name of a pollutant."""
    return FULL.get(item, FULL.get(f"{item}_8h", item))


def _unit(indicator: str) -> str:
    return "毫克/立方米" if indicator == "co_p95" else "微克/立方米"


def ranked(
    places: Sequence[str], now: dict[str, Area], before: dict[str, Area], then: str = "", caption: str = ""
) -> list[Block]:
    """By the share of good days, then by PM2.5; both equal share the rank. then: the mark of another period's keys."""
    found = ranks_of(places, now)
    rows = []
    for place in sorted(places, key=lambda one: (found[one] is None, found[one] or 0, places.index(one))):
        area = now[place]
        of = tuple(now[one].ratio.key for one in places) + tuple(now[one].six["pm25_mean"].key for one in places)
        rank = Number(f"{place}/rank{then}", NOTHING if found[place] is None else str(found[place]), of=of)
        rows.append(
            (
                (rank,), (place,), (area.ratio,), (area.six["pm25_mean"],),
                cell_of_change(area.six["pm25_mean"], before[place].six["pm25_mean"]), (area.composite,),
                (area.worst[0],), (area.worst[1],),
            )
        )  # fmt: skip
    heads = (
        "排名",
        "县（市、区）",
        "优良天数比例（%）",
        "PM2.5",
        "同比（%）",
        "综合指数",
        "最大单项指数",
        "主要污染物",
    )
    notes = ("排名先按优良天数比例由高到低，再按PM2.5浓度由低到高；两项都相同的并列。", UNITS, GAINED)
    return [Grid(caption or "县（市、区）环境空气质量排名", heads, tuple(rows), notes)]


def _changes(ws: Workspace, now: dict[str, Area], before: dict[str, Area], month: Period, as_of: date) -> Grid:
    """PM2.5 and good days of every county beside the month before; good days beside the year before too."""
    rows: list[tuple[Runs, ...]] = []
    for place, area in now.items():
        ratio, pm25 = area.ratio, area.six["pm25_mean"]
        earlier = {
            one: air_number(ws, one, place, month_before(month), as_of, f"{place}/{one}@上月")
            for one in ("aqi_good_ratio", "pm25_mean")
        }
        last_ratio, last_mean = earlier["aqi_good_ratio"], earlier["pm25_mean"]
        rows.append((
            (place,), (ratio,), cell_of_change(ratio, before[place].ratio, points=True),
            (last_ratio,), cell_of_change(ratio, last_ratio, points=True),
            (pm25,), (last_mean,), cell_of_change(pm25, last_mean),
        ))  # fmt: skip
    heads = (
        "县（市、区）", "优良天数比例（%）", "同比（百分点）", "上月优良（%）", "环比（百分点）", "PM2.5", "上月PM2.5",
        "环比（%）",
    )  # fmt: skip
    return Grid("与上月对照", heads, tuple(rows), (UNITS, GAINED))


def ranks_of(places: Sequence[str], now: dict[str, Area]) -> dict[str, int | None]:
    """The rank of each place by good days, then PM2.5; none without a figure."""
    order = {place: _order(now[place]) for place in places}
    told = [one for one in order.values() if one is not None]
    return {place: None if own is None else 1 + sum(other < own for other in told) for place, own in order.items()}


def _order(area: Area) -> tuple[Decimal, Decimal] | None:
    if NOTHING in (area.ratio.text, area.six["pm25_mean"].text):
        return None
    return -Decimal(area.ratio.text), Decimal(area.six["pm25_mean"].text)


def _aims(ws: Workspace, plan: Plan, period: Period, as_of: date) -> list[Row]:
    """The air targets of the year on the last day of the period that is known."""
    year = plan.head.year or period.first.year
    day = min(as_of, period.last)
    return [
        row_of(ws, target, period_of(target, year), day, explained=False)
        for target in plan.targets if target.indicator_id in AIR
    ]  # fmt: skip


def _targets(aims: Sequence[Row], day: date) -> Sequence[Block]:
    """Each air target of the year: the figure of the year so far, its state, the room that is left."""
    if not aims:
        return [sentence("本年工作要点没有空气质量目标。")]
    rows: list[tuple[Runs, ...]] = []
    for row in aims:
        room = row.room.sentence if row.room is not None else NOTHING
        name = f"{row.target.scope}{_card(row.target)}"
        number = so_far(row, day)
        rows.append(((row.target.id,), (name,), (asked(row.target),), (number,), (row.status.word,), (room,)))
    heads = ("编号", "目标", "要求", f"{day.month}月{day.day}日止现值", "状态", "余量")
    return [Grid("年度目标对照", heads, tuple(rows), ("现值为年初至该日的累计值。",))]


def _ahead(scopes: Sequence[str], now: dict[str, Area], aims: Sequence[Row]) -> Sequence[Block]:
    """What the numbers ask for next: targets that are behind or close with their room, what made the days over."""
    told: list[str] = []
    for row in aims:
        if row.status.code in ("behind", "close", "missed"):
            room = f"，{row.room.sentence}" if row.room is not None else ""
            told.append(f"{row.target.scope}{_card(row.target)}{row.status.word}{room}")
    for scope in scopes:
        if now[scope].days.primaries:
            item, _ = now[scope].days.primaries[0]
            told.append(f"{scope}超标日首要污染物以{named(item)}为主，应作为管控重点")
    if not told:
        return [sentence("各项空气质量目标达到要求，继续保持现有管控措施。")]
    return [sentence(f"（{numeral(at)}）{words}。") for at, words in enumerate(told, 1)]


def _card(target: Target) -> str:
    card = cards.match(target.indicator)
    return card.name if card else target.indicator


def moved(places: Sequence[str], now: dict[str, Area], before: dict[str, Area]) -> Sequence[Block]:
    """Who fell and who rose in PM2.5 against the year before, by rank."""
    changes: dict[str, Number] = {}
    for place in places:
        (cell,) = cell_of_change(now[place].six["pm25_mean"], before[place].six["pm25_mean"])
        if isinstance(cell, Number):
            changes[place] = cell
    if not changes:
        return [sentence("没有上年同期数据，无法比较。")]
    found = ranks(changes, smallest_first=True, key="change_rank")
    fell = [place for place in places if place in changes and Decimal(changes[place].text) < 0]
    rose = [place for place in places if place in changes and Decimal(changes[place].text) > 0]
    level = [place for place in places if place in changes and Decimal(changes[place].text) == 0]
    rows = tuple(
        ((found[place],), (place,), (changes[place],))
        for place in sorted(changes, key=lambda one: (int(found[one].text), places.index(one)))
    )
    said = sentence(f"PM2.5浓度同比下降的：{listed(fell)}；上升的：{listed(rose)}；持平的：{listed(level)}。")
    return [said, Grid("PM2.5浓度同比变化排名", ("排名", "县（市、区）", "同比（%）"), rows, (GAINED,))]


def _over(scopes: Sequence[str], now: dict[str, Area]) -> Sequence[Block]:
    blocks: list[Block] = []
    for scope in scopes:
        days = now[scope].days.over
        if not days:
            blocks.append(sentence(f"{scope}本期无超标日。"))
            continue
        rows: list[tuple[Runs, ...]] = []
        for day in sorted({one[0] for one in days}):
            mine = [one for one in days if one[0] == day]
            told: list[Runs] = [
                (place if place != scope else "",
                 Number(f"{place}/{day}/aqi", f"{aqi}", f"aqi/{place}/{day}"))
                for _, place, aqi, _ in mine
            ]  # fmt: skip
            items = dict.fromkeys(item for one in mine for item in one[3].split(",") if item)
            rows.append(
                ((f"{day.month}月{day.day}日",), joined(told, "、"), ("、".join(named(item) for item in items),))
            )
        blocks.append(Grid(f"{scope}超标日", ("日期", "区域和AQI", "首要污染物"), tuple(rows)))
    return blocks


def _table(caption: str, now: dict[str, Area]) -> Grid:
    rows = []
    for scope, area in now.items():
        cells: list[tuple[Run, ...]] = [(area.six[one],) for one in SIX]
        rows.append(((scope,), *cells, (area.days.good,), (area.days.valid,), (area.ratio,), (area.composite,)))
    heads = ("区域", *HEADS, "优良天数", "有效天数", "优良天数比例（%）", "综合指数")
    return Grid(caption, heads, tuple(rows), (UNITS,), wide=True)


def _witnesses(now: dict[str, Area]) -> Grid | None:
    """The numbers for which the level above published its own, beside what guatu computes from the rows."""
    rows: list[tuple[Runs, ...]] = []
    for scope, area in now.items():
        for indicator, number in {**area.six, "aqi_good_ratio": area.ratio}.items():
            if number.note.startswith("通报值"):
                rows.append(((scope,), (AIR[indicator].name,), (number,), (number.note,)))
    return Grid("通报值与计算值对照", ("区域", "指标", "印出", "两数"), tuple(rows)) if rows else None
