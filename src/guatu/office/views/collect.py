"""Collection on the pages: sheets out, the heap in, questions answered, rows stored once, the late, the table."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.act.collection_heap import REFUSE
from guatu.act.collection_late import Standing
from guatu.errors import ActError
from guatu.office import (
    breakdowns,
    collecting,
    collecting_figures,
    collecting_heap,
    heap_folder,
    own_reports,
    records,
    snapshots,
    tabled,
    tables,
    uploads,
)
from guatu.office.people.stamped import came
from guatu.office.views.answers import attached, said_fault, today
from guatu.office.views.gate import may
from guatu.report.plain_table import table_docx, table_xlsx

SEE, EDIT = "office.see_collection", "office.edit_duties"
WHO = "收表由环委办办理"
ALIKE = {"是否更正": ("以新换旧", REFUSE), "是否属实": ("属实", REFUSE)}
"""Kinds of questions that may be answered all at once, with their answers; others are each their own."""
PERIODS = ("填报期", "截止", "单位", "按时报齐", "未报齐或迟报的")
FEW = 2
_ID = re.compile(r"[0-9a-f]{12}")
_PERIOD = re.compile(r"\d{4}-\d{2}")


@may(SEE, WHO)
def collections(request: HttpRequest) -> HttpResponse:
    """The periods collected so far, and the form to begin the next."""
    last = today().replace(day=1)
    period = f"{last.year - (last.month == 1)}-{(last.month - 2) % 12 + 1:02d}"
    rows = _periods()
    context = {
        "table": tabled.laid(request.GET, PERIODS, rows, _period_cells, numbers=(2, 3)),
        "total": len(rows),
        "next": period,
        "begun": breakdowns.head(),
    }
    return render(request, "office/collections.html", context)


@may(SEE, WHO)
def collections_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The periods as sought and sorted on the page."""
    if kind not in ("csv", "xlsx"):
        raise Http404("收表清单只有 csv 和 xlsx")
    ws = snapshots.opened()
    rows = [_period_cells(row) for row in tabled.chosen(request.GET, _periods(), _period_cells)]
    head = [f"{ws.name} 收表 {len(rows)} 期", *([tables.DEMO] if ws.demo else [])]
    return tables.table_file(kind, f"收表{'-演示数据' if ws.demo else ''}", head, PERIODS, rows)


def _periods() -> list[tuple[str, date, Sequence[Standing], int]]:
    """Each period, the newest first: its due day, how the units stand, how many reported all in time."""
    found = []
    for period in sorted(records.of_kind("collection"), reverse=True):
        units = collecting.standings(period, today())
        found.append((period, collecting.due_of(period), units, sum(not one.owing for one in units)))
    return found


def _period_cells(row: tuple[str, date, Sequence[Standing], int]) -> tuple[str, ...]:
    period, due, units, good = row
    behind = "；".join(f"{one.sender} {one.word}" for one in units if one.owing)
    return (period, due.isoformat(), str(len(units)), str(good), behind or "—")


@require_POST
@may(EDIT, WHO)
def begin(request: HttpRequest) -> HttpResponse:
    """Fix who is asked what for a period."""
    period, due = request.POST.get("period", ""), request.POST.get("due", "")
    with said_fault(request):
        try:
            last = date.fromisoformat(due) if due else collecting.usual_due(period)
        except ValueError:
            raise ActError.of(
                "no date", "G-OFFICE-31", "报送截止", f"“{due}”不是日期", "迟报无从判断", "写成 2021-10-13 的样子"
            ) from None
        figures = collecting_figures.owed(snapshots.opened(), period)
        senders = collecting.begin(period, last, request.user.get_username(), figures=figures)
        messages.success(request, f"{period} 要向 {len(senders)} 个单位收表，下载报送表后分发")
        return redirect("collect", period=period)
    return redirect("collections")


@may(SEE, WHO)
def collect(request: HttpRequest, period: str) -> HttpResponse:
    """One period: who reported, who is late, what waits to be verified, the heaps under review, the table."""
    day = today()
    due = _due(period)
    units = collecting.standings(period, day)
    heads, rows = collecting.table(period, day)
    context = {
        "period": period,
        "due": due,
        "units": units,
        "late": [one for one in units if one.owing],
        "stamped": came(period),
        "heads": heads,
        "rows": rows,
        "owing": collecting.owing(period, day),
        "to_verify": collecting.to_verify(period),
        "texts": {row.id: row.text for row in breakdowns.rows()},
        "heaps": _heaps(period),
        "reminders": collecting.reminders(period, day) if request.user.has_perm(EDIT) else {},
        "day": day,
        "may_edit": request.user.has_perm(EDIT),
    }
    return render(request, "office/collect.html", context)


@may(SEE, WHO)
def sheets(request: HttpRequest, period: str) -> HttpResponse:
    """Every unit's sheet in one archive."""
    _due(period)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in collecting.sheets(snapshots.opened(), period).items():
            archive.writestr(name, content)
    return attached(out.getvalue(), f"报送表-{period}.zip")


@may(SEE, WHO)
def table(request: HttpRequest, period: str, kind: str) -> HttpResponse:
    """The bulletin's table as docx or xlsx."""
    if kind not in ("docx", "xlsx"):
        raise Http404("进展表只有 docx 和 xlsx")
    _due(period)
    ws = snapshots.opened()
    heads, rows = collecting.table(period, today())
    make = table_docx if kind == "docx" else table_xlsx
    return attached(make(f"{ws.name}{period} 重点工作进展情况表", heads, rows, ws.demo), f"进展情况表-{period}.{kind}")


@may(SEE, WHO)
def late(request: HttpRequest, period: str, kind: str) -> HttpResponse:
    """Who has not reported and who was late, unit by task, as docx or xlsx."""
    if kind not in ("docx", "xlsx"):
        raise Http404("清单只有 docx 和 xlsx")
    _due(period)
    ws = snapshots.opened()
    heads, rows = collecting.owing(period, today())
    make = table_docx if kind == "docx" else table_xlsx
    title = f"{ws.name}{period} 未报、漏报、迟报清单"
    return attached(make(title, heads, rows, ws.demo), f"未报漏报迟报清单-{period}.{kind}")


@may(EDIT, WHO)
def letters(request: HttpRequest, period: str) -> HttpResponse:
    """A letter for signature to every unit that owes something, in one archive."""
    _due(period)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in collecting.letters(snapshots.opened(), period, today()).items():
            archive.writestr(name, content)
    return attached(out.getvalue(), f"催报函-{period}.zip")


@require_POST
@may(EDIT, WHO)
def give_back(request: HttpRequest, period: str) -> HttpResponse:
    """Return a unit's report of the period with a reason; what it said stays in its draft and in the log."""
    _due(period)
    with said_fault(request):
        asked = request.POST
        number = own_reports.take_back(
            period, asked.get("body", ""), request.user.get_username(), asked.get("reason", ""), today(), "环委办退回"
        )
        breakdowns.restate(today())
        messages.success(request, f"已退回 {number} 项，理由写进留痕，该单位改后重报")
    return redirect("collect", period=period)


@require_POST
@may(EDIT, WHO)
def undo(request: HttpRequest, period: str, heap: str) -> HttpResponse:
    """Take a confirmed heap back."""
    _folder(period, heap)
    with said_fault(request):
        reason, person = request.POST.get("reason", ""), request.user.get_username()
        done = collecting_heap.undo(snapshots.opened(), period, heap, person, today(), reason)
        breakdowns.restate(today())
        messages.success(request, f"撤销了 {done.rows} 行，都已恢复到入账以前")
        if done.left:
            messages.warning(request, f"没有动的（此后又改过）：{'、'.join(done.left)}")
    return redirect("heap", period=period, heap=heap)


@require_POST
@may(EDIT, WHO)
def upload(request: HttpRequest, period: str) -> HttpResponse:
    """Take a heap of files and review it; nothing is stored yet."""
    _due(period)
    ws = snapshots.opened()
    incoming = ws.folder / "collect" / period / f"incoming-{uuid4().hex}"
    with said_fault(request):
        try:
            received = date.fromisoformat(request.POST.get("received") or today().isoformat())
            uploads.sheets_into(request.FILES.getlist("files"), incoming)
            heap = collecting_heap.read(ws, list(incoming.iterdir()), period, received)
            folder = ws.folder / "collect" / period / heap.id
            if not (folder / heap_folder.REVIEW).exists():
                heap_folder.write(ws, incoming, period, received, folder)
            return redirect("heap", period=period, heap=heap.id)
        except ValueError:
            messages.error(request, "收到的日期写成 2021-10-12 的样子。（G-OFFICE-31）")
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
    return redirect("collect", period=period)


@may(EDIT, WHO)
def heap(request: HttpRequest, period: str, heap: str) -> HttpResponse:
    """The review of one heap: questions first, then faults, rows that may land, sheets."""
    folder = _folder(period, heap)
    if request.method == "POST":
        with said_fault(request):
            given = _bulk(request, folder)
            given |= {key[2:]: value for key, value in request.POST.items() if key.startswith("q-") and value}
            ws = snapshots.opened()
            found = heap_folder.read_again(ws, folder)
            found = collecting_heap.with_answers(
                ws, found, folder / heap_folder.ORIGINALS, {**_answers(folder), **given}
            )
            if request.POST.get("act") == "confirm":
                originals = folder / heap_folder.ORIGINALS
                rows = collecting_heap.confirm(found, request.user.get_username(), None, ws, originals)
                breakdowns.restate(today())
                messages.success(request, f"入账 {len(rows)} 行" if rows else "没有新的内容，此前已经入账")
            else:
                messages.success(request, "答复已记下，还没有入账")
            heap_folder.write_findings(folder, found)
        return redirect("heap", period=period, heap=heap)
    review = json.loads((folder / heap_folder.REVIEW).read_text(encoding="utf-8"))
    context = {
        "period": period,
        "heap": heap,
        "review": review,
        "ready": _ready(review),
        "open": [one for one in review["questions"] if not one["answer"]],
        "alike": [one for one in ALIKE.items() if _open_of(review, one[0]) > FEW],
        "stored": records.get(f"heap/{period}/{heap}").get("rows", 0),
        "undone": records.get(f"heap/{period}/{heap}").get("undone", ""),
        "texts": collecting.texts(period),
    }
    return render(request, "office/heap.html", context)


@may(EDIT, WHO)
def marked(request: HttpRequest, period: str, heap: str) -> HttpResponse:
    """Every marked copy in one archive, to be sent back."""
    folder = _folder(period, heap)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in sorted((folder / heap_folder.MARKED).iterdir()):
            archive.write(path, path.name)
    return attached(out.getvalue(), f"标红副本-{period}.zip")


@require_POST
@may(EDIT, WHO)
def verify(request: HttpRequest, period: str) -> HttpResponse:
    """Verify measures reported as done."""
    claims = [(sender, measure) for sender, _, measure in (one.partition("/") for one in request.POST.getlist("row"))]
    with said_fault(request):
        number = collecting.verify(period, claims, request.user.get_username(), today())
        breakdowns.restate(today())
        messages.success(request, f"核实了 {number} 条")
    return redirect("collect", period=period)


def _open_of(review: dict[str, Any], kind: str) -> int:
    return sum(one["kind"] == kind and not one["answer"] for one in review["questions"])


def _bulk(request: HttpRequest, folder: Path) -> dict[str, str]:
    """One answer for all open questions of a kind, where the person chose so."""
    review = json.loads((folder / heap_folder.REVIEW).read_text(encoding="utf-8"))
    return {
        one["id"]: said
        for one in review["questions"]
        if not one["answer"] and (said := request.POST.get(f"all-{one['kind']}", "")) and one["kind"] in ALIKE
    }


def _due(period: str) -> date:
    if not _PERIOD.fullmatch(period) or not records.get(f"collection/{period}"):
        raise Http404(f"{period} 还没有发出报送表")
    return collecting.due_of(period)


def _folder(period: str, heap: str) -> Path:
    folder = snapshots.opened().folder / "collect" / period / heap
    if not (_PERIOD.fullmatch(period) and _ID.fullmatch(heap) and (folder / heap_folder.REVIEW).exists()):
        raise Http404("没有这份核对结果")
    return folder


def _answers(folder: Path) -> dict[str, str]:
    found = json.loads((folder / heap_folder.REVIEW).read_text(encoding="utf-8"))
    return {one["id"]: one["answer"] for one in found["questions"] if one["answer"]}


def _heaps(period: str) -> list[dict[str, Any]]:
    folder = snapshots.opened().folder / "collect" / period
    found = []
    for path in sorted(folder.glob(f"*/{heap_folder.REVIEW}"), key=lambda one: one.stat().st_mtime, reverse=True):
        said = json.loads(path.read_text(encoding="utf-8"))
        told = records.get(f"heap/{period}/{path.parent.name}")
        left = sum(not one["answer"] for one in said["questions"])
        found.append({"id": path.parent.name, "files": len(said["files"]), "received": said["received"],
                      "faults": len(said["faults"]), "left": left, "stored": told.get("rows", 0),
                      "undone": told.get("undone", "")})  # fmt: skip
    return found


def _ready(review: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that would land now, as the confirmation will find them."""
    given = {one["id"]: one["answer"] for one in review["questions"]}
    return [
        row for row in review["rows"]
        if not row["faulty"] and all(given[name] == wanted for name, wanted in row["wants"])
    ]  # fmt: skip
