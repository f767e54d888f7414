"""From a published row of water, soil, ecology or carbon to one public function; no arithmetic here.

Each adapter takes the ``input`` of a row and returns what guatu says under the names ``expected`` uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.compute import black_water, climate, ecology, groundwater, lakes, rates, soil, sources, surface_water

Row = Mapping[str, Any]
DAY = date(2026, 1, 1)  # a row without a date is judged by what was in force then
ROMAN = ("I", "II", "III", "IV", "V", "劣V")


def number(value: Any) -> Decimal:
    """The number as it is written in the row."""
    return Decimal(str(value))


def surface_item(name: str) -> tuple[str, str]:
    """``TP_lake`` is item tp of a lake."""
    item, _, kind = name.lower().partition("_")
    return item, kind if kind in ("river", "lake") else "river"


def sw_item_class(row: Row) -> Row:
    item, kind = surface_item(row["item"])
    kind = row.get("kind", kind)
    saturation = next((number(row[key]) for key in row if key.startswith("saturation")), None)
    return {"cls": ROMAN[surface_water.one_class(item, number(row["value"]), DAY, kind, saturation=saturation) - 1]}


def gw_item_class(row: Row) -> Row:
    text = str(row["value"])
    below = text.endswith("L") or text == "未检出"
    value = Decimal(0) if text == "未检出" else number(text.removesuffix("L"))
    return {"cls": ROMAN[groundwater.one_class(row["item"], value, DAY, below=below) - 1]}


def concentrations(row: Row) -> Iterator[tuple[str, Decimal]]:
    """The concentrations of a row under guatu's names; an inner table counts as if it stood outside."""
    for name, value in row.items():
        if isinstance(value, Mapping):
            yield from concentrations(value)
        elif (item := name.split("_")[0].lower()) in lakes.items() and value is not None:
            yield item, number(value)


def tli_items(row: Row) -> Row:
    found = {}
    for name in row.get("concentrations", row):
        for item, value in concentrations({name: row.get("concentrations", row)[name]}):
            found[name] = found[f"TLI_{name}"] = lakes.index_of(item, value)
    return found


def tli(row: Row) -> Row:
    index = lakes.combine({item: lakes.index_of(item, value) for item, value in concentrations(row)})
    return {"TLI": index, "grade": lakes.grade_of(index)}


def tli_combine(row: Row) -> Row:
    given = {name.removeprefix("TLI_"): value for name, value in row.items() if name.startswith("TLI_")}
    index = lakes.combine(dict(concentrations(given)))
    return {"TLI": index, "grade": lakes.grade_of(index)}


def tli_weights(row: Row) -> Row:
    found = lakes.weights([name.lower() for name in row["items"]])
    return {name: found[name.lower()] for name in row["items"]}


def river_rating(row: Row) -> Row:
    return {"rating": surface_water.rating(number(row["good_pct"]), number(row["inferior_pct"]), DAY)}


def exceed_multiple(row: Row) -> Row:
    item, kind = surface_item(row["item"])
    limit = row.get("limit")
    if limit is None:
        limit = surface_water.limit_of(item, ROMAN.index(row.get("limit_class", "III")) + 1, DAY, row.get("kind", kind))
    return {"multiple": surface_water.times_over(number(row["value"]), number(limit))}


def water_volume_rate(row: Row) -> Row:
    found = sources.volume_rate((number(a), number(b)) for a, b in zip(row["intake"], row["ok"], strict=True))
    return {"total": found.whole, "rate_pct": found.exact}


def soil_column(row: Row) -> int:
    return (
        soil.bins(DAY).index(row["pH_bin"].replace("≤", "<="))
        if "pH_bin" in row
        else soil.column_of(number(row["pH"]), DAY)
    )


def soil_screening(row: Row) -> Row:
    limit = soil.screening_in(row["item"].lower(), soil_column(row), row.get("land", "other"), DAY)
    return {"screening": limit, "ratio": soil.single_factor(number(row["value"]), limit) if "value" in row else None}


def soil_control(row: Row) -> Row:
    codes = ("Cd", "Hg", "As", "Pb", "Cr", "Cu", "Ni", "Zn")
    return {code: soil.control_in(code.lower(), soil_column(row), DAY) for code in codes}


def black_water_point(row: Row) -> Row:
    names = {"SD_cm": "sd_cm", "SD": "sd_cm", "DO": "do", "NH3N": "nh3n", "ORP": "orp_mv", "ORP_mV": "orp_mv"}
    reading = {names[name]: number(value) for name, value in row.items() if name in names and value is not None}
    depth = number(row["depth_cm"]) if row.get("depth_cm") is not None else None
    return {"grade": black_water.reading_grade(reading, DAY, depth_cm=depth)}


def eqi_class(row: Row) -> Row:
    return {"cls": ecology.grade(number(row["EQI"]), "EQI", DAY)}


def annual_drop_geometric(row: Row) -> Row:
    return {"annual_pct": climate.yearly_share(number(row["five_year_pct"]))}


def cumulative_drop(row: Row) -> Row:
    return {"cumulative_pct": climate.cumulative_drop([number(one) for one in row["yearly_pct"]])}


def completion_rate(row: Row) -> Row:
    found = rates.completion(row["done"], row["total"])
    return {"rate_pct": found.exact}


NOT_COMPUTED = {"text"}  # a newspaper's wording of a rate (近60%), printed beside it

TOPICS: dict[str, Callable[[Row], Row]] = {
    one.__name__: one
    for one in (
        sw_item_class,
        gw_item_class,
        tli_items,
        tli,
        tli_combine,
        tli_weights,
        river_rating,
        exceed_multiple,
        water_volume_rate,
        soil_screening,
        soil_control,
        black_water_point,
        eqi_class,
        annual_drop_geometric,
        cumulative_drop,
        completion_rate,
    )
}
