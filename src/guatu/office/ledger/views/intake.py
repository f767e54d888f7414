"""Problems coming in: one by a form, many by an office's own Excel, which is checked whole and confirmed."""

from __future__ import annotations

import logging
import tempfile
import threading
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from guatu.act.deadlines import KINDS as DEADLINE_KINDS
from guatu.act.headings import PSEUDO
from guatu.act.ledger import Ledger
from guatu.act.proof import file_faults
from guatu.errors import ActError
from guatu.office.ledger import complainants, declared, progress, storage, taking
from guatu.office.ledger.models import TakenSheet
from guatu.office.ledger.people import person_of
from guatu.office.ledger.views.problems import attachment
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may

KEEPERS = "登记问题由环委办办理"
MANY = 3000
"""From so many rows on a sheet is read and stored beside the page, which shows how far it is."""
FIRST = ("title", "text", "source_no", "county", "town", "lead_unit", "acceptance_unit", "deadline_kind", "deadline",
         "object", "object_no", "longitude", "latitude", "found_by", "complainant")  # fmt: skip
PSEUDO_WORDS = {"sequence": "序号", "number": "本系统编号", "closed": "是否销号", "state": "状态"}
State = TakenSheet.State
logger = logging.getLogger(__name__)


@may("ledger.keep", KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Choose a ledger, then enter one problem; an identity goes its own way."""
    every = declared.ledgers()
    name = request.GET.get("ledger", "")
    if name not in every:
        return render(
            request, "ledger/choose.html", {"ledgers": every.values(), "to": "problems-new", "title": "登记一件问题"}
        )
    ledger = every[name]
    inputs = _inputs(ledger)
    if request.method == "POST":
        fields = _given(ledger, inputs, request)
        identity = fields.pop("complainant", "")
        try:
            row = storage.register(ledger, fields, person_of(request.user))
        except ActError as error:
            return fault_page(request, error, request.get_full_path())
        if identity:
            complainants.keep(row, identity, [request.user], request.user.get_username())
        return redirect("problem", row.number)
    return render(request, "ledger/new.html", {"ledger": ledger, "inputs": inputs})


@may("ledger.keep", KEEPERS)
def imports(request: HttpRequest) -> HttpResponse:
    """The sheets taken in so far, and a new one."""
    if request.method == "POST":
        file = request.FILES.get("file")
        content = file.read() if file else b""
        name = file.name if file else "（没有选文件）"
        try:
            faults = file_faults(name, content)
            if faults:
                raise ActError("the sheet is refused", faults)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"sheet{Path(name).suffix.lower()}"
                path.write_bytes(content)
                taken = taking.begin(
                    declared.ledger(request.POST.get("ledger", "")),
                    path,
                    name,
                    by=request.user.get_username(),
                    year=_whole(request.POST.get("year", "")),
                    since=_day(request.POST.get("since", "")),
                    page=request.POST.get("page", "").strip(),
                )
        except ActError as error:
            return fault_page(request, error, request.path)
        return redirect("problems-import", taken.pk)
    context = {"sheets": TakenSheet.objects.all()[:30], "ledgers": declared.ledgers(), "day": declared.today()}
    return render(request, "ledger/imports.html", context)


@may("ledger.keep", KEEPERS)
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet on its way: map, check, confirm; and how far it is."""
    sheet = get_object_or_404(TakenSheet, pk=pk)
    if request.method == "POST":
        try:
            _do(request, sheet)
        except ActError as error:
            return fault_page(request, error, request.path)
        return redirect("problems-import", pk)
    ledger, layout = declared.ledger(sheet.ledger), taking.layout_of(sheet)
    mapped = {column.field for column in layout.columns}
    lacking = [one for one in ledger.fields.values() if (one.required or one.id == "text") and one.id not in mapped]
    done, total = progress.heard(sheet)
    context: dict[str, Any] = {
        "sheet": sheet,
        "ledger": ledger,
        "columns": layout.columns,
        "targets": [(name, PSEUDO_WORDS[name]) for name in PSEUDO]
        + [(one.id, one.title) for one in ledger.fields.values()],
        "lacking": [(one, layout.same.get(one.id, "")) for one in lacking],
        "done": done,
        "total": total,
        "faults": sheet.faults[:200],
        "left": max(0, sheet.total - len(sheet.known)),
        "busy": sheet.state in (State.READING, State.STORING),
        "states": State,
    }
    return render(request, "ledger/taken.html", context)


@may("ledger.keep", KEEPERS)
def give_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's own columns again."""
    sheet = get_object_or_404(TakenSheet, pk=pk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        try:
            taking.give_out(sheet, path)
        except ActError as error:
            return fault_page(request, error, f"/problems/imports/{pk}/")
        return attachment(path.read_bytes(), f"{Path(sheet.name).stem}-{declared.today()}.xlsx")


def _do(request: HttpRequest, sheet: TakenSheet) -> None:
    act = request.POST.get("act", "")
    if act == "check" and sheet.state in (State.MAPPING, State.FAULTY, State.READY):
        layout = taking.layout_of(sheet)
        fields = {
            column.heading: request.POST.get(f"column-{n}", column.field) for n, column in enumerate(layout.columns)
        }
        same = {
            key.removeprefix("same-"): value.strip() for key, value in request.POST.items() if key.startswith("same-")
        }
        faults = taking.settle(sheet, fields, same)
        if faults:
            raise ActError("the layout has faults", faults)
        _run(sheet, State.READING, lambda tell: taking.check(sheet, tell))
    elif act == "store" and sheet.state == State.READY:
        person, again = person_of(request.user), request.POST.get("again") == "on"

        def store(tell: Any) -> None:
            sheet.state = State.READY
            taking.store(sheet, person, request.user, again=again, progress=tell)

        _run(sheet, State.STORING, store)
    elif act == "drop" and sheet.state in (State.MAPPING, State.FAULTY, State.READY):
        taking.drop(sheet)


def _run(sheet: TakenSheet, state: str, work: Any) -> None:
    """Do the work now, or for a long sheet beside the page; a failure leaves the sheet where it was."""
    if sheet.total < MANY:
        work(None)
        return
    before = sheet.state
    sheet.state = state
    sheet.save(update_fields=["state"])
    progress.tell(sheet, 0, sheet.total)

    def beside() -> None:
        try:
            work(lambda done, total: progress.tell(sheet, done, total))
        except Exception as error:  # whatever stops it, the person must learn and be able to go on
            logger.exception("taking a sheet in failed")
            faults = [taking.said(one) for one in getattr(error, "faults", ())]
            TakenSheet.objects.filter(pk=sheet.pk).update(state=State.FAULTY if faults else before, faults=faults)
        finally:
            progress.over(sheet)
            connection.close()

    threading.Thread(target=beside, daemon=True).start()


def _inputs(ledger: Ledger) -> list[dict[str, Any]]:
    names = list(dict.fromkeys([*(one.id for one in ledger.fields.values() if one.required), *FIRST]))
    return [
        {
            "field": ledger.fields[name],
            "must": ledger.fields[name].required,
            "choices": DEADLINE_KINDS if name == "deadline_kind" else ledger.fields[name].choices,
            "value": "",
        }
        for name in names
        if name in ledger.fields
    ]


def _given(ledger: Ledger, inputs: list[dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in inputs:
        text = request.POST.get(one["field"].id, "").strip()
        if text:
            listed = one["field"].kind in ("list", "choices")
            parts = [part.strip() for part in text.replace("、", "；").replace("\n", "；").split("；") if part.strip()]
            found[one["field"].id] = parts if listed else text
    return found


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
