"""An invented city with every status there is, made of the judge's own nouns; no figure here is computed by guatu."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from guatu.base.period import Period
from guatu.base.place import Place, Scope
from guatu.base.value import Step, Value
from guatu.errors import GuatuError
from guatu.judge.board import Board, Row
from guatu.judge.course import Course
from guatu.judge.room import Room
from guatu.judge.status import Status
from guatu.load.city import City
from guatu.read.plan import Commitment, Head, Plan, Target, Task

AS_OF = UNTIL = date(2021, 10, 11)
YEAR = Period.of("2021")
CORE, ALL = "市中心城区", "全市含各县（市、区）"

CITY = City(
    name="景德镇市",
    demo=True,
    places=(
        Place("360200", "景德镇市", "市", (), 5, 5),
        Place("360202", "昌江区", "区", ("360203", "360222", "360281"), 3.4, 4.6),
        Place("360203", "珠山区", "区", ("360202", "360222", "360281"), 6.2, 4.9),
        Place("360222", "浮梁县", "县", ("360202", "360203"), 5, 8.5),
        Place("360281", "乐平市", "县级市", ("360202", "360203"), 5.2, 1.5),
    ),
    scopes=(Scope(CORE), Scope(ALL)),
)

# id, section/number, indicator, indicator_id, scope, op, firm, aspired, unit, figure, status code, word, reason
_ROWS = """
T01|一/1|细颗粒物（PM2.5）平均浓度|pm25_mean|全市含各县（市、区）|<=|30||ug/m3|27.9|met|达标|
T02|一/1|细颗粒物（PM2.5）平均浓度|pm25_mean|市中心城区|<=|34|33|ug/m3|31.8|close|临界|
T03|一/2|空气质量优良天数比例|aqi_good_ratio|全市含各县（市、区）|>=|92||%|92.6|aspired|力争达标|
T04|一/2|空气质量优良天数比例|aqi_good_ratio|市中心城区|>=|90|91|%|89.0|behind|暂未达标|
T05|一/3|水质达到或好于Ⅲ类断面比例|sw_good_ratio|全市地表水省控断面|>=|100||%|93.8|missed|未达标|
T06|一/3|水质达到或好于Ⅲ类断面比例|sw_good_ratio|国控断面|>=|100||%|100.0|met|达标|
T07|一/3|劣Ⅴ类断面比例|sw_inferior_v_ratio|全市地表水省控断面|<=|0||%||undecided|无法判定|数据不足
T08|一/4|质量Ⅴ类水比例|gw_v_ratio|地下水国考点位|<=|30||%||undecided|无法判定|无点位
T09|二/1|单位国内生产总值二氧化碳排放降低比例|co2_per_gdp_reduction|全市|schedule|||||undecided|无法判定|待上级下达目标值
T10|二/2|单位GDP能耗|energy_per_gdp|全市|schedule|||||undecided|无法判定|待上级下达目标值
T11|二/3|非化石能源占一次能源消费比例|nonfossil_share|全市|schedule|||||undecided|无法判定|待上级下达目标值
T12|二/4|氮氧化物排放量下降比例|nox_emission_reduction|全市|schedule|||||undecided|无法判定|待上级下达目标值
T13|二/4|挥发性有机物（VOCs）排放量下降比例|vocs_emission_reduction|全市|schedule|||||undecided|无法判定|待上级下达目标值
T14|二/4|化学需氧量排放量下降比例|cod_emission_reduction|全市|schedule|||||undecided|无法判定|待上级下达目标值
T15|二/4|氨氮排放量下降比例|nh3n_emission_reduction|全市|schedule|||||undecided|无法判定|待上级下达目标值
T16|三/1|受污染耕地安全利用率|polluted_farmland_safe_use|全市|>=|93||%||undecided|无法判定|未报送
T17|三/2|污染地块安全利用率|polluted_plot_safe_use|全市|>=|90||%||undecided|无法判定|未报送
T18|四/1|生态质量指数|eco_index|全市|>=|80||index||undecided|无法判定|未到统计期
T19|四/2|森林覆盖率|forest_cover|全市|>=|67||%||undecided|无法判定|未报送
T20|四/3|生态保护红线占国土面积比例|ecored_share|全市|~|35||%||undecided|无法判定|未报送
T21|五/1|集中式饮用水水源达标率|drinking_source_ok|县级及以上城市|>=|100||%||undecided|无法判定|未报送
T22|五/2|城镇生活污水处理率|town_sewage_rate|全市|>=|95||%||undecided|无法判定|未报送
T23|五/2|农村生活污水治理率|rural_sewage_rate|全市|>=|22||%||undecided|无法判定|未报送
T24|五/3|城镇生活垃圾无害化处理率|msw_harmless_rate|全市|>=|100||%||undecided|无法判定|未报送
T25|五/3|城乡环卫“全域一体化”行政村覆盖|sanitation_village_cover|行政村|~|100||%||undecided|无法判定|未报送
T26|五/4|黑臭水体消除（比例）|county_black_water|县级城市建成区|>=|10||%||undecided|无法判定|未报送
T27|五/4|农村重点黑臭水体消除比例|rural_black_water|农村|>=|10||%||undecided|无法判定|未报送
"""

ROOMS = {
    "T01": Room(
        "mean",
        "open",
        81,
        283,
        284,
        Decimal("39.6"),
        Decimal("37.3"),
        Decimal("39.5"),
        last_year=Decimal("33.2"),
        sentence="余下 81 天均值须不高于 39.6 微克/立方米，去年同期为 33.2",
    ),
    "T02": Room(
        "mean",
        "open",
        81,
        283,
        284,
        Decimal("44.1"),
        Decimal("41.9"),
        Decimal("44.0"),
        last_year=Decimal("40.4"),
        sentence="余下 81 天均值须不高于 44.1 微克/立方米，去年同期为 40.4",
    ),
    "T03": Room(
        "days",
        "open",
        81,
        283,
        284,
        bad_used=21,
        bad_left=8,
        bad_left_calendar=8,
        last_year=Decimal(5),
        sentence="还可超标 8 天，去年同期超标 5 天",
    ),
    "T04": Room(
        "days",
        "open",
        81,
        283,
        284,
        bad_used=31,
        bad_left=5,
        bad_left_calendar=5,
        last_year=Decimal(14),
        first_loss=date(2021, 10, 17),
        sentence="还可超标 5 天，去年同期超标 14 天",
    ),
}

WHY = Step(
    "评价值，按目标的位数修约", "32", "GB/T 8170", "gb8170", "T",
    below=(
        Step("年累计均值", "31.8", "GB 3095-2012 表3", "gb3095.mean", "X", below=(
            Step("有效天数，应有284天", "283", "GB 3095-2012 表4"),
            Step("城市日均值的平均", "31.7527", "HJ 663-2013 5.1", below=tuple(
                Step(f"10月{d}日", str(40 + d % 7), address=f"pm25_mean/{CORE}/2021-10-{d:02d}") for d in range(1, 12)
            )),
        )),
    ),
)  # fmt: skip

TITLES = (
    "编制“十四五”生态环境保护规划",
    "统筹编制专项规划",
    "制定碳排放达峰行动方案",
    "推动结构调整和转型升级",
    "应对气候变化与环境保护协同",
    "深度治理工业污染",
    "城市精细化管理",
    "柴油货车污染治理",
    "秸秆综合利用和禁烧",
    "集中式饮用水水源保护",
    "城镇生活污水收集处理",
    "工业污水达标排放",
    "重点湖泊水库生态保护",
    "土壤污染防治",
    "地下水污染防治试点",
    "固体废物污染防治",
    "建筑垃圾分类和处置",
    "畜牧业污染防治",
    "种植业投入品管理",
    "人居环境整治提升",
    "生态保护红线和自然保护地管理",
    "矿山开采环境问题大排查",
    "湿地保护专项行动",
    "“两山”转换通道",
    "中央督察反馈问题整改",
    "省级督察反馈问题整改",
    "健全领导责任体系",
    "强化考核与督察整改",
    "强化考核与督察整改",
    "构建现代环境治理体系",
)
UNITS = ("市生态环境局", "市住建局", "市农业农村局", "市发改委", "市林业局")


def plan() -> Plan:
    """27 targets and 30 unit blocks of 29 tasks."""
    return Plan(
        Head(
            title="工作要点的通知",
            attachment_title="2021年工作要点",
            doc_number="景环委办字〔2021〕9号",
            year=2021,
            override_clause="以国家和省下达的为准",
        ),
        targets=tuple(_target(line.split("|")) for line in _ROWS.split()),
        tasks=tuple(_task(number, title) for number, title in enumerate(TITLES, 1)),
        source_sha256="ab" * 32,
    )


def _target(cells: list[str]) -> Target:
    code, place, name, indicator, scope, op, firm, aspired, unit = cells[:9]
    section, number = place.split("/")
    return Target(
        id=code,
        outline=f"二/（{section}）/{number}",
        indicator=name,
        scope=scope,
        op=op,
        value=Decimal(firm) if firm else None,
        unit=unit or None,
        text=f"{scope}{name}控制在{firm or '时序进度'}",
        indicator_id=indicator,
        stretch=Decimal(aspired) if aspired else None,
    )


def _task(number: int, title: str) -> Task:
    outline = (
        "三/（六）/2#1"
        if number == 28
        else "三/（六）/2#2"
        if number == 29
        else f"三/（{'一二三四五六'[number // 6 % 6]}）/{number}"
    )
    named = tuple(dict.fromkeys((UNITS[number % 5], UNITS[number * 2 % 5])))
    return Task(
        id=f"K{number:02d}",
        outline=outline,
        title=title,
        text="第一句措施，完成重点项目的深度治理。\n第二句措施，九月底前完成验收。" if number != 3 else "",
        units=named,
        implicit_units=("各县（市、区）党委", "各县（市、区）政府") if number > 1 else (),
        deadlines=("2021Q1",) if number == 25 else (),
        commitments=(Commitment("整改完成率", ">=", Decimal(90), "%", "力争完成90%以上", stretch=True),)
        if number == 26
        else (),
    )


def board() -> Board:
    """Every status, on the day of the sample."""
    lines = [line.split("|") for line in _ROWS.split()]
    rows = tuple(_row(target, cells) for target, cells in zip(plan().targets, lines, strict=True))
    return Board(AS_OF, UNTIL, "air-hourly/0001", True, rows)


def _row(target: Target, cells: list[str]) -> Row:
    number = Decimal(cells[9]) if cells[9] else None
    air = number is not None and target.indicator_id in ("pm25_mean", "aqi_good_ratio")
    value = Value(
        target.indicator_id or "",
        target.scope,
        YEAR,
        number,
        target.unit or "",
        reason=cells[12],
        n_valid=283 if air else 0,
        n_expected=284 if air else 0,
        inputs="7f3a91c2" * 8 if air else "",
        why=WHY if air else Step("没有说明"),
    )
    judged = round(number) if number is not None and target.indicator_id == "pm25_mean" else number
    status = Status(cells[10], cells[11], cells[12], Decimal(judged) if judged is not None else None)
    return Row(target, value, status, ROOMS.get(target.id))


def course(target: Target) -> Course:
    """A year that falls until autumn; five early days are not valid."""
    if target.indicator_id not in ("pm25_mean", "aqi_good_ratio"):
        raise GuatuError.of("no course", "G-TEST-01", "目标", "没有逐日数", "按期报送", "看报送值")
    days = tuple(date(2021, 1, 1) + timedelta(days=n) for n in range((UNTIL - date(2021, 1, 1)).days + 1))
    good = target.indicator_id == "aqi_good_ratio"
    daily: list[Decimal | None] = []
    running: list[Decimal | None] = []
    for n, _ in enumerate(days):
        swing = (n * 37 % 23) - 11
        invalid = n in (0, 1, 2, 40, 160)
        daily.append(None if invalid else Decimal((70 + swing * 3) if good else max(6, 58 - n // 5 + swing)))
        step = Decimal(n) / 10
        running.append(
            None
            if n < 3
            else (Decimal("95.0") - step / 5 if good else Decimal("49.5") - step * Decimal("0.63")).quantize(
                Decimal("0.1")
            )
        )
    bad = tuple(None if d is None else not (good and n % 9 == 0) for n, d in enumerate(daily))
    primary = tuple("o3" if n > 90 else "pm25" for n in range(len(days)))
    return Course(
        target.indicator_id,
        target.scope,
        "%" if good else "ug/m3",
        days,
        tuple(daily),
        tuple(running),
        tuple(None if d is None else int(d) + 20 for d in daily),
        tuple(None if d is None else 2 for d in daily),
        primary,
        bad,
    )


def value(address: str) -> Value:
    """What an address opens to: a county's figure of the year, or a day of the core with its stations."""
    indicator, scope, period = address.partition("@")[0].split("/")
    figures = {"昌江区": ("91.5", "32"), "珠山区": ("88.7", "33"), "浮梁县": ("96.8", "23"), "乐平市": ("93.1", "29")}
    if scope in figures:
        number, unit = (figures[scope][0], "%") if indicator == "aqi_good_ratio" else (figures[scope][1], "ug/m3")
        return Value(indicator, scope, Period.of(period), Decimal(number), unit, n_valid=283, n_expected=284)
    if scope == CORE and period.startswith("2021-10"):
        stations = tuple(Step(f"点位{name}", str(44 + n), "GB 3095-2012 表4") for n, name in enumerate("甲乙丙丁"))
        why = Step("城市日均值，4个点位平均", "45", "HJ 663-2013 5.1", below=stations)
        return Value(indicator, scope, Period.of(period), Decimal(45), "ug/m3", n_valid=4, n_expected=4, why=why)
    raise GuatuError.of(
        "no such address", "G-JUDGE-02", f"地址“{address}”", "打不开", "没有这样的指标或范围", "核对地址"
    )
