"""GCJ-02 and back, against pairs published with the public implementations, and anywhere in China."""

from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.load.geography.datum import Point, gcj02_to_wgs84, inside_china, to_wgs84, wgs84_to_gcj02

METRE = 111_320  # [m] to a degree of latitude, near enough
# WGS-84 and GCJ-02, latitude first, as the tests of googollee/eviltransform print them.
EVIL = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]
# The same, longitude first, as wandergis/coordtransform prints it.
WANDER = ((116.404, 39.915), (116.41024449916938, 39.91640428150164))
PAIRS = [((a[1], a[0]), (b[1], b[0])) for a, b in EVIL] + [WANDER]


def apart(one: Point, other: Point) -> float:
    """Metres between two near points."""
    squeeze = cos(radians(one[1]))
    return hypot((one[0] - other[0]) * squeeze, one[1] - other[1]) * METRE


@pytest.mark.parametrize(("wgs", "gcj"), PAIRS)
def test_the_published_pairs_both_ways(wgs: Point, gcj: Point) -> None:
    assert apart(wgs84_to_gcj02(wgs), gcj) < 0.01
    assert apart(gcj02_to_wgs84(gcj), wgs) < 0.01


@given(st.floats(73.2, 135.5), st.floats(3.5, 53.5))
def test_there_and_back_is_far_below_a_metre(lon: float, lat: float) -> None:
    assert apart(gcj02_to_wgs84(wgs84_to_gcj02((lon, lat))), (lon, lat)) < 0.01


@given(st.floats(97, 122), st.floats(22, 45))
def test_the_move_is_some_hundred_metres(lon: float, lat: float) -> None:
    assert 20 < apart(wgs84_to_gcj02((lon, lat)), (lon, lat)) < 1500


def test_outside_china_nothing_moves_and_cgcs2000_is_wgs84() -> None:
    assert wgs84_to_gcj02((2.35, 48.85)) == (2.35, 48.85)
    assert not inside_china((2.35, 48.85))
    assert to_wgs84((117.2, 29.3), "cgcs2000") == to_wgs84((117.2, 29.3), "wgs84") == (117.2, 29.3)
    assert to_wgs84((117.2, 29.3), "gcj02") != (117.2, 29.3)
