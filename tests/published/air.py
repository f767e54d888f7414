"""From a published row of air to one public function; no arithmetic here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.compute import air

Row = Mapping[str, Any]
OF_PERIOD = {"pm25": "PM25", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO_p95", "o3_8h": "O3_p90"}
OF_DAY = {"pm25": "PM25_24h", "pm10": "PM10_24h", "so2": "SO2_24h", "no2": "NO2_24h", "co": "CO_24h", "o3_8h": "O3_8h"}
SHOWN = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3": "O3"}
IN_FORCE_2026 = date(2026, 3, 1)


def number(value: Any) -> Decimal | None:
    """The number as it is written in the row; a blank or words are none."""
    try:
        return None if value is None else Decimal(str(value))
    except ArithmeticError:
        return None


def amounts(row: Row, names: Mapping[str, str]) -> dict[str, Decimal | None]:
    return {ours: number(row.get(theirs, row.get(ours))) for ours, theirs in names.items()}


def edition(row: Row) -> str:
    return "2026" if "2026" in str(row.get("limits", "")) else "2012"


def index_of(row: Row) -> air.Composite:
    found = air.composite(amounts(row, OF_PERIOD), edition(row))
    if found is None:
        raise KeyError("one of six")
    return found


def composite_index(row: Row) -> Row:
    return {"index": index_of(row).index}


def composite_index_share(row: Row) -> Row:
    found = index_of(row)
    return {f"{OF_PERIOD[name].partition('_')[0]}_share_pct": found.share(name) for name in OF_PERIOD}


def good_day_ratio(row: Row) -> Row:
    return {"pct": air.good_ratio(row["good"], row["valid"])}


def percent_change(row: Row) -> Row:
    return {"pct": air.percent_change(Decimal(str(row["now"])), Decimal(str(row["base"])))}


def exceed_multiple(row: Row) -> Row:
    value, limit = Decimal(str(row["value"])), Decimal(str(row["limit"]))
    pollutant = row["pollutant"]
    multiple = air.exceed_multiple(value, limit)
    return {"pollutant": pollutant, "pct_over": air.exceed_percent(value, limit), "multiple": multiple}


def remaining_mean(row: Row) -> Row:
    target, mean = Decimal(str(row["target"])), Decimal(str(row["mean_to_date"]))
    return {"control_value": air.remaining_mean(target, row["days_in_year"], row["days_done"], mean=mean)}


def remaining_days(row: Row) -> Row:
    if "good_to_date" in row:
        return {"annual_good_day_target": air.days_of_year(row["good_to_date"], row["gap_published"])}
    return {"annual_heavy_day_cap": air.days_of_year(row["heavy_to_date"], row["allowed_more"])}


def said(verdict: air.Verdict) -> Row:
    primary = ",".join(SHOWN[name] for name in verdict.primary)
    return {"AQI": verdict.aqi, "cls": verdict.name, "level": verdict.level, "primary": primary}


def daily_aqi(row: Row) -> Row:
    return said(air.day_aqi(amounts(row, OF_DAY), date.fromisoformat(row["date"])))


def daily_aqi_sand_deducted(row: Row) -> Row:
    return said(air.sand_day_aqi(amounts(row, OF_DAY), date.fromisoformat(row["date"])))


def sand_day_kept(row: Row) -> Row:
    observed = row["observed_AQI"]
    primary = [name for name, word in SHOWN.items() if word in str(row.get("observed_primary", "")).split(",")]
    found = air.sand_day_aqi(amounts(row, OF_DAY), date.fromisoformat(row["date"]), observed, primary)
    return {**said(found), "kept": found.aqi == observed}


def iaqi_2026(row: Row) -> Row:
    return {"IAQI": air.sub_index(row["item"].lower(), Decimal(str(row["c"])), IN_FORCE_2026)}


TOPICS: dict[str, Callable[[Row], Row]] = {
    "composite_index_2012": composite_index,
    **{
        one.__name__: one
        for one in (
            composite_index_share,
            good_day_ratio,
            percent_change,
            exceed_multiple,
            remaining_mean,
            remaining_days,
            daily_aqi,
            daily_aqi_sand_deducted,
            sand_day_kept,
            iaqi_2026,
        )
    },
}
