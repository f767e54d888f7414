"""The loaded map as a drawing: boundaries and points of an office projected, thinned to what a screen can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from django.conf import settings

from guatu.errors import GuatuError
from guatu.load.geography.kept import Atlas, atlas_of, note_of
from guatu.load.workspace import Workspace

Spot = tuple[float, float]
MARGIN = 14
BOX, GAP, HEAD = (110.0, 96.0), 12.0, 42.0  # of an area without a boundary, in a row below the others; its label
ROOM = 36  # a label needs so much about it; with less it stands at the side, with a line to its area
SIDE, BETWEEN = 52.0, 66.0  # of labels at the side: from the rim, from one another
FINE = 0.8  # corners nearer than this on the drawing say nothing
STEPS = 18  # of the grid on which a place for a label is sought


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area on the drawing: its rings in order, outer ones with their holes, and where its label stands.

    lead: from a label at the side to its area; empty where the label stands inside.
    """

    rings: tuple[tuple[Spot, ...], ...]
    label: Spot
    lead: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map drawn on a sheet of a size: areas by code, points by kind and name, the note that is printed on it."""

    areas: Mapping[str, Drawn]
    spots: Mapping[tuple[str, str], Spot]
    note: str


def sheet(places: Sequence[Mapping[str, Any]], size: tuple[int, int]) -> Sheet | None:
    """The loaded map for these places; None where no boundary of any of them is loaded, or it cannot be read."""
    if settings.GUATU_WORKSPACE is None:
        return None
    try:
        atlas = atlas_of(Workspace.open(settings.GUATU_WORKSPACE))
    except (GuatuError, OSError):
        return None
    codes = tuple(str(place["code"]) for place in places)
    return _drawn(atlas, codes, size) if any(code in atlas.polygons for code in codes) else None


@lru_cache(maxsize=8)
def _drawn(atlas: Atlas, codes: tuple[str, ...], size: tuple[int, int]) -> Sheet:
    known = [code for code in codes if code in atlas.polygons]
    missing = [code for code in codes if code not in atlas.polygons]
    columns = max(1, int((size[0] - 2 * MARGIN + GAP) // (BOX[0] + GAP)))
    rows = -(-len(missing) // columns)
    below = rows * (BOX[1] + GAP)
    every = [spot for code in known for rings in atlas.polygons[code] for spot in rings[0]]
    place = _projection(every, (size[0], size[1] - below))
    areas = {}
    narrow: dict[str, Spot] = {}
    for code in known:
        polygons = [[_thin([place(spot) for spot in ring]) for ring in rings] for rings in atlas.polygons[code]]
        largest = max(polygons, key=lambda rings: abs(_area(rings[0])))
        shown = [ring for rings in polygons for ring in rings if len(ring) > 3]
        label = _inner(largest[0])
        if _room(largest[0], label) < ROOM:
            narrow[code] = label
        areas[code] = Drawn(tuple(tuple(ring) for ring in shown), label)
    for code, label in _at_the_side(narrow, size[0]).items():
        areas[code] = Drawn(areas[code].rings, label, (label, narrow[code]))
    for at, code in enumerate(missing):
        row, column = divmod(at, columns)
        x, y = MARGIN + column * (BOX[0] + GAP), size[1] - below + row * (BOX[1] + GAP)
        corners = ((x, y), (x + BOX[0], y), (x + BOX[0], y + BOX[1]), (x, y + BOX[1]), (x, y))
        areas[code] = Drawn((corners,), (x + BOX[0] / 2, y + HEAD))
    spots = {key: place(spot) for key, spot in atlas.spots.items()}
    inside = {key: spot for key, spot in spots.items() if 0 <= spot[0] <= size[0] and 0 <= spot[1] <= size[1] - below}
    return Sheet(areas, inside, note_of(atlas))


def _projection(spots: Sequence[Spot], size: tuple[float, float]) -> Any:
    """Degrees to the drawing, north up, one scale both ways at the middle latitude, centred."""
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    squeeze = cos(radians((south + north) / 2))
    wide, high = (east - west) * squeeze or 1e-9, (north - south) or 1e-9
    scale = min((size[0] - 2 * MARGIN) / wide, (size[1] - 2 * MARGIN) / high)
    left, top = (size[0] - wide * scale) / 2, (size[1] - high * scale) / 2

    def place(spot: Spot) -> Spot:
        x = left + (spot[0] - west) * squeeze * scale
        return round(x, 1), round(top + (north - spot[1]) * scale, 1)

    return place


def _thin(ring: Sequence[Spot]) -> list[Spot]:
    """A ring without corners that fall together on the drawing; closed as before."""
    kept = [ring[0]]
    for spot in ring[1:-1]:
        if hypot(spot[0] - kept[-1][0], spot[1] - kept[-1][1]) >= FINE:
            kept.append(spot)
    return [*kept, ring[-1]]


def _inner(ring: Sequence[Spot]) -> Spot:
    """Of a grid of spots inside a ring the one farthest from its line: where a label has most room."""
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    top, low = min(y for _, y in ring), max(y for _, y in ring)
    grid = [
        (west + (east - west) * (i + 0.5) / STEPS, top + (low - top) * (j + 0.5) / STEPS)
        for i in range(STEPS)
        for j in range(STEPS)
    ]
    inside = [spot for spot in grid if _holds(ring, spot)]
    best = max(inside, key=lambda spot: _room(ring, spot), default=((west + east) / 2, (top + low) / 2))
    return round(best[0], 1), round(best[1], 1)


def _at_the_side(narrow: Mapping[str, Spot], width: int) -> dict[str, Spot]:
    """Places at the rims for the labels of narrow areas: the western ones left, the others right, none on another."""
    west_first = sorted(narrow, key=lambda code: narrow[code][0])
    half = len(west_first) // 2 + len(west_first) % 2
    found = {}
    for codes, x in ((west_first[:half], SIDE), (west_first[half:], width - SIDE)):
        below = 0.0
        for code in sorted(codes, key=lambda code: narrow[code][1]):
            below = max(narrow[code][1], below + BETWEEN)
            found[code] = (x, round(below, 1))
    return found


def _room(ring: Sequence[Spot], spot: Spot) -> float:
    return min(_apart(spot, a, b) for a, b in pairwise(ring))


def _apart(spot: Spot, a: Spot, b: Spot) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((spot[0] - a[0]) * dx + (spot[1] - a[1]) * dy) / long)) if long else 0.0
    return hypot(spot[0] - a[0] - t * dx, spot[1] - a[1] - t * dy)


def _holds(ring: Sequence[Spot], spot: Spot) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > spot[1]) != (y1 > spot[1]) and spot[0] < (x1 - x0) * (spot[1] - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def _area(ring: Sequence[Spot]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2
