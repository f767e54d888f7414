"""The register of objects: the list by kind, what may be the same, one file per object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from guatu.errors import GuatuError
from guatu.office import log, records, snapshots, tabled
from guatu.office.ledger import objects as register
from guatu.office.ledger import touching as ties
from guatu.office.ledger.people import person_of
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.tables import DEMO, table_file
from guatu.office.tables import KINDS as FILES
from guatu.office.views.gate import may

READERS = "对象档案只对环委办、领导、分析和督察账号开放"
KEEPERS = "对象由环委办登记"
HEADS = ("编号", "名称", "类别", "代码", "属地", "问题")


@may("ledger.see_whole", READERS)
def objects(request: HttpRequest) -> HttpResponse:
    """The register, of one kind if the address names it, and what may be the same."""
    kind, q = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:60]
    every = register.objects()
    found = register.objects(kind, q)
    counts = register.counts()
    rows = _rows(found, counts)
    kinds = [
        (key, word, sum(1 for one in every.values() if one["kind"] == key)) for key, (_, word) in register.KINDS.items()
    ]
    pairs = [(one, every[one.first], every[one.second]) for one in register.likely_same()]
    context = {
        "table": tabled.laid(request.GET.dict() | {"q": ""}, HEADS, rows, _cells, numbers=(5,)),
        "kinds": kinds,
        "kind": kind,
        "q": q,
        "total": len(every),
        "pairs": pairs,
    }
    return render(request, "ledger/objects.html", context)


@may("ledger.see_whole", READERS)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The objects as filtered and sorted on the page."""
    if kind not in FILES:
        raise Http404("对象档案只有 csv 和 xlsx")
    asked, ws = request.GET, snapshots.opened()
    found = register.objects(asked.get("kind", ""), asked.get("q", "").strip()[:60])
    rows = tabled.chosen(asked.dict() | {"q": ""}, _rows(found, register.counts()), _cells)
    head = [f"{ws.name} 对象档案 {len(rows)} 个", *([DEMO] if ws.demo else [])]
    return table_file(kind, f"对象档案{'-演示数据' if ws.demo else ''}", head, HEADS, [_cells(row) for row in rows])


def _rows(found: Mapping[str, Mapping[str, Any]], counts: Mapping[str, int]) -> list[Any]:
    return [
        (number, data, register.KINDS[data["kind"]][1], counts.get(number, 0) + counts.get(data.get("code") or "-", 0))
        for number, data in found.items()
    ]


def _cells(row: Any) -> tuple[str, ...]:
    number, data, word, count = row
    return (number, data["name"], word, data.get("code") or "—", data.get("county") or "—", str(count))


@may("ledger.see_whole", READERS)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One file: where it is, what touches it; the office changes it."""
    try:
        data = register.get(number)
        if request.method == "POST":
            if not request.user.has_perm("ledger.keep"):
                raise GuatuError.of(
                    "not yours", "G-LEDGER-25", f"对象 {number}", KEEPERS, "谁登记谁负责", "找环委办更改"
                )
            seen = request.POST.get("version", "")
            register.change(
                number, request.POST.dict(), request.user.get_username(), seen=int(seen) if seen.isdecimal() else None
            )
            return redirect("object", number)
    except GuatuError as error:
        return fault_page(request, error, "/objects/")
    touching = ties.touching(number)
    context = {
        "number": number,
        "data": data,
        "word": register.KINDS[data["kind"]][1],
        "touching": touching,
        "ledgers": register.ledgers_of(touching.problems),
        "version": records.version(f"{register.KIND}/{number}"),
        "log": log.entries(f"{register.KIND}/{number}")[::-1],
        "same": [(other, register.get(other)) for other in data.get("same_as", [])],
        "farmland": register.FARMLAND,
    }
    return render(request, "ledger/object.html", context)


@may("ledger.keep", KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Enter an object."""
    if request.method == "POST":
        try:
            number = register.register(request.POST.dict(), request.user.get_username())
        except GuatuError as error:
            return fault_page(request, error, request.path)
        return redirect("object", number)
    kinds = [(key, word) for key, (_, word) in register.KINDS.items()]
    return render(request, "ledger/object_new.html", {"kinds": kinds, "farmland": register.FARMLAND})


@require_POST
@may("ledger.keep", KEEPERS)
def decide(request: HttpRequest) -> HttpResponse:
    """A person says whether two objects are one."""
    try:
        same = request.POST.get("same") == "yes"
        register.decide(
            request.POST.get("first", ""), request.POST.get("second", ""), same, request.user.get_username(),
            request.POST.get("reason", ""),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, "/objects/")
    return redirect("objects")


@require_POST
@may("ledger.keep", KEEPERS)
def tie(request: HttpRequest, number: str) -> HttpResponse:
    """A person ties what was offered to an object, or says that it is another's."""
    try:
        ties.decide(
            number, request.POST.get("what", ""), request.POST.get("key", ""), request.POST.get("yes") == "yes",
            person_of(request.user),
        )  # fmt: skip
    except GuatuError as error:
        return fault_page(request, error, f"/objects/{number}/")
    return redirect("object", number)
