"""Geometry of the drawings, checked by hand-worked cases and by what must hold for any places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.office.drawing import line
from guatu.office.drawing import map as places_map


def area_of(points):
    pairs = [tuple(map(float, p.split(","))) for p in points.split()]
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(pairs, [*pairs[1:], pairs[0]], strict=True))) / 2


def place(n, east=0.0, north=0.0, near=()):
    return {"code": str(n), "name": f"地{n}", "east": east, "north": north, "neighbours": list(near)}


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=12, unique=True))
def test_cells_share_the_whole_field_and_nothing_twice(spots):
    cells = places_map.areas([place(n, e, m) for n, (e, m) in enumerate(spots)])
    whole = area_of(places_map.areas([place(0, 1, 1)])[0].points)
    assert len(cells) == len(spots)
    assert sum(area_of(cell.points) for cell in cells) == pytest.approx(whole, rel=0.01)


def test_north_is_up_and_east_is_right():
    north, south, east = places_map.areas([place(1, 5, 9), place(2, 5, 1), place(3, 9, 5)])
    assert north.y < east.y < south.y and east.x > north.x


def test_places_without_positions_get_cells_in_neighbour_order():
    cells = places_map.areas([place(1, near=["3"]), place(2), place(3, near=["2"])])
    assert len({(cell.x, cell.y) for cell in cells}) == 3


def test_a_year_line_places_days_and_goals():
    drawn = line.year_line(["2021-01-01", "2021-12-31"], ["30", "40"], ["35"], (364, 100), settle=0)
    assert drawn.points == "0.0,100.0 364.0,0.0"
    assert [goal.at for goal in drawn.goals] == [50.0] and drawn.last == (364.0, 0.0) and drawn.last_label == "40"
    assert [rung.label for rung in drawn.rungs] == ["30", "32", "34", "36", "38", "40"]


def test_the_line_begins_where_it_stays_on_the_scale():
    days = ["2021-01-01", "2021-01-02", "2021-03-01", "2021-03-02"]
    drawn = line.year_line(days, ["36", "90", "35", "34"], [], (364, 100))
    assert drawn.points.count(",") == 2


def test_no_number_no_line_and_one_number_a_line():
    assert line.year_line(["2021-01-01"], [None], ["3"]) is None
    assert line.year_line(["2021-01-01"], ["3"], []) is not None
