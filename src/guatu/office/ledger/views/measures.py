"""The measures of one problem, a row each: shown with what is late, set by its unit and by the office."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.act.ledger import Ledger
from guatu.act.measure_rows import FIELD, PARTS, STATES, Measure, measures_of, standing
from guatu.act.measures import OFFICE, is_planning
from guatu.act.problem import Person
from guatu.act.problem import Problem as Item
from guatu.errors import ActError
from guatu.office.ledger import declared, storage
from guatu.office.ledger.models import PaperProof, Problem
from guatu.office.ledger.people import person_of, sides_of
from guatu.office.ledger.views.problem import BUSINESS, seen
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may, refusal

BLANK = 3
"""Empty rows a form offers besides those there are [rows]."""
MOST = 60
"""Rows a form may have [rows]."""
SETTERS = "措施由本件的责任单位和环委办填写"


@may("ledger.see_problems", BUSINESS)
def measures(request: HttpRequest, number: str) -> HttpResponse:
    """The form with every measure, and setting them."""
    row = seen(request, number)
    ledger, item, person = declared.ledger(row.ledger), storage.item_of(row), person_of(request.user)
    if not sets(ledger, item, person):
        raise PermissionDenied(refusal(request, SETTERS))
    if request.method == "POST":
        said = request.POST.get("version", "")
        try:
            storage.set_measures(
                number, _rows(request), person, version=int(said) if said.isdecimal() else 0,
                reason=request.POST.get("reason", "").strip(),
            )  # fmt: skip
        except ActError as error:
            return fault_page(request, error, request.path)
        return redirect("problem", number)
    there = measures_of(item.fields.get(FIELD))
    planning = is_planning(ledger, item)
    office = bool(person.roles & OFFICE)
    blanks = [Measure("")] * (BLANK if planning or office else 0)
    papers = papers_of(item)
    known = {"", *(sha for sha, _ in papers)}
    context = {
        "row": row, "ledger": ledger, "states": STATES, "papers": papers,
        "rows": [(n, one, one.proof not in known) for n, one in enumerate([*there, *blanks])],
        "plan": planning or office, "asks": not planning and office,
    }  # fmt: skip
    return render(request, "ledger/measures.html", context)


def sets(ledger: Ledger, item: Item, person: Person) -> bool:
    """Whether a person may set the measures of a problem: of its unit, or of the office."""
    return bool(person.roles & OFFICE) or "unit" in sides_of(ledger, item, person)


def shown(item: Item, row: Problem, day: date) -> dict[str, Any]:
    """The measures as the page shows them: each with the days it is late, and its proof as a file to open."""
    there = measures_of(item.fields.get(FIELD))
    kept: dict[str, PaperProof] = {one.sha256: one for one in PaperProof.objects.filter(problem=row)}
    rows = [{**asdict(one), "late": one.late(day), "file": kept.get(one.proof)} for one in there]
    return {"rows": rows, "words": standing(there, day)}


def papers_of(item: Item) -> list[tuple[str, str]]:
    """The papers a measure may be proved by: SHA-256 and words."""
    return [(one.sha256, f"{one.kind} {one.name} {one.day or ''}".strip()) for one in item.papers]


def _rows(request: HttpRequest) -> list[Measure]:
    """The rows of the form that say anything, in the order their numbers give them."""
    found = []
    for n in range(MOST):
        said = {name: request.POST.get(f"{name}-{n}", "").strip() for name in PARTS if name != "first_due"}
        said["proof"] = said["proof"] or request.POST.get(f"words-{n}", "").strip()
        said["state"] = said["state"] or STATES[0]
        if said["text"]:
            found.append(Measure(**said))
    return found
