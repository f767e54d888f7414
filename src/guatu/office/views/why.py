"""What moved a figure most, as sums that add up; and the raw rows of one day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.judge.daily import SIX, members
from guatu.judge.moved import head_of, lines_of
from guatu.judge.moved_at import moved_at
from guatu.load.kept import shown
from guatu.office import snapshots
from guatu.office.tables import KINDS, table_file, told
from guatu.office.views.gate import may, refusal

TOPS = (5, 20, 400)


@may("office.see_figures", "原因只对业务账号开放")
def why(request: HttpRequest, address: str) -> HttpResponse:
    """The parts of a figure's distance to its target or to last year's same stretch."""
    shot = _allowed(request, address)
    last_year, asked = request.GET.get("against") == "last-year", request.GET.get("top", "")
    top = int(asked) if asked.isdecimal() and int(asked) in TOPS else TOPS[0]
    try:
        found = _moved(address, shot["as_of"], shot["data_version"], last_year, top)
    except GuatuError as error:
        found = {"fault": "；".join(f"{one.where}：{one.what}，{one.why}。{one.remedy}" for one in error.faults)}
    row = next((row for row in shot["rows"] if row["address"] == address.partition("@")[0]), None)
    kind = request.GET.get("download", "")
    if kind in KINDS and "cuts" in found:
        rows = [
            (kind_of, line["part"].replace("−", "-"), line["name"], line["without"], line["address"])
            for kind_of, _, lines in found["cuts"]
            for line in lines
        ]
        heads = ("拆法", f"份额（{found['unit']}）", "项", "没有它则为", "地址")
        name = f"原因-{shot['as_of']}{'-演示数据' if shot['demo'] else ''}"
        return table_file(kind, name, [*told(shot, address), found["head"]], heads, rows)
    context = {**found, "address": address, "row": row, "last_year": last_year, "top": top, "tops": TOPS}
    return render(request, "office/why.html", context)


@may("office.see_figures", "原始数据只对业务账号开放")
def rows(request: HttpRequest, scope: str, day: str) -> HttpResponse:
    """The hours of every station of an area on one day, as stored, with the batch each came in."""
    shot = _allowed(request, f"aqi/{scope}/{day}")
    try:
        found = _hours(scope, date.fromisoformat(day), date.fromisoformat(shot["as_of"]))
    except ValueError:
        raise Http404(f"“{day}”不是日期，写作 2021-10-11") from None
    if found is None:
        raise Http404(f"没有登记“{scope}”这个范围")
    heads = ("站点", "名称", "时间（小时末）", *(item.upper() for item in SIX), "批次")
    kind = request.GET.get("download", "")
    if kind in KINDS:
        name = f"小时值-{scope}-{day}{'-演示数据' if shot['demo'] else ''}"
        return table_file(kind, name, told(shot, f"{scope} {day} 小时值"), heads, found)
    context = {"scope": scope, "day": day, "heads": heads, "rows": found}
    return render(request, "office/rows.html", context)


def _allowed(request: HttpRequest, address: str) -> dict[str, Any]:
    if not request.user.has_perm("office.explain", address):
        raise PermissionDenied(refusal(request, "逐日逐时的原始数只对环委办、分析员和本县（市、区）开放"))
    shot = snapshots.latest()
    if shot is None:
        raise Http404("还没有数据，无从说明")
    return shot.picture


@lru_cache(maxsize=128)
def _moved(address: str, as_of: str, _version: str, last_year: bool, top: int) -> dict[str, Any]:
    """Cut anew from the rows as known on the day of the picture; remembered until data or day change."""
    ws = snapshots.opened()
    whole = address if "@" in address else f"{address}@{as_of}"
    moved = moved_at(ws, plan_of(ws), whole, last_year=last_year)
    cuts = [
        (cut.kind, len(cut.causes), [asdict(line) for line in lines_of(cut, moved, top)]) for cut in moved.breakdowns
    ]
    return {"head": head_of(moved), "note": moved.note, "unit": moved.unit.strip() or "无单位", "cuts": cuts}


def _hours(scope_name: str, day: date, as_of: date) -> list[tuple[str, ...]] | None:
    """Rows of 01:00 to 24:00 as known on a day; none where the scope is not registered."""
    ws = snapshots.opened()
    scope = ws.scope(scope_name, day)
    if scope is None:
        return None
    sites = [site for area in members(ws, scope, day) for site in area.sites]
    names = {station.code: station.name for station in ws.stations}
    first = datetime.combine(day, time.min)
    hours = ws.hours(as_of).filter(
        pl.col("station").is_in(sites) & (pl.col("time") > first) & (pl.col("time") <= first + timedelta(days=1))
    )
    frame = hours.sort("station", "time").collect()
    return [
        (
            row["station"],
            names.get(row["station"], ""),
            f"{row['time']:%Y-%m-%d %H:%M}",
            *("" if row[item] is None else shown(row[item]) for item in SIX),
            f"{row.get('batch', '')}",
        )
        for row in frame.iter_rows(named=True)
    ]
