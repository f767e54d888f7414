"""集中式饮用水水源水质状况报告：监测情况、评价标准及方法、评价结果、备注、附表."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.judge.sources_now import LISTED, SourceMonth, sources_now
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan
from guatu.report.paper import Annex, Block, Grid, Heading, Number, Paper, Runs, sentence
from guatu.report.words import NOTHING, listed, share

KINDS = {"river": "河流型", "lake": "湖库型", "ground": "地下水型", "": "类型未登记"}
SURFACE = "地表水水源按《地表水环境质量标准》（GB 3838—2002）评价：表1基本项目对照Ⅲ类标准，水温、总氮、粪大肠菌群单独评价；表2补充项目和表3特定项目各对照其标准限值。"  # noqa: E501
GROUND = "地下水水源按《地下水质量标准》（GB/T 14848—2017）Ⅲ类标准评价。"
METHOD = "采用单因子评价法，水源每次监测的各项目均达到标准为达标，有一项超过标准即为不达标；超标倍数为测值超出标准的部分与标准之比。达标率按水源个数计，取水量达标率另列。"  # noqa: E501
NOTES = (
    "备注：1.集中式饮用水水源，指进入输水管网送到用户和具有一定取水规模（供水人口一般大于1000人）的在用、备用和规划水源。",
    "2.饮用水水源为原水，居民饮用水为末梢水，原水经自来水厂净化处理达到《生活饮用水卫生标准》的要求后，进入居民供水系统作为饮用水。",
)


def drinking_month(ws: Workspace, plan: Plan, month: Period, as_of: date) -> Paper:
    """The monthly report on drinking-water sources as known on a day."""
    found = sources_now(ws, month, as_of)
    judged = [one for one in found if one.ok is not None]
    blocks: list[Block] = [Heading(1, "一、监测情况"), *_monitored(found, judged, month)]
    blocks += [Heading(1, "二、评价标准及方法"), *_standards(found)]
    blocks += [Heading(1, "三、评价结果"), *_results(found, judged, month, as_of)]
    blocks += [sentence(words) for words in NOTES]
    told = f"{month.first.year}年{month.first.month}月"
    annexes = (Annex(f"{told}集中式饮用水水源水质状况", (_table(ws, found, told),)),) if found else ()
    made_of = (
        ("数据版本", ws.data_version(as_of) or "无"),
        ("达标情况来源", "水源清单" if any(one.source == LISTED for one in found) else "监测样品逐项评价"),
        ("数据性质", "演示数据，非实测" if ws.demo else "按所知日计"),
    )
    title = f"{ws.name}集中式生活饮用水水源水质状况报告（{told}）"
    return Paper("drinking_month", title, month, as_of, ws.name, ws.demo, tuple(blocks), made_of,
                 sign=f"{ws.name}生态环境局", annexes=annexes)  # fmt: skip


def _monitored(found: Sequence[SourceMonth], judged: Sequence[SourceMonth], month: Period) -> list[Block]:
    if not found:
        return [sentence(f"{month.words}没有收到饮用水水源的监测样品或达标清单，本期无数。")]
    kinds = Counter(one.kind for one in judged)
    parts: list[str | Number] = []
    for kind in (one for one in KINDS if kinds[one] and set(kinds) != {""}):
        rows = tuple(f"source/{one.id}" for one in judged if one.kind == kind)
        parts += ["、" if parts else "，其中", KINDS[kind], Number(f"sources/{kind or 'other'}", str(kinds[kind]),
                                                                rows=rows), "个"]  # fmt: skip
    whole = Number("sources/all", str(len(judged)), rows=tuple(f"source/{one.id}" for one in judged))
    blocks: list[Block] = [
        Heading(2, "（一）监测点位"),
        sentence(f"{month.words}，全市监测集中式生活饮用水水源", whole, "个", *parts, "。"),
    ]
    silent = [one.name for one in found if one.ok is None]
    if silent:
        blocks.append(sentence(f"本月没有监测数据的水源：{listed(silent)}，不计入达标率。"))
    items = sorted({one.items for one in judged if one.items})
    blocks.append(Heading(2, "（二）监测项目"))
    if items:
        span = f"{items[0]}" if len(items) == 1 else f"{items[0]}至{items[-1]}"
        blocks.append(sentence("各水源实际监测项目", Number("sources/items", span, of=(whole.key,)), "项，逐项评价。"))
    else:
        blocks.append(sentence("本期以水源清单所报达标情况为准，没有收到逐项监测数据。"))
    blocks += [Heading(2, "（三）监测频次"), sentence("每月监测1次；当月多次采样的，逐次评价。")]
    return blocks


def _standards(found: Sequence[SourceMonth]) -> list[Block]:
    kinds = {one.kind for one in found}
    surface = [sentence(SURFACE)] if kinds - {"ground"} or not kinds else []
    ground = [sentence(GROUND)] if "ground" in kinds or not kinds - {""} else []
    return [*surface, *ground, sentence(METHOD)]


def _results(found: Sequence[SourceMonth], judged: Sequence[SourceMonth], month: Period, as_of: date) -> list[Block]:
    if not judged:
        return [sentence("没有可评价的水源。")]
    good = [one for one in judged if one.ok]
    whole = Number("sources/all", str(len(judged)), rows=tuple(f"source/{one.id}" for one in judged))
    ok = Number("sources/ok", str(len(good)), rows=tuple(f"source/{one.id}" for one in good) or whole.rows)
    rate = share("sources/rate", len(good), len(judged), (ok.key, whole.key))
    blocks: list[Block] = [
        sentence(f"{month.words}，全市监测的", whole, "个集中式生活饮用水水源中，达标", ok, "个，达标率为", rate, "%。")
    ]
    bad = [one for one in judged if not one.ok]
    if bad:
        over = "；".join(f"{one.name}（{one.place}）{one.over or '超标项目未报'}" for one in bad)
        blocks.append(sentence(f"不达标的水源：{over}。"))
    else:
        blocks.append(sentence("无超标水源。"))
    if all(one.volume is not None for one in judged):
        taken = sum((one.volume or Fraction(0) for one in judged), Fraction(0))
        fit = sum((one.volume or Fraction(0) for one in good), Fraction(0))
        amount = Number("sources/volume", _plain(taken), of=(whole.key,))
        part = f"{half_even(100 * fit / taken, 1)}" if taken else NOTHING
        percent = Number("sources/volume_rate", part, of=(amount.key,))
        blocks.append(sentence("本月取水总量", amount, "万吨，取水量达标率为", percent, "%。"))
    return blocks


def _table(ws: Workspace, found: Sequence[SourceMonth], told: str) -> Grid:
    rows: list[tuple[Runs, ...]] = []
    for at, one in enumerate(found, 1):
        state = "未监测" if one.ok is None else "达标" if one.ok else "不达标"
        over = NOTHING if one.ok is not False else one.over or "未报"
        rows.append(((f"{at}",), (ws.name,), (one.place or NOTHING,), (one.name,), (KINDS[one.kind],), (state,),
                     (over,)))  # fmt: skip
    heads = ("序号", "城市名称", "县区名称", "水源名称（监测点位）", "水源类型", "达标情况", "超标指标及超标倍数")
    notes = ("“—”表示无超标指标；超标倍数写在项目后的括号里。",)
    return Grid(f"{told}集中式饮用水水源水质状况", heads, tuple(rows), notes)


def _plain(exact: Fraction) -> str:
    return f"{half_even(exact, 2):f}".rstrip("0").rstrip(".")
