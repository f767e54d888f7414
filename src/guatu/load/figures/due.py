"""plan/figures.toml: which unit hands in which figure, of which places, how often; and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from guatu.base.period import Period
from guatu.base.still import once
from guatu.base.toml import BrokenTomlError, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.load.figures.row import CITY, FIGURES, places_of, reported
from guatu.load.kept import known
from guatu.load.workspace import Workspace

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Due:
    """One duty to report: indicator id, the unit, the places its figure is made of, and the days after a period.

    every: ``month``, ``quarter``, ``half`` or ``year``; places empty: every area of the city; within: days from the
    end of a period to the day its figure is owed.
    """

    indicator: str
    body: str
    places: tuple[str, ...] = ()
    every: str = "quarter"
    within: int = 10

    def periods(self, year: int) -> tuple[Period, ...]:
        """The periods of a year."""
        step = MONTHS[self.every]
        starts = range(1, 13, step)
        return tuple(Period(date(year, m, 1), Period.of(f"{year}-{m + step - 1:02d}").last) for m in starts)


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is owed and not there: who, what, where, when; late: days past the day it was owed."""

    due: Due
    place: str
    period: Period
    owed: date
    late: int


@once
def dues_of(ws: Workspace) -> tuple[Due, ...]:
    """The duties to report of a workspace; none where it has no plan/figures.toml.

    Raises WorkspaceError with every fault: G-WORK-23 not TOML, G-WORK-24 an entry.
    """
    path = ws.folder / "plan" / "figures.toml"
    if not path.is_file():
        return ()
    try:
        rows = parsed(path.read_bytes()).get("due", [])
    except BrokenTomlError as error:
        raise WorkspaceError.of(
            "figures.toml is not TOML",
            "G-WORK-23",
            "plan/figures.toml",
            error.what,
            "报送安排读不出来",
            "用文本编辑器改正",
        ) from None
    faults: list[Fault] = []
    ids = {card.id for card in ws.cards if reported(card)}
    places = set(places_of(ws).values())
    fields_known = {field.name for field in fields(Due)}
    found = []
    for number, row in enumerate(rows, 1):
        where = f"plan/figures.toml 第 {number} 个 [[due]]"
        wrong = [f"不认识“{name}”" for name in sorted(row.keys() - fields_known)]
        wrong += [f"没有指标“{row.get('indicator')}”"] * (row.get("indicator") not in ids)
        wrong += ["没有写 body"] * (not row.get("body"))
        wrong += [f"every 写成了“{row.get('every')}”"] * (row.get("every", "quarter") not in MONTHS)
        wrong += [f"地区“{place}”没有登记" for place in row.get("places", ()) if place not in places]
        if wrong:
            faults.append(Fault("G-WORK-24", where, "；".join(wrong), "不知该由谁报什么", "对照文档改正"))
        else:
            found.append(Due(**{**row, "places": tuple(row.get("places", ()))}))
    if faults:
        raise WorkspaceError(f"figures.toml has {len(faults)} faults", faults)
    return tuple(found)


def due_places(ws: Workspace, due: Due) -> tuple[str, ...]:
    """The places a duty asks for: its own, else every area of the city."""
    return due.places or tuple(place.name for place in ws.places) or (CITY,)


def gaps_of(ws: Workspace, as_of: date, dues: Sequence[Due] | None = None) -> tuple[Gap, ...]:
    """Every figure of the year of a day whose period is over and that had not come by then, latest owed last."""
    rows = known(ws.data, FIGURES, as_of)
    there = set(rows.select("indicator", "place", "first", "last").iter_rows())
    return tuple(sorted(_missing(ws, as_of, dues_of(ws) if dues is None else dues, there), key=lambda gap: gap.owed))


def _missing(ws: Workspace, as_of: date, dues: Sequence[Due], there: set[tuple[object, ...]]) -> Iterable[Gap]:
    for due in dues:
        for period in due.periods(as_of.year):
            if period.last >= as_of:
                continue
            owed = period.last + timedelta(days=due.within)
            for place in due_places(ws, due):
                if (due.indicator, place, period.first, period.last) not in there:
                    yield Gap(due, place, period, owed, max(0, (as_of - owed).days))
