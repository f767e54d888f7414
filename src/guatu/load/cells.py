"""Text cells to times and exact concentrations, whole columns at once; what cannot be read becomes faults."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from guatu.errors import Fault
from guatu.load.columns import POWER, Column
from guatu.load.table import Sheet, spans

EXACT = pl.Decimal(18, 6)  # six decimals: µg/m³ and mg/m³ turn into each other without loss
MISSING = ("", "—", "——", "–", "-", "--", "/", "na", "n/a", "nan", "null", "none", "无", "缺测", "停测", "未监测")
ONE_BY_ONE = 20  # faults of one kind in one column told cell by cell; more are told once, with all their lines
_WIDE = dict(zip("０１２３４５６７８９．：－−﹣", "0123456789.:---", strict=True))
_MOMENT = (
    r"^(?<y>\d{4})[-/.年](?<m>\d{1,2})[-/.月](?<d>\d{1,2})(?:日|[ T])[ T]*(?<h>\d{1,2})"
    r"(?:(?:[:时点](?<n>\d{2})?)(?::(?<s>\d{2})(?:\.0+)?)?分?)?(?:\+08:00)?$"
)
_COMPACT = r"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})[ T]?(?<h>\d{2})(?::?(?<n>\d{2})(?::?(?<s>\d{2}))?)?$"


def plain(column: str) -> pl.Expr:
    """A text column without outer blanks and with half-width digits and signs."""
    return pl.col(column).str.strip_chars(" \t\r\n　").str.replace_many(_WIDE)


def read_times(sheet: Sheet, frame: pl.DataFrame, heading: str, begin: bool) -> tuple[pl.DataFrame, list[Fault]]:
    """Column `time` from text to the end of the hour (Datetime ms); begin: the stamp is the hour's beginning.

    24:00 is 00:00 of the next day. Faults: G-LOAD-09 not a time, G-LOAD-10 not on the hour; both are null after it.
    """
    text = plain("time")
    cut = frame.select(
        pl.col("line"),
        pl.col("time").alias("cell"),
        pl.coalesce(
            pl.when(text.str.contains(form)).then(text.str.extract_groups(form)) for form in (_MOMENT, _COMPACT)
        ).alias("part"),
    ).unnest("part")
    hour = pl.col("h").cast(pl.Int8)
    day = pl.concat_str([pl.col("y"), pl.col("m").str.zfill(2), pl.col("d").str.zfill(2)], separator="-")
    read = cut.with_columns(
        pl.when(hour <= 24).then(day.str.to_date("%Y-%m-%d", strict=False).cast(pl.Datetime("ms"))).alias("day"),
        (pl.concat_str([pl.col("n").fill_null("00"), pl.col("s").fill_null("00")]) != "0000").alias("broken"),
    ).with_columns((pl.col("day") + pl.duration(hours=hour + (1 if begin else 0))).alias("time"))
    faults = [
        *cell_faults(
            sheet,
            heading,
            read.filter(pl.col("time").is_null()),
            "G-LOAD-09",
            lambda cell: (
                "没有时间" if not cell else f"“{cell}”认不出是哪天几时",
                "这一行不知属于哪个小时",
                "写成 2021-01-01 01:00 的样子",
            ),
        ),
        *cell_faults(
            sheet,
            heading,
            read.filter(pl.col("time").is_not_null() & pl.col("broken")),
            "G-LOAD-10",
            lambda cell: (f"“{cell}”不是整点", "小时值要有明确的起止", "改为整点，或换小时数据文件"),
        ),
    ]
    return frame.with_columns(read.select(pl.when(~pl.col("broken")).then("time"))["time"]), faults


def read_numbers(sheet: Sheet, frame: pl.DataFrame, column: Column, unit: str) -> tuple[pl.DataFrame, list[Fault]]:
    """One item from text in a unit to exact decimals in its reporting unit; missing words become null.

    Faults: G-LOAD-12 not a number, G-LOAD-13 negative, G-LOAD-14 more decimals or digits than can be kept exactly.
    """
    power = POWER[column.home][unit]
    kept = 6 + min(power, 0)
    text = plain(column.name)
    number = text.str.contains(r"^\d+(\.\d*)?$")
    short = text.str.replace(r"(\.\d*?)0*$", "$1")
    fits = short.str.contains(rf"^0*\d{{1,7}}(\.\d{{0,{kept}}})?$")
    read = frame.select(
        "line",
        pl.col(column.name).alias("cell"),
        pl.when(text.str.to_lowercase().is_in(MISSING)).then(pl.lit("missing"))
        .when(number & fits).then(pl.lit("good"))
        .when(number).then(pl.lit("long"))
        .when(text.str.contains(r"^-\s*\d+(\.\d*)?$")).then(pl.lit("negative"))
        .otherwise(pl.lit("word"))
        .alias("kind"),
        short.str.strip_suffix(".").alias("short"),
    )  # fmt: skip
    value = pl.when(pl.col("kind") == "good").then(pl.col("short")).cast(EXACT)
    scaled = value * pl.lit(10**power) if power >= 0 else value / pl.lit(10**-power)
    say: dict[str, tuple[str, Callable[[str], tuple[str, str, str]]]] = {
        "word": ("G-LOAD-12", lambda cell: (f"“{cell}”不是数", "不能参加计算", "改为实测值，缺测请留空")),
        "negative": ("G-LOAD-13", lambda cell: (f"“{cell}”是负数", "浓度不会小于零", "核对原始记录，缺测请留空")),
        "long": ("G-LOAD-14", lambda cell: (f"“{cell}”位数过多", "照收会丢掉末位，改了原值", "按仪器报出的位数填写")),
    }
    faults = [
        fault
        for kind, (code, words) in say.items()
        for fault in cell_faults(sheet, column.heading, read.filter(pl.col("kind") == kind), code, words)
    ]
    return frame.with_columns(read.select(scaled.cast(EXACT).alias(column.name))[column.name]), faults


def cell_faults(
    sheet: Sheet, heading: str, bad: pl.DataFrame, code: str, words: Callable[[str], tuple[str, str, str]]
) -> list[Fault]:
    """Faults for the rows of a frame `line, cell`: cell by cell, or once with all lines where there are many."""
    rows = bad.select("line", "cell").rows()
    if len(rows) <= ONE_BY_ONE:
        return [Fault(code, sheet.where(line, heading), *words(cell)) for line, cell in rows]
    what, why, remedy = words(rows[0][1])
    lines = spans(line for line, _ in rows)
    return [
        Fault(
            code,
            sheet.where(rows[0][0], heading),
            f"{what}；同样的还有，共 {len(rows)} 处（第 {lines} 行）",
            why,
            remedy,
        )
    ]
