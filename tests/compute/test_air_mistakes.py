"""Mistakes met in public implementations, each with the figure that tells them apart (clauses beside them)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from guatu import rules
from guatu.compute import air
from guatu.errors import ComputeError

OLD, NEW = date(2025, 6, 1), date(2026, 3, 1)
SIX = ("pm25", "pm10", "so2", "no2", "co", "o3")


@pytest.mark.parametrize(
    ("item", "concentration", "day", "index"),
    [
        ("so2_24h", "150", OLD, 100),  # the 24 h column, not the 1 h column: 50
        ("so2_24h", "50", OLD, 50),
        ("so2_1h", "150", OLD, 50),
        ("co_24h", "2.2", OLD, 55),  # a float ceiling says 56
        ("co_1h", "65.4", OLD, 218),
        ("pm25_24h", "35.4", NEW, 50),  # rounded before the table
        ("pm25_24h", "60.5", NEW, 100),
        ("pm25_24h", "60.6", NEW, 101),
        ("pm25_24h", "36", OLD, 52),
        ("pm25_24h", "81", OLD, 108),
        ("co_24h", "2.5", OLD, 63),
        ("pm25_24h", "501", OLD, 500),
        ("o3_8h", "801", NEW, 300),
        ("o3_8h", "801", OLD, None),  # 表1注: the 1 h value decides
        ("so2_1h", "900", NEW, 200),
        ("so2_1h", "900", OLD, None),
        ("pm25_24h", "35", NEW, 50),
        ("pm25_24h", "30", NEW, 43),
        ("pm25_24h", "50", NEW, 80),
        ("pm25_24h", "50", OLD, 69),
        ("o3_1h", "215", OLD, 108),  # the key carries the averaging time
        ("o3_8h", "215", OLD, 150),
    ],
)
def test_sub_index(item: str, concentration: str, day: date, index: int | None) -> None:
    assert air.sub_index(item, Decimal(concentration), day) == index


def test_no_hourly_co_value_rounds_up_through_a_float() -> None:
    """IAQI of every CO hour value of the table in integers: ceil((IH-IL)(C-BL)/(BH-BL)) + IL."""
    nodes, index = (0, 50, 100, 350, 600, 900, 1200, 1500), (0, 50, 100, 150, 200, 300, 400, 500)
    tenths = list(range(1501))
    expected = []
    for c in tenths:
        k = next(k for k in range(1, 8) if c <= nodes[k])
        rise, run = index[k] - index[k - 1], nodes[k] - nodes[k - 1]
        expected.append(index[k - 1] + -(-rise * (c - nodes[k - 1]) // run))
    frame = pl.DataFrame({"time": [datetime(2025, 6, 1, 12)] * 1501, **dict.fromkeys(SIX, [0] * 1501)}, strict=False)
    frame = frame.with_columns(co=pl.Series([float(Decimal(c).scaleb(-1)) for c in tenths]))
    assert air.hourly_aqi(frame)["aqi"].to_list() == expected
    as_32 = air.hourly_aqi(frame.with_columns(pl.col("co").cast(pl.Float32)))
    assert as_32["aqi"].to_list() == expected


def station_hours(values: dict[int, float | None], item: str = "o3") -> pl.DataFrame:
    """One station on 2025-07-01; hours 1 to 24 as given, others absent."""
    start = datetime(2025, 7, 1)
    rows = [{"station": "s", "city": "c", "time": start + timedelta(hours=h), item: v} for h, v in values.items()]
    return pl.DataFrame(rows).with_columns(pl.lit(None, pl.Int64).alias(n) for n in SIX if n != item)


def test_short_windows_before_eight_do_not_count() -> None:
    found = air.station_day(station_hours({h: 300 if h <= 6 else 10 for h in range(1, 25)}))
    assert found["o3_8h"].to_list() == [228]  # 6*300 + 2*10 over 8 hours = 227.5, half-even


def test_thirteen_windows_count_only_above_the_limit() -> None:
    for value, answer in ((170, 170), (160, None)):
        found = air.station_day(station_hours(dict.fromkeys(range(7, 25), value)))
        assert found["n_o3_8h"].to_list() == [13]
        assert found["o3_8h"].to_list() == [answer]


def test_the_window_ending_at_midnight_counts_to_the_day_before() -> None:
    found = air.station_day(station_hours({h: 200 if h >= 17 else 10 for h in range(1, 25)}))
    assert found["o3_8h"].to_list() == [200]
    assert found["date"].to_list() == [date(2025, 7, 1)]


def test_missing_is_never_zero() -> None:
    six = {"pm25": 30, "pm10": 50, "so2": 5, "no2": 20, "co": Decimal("0.8"), "o3_8h": 100}
    assert air.composite({**six, "co": None}) is None
    assert air.day_aqi({**six, "pm10": None}, OLD).aqi is None
    verdict = air.day_aqi({**six, "pm10": None, "pm25": 116}, OLD)
    assert (verdict.aqi, verdict.name, verdict.rgb) == (152, "中度污染", (255, 0, 0))
    assert "pm10" in verdict.reason


def test_every_pollutant_at_the_maximum_is_primary_and_no_other() -> None:
    found = air.day_aqi({"pm25": 60, "pm10": 120, "so2": 60, "no2": 60, "co": 1, "o3_8h": 130}, NEW)
    assert (found.aqi, found.primary) == (100, ("pm25", "pm10"))


def test_a_pollutant_never_primary_may_be_left_unmonitored() -> None:
    row = {"pm25": 30, "pm10": 50, "so2": 5, "no2": 20, "o3_8h": 100}
    assert air.day_aqi(row, NEW).aqi is None
    assert air.day_aqi(row, NEW, not_monitored=["co"]).aqi == 50


def test_final_limits_of_2031() -> None:
    found = [
        rules.at(name, date(2031, 1, 1)).value["II"] for name in ("gb3095.so2.day", "gb3095.no2.day", "gb3095.pm10.day")
    ]
    assert found == ["50", "50", "100"]


def test_good_days_are_divided_by_valid_days() -> None:
    assert air.good_ratio(26, 28) == Decimal("92.9")
    assert air.good_ratio(0, 0) is None


def test_percentile_of_one_value_and_of_all() -> None:
    assert air.percentile([7], 98) == 7
    assert air.percentile([1, 5], 100) == 5
    assert air.percentile([], 90) is None


@pytest.mark.parametrize(("percent", "exceeding"), [(90, 36), (95, 18), (98, 7)])
def test_exceedances_a_year_forgives(percent: int, exceeding: int) -> None:
    for days in (365, 366):
        values = [10] * (days - exceeding) + [99] * exceeding
        assert air.percentile(values, percent) == 10
        worse = air.percentile([*values[1:], 99], percent)
        assert worse is not None
        assert worse > 10


def test_an_annual_mean_is_of_days_not_of_months() -> None:
    days = [date(2025, 1, 1) + timedelta(days=k) for k in range(365)]
    frame = pl.DataFrame({"city": "c", "date": days}).with_columns(
        pm25=pl.when(pl.col("date").dt.month() == 2).then(100).otherwise(20),
        pm10=pl.lit(50), so2=pl.lit(5), no2=pl.lit(20), co=pl.lit(0.8), o3_8h=pl.lit(100),
    )  # fmt: skip
    (year,) = air.year(frame).to_dicts()
    assert (year["sum_pm25"], year["n_pm25"], year["pm25_mean"]) == (28 * 100 + 337 * 20, 365, 26.0)  # months: 26.67
    assert air.period(frame, "month")["pm25_mean"].to_list()[:3] == [20.0, 100.0, 20.0]


def test_percent_change_from_printed_figures() -> None:
    assert air.percent_change(34, 32) == Decimal("6.2")
    assert air.percent_change(28, 0) is None
    base = air.Base(Decimal("27"), "2023-05 修订")
    assert air.compared(Decimal("28"), base).percent == Decimal("3.7")


def test_remaining_mean_and_days() -> None:
    assert air.remaining_mean(57, 366, 209, mean=58) == Fraction(57 * 366 - 58 * 209, 157)
    assert air.remaining_mean(30, 365, 365, total=1) is None
    assert [air.good_days_needed(p, 365) for p in (90, 92, 95)] == [329, 336, 347]
    assert air.good_days_needed(92, 365, decimals=0) == 334


def test_gases_before_the_amendment_are_brought_to_298_kelvin() -> None:
    before, after = date(2018, 8, 31), date(2018, 9, 1)
    assert round(air.at_reference_of(100, "so2", before, after), 2) == Decimal("91.61")
    assert round(air.at_reference_of(100, "so2", before, after, "printed_kelvin"), 2) == Decimal("91.56")
    assert air.at_reference_of(100, "pm25", before, after) == 100


def test_readings_of_the_year_that_two_editions_share() -> None:
    days = [date(2026, 1, 1) + timedelta(days=k) for k in range(365)]
    frame = pl.DataFrame({"city": "c", "date": days}).with_columns(
        pm25=pl.lit(70), pm10=pl.lit(50), so2=pl.lit(5), no2=pl.lit(20), co=pl.lit(0.8), o3_8h=pl.lit(100)
    )
    good = {reading: air.year(frame, reading=reading)["good_days"].item() for reading in ("by_date", "2012", "2026")}
    assert good == {"by_date": 59, "2012": 365, "2026": 0}
    with pytest.raises(ComputeError) as wrong:
        air.year(frame, reading="2030")
    assert wrong.value.codes == ("G-AIR-08",)
