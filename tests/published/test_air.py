from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from tests.published.__main__ import outcome
from tests.published.air import TOPICS


def test_every_published_row_of_air_is_reproduced(shared: Callable[..., Path]) -> None:
    rows = json.loads(shared("checks", "air.json").read_text(encoding="utf-8"), parse_float=Decimal)["checks"]
    said = {row["id"]: outcome(row) for row in rows}
    assert {name: one for name, one in said.items() if one[0] == "fail"} == {}
    assert sum(one[0] == "pass" for one in said.values()) >= 47
    assert {one[0] for name, one in said.items() if name in ("air-089", "air-090")} == {"recorded"}


def test_an_unknown_topic_and_a_wrong_figure_fail() -> None:
    row = {"id": "x", "topic": "no_such_topic", "input": {}, "expected": {"a": 1}}
    assert outcome(row)[0] == "fail"
    good = {"id": "y", "topic": "good_day_ratio", "input": {"good": 27, "valid": 29}, "expected": {"pct": "93.1"}}
    assert outcome(good)[0] == "pass"
    assert outcome({**good, "expected": {"pct": "90.0"}})[0] == "fail"  # 27 of the 30 calendar days


def test_rows_in_other_shapes_are_served() -> None:
    day = {"date": "2026-03-02", "SO2_24h": 5, "NO2_24h": 20, "CO_24h": "0.6", "O3_8h": 90, "PM10_24h": 60}
    assert TOPICS["daily_aqi"]({**day, "PM25_24h": 75})["AQI"] == 114
    assert TOPICS["daily_aqi"]({**day, "PM25_24h": 75})["primary"] == "PM2.5"
    assert TOPICS["daily_aqi"]({**day, "PM25_24h": 75, "date": "2026-02-28"})["AQI"] == 100
    assert TOPICS["daily_aqi"]({**day, "PM25_24h": None})["AQI"] is None
    assert TOPICS["iaqi_2026"]({"item": "CO_24h", "c": "2.2"}) == {"IAQI": 55}
