"""One figure by its address, down to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guatu.base.units import unit_sign
from guatu.errors import GuatuError
from guatu.judge.address import value_at
from guatu.judge.board import plan_of
from guatu.judge.indicators import AIR
from guatu.office import picture, snapshots
from guatu.office.models import Snapshot
from guatu.office.tables import KINDS, table_file, told
from guatu.office.views.gate import may, refusal
from guatu.office.witnesses.pairs import pair_of

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@may("office.see_figures", "计算过程只对业务账号开放")
def explain(request: HttpRequest, address: str) -> HttpResponse:
    """The tree of one figure; days open to stations, stations to hours."""
    if not request.user.has_perm("office.explain", address):
        raise PermissionDenied(refusal(request, "逐日逐时的原始数只对环委办、分析员和本县（市、区）开放"))
    shot = snapshots.latest()
    if shot is None:
        raise Http404("还没有数据，无从说明")
    row = _row_at(address, shot)
    try:
        figure = figure_of(address, shot)
    except GuatuError as error:
        raise Http404("；".join(f"{f.where}：{f.what}，{f.why}" for f in error.faults) or "打不开这个数") from None
    if (kind := request.GET.get("download", "")) in KINDS:
        heads = ("层", "说明", "数", "条款", "把握", "地址")
        title = f"{figure['scope']} {figure['period']} {figure['figure']} {figure['unit']} 的来历"
        return table_file(kind, f"来历-{shot.as_of}", told(shot.picture, title), heads, list(_flat(figure["why"], 1)))
    parts = address.partition("@")[0].split("/")
    day = parts[-1] if _DAY.fullmatch(parts[-1]) else ""
    context = {"figure": figure, "address": address, "row": row, "day": day, "scope": "/".join(parts[1:-1])}
    context["tree"] = _tree(address, shot.pk, shot.made_at)
    context["pair"] = pair_of(snapshots.opened(), address, snapshots.last_day_of(snapshots.opened()))
    return render(request, "office/explain.html", context)


@lru_cache(maxsize=64)
def _tree(address: str, pk: int, made_at: datetime) -> SafeString:
    """The steps as the page has them, drawn once for as long as the picture is the newest."""
    newest = snapshots.latest()
    assert newest is not None
    context = {"node": figure_of(address, newest)["why"], "depth": 1, "may_explain": True, "open_all": True}
    return mark_safe(render_to_string("office/_step.html", context))  # a rendered template, escaped already


def _flat(node: dict[str, Any], depth: int) -> Iterator[tuple[str, ...]]:
    """The tree as lines, each with its depth, in the order of the page."""
    yield f"{depth}", node["text"], node["figure"], node["clause"], node["confidence"], node["address"]
    for child in node["below"]:
        yield from _flat(child, depth + 1)


def figure_of(address: str, shot: Snapshot) -> dict[str, Any]:
    """One figure with its tree: from the picture where it stands there, else recomputed. Raises GuatuError."""
    row = _row_at(address, shot)
    if row is None:
        return _computed(address, shot.picture["as_of"], shot.data_version)
    if not row.get("official") and row["indicator_id"] in AIR:
        return _from_row(row)
    # Samples, and what makes an official figure differ, are looked out only when somebody opens the figure.
    return {**_from_row(row), "why": _computed(address, shot.picture["as_of"], shot.data_version)["why"]}


def _row_at(address: str, shot: Snapshot) -> dict[str, Any] | None:
    return next((row for row in shot.picture["rows"] if row["address"] == address), None)


def _from_row(row: dict[str, Any]) -> dict[str, Any]:
    keys = ("figure", "unit", "reason", "valid", "expected", "flags", "rules", "inputs", "why", "scope", "period")
    return {key: row[key] for key in keys}


@lru_cache(maxsize=256)
def _computed(address: str, as_of: str, version: str) -> dict[str, Any]:
    """Recomputed from the rows as known on the day of the picture; remembered until data or day change."""
    ws = snapshots.opened()
    value = value_at(ws, plan_of(ws), address if "@" in address else f"{address}@{as_of}")
    return {
        "figure": "" if value.number is None else f"{value.number:f}",
        "unit": unit_sign(value.unit),
        "reason": value.reason,
        "valid": value.n_valid,
        "expected": value.n_expected,
        "flags": list(value.flags),
        "rules": list(value.rules),
        "inputs": value.inputs,
        "why": picture.step(value.why),
        "scope": value.scope,
        "period": str(value.period),
    }
