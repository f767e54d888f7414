"""Every number of the air rules, typed from the clause tables, on the first and last day it holds."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from guatu import rules
from guatu.errors import RuleError
from guatu.rules.book import CONFIDENCE

OLD, LAST_OLD, NEW, LAST_TRANSITION, FINAL = (
    date(2016, 1, 1),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2030, 12, 31),
    date(2031, 1, 1),
)
SPANS = {"2012": (OLD, LAST_OLD), "2026": (NEW, LAST_TRANSITION), "2026-final": (FINAL, date(2040, 1, 1))}

# pollutant, averaging: class I, class II (GB 3095-2012 表1 表2; GB 3095-2026 表1 with 4.4, 表2)
LIMITS = {
    "2012": """so2.annual 20 60|so2.day 50 150|so2.hour 150 500|no2.annual 40 40|no2.day 80 80|no2.hour 200 200
        co.day 4 4|co.hour 10 10|o3.day_max8h 100 160|o3.hour 160 200|pm10.annual 40 70|pm10.day 50 150
        pm25.annual 15 35|pm25.day 35 75|tsp.annual 80 200|tsp.day 120 300|nox.annual 50 50|nox.day 100 100
        nox.hour 250 250|pb.annual 0.5 0.5|pb.quarter 1.0 1.0|bap.annual 0.001 0.001|bap.day 0.0025 0.0025""",
    "2026": """so2.annual 20 60|so2.day 50 150|so2.hour 150 500|no2.annual 40 40|no2.day 80 80|no2.hour 200 200
        co.day 4 4|co.hour 10 10|o3.day_max8h 100 160|o3.hour 160 200|pm10.annual 40 60|pm10.day 50 120
        pm25.annual 15 30|pm25.day 35 60|tsp.annual 80 200|tsp.day 120 300|nox.annual 50 50|nox.day 100 100
        nox.hour 250 250|pb.annual 0.5 0.5|pb.quarter 1.0 1.0|bap.annual 0.001 0.001|bap.day 0.0025 0.0025""",
    "2026-final": """so2.annual 20 20|so2.day 50 50|so2.hour 150 150|no2.annual 30 30|no2.day 50 50|no2.hour 200 200
        co.day 4 4|co.hour 10 10|o3.day_max8h 100 160|o3.hour 160 200|pm10.annual 20 50|pm10.day 50 100
        pm25.annual 10 25|pm25.day 25 50|tsp.annual 80 200|tsp.day 120 300|nox.annual 40 40|nox.day 70 70
        nox.hour 250 250|pb.annual 0.5 0.5|pb.quarter 1.0 1.0|bap.annual 0.001 0.001|bap.day 0.0025 0.0025""",
}
# HJ 633-2012 表1, HJ 633-2026 表3
NODES = {
    "so2_24h": "0 50 150 475 800 1600 2100 2620",
    "so2_1h": "0 150 500 650 800",
    "no2_24h": "0 40 80 180 280 565 750 940",
    "no2_1h": "0 100 200 700 1200 2340 3090 3840",
    "co_24h": "0 2 4 14 24 36 48 60",
    "co_1h": "0 5 10 35 60 90 120 150",
    "o3_8h": "0 100 160 215 265 800",
    "o3_1h": "0 160 200 300 400 800 1000 1200",
}
PARTICLES = {
    ("2012", "pm10"): "0 50 150 250 350 420 500 600",
    ("2012", "pm25"): "0 35 75 115 150 250 350 500",
    ("2026", "pm10"): "0 50 120 250 350 420 500 600",
    ("2026", "pm25"): "0 35 60 115 150 250 350 500",
}
CLASSES = [
    (50, "优", "绿色", [0, 228, 0]),
    (100, "良", "黄色", [255, 255, 0]),
    (150, "轻度污染", "橙色", [255, 126, 0]),
    (200, "中度污染", "红色", [255, 0, 0]),
    (300, "重度污染", "紫色", [153, 0, 76]),
    (500, "严重污染", "褐红色", [126, 0, 35]),
]


def limits() -> list[tuple[str, str, str, str]]:
    return [
        (edition, *entry.split())
        for edition, table in LIMITS.items()
        for line in table.splitlines()
        for entry in line.strip().split("|")
    ]


@pytest.mark.parametrize(("edition", "rule", "one", "two"), limits())
def test_limits(edition: str, rule: str, one: str, two: str) -> None:
    for day in SPANS[edition]:
        found = rules.at(f"gb3095.{rule}", day)
        assert found.value == {"I": one, "II": two}
        assert found.clause.startswith("GB 3095-2012" if edition == "2012" else "GB 3095-2026")
        assert found.confidence == ("2" if edition == "2012" else "T")
        assert found.unit == ("mg/m3" if rule.startswith("co.") else "ug/m3")


@pytest.mark.parametrize("edition", ["2012", "2026"])
def test_break_points(edition: str) -> None:
    table = NODES | {
        f"{p}_{hours}": nodes for (of, p), nodes in PARTICLES.items() for hours in ("24h", "1h") if of == edition
    }
    assert {r.id.removeprefix("hj633.iaqi.") for r in rules.every("hj633.iaqi.")} == table.keys()
    for item, nodes in table.items():
        for day in SPANS[edition]:
            found = rules.at(f"hj633.iaqi.{item}", day)
            assert found.value == nodes.split(), item
            assert found.clause == f"HJ 633-{edition} {'表1' if edition == '2012' else '表3'}"
    assert rules.at("hj633.index", SPANS[edition][0]).value == [0, 50, 100, 150, 200, 300, 400, 500]


def test_only_two_cells_changed_in_2026() -> None:
    items = [rule.id for rule in rules.every("hj633.iaqi.") if rule.edition == "2026"]
    changed = [
        (name, k)
        for name in items
        for k, (was, now) in enumerate(zip(rules.at(name, LAST_OLD).value, rules.at(name, NEW).value, strict=True))
        if was != now and not name.endswith(("pm10_1h", "pm25_1h"))
    ]
    assert changed == [("hj633.iaqi.pm10_24h", 2), ("hj633.iaqi.pm25_24h", 2)]


@pytest.mark.parametrize("day", [OLD, LAST_OLD, NEW, FINAL])
def test_classes_and_colours(day: date) -> None:
    found = [rules.at(f"hj633.class.{level}", day).value for level in range(1, 7)]
    assert [(one["upto"], one["name"], one["colour"], one["rgb"]) for one in found] == CLASSES


def test_what_lies_above_a_table() -> None:
    assert [rules.at("hj633.above.so2_1h", day).value for day in (LAST_OLD, NEW)] == ["so2_24h", "200"]
    assert [rules.at("hj633.above.o3_8h", day).value for day in (LAST_OLD, NEW)] == ["o3_1h", "300"]
    assert [rules.at("hj633.range", day).value for day in (LAST_OLD, NEW)] == [[0, 500], [1, 500]]


@pytest.mark.parametrize("day", [OLD, LAST_OLD, NEW, FINAL])
def test_validity_percentiles_and_decimals(day: date) -> None:
    assert rules.at("hj663.day.min_hours", day).value == 20
    assert rules.at("hj663.hour.min_minutes", day).value == 45
    assert rules.at("hj663.o3_8h.min_hours", day).value == 6
    assert rules.at("hj663.o3_day.windows", day).value == {"first_end": 8, "last_end": 24, "hours": 8}
    assert rules.at("hj663.o3_day.min_windows", day).value == 14
    assert rules.at("hj663.year.min_days", day).value == 324
    assert rules.at("hj663.month.min_days", day).value == {"month": 27, "february": 25}
    assert rules.at("hj663.city.station_fraction", day).value == {"few_below": 4, "percent": 75, "percent_if_few": 50}
    percent = {"so2": 98, "no2": 98, "pm10": 95, "pm25": 95, "co": 95, "o3_8h": 90}
    assert rules.at("hj663.percentile", day).value == percent
    raw = rules.at("hj663.decimals.raw", day).value
    assert raw == {"so2": 0, "no2": 0, "co": 1, "o3": 0, "pm10": 0, "pm25": 0, "tsp": 0, "nox": 0, "pb": 2, "bap": 4}
    statistic = {**raw, "pm25": 1} if day >= NEW else raw
    assert rules.at("hj663.decimals.statistic", day).value == statistic
    assert rules.at("hj663.decimals.evaluation", day).value == raw
    assert rules.at("hj663.decimals.exceed_multiple", day).value == 2
    assert rules.at("hj663.decimals.ratio_percent", day).value == 1


# What both editions say stands under each edition's own clause: a figure of 2021 never cites a text of 2026.
TWO_EDITIONS = {
    "hj663.o3_day.windows": "2 2",
    "hj663.o3_day.min_windows": "2 2",
    "hj663.city.aggregation": "2 X",
    "hj663.percentile": "2 X",
    "hj663.percentile.formula": "2 2",
    "hj663.decimals.exceed_multiple": "M X",
    "hj663.decimals.ratio_percent": "M X",
}


@pytest.mark.parametrize("rule", TWO_EDITIONS)
def test_a_day_cites_the_edition_of_its_day(rule: str) -> None:
    was, now = rules.at(rule, LAST_OLD), rules.at(rule, NEW)
    assert was.value == now.value
    assert [was.confidence, now.confidence] == TWO_EDITIONS[rule].split()
    assert was.clause.startswith("HJ 663-2013")
    assert now.clause.startswith("HJ 663-2026")


def test_no_day_before_march_2026_cites_an_edition_of_2026() -> None:
    for prefix in ("gb3095", "hj633", "hj663", "composite"):
        for rule in rules.every(prefix):
            if rule.since < NEW:
                assert "2026" not in rule.clause, rule.id


def test_composite_limits_and_weights() -> None:
    gases = {"co": "4", "o3_8h": "160"}
    assert rules.at("composite.limits", LAST_OLD).value == {
        "so2": "60",
        "no2": "40",
        "pm10": "70",
        "pm25": "35",
        **gases,
    }
    assert rules.at("composite.limits", NEW).value == {"so2": "60", "no2": "40", "pm10": "60", "pm25": "30", **gases}
    assert rules.at("composite.limits", FINAL).value == {"so2": "20", "no2": "30", "pm10": "50", "pm25": "25", **gases}
    assert set(rules.at("composite.weights", NEW).value.values()) == {1}
    assert rules.at("composite.weights_open", NEW).confidence == "1"


SPEARMAN = {
    "0.05": "1.000 0.900 0.829 0.714 0.643 0.600 0.564 0.536 0.503 0.484 0.464",
    "0.025": "- 1.000 0.886 0.786 0.738 0.700 0.648 0.618 0.587 0.560 0.538",
    "0.01": "- 1.000 0.943 0.893 0.833 0.783 0.745 0.709 0.678 0.648 0.626",
}


@pytest.mark.parametrize("alpha", SPEARMAN)
def test_critical_values(alpha: str) -> None:
    expected = {str(n): text for n, text in enumerate(SPEARMAN[alpha].split(), 4) if text != "-"}
    assert rules.at(f"spearman.critical.{alpha}", NEW).value == expected


def test_the_reference_state_changes_on_2018_09_01() -> None:
    found = [
        rules.at("gb3095.reference_state", day).value["kelvin"] for day in (date(2018, 8, 31), date(2018, 9, 1), NEW)
    ]
    assert found == ["273.15", "298.15", "298.15"]


def test_every_rule_says_where_it_stands_and_its_days_join() -> None:
    found = [r for prefix in ("gb3095", "hj633", "hj663", "composite", "spearman") for r in rules.every(prefix)]
    assert len(found) > 170
    for rule in found:
        assert rule.clause
        assert rule.source
        assert rule.confidence in CONFIDENCE
        timeline = rules.timeline(rule.id)
        for earlier, later in pairwise(timeline):
            assert earlier.until is not None
            assert earlier.until + timedelta(days=1) == later.since


def test_editions_and_days_without_a_rule() -> None:
    assert rules.of_edition("gb3095.pm25.day", "2012").value["II"] == "75"
    assert rules.of_edition("hj663.percentile", "2026").value["co"] == 95
    with pytest.raises(RuleError) as no_edition:
        rules.of_edition("gb3095.pm25.day", "1996")
    assert no_edition.value.codes == ("G-RULE-03",)
    with pytest.raises(RuleError) as too_early:
        rules.at("gb3095.pm25.day", date(2010, 1, 1))
    assert too_early.value.codes == ("G-RULE-02",)
