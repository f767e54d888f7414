"""县（市、区）环境空气质量排名通报：当月排名、累计排名、变化排名、排名办法."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guatu.base.period import Period
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.bulletins.air import Area, has_sites, moved, ranked, ranks_of
from guatu.report.paper import Block, Chart, Heading, Paper, Series, sentence
from guatu.report.words import NOTHING, listed

HOW = "排名先按优良天数比例由高到低，再按PM2.5平均浓度由低到高；两项都相同的并列，其后名次跳过。"
EDGE = 3  # how many places a list of the first and the last names, ties taken in


def county_ranking(ws: Workspace, plan: Plan, month: Period, as_of: date) -> Paper:
    """The ranking of counties by the air of a month and of the year so far, as known on a day."""
    year = Period(date(month.first.year, 1, 1), month.last)
    places = tuple(place.name for place in ws.places if has_sites(ws, place.name, month))
    now = {place: Area(ws, place, month, as_of) for place in places}
    before = {place: Area(ws, place, month.year_before, as_of, "@上年同期", area) for place, area in now.items()}
    so_far = {place: Area(ws, place, year, as_of, "@累计") for place in places}
    then = {place: Area(ws, place, year.year_before, as_of, "@上年累计", area) for place, area in so_far.items()}
    blocks: list[Block] = [Heading(1, f"一、{month.words}排名"), *_told(places, now, month.words)]
    blocks += [*ranked(places, now, before), _bars(places, now, month.words)]
    span = f"{month.first.year}年1—{month.last.month}月"
    if month.last.month > 1:
        blocks += [Heading(1, f"二、{span}累计排名"), *_told(places, so_far, span)]
        blocks += ranked(places, so_far, then, "@累计", f"{span}环境空气质量累计排名")
        blocks += [Heading(1, "三、改善情况排名"), *moved(places, now, before)]
    else:
        blocks += [Heading(1, "二、改善情况排名"), *moved(places, now, before)]
    blocks += [Heading(1, f"{'四' if month.last.month > 1 else '三'}、排名办法"), sentence(HOW)]
    without = [place.name for place in ws.places if place.name not in places]
    if without:
        blocks.append(sentence(f"{listed(without)}没有登记空气自动站，不参加排名。"))
    made_of = (
        ("数据版本", ws.data_version(as_of) or "无"),
        ("站点口径", "各县（市、区）当日登记的站点"),
        ("数据性质", "演示数据，非实测" if ws.demo else "实时数据与已收到的审核更正，按所知日计"),
    )
    title = f"关于{month.words}各县（市、区）环境空气质量排名情况的通报"
    return Paper("county_ranking", title, month, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 addressee="各县（市、区）人民政府", sign=f"{ws.name}生态环境保护委员会办公室",
                 form="document")  # fmt: skip


def _told(places: Sequence[str], areas: dict[str, Area], when: str) -> list[Block]:
    """The first and, the worst first, the last; all that share a rank are taken in."""
    found = {place: rank for place, rank in ranks_of(places, areas).items() if rank is not None}
    silent = [place for place in places if place not in found]
    blocks: list[Block] = []
    if len(found) > 2 * EDGE - 1:
        order = sorted(found, key=lambda one: (found[one], places.index(one)))
        first = [one for one in order if found[one] <= found[order[EDGE - 1]]]
        last = [one for one in reversed(order) if found[one] >= found[order[-EDGE]]]
        if not set(first) & set(last):
            ends = f"前{EDGE}名（出现并列一并列入）依次为{listed(first)}；后{EDGE}名（由末位起）依次为{listed(last)}"
            blocks.append(sentence(f"{when}，参加排名的{len(found)}个县（市、区）中，{ends}。"))
    if not blocks:
        order = sorted(found, key=lambda one: (found[one], places.index(one)))
        named = "、".join(f"{place}（第{found[place]}）" for place in order)
        blocks.append(
            sentence(f"{when}，参加排名的县（市、区）依次为{named}。" if order else f"{when}没有可排名的数据。")
        )
    if silent:
        blocks.append(sentence(f"数据不足、不参加排名的：{listed(silent)}。"))
    return blocks


def _bars(places: Sequence[str], now: dict[str, Area], when: str) -> Chart:
    found = ranks_of(places, now)
    order = sorted(places, key=lambda one: (found[one] is None, found[one] or 0, places.index(one)))
    values = tuple(None if now[one].ratio.text == NOTHING else now[one].ratio for one in order)
    return Chart(f"{when}优良天数比例", "bars", tuple(order), (Series("优良天数比例", values),), "%")
