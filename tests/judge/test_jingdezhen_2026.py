"""Real hours of the four stations of Jingdezhen, spring 2026, against a slow reckoning in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from guatu.base.period import Period
from guatu.judge.address import value_at
from guatu.judge.board import row_of
from guatu.judge.daily import days_of
from guatu.load import air
from guatu.load.workspace import Workspace
from tests.judge.targets import good_days, pm25
from tests.load.test_real_files import CODES, JINGDEZHEN

FILE = ("data", "air_cnemc_2026", "hourly_jiangxi_full_20260226_20260531.parquet")
UNTIL = date(2026, 5, 31)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from tests.conftest import real_inputs

    made = Workspace.create(tmp_path_factory.mktemp("jdz") / "ws", JINGDEZHEN)
    air.store(made, real_inputs(*FILE), leave_unknown=True)
    return made


def slow_days(path: Path) -> dict[date, int]:
    """City PM2.5 by day: station means of at least 20 hours, half-even; three of four stations; their mean."""
    hours: dict[tuple[str, date], list[int]] = defaultdict(list)
    rows = pl.read_parquet(path).with_columns(pl.col("stationcode").cast(pl.String))
    for code, time, value in rows.select("stationcode", "time", "pm2_5").iter_rows():
        if code in CODES and value is not None:
            hours[code, (time - timedelta(seconds=1)).date()].append(value)
    stations: dict[date, list[int]] = defaultdict(list)
    for (_, day), values in hours.items():
        if len(values) >= 20:
            stations[day].append(round(Fraction(sum(values), len(values))))
    return {day: round(Fraction(sum(v), len(v))) for day, v in stations.items() if len(v) >= 3}


def test_each_day_is_that_of_the_slow_reckoning(ws: Workspace, shared: Callable[..., Path]) -> None:
    slow = slow_days(shared(*FILE))
    frame = days_of(ws, JINGDEZHEN.scopes[0], Period.of("2026"), UNTIL)
    ours = {day: value for day, value in frame.select("date", "pm25").iter_rows() if value is not None}
    assert ours == slow
    assert len(ours) == 94


def test_the_month_and_the_year(ws: Workspace, shared: Callable[..., Path]) -> None:
    slow = slow_days(shared(*FILE))
    april = [value for day, value in slow.items() if (day.year, day.month) == (2026, 4)]
    value = value_at(ws, None, "pm25_mean/市中心城区/2026-04@2026-05-31")
    assert value.raw == Fraction(sum(april), len(april))
    row = row_of(ws, pm25("30", scope="市中心城区"), Period.of("2026"), UNTIL)
    assert row.value.raw == Fraction(sum(slow.values()), len(slow))
    assert (row.status.word, row.status.reason) == ("无法判定", "数据不足"), "the year began without data"
    assert row.value.number is not None, "the running mean is shown"


def test_a_quarter_can_be_judged_and_its_room_kept(ws: Workspace) -> None:
    row = row_of(ws, pm25("20", scope="市中心城区"), Period.of("2026Q2"), UNTIL)
    assert row.status.code in ("met", "close")
    assert row.room is not None
    assert row.room.days_left == 30


def test_the_station_without_co_does_not_void_the_day_but_two_do(ws: Workspace) -> None:
    """4289A has no CO at all: three of four stations are 75 % and enough; a day with two of four has no AQI."""
    frame = days_of(ws, JINGDEZHEN.scopes[0], Period.of("2026"), UNTIL)
    assert frame["n_co"].max() == 3
    assert frame.filter(pl.col("n_co") == 3)["co"].null_count() == 0
    assert frame.filter(pl.col("n_co") == 2)["co"].null_count() == frame.filter(pl.col("n_co") == 2).height
    value = value_at(ws, None, "aqi_good_ratio/市中心城区/2026-05@2026-05-31")
    assert value.number == Decimal("100.0")
    assert value.flags
    assert row_of(ws, good_days("92", scope="市中心城区"), Period.of("2026-05"), UNTIL).status.code in ("met", "missed")
