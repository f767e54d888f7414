"""Pages of answers: rates, what is due, what came in, counts, visits, what may be one place."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError
from guatu.office.ledger import answers, declared, listing
from guatu.office.ledger.people import visible
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may

WHOLE = "全市的统计只对环委办、领导、分析和督察账号开放"
INSPECTIONS = ("central_inspection", "nature_reserve")


@may("ledger.see_whole", WHOLE)
def rates(request: HttpRequest) -> HttpResponse:
    """The rates with their lists, today or on another day."""
    return _page(request, lambda: answers.rates(_day(request), answers.MOST))


@may("ledger.see_whole", WHOLE)
def due(request: HttpRequest) -> HttpResponse:
    """What is due and late among the filtered problems."""

    def made() -> answers.Answer:
        day = _day(request)
        return answers.due(listing.chosen(visible(request.user), listing.Asked.of(request.GET), day), day, answers.MOST)

    return _page(request, made)


@may("ledger.see_whole", WHOLE)
def received(request: HttpRequest) -> HttpResponse:
    """What was handed over on a day."""

    def made() -> answers.Answer:
        return answers.received(
            listing.chosen(visible(request.user), listing.Asked.of(request.GET), _day(request)), _day(request)
        )

    return _page(request, made)


@may("ledger.see_whole", WHOLE)
def counts(request: HttpRequest) -> HttpResponse:
    """Letters so far by county and type."""
    return _page(request, lambda: answers.counts(visible(request.user), request.GET.get("ledger") or "petition"))


@may("ledger.see_whole", WHOLE)
def visits(request: HttpRequest) -> HttpResponse:
    """Tailings ponds and their visits."""
    return _page(request, lambda: answers.visits(visible(request.user), _day(request)))


@may("ledger.see_whole", WHOLE)
def same(request: HttpRequest) -> HttpResponse:
    """What may be one place, across two ledgers."""
    names = request.GET.getlist("ledger") or list(INSPECTIONS)
    return _page(request, lambda: answers.same_place(visible(request.user), names))


def _page(request: HttpRequest, made: object) -> HttpResponse:
    try:
        answer = answers.shortened(made())  # type: ignore[operator]
    except GuatuError as error:
        return fault_page(request, error, "/problems/")
    return render(
        request, "ledger/answer.html", {"answer": answer, "day": _day(request), "name": request.resolver_match.url_name}
    )


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return declared.today()
