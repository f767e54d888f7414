"""The page of a plan over years draws every year's demand and what came, to scale, with the figures of the table."""

from __future__ import annotations

from typing import Any

import pytest

from guatu.office.drawing.plan import EDGE, HEIGHT, WIDTH, plan_years


def found(way: dict[int, str], came: dict[int, str]) -> dict[str, Any]:
    return {
        "way": [{"year": year, "required": number} for year, number in way.items()],
        "years": [{"year": year, "value": came.get(year, "")} for year in way],
    }


WAY = {2021: "2", 2022: "4", 2023: "6", 2024: "8", 2025: "10"}


def points(text: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, _, y in (one.partition(",") for one in text.split())]


def test_an_even_path_is_an_even_line() -> None:
    drawn = plan_years(found(WAY, {}))
    assert drawn is not None and drawn.came == ""
    line = points(drawn.asked)
    assert line == [(EDGE + n * (WIDTH - 2 * EDGE) / 4, HEIGHT * (4 - n) / 4) for n in range(5)]
    assert [one.label for one in drawn.years] == ["2021", "2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(("value", "lower"), [("5", True), ("3", False)])
def test_a_year_that_brought_less_stands_below_what_was_asked(value: str, lower: bool) -> None:
    drawn = plan_years(found(WAY, {2021: "2", 2022: value}))
    assert drawn is not None
    asked, came = points(drawn.asked)[1], points(drawn.came)[1]
    assert came[0] == asked[0] and (came[1] < asked[1]) is lower
    assert [one.label for one in drawn.dots if one.came] == ["2", value]


def test_a_year_without_a_figure_is_no_nought() -> None:
    drawn = plan_years(found(WAY, {2021: "2", 2023: "6"}))
    assert drawn is not None and len(points(drawn.came)) == 2


def test_one_year_needs_no_drawing() -> None:
    assert plan_years(found({2021: "2"}, {})) is None
    assert plan_years({"years": []}) is None
