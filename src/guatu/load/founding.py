"""A new workspace from what an office has at hand: the list of its stations and the words of its notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from guatu.base.place import Place, Scope
from guatu.errors import Fault, LoadError
from guatu.load.city import Body, City, Station
from guatu.load.columns import meaning as of_hourly
from guatu.load.office_table import OfficeTable, tables_of
from guatu.load.words import plain, yes_or_no

PLACE = ("地区", "县区", "县(市、区)", "县市区", "所在县区", "所在地区", "所属县区", "行政区", "所在地")
CORE = ("中心城区", "市中心城区", "是否中心城区", "城区", "城市点", "国控")
REMEDY = "把表头写成 站点编码、站点名称、县区，中心城区的站点另加一列 中心城区 填 是"
# A schematic map needs rough places and a new workspace knows none: the areas stand in a ring [0 to 10].
RING = ((5, 8), (8, 6), (7, 3), (3, 3), (2, 6), (5, 5), (8, 8), (8, 1), (2, 1), (2, 8))


@dataclass(frozen=True, slots=True)
class StationRow:
    """One line of a list of stations: code and name as in data files, its area, whether it counts for the core."""

    code: str
    name: str
    place: str
    core: bool


def stations_in(file: Path | str) -> tuple[StationRow, ...]:
    """Read a list of stations: CSV or Excel with columns 站点编码, 站点名称, 县区 and, where there is one, 中心城区.

    Raises LoadError with every fault: G-LOAD-01 to 05 unreadable, G-FOUND-01 no such table, G-FOUND-02 a cell is
    missing, G-FOUND-03 a code stands twice.
    """
    path = Path(file)
    tables = tables_of(
        path, _meaning, ({"code"}, {"place"}), "G-FOUND-01", "站点清单（站点编码、站点名称、县区）", REMEDY
    )
    faults: list[Fault] = []
    rows = [row for table in tables for row in _rows(table, faults)]
    codes = [row.code for row in rows]
    for twice in sorted({code for code in codes if codes.count(code) > 1}):
        faults.append(
            Fault("G-FOUND-03", path.name, f"站点编码“{twice}”出现了不止一次", "分不清是哪一个站", "每个站点只留一行")
        )
    if faults:
        raise LoadError(f"{path.name} has {len(faults)} faults; nothing was made", faults)
    return tuple(rows)


def _meaning(heading: str) -> str:
    text = plain(heading)
    if text in PLACE:
        return "place"
    if text in CORE:
        return "core"
    return of_hourly(heading)[0] or ""


def _rows(table: OfficeTable, faults: list[Fault]) -> Iterable[StationRow]:
    for line in table.lines:
        cells = line.cells
        for name, word in (("code", "站点编码"), ("place", "县区")):
            if not cells.get(name):
                where = table.where(line.number, name)
                faults.append(Fault("G-FOUND-02", where, f"没有{word}", "不知是哪个站、归哪里", f"补上{word}"))
        if cells.get("code") and cells.get("place"):
            core = yes_or_no(cells.get("core", "")) is True
            yield StationRow(cells["code"], cells.get("station") or cells["code"], cells["place"], core)


def city_of(name: str, stations: Sequence[StationRow], scopes: Mapping[str, bool], bodies: Sequence[str] = ()) -> City:
    """The city of a list of stations.

    scopes: the words a notice uses for the scope of its air targets, and whether each means the whole city (else the
    core). Each area is a place and a scope of its own; the core is the stations marked so; the whole city is the
    areas together, each with its own mean. A scope without a station is made empty, so that its targets are
    undecided and never judged by another's.
    """
    areas = list(dict.fromkeys(row.place for row in stations))
    places = []
    for at, area in enumerate(areas):
        east, north = RING[at % len(RING)]
        shift = Fraction(at // len(RING), 2)
        places.append(Place(f"P{at + 1:02}", area, "县区", east=float(east - shift), north=float(north - shift)))
    codes = {place.name: place.code for place in places}
    own = [Scope(area, tuple(row.code for row in stations if row.place == area), place=codes[area]) for area in areas]
    core = tuple(row.code for row in stations if row.core)
    named = [word for word in scopes if word not in codes]
    made = [
        Scope(word, parts=tuple(areas), combine="places", note="各县区各自统计后再合成")
        if whole and areas
        else Scope(word, () if whole else core)
        for word in named
        for whole in [scopes[word]]
    ]
    units = [Body(body) for body in dict.fromkeys(bodies) if body not in codes]
    counties = [Body(area, "县区", codes[area]) for area in areas]
    return City(
        name,
        places=tuple(places),
        stations=tuple(Station(row.code, row.name, codes[row.place]) for row in stations),
        scopes=(*made, *own),
        bodies=(*units, *counties),
    )
