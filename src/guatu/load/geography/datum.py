"""Coordinates of three datums: WGS-84 as stored, CGCS2000 equal to it on a map, GCJ-02 turned back to it.

CGCS2000 (GB/T 18314) and WGS-84 differ by centimetres, far below a boundary's own precision: they are taken as one.
GCJ-02 moves a point by some hundred metres by a formula known from public implementations; nobody has published an
inverse, so it is found by iteration, each step moving the guess by what is still missing.
"""

from __future__ import annotations

from math import cos, pi, sin, sqrt

WORDS = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "cgcs2000": "CGCS2000"}
WEST, SOUTH, EAST, NORTH = 73.0, 3.0, 136.0, 54.0
"""A box round China, in degrees, with the South China Sea."""
_AXIS = 6378245.0  # [m] half the long axis of the Krasovsky 1940 ellipsoid, which the formula uses
_FLAT = 0.00669342162296594323  # square of its first eccentricity
_EAST, _NORTH = 105.0, 35.0  # the formula's own origin [°]
_NEAR = 1e-9  # [°], a tenth of a millimetre
_STEPS = 30

Point = tuple[float, float]


def to_wgs84(point: Point, datum: str) -> Point:
    """Longitude and latitude [°] of a point stated in a datum (wgs84, cgcs2000, gcj02), in WGS-84."""
    return gcj02_to_wgs84(point) if datum == "gcj02" else point


def inside_china(point: Point) -> bool:
    """Whether a point lies in the box round China."""
    return WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH


def wgs84_to_gcj02(point: Point) -> Point:
    """The point as a Chinese map shows it; outside the box round China it is not moved."""
    if not inside_china(point):
        return point
    east, north = _moved(point)
    return point[0] + east, point[1] + north


def gcj02_to_wgs84(point: Point) -> Point:
    """The point that wgs84_to_gcj02 moves here, to far below a metre."""
    lon, lat = point
    for _ in range(_STEPS):
        back = wgs84_to_gcj02((lon, lat))
        east, north = point[0] - back[0], point[1] - back[1]
        lon, lat = lon + east, lat + north
        if abs(east) < _NEAR and abs(north) < _NEAR:
            break
    return lon, lat


def _moved(point: Point) -> Point:
    """By how much [°] the formula moves a point east and north."""
    x, y = point[0] - _EAST, point[1] - _NORTH
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    turn = point[1] / 180 * pi
    magic = 1 - _FLAT * sin(turn) ** 2
    return (
        east * 180 / (_AXIS / sqrt(magic) * cos(turn) * pi),
        north * 180 / (_AXIS * (1 - _FLAT) / (magic * sqrt(magic)) * pi),
    )
