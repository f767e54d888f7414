"""An office's own Excel ledger in and out: mapped once, read whole or not at all, stored on a person's word."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from guatu.act import making
from guatu.act.headings import Column, Layout, layout_faults, suggest
from guatu.act.ledger import Ledger
from guatu.act.making import Signature
from guatu.act.problem import Person
from guatu.act.sheet import Row, Sheet, read, write
from guatu.act.workbook import read_page, write_page
from guatu.errors import ActError, Fault
from guatu.office import snapshots
from guatu.office.ledger import complainants, declared, storage
from guatu.office.ledger.models import Problem, TakenSheet
from guatu.office.ledger.sealed import KEY, seal, unseal
from guatu.office.ledger.storage import Progress

FOLDER = "imports"
QUICK = 3
"""How hard the lines of a sheet are packed: fast rather than small."""


def begin(
    ledger: Ledger, path: Path, name: str, *, by: str, year: int = 0, since: date | None = None, page: str = ""
) -> TakenSheet:
    """Take a workbook as it is and suggest what its headings mean: as this office settled them last, if it did.

    Raises ActError: G-ACT-70 the file cannot be read, 71 no heading is found.
    """
    found = read_page(path, page)
    layout = suggest(found.rows, ledger, found.merged)
    headings = [column.heading for column in layout.columns]
    for before in TakenSheet.objects.filter(ledger=ledger.id, state=TakenSheet.State.STORED):
        known = _layout(ledger, before.layout)
        if [column.heading for column in known.columns] == headings:
            layout = Layout(ledger.id, layout.head, known.columns, known.same)
            break
    day = since or declared.today()
    taken = TakenSheet.objects.create(
        ledger=ledger.id, name=name[:160], page=page, year=year or day.year, since=day, layout=_plain(layout), by=by,
        total=max(0, len(found.rows) - layout.head),
    )  # fmt: skip
    kept = _file(taken)
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(seal(path.read_bytes()))  # whoever complained is in it, in whichever column
    return taken


def layout_of(taken: TakenSheet) -> Layout:
    """How a sheet is laid out."""
    return _layout(declared.ledger(taken.ledger), taken.layout)


def settle(taken: TakenSheet, fields: Mapping[str, str], same: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Keep what a person says the headings mean; returns what is still wrong with it."""
    ledger = declared.ledger(taken.ledger)
    kept = {name: value for name, value in layout_of(taken).same.items() if name not in same}
    settled = layout_of(taken).settled(fields, {})
    settled = Layout(settled.ledger, settled.head, settled.columns, {**kept, **{k: v for k, v in same.items() if v}})
    taken.layout = _plain(settled)
    taken.save(update_fields=["layout"])
    return tuple(layout_faults(settled, ledger))


def check(taken: TakenSheet, progress: Progress | None = None) -> Sheet | None:
    """Read the whole sheet: every fault of every cell at once, or ready to be confirmed; nothing is stored.

    Returns what was read, None where there are faults.
    """
    try:
        sheet = _read(taken, progress)
    except ActError as error:
        taken.state, taken.faults = TakenSheet.State.FAULTY, [said(fault) for fault in error.faults]
        taken.save(update_fields=["state", "faults"])
        return None
    ledger = declared.ledger(taken.ledger)
    rows = Problem.objects.filter(ledger=ledger.id)
    there = {(source, title): number for number, source, title in rows.values_list("number", "source_no", "title")}
    numbers = set(there.values())
    known = []
    for row in sheet.rows:
        key = _key(row)
        if row.number in numbers or key in there:
            known.append([row.line, row.number if row.number in numbers else there[key]])
    taken.state, taken.faults, taken.known, taken.total = TakenSheet.State.READY, [], known, len(sheet.rows)
    taken.save(update_fields=["state", "faults", "known", "total"])
    return sheet


def store(
    taken: TakenSheet,
    person: Person,
    user: AbstractBaseUser | None = None,
    *,
    again: bool = False,
    progress: Progress | None = None,
    sheet: Sheet | None = None,
) -> int:
    """Enter the confirmed rows; again: also those that look entered already. Returns how many.

    sheet: what check has just read, where it is still at hand; else it is read once more.
    Raises ActError (G-LEDGER-19) where the sheet is not ready or one number stands twice.
    """
    if taken.state != TakenSheet.State.READY:
        raise ActError.of(
            f"sheet {taken.pk} is {taken.state}", "G-LEDGER-19", f"“{taken.name}”",
            f"现在是“{taken.get_state_display()}”", "没有核对过的表不登记", "先核对，没有错再确认",
        )  # fmt: skip
    ledger = declared.ledger(taken.ledger)
    sheet = sheet or _read(taken)
    known = dict(taken.known)
    rows = [row for row in sheet.rows if again or row.line not in known]
    numbers: dict[int, str] = {} if again else {**known}
    with transaction.atomic():
        count = storage.take_in(_entered(ledger, rows, taken, person, numbers), len(rows), progress)
        private = {numbers[row.line]: row.private for row in rows if row.private}
        for problem in Problem.objects.filter(number__in=private):
            words = "；".join(private[problem.number].values())
            complainants.keep(problem, words, [user] if user else [], person.name)
        taken.state, taken.numbers, taken.done = TakenSheet.State.STORED, numbers, count
        taken.save(update_fields=["state", "numbers", "done"])
        with gzip.open(_lines_file(taken), "wt", QUICK, encoding="utf-8") as file:
            file.write(json.dumps(sheet.lines, ensure_ascii=False, default=_cell_out))
    _file(taken).unlink(missing_ok=True)
    return count


def drop(taken: TakenSheet) -> None:
    """Give a sheet up: its file goes, nothing was stored."""
    _file(taken).unlink(missing_ok=True)
    taken.state = TakenSheet.State.DROPPED
    taken.save(update_fields=["state"])


def give_out(taken: TakenSheet, path: Path) -> int:
    """Write the office's own columns again, what has changed in place. Returns the number of items.

    Items of the same ledger entered otherwise are not in it. Raises ActError (G-LEDGER-20) for a sheet not stored.
    """
    if taken.state != TakenSheet.State.STORED:
        raise ActError.of(
            f"sheet {taken.pk} is not stored",
            "G-LEDGER-20",
            f"“{taken.name}”",
            "还没有登记",
            "没有可以导出的",
            "先确认登记",
        )
    ledger, layout = declared.ledger(taken.ledger), layout_of(taken)
    with gzip.open(_lines_file(taken), "rt", encoding="utf-8") as file:
        lines = tuple(tuple(_cell_in(cell) for cell in line) for line in json.load(file))
    sheet = read(lines, layout, ledger, taken.year)
    of = {int(line): number for line, number in taken.numbers.items()}
    rows = Problem.objects.filter(ledger=ledger.id)
    wanted = set(of.values())
    items = {item.number: item for item in storage.items(rows) if item.number in wanted}
    problems = {line: items[number] for line, number in of.items() if number in items}
    write_page(path, write(sheet, ledger, problems), layout.head)
    return len(problems)


def _entered(
    ledger: Ledger, rows: Sequence[Row], taken: TakenSheet, person: Person, numbers: dict[int, str]
) -> Iterator[tuple[Ledger, Any, list[Any]]]:
    used = set(
        Problem.objects.filter(number__in=[row.number for row in rows if row.number][:30_000]).values_list(
            "number", flat=True
        )
    )
    sequence = storage.Numbers()
    last, moment = storage.log_end(), declared.moment(declared.today())
    if last is not None:
        moment = max(moment, datetime.fromisoformat(last.time))
    for row in rows:
        number = row.number
        while not number or number in used:
            number = sequence.next(ledger, taken.since.year, str(row.fields.get("county", "")))
        used.add(number)
        numbers[row.line] = number
        by = Signature(person, moment, last, f"据“{taken.name}”")
        item, last = making.register(ledger, number, row.fields, by, state=row.state, since=taken.since)
        yield ledger, item, [last]


def _read(taken: TakenSheet, progress: Progress | None = None) -> Sheet:
    kept = _file(taken)
    clear = kept.with_suffix(".xlsx")
    if clear.exists():  # of an older edition
        kept.write_bytes(seal(clear.read_bytes()))
        clear.unlink()
    try:
        content = unseal(kept.read_bytes())
    except (OSError, InvalidToken):
        raise ActError.of(
            f"sheet {taken.pk} cannot be opened", "G-LEDGER-32", f"“{taken.name}”", "导入的文件打不开了",
            f"它加密存着，文件或密钥 {KEY} 不在工作区里", "放弃这一次，重新上传",
        ) from None  # fmt: skip
    page = read_page(Path(taken.name), taken.page, content)
    return read(page.rows, layout_of(taken), declared.ledger(taken.ledger), taken.year, progress)


def _key(row: Row) -> tuple[str, str]:
    """Source numbers and title as the list's columns hold them."""
    fields = row.fields
    receipt = [str(fields["receipt_number"])] if fields.get("receipt_number") else []
    title = str(fields.get("title") or fields.get("text") or "")
    return "、".join([*fields.get("source_no", []), *receipt])[:120], title[:160]


def _file(taken: TakenSheet) -> Path:
    return snapshots.opened().folder / FOLDER / f"{taken.pk:06d}.sealed"


def _lines_file(taken: TakenSheet) -> Path:
    return snapshots.opened().folder / FOLDER / f"{taken.pk:06d}.json.gz"


def _plain(layout: Layout) -> dict[str, Any]:
    columns = [[column.heading, column.field, column.fill] for column in layout.columns]
    return {"head": layout.head, "columns": columns, "same": dict(layout.same)}


def _layout(ledger: Ledger, said: Mapping[str, Any]) -> Layout:
    return Layout(ledger.id, said["head"], tuple(Column(*one) for one in said["columns"]), said["same"])


def said(fault: Fault) -> dict[str, str]:
    """A fault as it is kept with the sheet."""
    return {"code": fault.code, "where": fault.where, "what": fault.what, "why": fault.why, "remedy": fault.remedy}


def _cell_out(cell: Any) -> Any:
    """What JSON does not know of a cell."""
    match cell:
        case datetime():
            return {"moment": cell.isoformat()}
        case date():
            return {"day": cell.isoformat()}
        case time():
            return {"time": cell.isoformat()}
        case _:
            return str(cell)


def _cell_in(cell: Any) -> Any:
    match cell:
        case {"moment": text}:
            return datetime.fromisoformat(text)
        case {"day": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case _:
            return cell
