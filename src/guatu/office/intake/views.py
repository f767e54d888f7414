"""The pages of data coming in: a form, a file on its way with its columns and faults, and the history with undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import ActError, GuatuError
from guatu.load.door import KINDS
from guatu.load.hearing import LEFT_OUT, place_of
from guatu.load.history import HEADS, Load, history
from guatu.load.vocabulary import words_of
from guatu.office import records, snapshots
from guatu.office.intake import marking, shelf, taking
from guatu.office.intake.shelf import Job
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.answers import attached, said_fault
from guatu.office.views.gate import may
from guatu.rules.lists import counted_lists

ACT, WHO = "office.intake", "数据接收由环委办经办和分析员办理"
TEXTS = ("reason", "on", "indicator", "period", "paper", "day", "list", "label", "stamp")
TICKS = ("correct", "leave_unknown")
SORTS = {"at": "入库时间", "rows": "行数", "file": "文件", "address": "批次"}
SHOWN_FAULTS = 200
PER_PAGE = 20
UNITS = {"ug": "ug", "mg": "mg", "x10": "mg_tenths"}


@may(ACT, WHO)
def intake(request: HttpRequest) -> HttpResponse:
    """A new file, the files on their way, and what was loaded."""
    ws = snapshots.opened()
    every = history(ws.data)
    found = _asked(request, every)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    said = records.of_kind("load")
    kinds = dict.fromkeys(one.address.partition("/")[0] for one in every)
    context = {
        "kinds": KINDS,
        "lists": counted_lists(),
        "waiting": shelf.waiting(ws),
        "page": page,
        "rows": [(one, said.get(one.address, {})) for one in page],
        "total": len(every),
        "shown": len(found),
        "chips": [(kind, _title(every, kind), _count(every, kind)) for kind in kinds],
        "sorts": SORTS,
        "largest": shelf.LARGEST // 1024 // 1024,
        "draft": {},
    }
    return render(request, "office/intake.html", context)


@require_POST
@may(ACT, WHO)
def begin(request: HttpRequest) -> HttpResponse:
    """Take a file or pasted text onto the shelf and look at it."""
    ws, given = snapshots.opened(), request.FILES.get("file")
    with said_fault(request):
        if given is not None and (given.size or 0) > shelf.LARGEST:
            size = (given.size or 0) // 1024 // 1024
            raise ActError.of("too large", "G-INTAKE-01", f"“{given.name}”", f"{size} MB，超过 200 MB", "一次收不下",
                              "按月或按站点分成几份再传")  # fmt: skip
        pasted = request.POST.get("pasted", "")
        name = given.name if given else "粘贴的表.csv"
        content = given.read() if given else pasted.replace("\r\n", "\n").encode()
        one = shelf.begin(ws, name or "", content, request.POST.get("kind", ""), _said(request), _who(request))
        taking.check(ws, one)
        return redirect("intake-job", one.number)
    return redirect("intake")


@may(ACT, WHO)
def job(request: HttpRequest, number: str) -> HttpResponse:
    """One file on its way: how far it is, its columns, its faults or what storing it would do."""
    ws, one = snapshots.opened(), _job(number)
    if request.method == "POST":
        return _do(request, one)
    words, done, total = taking.progress(one)
    meanings = words_of(one.kind, one.said.get("list", ""))
    context: dict[str, Any] = {
        "job": one,
        "title": KINDS[one.kind],
        "busy": one.state in shelf.BUSY and not one.broken_off,
        "step": words,
        "done": done,
        "of": total,
        "faults": one.faults[:SHOWN_FAULTS],
        "tables": [_table(one, number, table, meanings) for number, table in enumerate(one.heard)],
        "words": list(dict.fromkeys(meanings.values())),
        "left_out": LEFT_OUT,
        "lists": counted_lists(),
        "draft": one.said,
        "units": " ".join(f"{item}={unit}" for item, unit in one.said.get("units_said", {}).items()),
        "markable": marking.may_be_marked(one),
        "load": next((load for load in history(ws.data) if load.address == one.address), None),
        "states": {name: getattr(shelf, name) for name in ("CHECKING", "FAULTY", "READY", "STORING", "STORED")},
    }
    return render(request, "office/intake_job.html", context)


@may(ACT, WHO)
def faults(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Every fault of a file as a table to be saved."""
    one = _job(number)
    if kind not in FILES:
        raise Http404("错处清单只有 csv 和 xlsx")
    head = [f"{one.name} 错处 {len(one.faults)} 处", f"{KINDS[one.kind]}　{one.by} {one.at}"]
    return table_file(kind, f"错处-{one.name}", head, ("在哪里", "错在", "为什么", "怎么改", "编号"), one.faults)


@may(ACT, WHO)
def marked(request: HttpRequest, number: str) -> HttpResponse:
    """The file as it was sent, with a comment on every cell that is wrong."""
    one = _job(number)
    if not marking.may_be_marked(one):
        raise Http404("这份文件不能标红：没有错，或不是 CSV、Excel")
    try:
        content = marking.marked(one)
    except GuatuError:
        raise Http404("这份文件打不开，不能标红，请看错处清单") from None
    return attached(content, f"标红-{Path(one.name).stem}.xlsx")


@may(ACT, WHO)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The history of loads, as filtered and sorted on the page."""
    if kind not in FILES:
        raise Http404("入库历史只有 csv 和 xlsx")
    ws = snapshots.opened()
    found = _asked(request, history(ws.data))
    head = [f"{ws.name} 入库历史 {len(found)} 批", *([DEMO] if ws.demo else [])]
    return table_file(kind, f"入库历史{'-演示数据' if ws.demo else ''}", head, HEADS, [one.row for one in found])


@require_POST
@may(ACT, WHO)
def undo(request: HttpRequest) -> HttpResponse:
    """Take the newest load of its kind back."""
    with said_fault(request):
        address, reason = request.POST.get("address", ""), request.POST.get("reason", "")
        back, changes = taking.undo(snapshots.opened(), address, reason, _who(request))
        told = f"，{len(changes)} 项目标的数随之变回" if changes else ""
        messages.success(request, f"已撤销 {back.address}（{back.file}，{back.rows:,} 行），各数回到入库以前{told}")
    return redirect("intake")


def _do(request: HttpRequest, one: Job) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "drop":
        if one.state in shelf.BUSY and not one.broken_off:
            messages.error(request, "正在核对或入库，做完再放弃。（G-INTAKE-02）")
            return redirect("intake-job", one.number)
        shelf.drop(one)
        messages.success(request, f"已放弃“{one.name}”，什么都没有存")
        return redirect("intake")
    with said_fault(request):
        if act == "check":
            one.said = {**_said(request), "columns": _columns(request, one)}
            one.save()
            taking.check(snapshots.opened(), one)
        elif act == "store":
            taking.store(snapshots.opened(), one, _who(request))
            _stored(request, _job(one.number))
        else:
            messages.error(request, "没有这个操作。（G-INTAKE-02）")
    return redirect("intake-job", one.number)


def _stored(request: HttpRequest, one: Job) -> None:
    if one.state == shelf.STORED:
        messages.success(request, f"“{one.name}”已入库" if one.address else f"“{one.name}”的行都已有，没有新批次")
    elif one.notice:
        messages.error(request, f"没有入库：{one.notice}")


def _said(request: HttpRequest) -> dict[str, Any]:
    """What the form says of the whole file. Raises ActError (G-INTAKE-04): a day or a unit that is none."""
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in TEXTS}
    said.update({name: bool(request.POST.get(name)) for name in TICKS})
    for name in ("on", "day"):
        try:
            date.fromisoformat(said[name] or "2021-01-01")
        except ValueError:
            raise ActError.of(
                "no day", "G-INTAKE-04", "日期", f"“{said[name]}”不是日期", "不知从哪天算", "写成 2021-10-11"
            ) from None
    said["units_said"] = _units(request.POST.get("units", ""))
    said["units"] = {item: UNITS[unit] for item, unit in said["units_said"].items()}
    return said


def _units(text: str) -> dict[str, str]:
    found = {}
    for part in text.replace("，", " ").replace(",", " ").split():
        item, _, unit = part.lower().partition("=")
        if item not in ("pm25", "pm10", "so2", "no2", "co", "o3") or unit not in UNITS:
            raise ActError.of(
                "no unit", "G-INTAKE-04", "单位", f"“{part}”认不出", "不知按什么单位收", "写成 co=ug、co=mg 或 co=x10"
            )
        found[item] = unit
    return found


def _columns(request: HttpRequest, one: Job) -> dict[str, str]:
    """Headings a person has said to mean something else than they were taken as; what was said before stays."""
    meanings = words_of(one.kind, one.said.get("list", ""))
    said = dict(one.said.get("columns", {}))
    for number, table in enumerate(one.heard):
        for at, name in enumerate(table["names"]):
            chosen = request.POST.get(f"c-{number}-{at}")
            taken = meanings.get(name, "")
            if chosen is not None and chosen != taken:
                said[place_of(table["sheet"], table["line"], at)] = chosen or LEFT_OUT
    return {key: word for key, word in said.items() if word in (*meanings.values(), LEFT_OUT)}


def _table(one: Job, number: int, table: dict[str, Any], meanings: dict[str, str]) -> dict[str, Any]:
    """A table as shown: each heading with its letter, what it was taken as, whether a person said so; first rows."""
    said = one.said.get("columns", {})
    columns = [
        {
            "at": at,
            "field": f"c-{number}-{at}",
            "heading": heading,
            "taken": meanings.get(table["names"][at], table["names"][at]),
            "said": place_of(table["sheet"], table["line"], at) in said,
        }
        for at, heading in enumerate(table["headings"])
    ]
    used = sum(bool(column["taken"]) for column in columns)
    return {**table, "columns": columns, "used": used, "passed": [c["heading"] for c in columns if not c["taken"]]}


def _asked(request: HttpRequest, every: tuple[Load, ...]) -> list[Load]:
    """The loads asked for in the address: kind, state, words, sort."""
    kind, state, words = (request.GET.get(name, "").strip() for name in ("kind", "state", "q"))
    found = [
        one
        for one in every
        if (not kind or one.address.startswith(f"{kind}/"))
        and (not state or (one.undone is None) == (state == "standing"))
        and (not words or any(words in text for text in (one.file, one.person, one.address, one.sha256, one.reason)))
    ]
    sort = request.GET.get("sort", "")
    if sort.lstrip("-") in SORTS:
        found.sort(key=lambda one: getattr(one, sort.lstrip("-")), reverse=sort.startswith("-"))
    return found


def _title(every: tuple[Load, ...], kind: str) -> str:
    return next(one.title for one in every if one.address.startswith(f"{kind}/"))


def _count(every: tuple[Load, ...], kind: str) -> int:
    return sum(one.address.startswith(f"{kind}/") for one in every)


def _job(number: str) -> Job:
    found = shelf.get(snapshots.opened(), number)
    if found is None:
        raise Http404("没有这份文件：已入库的在历史里，放弃的什么都没有存")
    return found


def _who(request: HttpRequest) -> str:
    return str(request.user.get_username())
