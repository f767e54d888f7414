"""Refusals in words: every fault on one page, with the status that fits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError

STATUS = {
    "G-ACT-31": 409,
    "G-OFFICE-12": 409,
    "G-ACT-33": 403,
    "G-LEDGER-12": 404,
    "G-LEDGER-17": 404,
    "G-LEDGER-18": 403,
    "G-LEDGER-21": 404,
    "G-LEDGER-24": 403,
    "G-LEDGER-25": 403,
}


def status_of(error: GuatuError) -> int:
    """409 for a stale save, 403 for not one's own, 404 for nothing there, else 400."""
    return next((STATUS[one.code] for one in error.faults if one.code in STATUS), 400)


def fault_page(request: HttpRequest, error: GuatuError, back: str = "") -> HttpResponse:
    """A page with every fault and the way back."""
    return render(request, "ledger/faults.html", {"faults": error.faults, "back": back}, status=status_of(error))
