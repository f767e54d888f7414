"""Places and named, dated sets of sites: what a scope of a target means when something is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative area of the city: code, name, kind (市, 区, 县, 县级市, 功能区) and its neighbours' codes.

    east, north: a rough position on a schematic map [0 to 10], for drawing only.
    """

    code: str
    name: str
    kind: str
    neighbours: tuple[str, ...] = ()
    east: float = 0.0
    north: float = 0.0


@dataclass(frozen=True, slots=True)
class Scope:
    """A named set of sites in force between two dates, with the way its sites combine.

    combine: ``stations`` (mean of the stations of one urban area, HJ 663 表A.2) or ``places`` (each member place
    first, then their mean). parts names the member scopes when combine is ``places``.
    """

    name: str
    sites: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    combine: str = "stations"
    place: str = ""
    also: tuple[str, ...] = ()  # other words a notice uses for it
    since: date = date.min
    until: date = date.max
    note: str = ""
