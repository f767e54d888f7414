"""The map of the wall: the boundaries an office has loaded, else a schematic one.

The schematic map gives each place the part of a rounded field that is nearest to its rough position; no boundary is
claimed, and the page says so under the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from guatu.load.geography.kept import SCHEMATIC
from guatu.office.drawing import geography

Spot = tuple[float, float]
SIZE = (400, 540)
CORNERS = 40
PER_ROW, APART, UNDER = 6, 19, 40  # of the points in an area
ROUNDS = 6  # of moving each place to the middle of its part, so that every label finds room


@dataclass(frozen=True, slots=True)
class Area:
    """One place on the map: its outer line as SVG points, where its label stands, the path of all its rings.

    lead: the path of a line from a label at the side to its area, foot: its end; real: whether the lines are loaded
    boundaries.
    """

    code: str
    name: str
    points: str
    x: float
    y: float
    path: str = ""
    lead: str = ""
    real: bool = False
    foot: Spot | None = None


def areas(places: Sequence[Mapping[str, Any]]) -> list[Area]:
    """The places in order: in their loaded boundaries where the office has a map, else in cells of a schematic one."""
    loaded = geography.sheet(places, SIZE)
    if loaded is None:
        return schematic(places)
    drawn = []
    for place in places:
        area = loaded.areas[str(place["code"])]
        rings = [" ".join(f"{x:g},{y:g}" for x, y in ring) for ring in area.rings]
        path = "".join(f"M{ring}Z" for ring in rings)
        lead = "M" + " ".join(f"{x:g},{y:g}" for x, y in area.lead) if area.lead else ""
        drawn.append(
            Area(
                place["code"],
                place["name"],
                rings[0] if rings else "",
                *area.label,
                path,
                lead,
                True,
                area.lead[1] if area.lead else None,
            )
        )
    return drawn


def note(places: Sequence[Mapping[str, Any]]) -> str:
    """What is printed beside the map: that it is schematic, its 审图号, or that it may not be published."""
    loaded = geography.sheet(places, SIZE)
    return SCHEMATIC if loaded is None else loaded.note


def schematic(places: Sequence[Mapping[str, Any]]) -> list[Area]:
    """Cells for the places in order; places without a position stand on a circle in neighbour order."""
    spots = _spots(places)
    for _ in range(ROUNDS):
        spots = [_centre(cell) if cell else spot for cell, spot in zip(_cells(spots), spots, strict=True)]
    drawn = []
    for place, cell in zip(places, _cells(spots), strict=True):
        if cell:
            cx, cy = _centre(cell)
            outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in cell)
            drawn.append(Area(place["code"], place["name"], outline, round(cx, 1), round(cy, 1), f"M{outline}Z"))
    return drawn


@dataclass(frozen=True, slots=True)
class Point:
    """One station or section: where it stands on the map, its kind, its state and its name."""

    x: float
    y: float
    kind: str
    state: str
    name: str


def points(drawn: Sequence[Area], things: Sequence[tuple[str, str, str, str]]) -> list[Point]:
    """Places for things (code of the area, kind, state, name): their own where the office has loaded them.

    Of the others only the area is known: they stand inside it in rows under the label, which say nothing of where in
    it they are; the page says so too.
    """
    loaded = geography.sheet([{"code": area.code} for area in drawn], SIZE)
    spots = loaded.spots if loaded else {}
    found, placed = [], set()
    for at, (_, kind, state, name) in enumerate(things):
        spot = _own(spots, kind, name)
        if spot is not None:
            placed.add(at)
            found.append(Point(*spot, kind, state, name))
    for area in drawn:
        middle, top = area.foot or (area.x, area.y + UNDER)
        mine = [thing for at, thing in enumerate(things) if thing[0] == area.code and at not in placed]
        for at, (_, kind, state, name) in enumerate(mine):
            row, column = divmod(at, PER_ROW)
            in_row = min(PER_ROW, len(mine) - row * PER_ROW)
            x = middle + (column - (in_row - 1) / 2) * APART
            found.append(Point(round(x, 1), round(top + row * APART, 1), kind, state, name))
    return found


def _own(spots: Mapping[tuple[str, str], Spot], kind: str, name: str) -> Spot | None:
    """The loaded place of a thing; its name on the map goes on after that of the site."""
    return next(
        (at for (what, site), at in spots.items() if what == kind and site in name and f" {site} " in f" {name} "), None
    )


def _cells(spots: Sequence[Spot]) -> list[list[Spot]]:
    """The part of the field nearest to each spot; empty for a spot that stands on another."""
    cells = []
    for number, spot in enumerate(spots):
        cell = _field()
        for other, far in enumerate(spots):
            if other != number:
                cell = _nearer(cell, spot, far)
        cells.append(cell)
    return cells


def _spots(places: Sequence[Mapping[str, Any]]) -> list[Spot]:
    """Positions on the drawing, north up."""
    width, height = SIZE
    given = [(float(p.get("east") or 0), float(p.get("north") or 0)) for p in places]
    if len(set(given)) < len(places):
        order = {code: n for n, code in enumerate(_walk(places))}
        turn = 2 * pi / max(1, len(places))
        given = [(sin(order[p["code"]] * turn), cos(order[p["code"]] * turn)) for p in places]
    easts, norths = [e for e, _ in given], [n for _, n in given]
    reach = max(max(easts, default=0) - min(easts, default=0), max(norths, default=0) - min(norths, default=0)) or 1
    east, north = (max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2
    return [
        (width / 2 + (e - east) / reach * width * 0.66, height / 2 - (n - north) / reach * height * 0.66)
        for e, n in given
    ]


def _walk(places: Sequence[Mapping[str, Any]]) -> list[str]:
    """Codes so that neighbours follow one another where they can."""
    left = {p["code"]: p for p in places}
    walk: list[str] = []
    while left:
        near = [code for code in (left_of(walk, places)) if code in left]
        walk.append(near[0] if near else next(iter(left)))
        del left[walk[-1]]
    return walk


def left_of(walk: Sequence[str], places: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    """The neighbours of the last place walked to."""
    return next((p.get("neighbours", ()) for p in places if walk and p["code"] == walk[-1]), ())


def _field() -> list[Spot]:
    """The whole field: a rounded shape with a fixed, slightly uneven rim."""
    width, height = SIZE
    rim = [
        1 + 0.035 * sin(3 * n * 2 * pi / CORNERS + 0.8) + 0.03 * cos(5 * n * 2 * pi / CORNERS) for n in range(CORNERS)
    ]
    return [
        (
            width / 2 + rim[n] * 0.46 * width * cos(2 * pi * n / CORNERS),
            height / 2 + rim[n] * 0.46 * height * sin(2 * pi * n / CORNERS),
        )
        for n in range(CORNERS)
    ]


def _nearer(cell: list[Spot], own: Spot, other: Spot) -> list[Spot]:
    """The part of a convex-ish cell nearer to own than to other (clipping by the bisector)."""
    dx, dy = other[0] - own[0], other[1] - own[1]
    middle = ((own[0] + other[0]) / 2, (own[1] + other[1]) / 2)

    def side(point: Spot) -> float:
        return (point[0] - middle[0]) * dx + (point[1] - middle[1]) * dy

    kept: list[Spot] = []
    for start, end in zip(cell, [*cell[1:], *cell[:1]], strict=True):
        a, b = side(start), side(end)
        if a <= 0:
            kept.append(start)
        if a * b < 0:
            t = a / (a - b)
            kept.append((start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])))
    return kept


def _centre(cell: list[Spot]) -> Spot:
    """The centroid of a polygon."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(cell, [*cell[1:], *cell[:1]], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (x / (3 * area), y / (3 * area)) if area else cell[0]
