"""Figures in a collection: which are asked of whom with the measures, what was said before, kept and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from guatu.act.collection import Asked, figure_id, figure_parts
from guatu.act.collection_heap import Candidate
from guatu.base.period import Period
from guatu.load.batches import batches_in
from guatu.load.figures.due import due_places, dues_of
from guatu.load.figures.row import FIGURES, unit_of
from guatu.load.kept import keep, known, shown, taken_back
from guatu.load.workspace import Workspace

AMOUNTS = ("numerator", "denominator", "value")
WORDS = ("index_kind", "proof", "note")
Said = Mapping[str, str]


def owed(ws: Workspace, period: str) -> dict[str, list[list[str]]]:
    """Body → figures, each as id and words, whose own period ends with a collection's: months, thirds of quarters."""
    found: dict[str, list[list[str]]] = {}
    last = Period.of(period).last
    for due in dues_of(ws):
        for stretch in due.periods(last.year):
            if stretch.last == last:
                title = ws.cards.card(due.indicator).name
                found.setdefault(due.body, []).extend(
                    [figure_id(due.indicator, place, str(stretch)), f"{title} {place} {stretch}"]
                    for place in due_places(ws, due)
                )
    return found


def asked(ws: Workspace, told: Mapping[str, Iterable[str]]) -> dict[str, tuple[Asked, ...]]:
    """The figures asked of each body as rows of its sheet, with what the place said for the period before."""
    rows = known(ws.data, FIGURES).to_dicts()
    return {sender: tuple(_asked(ws, name, rows) for name in names) for sender, names in told.items()}


def _asked(ws: Workspace, name: str, rows: Iterable[Mapping[str, Any]]) -> Asked:
    indicator, place, period = figure_parts(name)
    found, first = ws.cards.card(indicator), Period.of(period).first
    before = [r for r in rows if (r["indicator"], r["place"]) == (indicator, place) and r["last"] < first]
    last = said_of(max(before, key=lambda row: row["last"])) if before else {}
    text = f"{found.name} {place} {period}"
    return Asked(name, text, found.name, "填报", Period.of(period).last, period, "", unit_of(found), "figure", last)


def said_of(row: Mapping[str, Any]) -> dict[str, str]:
    """What a row of figures says, as exact text; blank parts are left out."""
    said = {name: shown(row[name]) for name in AMOUNTS if row[name] is not None}
    return dict(sorted({**said, **{name: row[name] for name in WORDS if row.get(name)}}.items()))


def on_record(
    ws: Workspace, told: Mapping[str, Iterable[str]], as_of: date | None = None
) -> dict[tuple[str, str], dict[str, str]]:
    """What the store of figures knows on a day (None: now) of those asked, by (sender, id), however it came in."""
    rows = {
        (row["indicator"], row["place"], row["first"], row["last"]): row
        for row in known(ws.data, FIGURES, as_of).to_dicts()
    }
    found = {}
    for sender, names in told.items():
        for name in names:
            indicator, place, period = figure_parts(name)
            row = rows.get((indicator, place, Period.of(period).first, Period.of(period).last))
            if row:
                found[sender, name] = said_of(row)
    return found


def store(
    ws: Workspace, folder: Path, rows: Iterable[Candidate], received: date, person: str, moment: datetime | None = None
) -> None:
    """Keep figures as batches of the files they came in, kept files being the proof; what differs is a correction."""
    gone = taken_back(ws.data, FIGURES)
    by_file: dict[tuple[str, str], list[dict[str, Any]]] = {}
    since = received
    for row in rows:
        told = _row(ws, row.measure, row.said, row.sender, received, row.sheet, row.line)
        back = gone.get(tuple(told[name] for name in FIGURES.key))
        since = max(since, back or received)
        reason = "收表更正" if row.before else "撤销后重新入账" if back else ""
        by_file.setdefault((row.file, reason), []).append(told)
    for (name, reason), found in by_file.items():
        keep(
            ws.data, FIGURES, folder / name, found, correct=bool(reason), reason=reason, on=since if reason else None,
            person=person, at=moment,
        )  # fmt: skip


def take_back(
    ws: Workspace, file: Path, rows: Iterable[tuple[str, str, Said]], day: date, person: str, reason: str,
    moment: datetime | None = None,
) -> None:  # fmt: skip
    """Put figures back to what they said before, by (sender, id, said before); said nothing: known no more.

    The last correction by its day is the last word, so this one is never dated before one there is.
    """
    told = [_row(ws, name, said, sender, day, "", 0) for sender, name, said in rows]
    if told:
        since = max([day, *(batch.on for batch in batches_in(ws.data, FIGURES.name) if batch.kind == "correction")])
        keep(ws.data, FIGURES, file, told, correct=True, reason=reason, on=since, person=person, at=moment)


def _row(
    ws: Workspace, name: str, said: Said, sender: str, received: date, sheet: str, line: int
) -> dict[str, Any]:  # fmt: skip
    indicator, place, stretch = figure_parts(name)
    period = Period.of(stretch)
    amounts: Iterator[tuple[str, Decimal | None]] = (
        (part, Decimal(said[part]) if part in said else None) for part in AMOUNTS
    )
    return {
        "indicator": indicator, "place": place, "first": period.first, "last": period.last, **dict(amounts),
        "unit": unit_of(ws.cards.card(indicator)), **{part: said.get(part, "") for part in WORDS}, "reporter": sender,
        "received": received, "sheet": sheet, "cell": str(line), "line": line,
    }  # fmt: skip
