"""Word files of one problem: the closing form with its papers, the public notice with its last day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from guatu.errors import GuatuError
from guatu.office.ledger import declared, forms
from guatu.office.ledger.views.problem import BUSINESS, seen
from guatu.office.ledger.views.problems import attachment
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may


@may("ledger.see_problems", BUSINESS)
def closing(request: HttpRequest, number: str) -> HttpResponse:
    """The closing form of a problem the user may see."""
    row = seen(request, number)
    return attachment(forms.closing_form(row, declared.today()), f"{number}-销号申请表.docx", "docx")


@may("ledger.see_problems", BUSINESS)
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The public notice of a problem, from the day the address names or today."""
    row = seen(request, number)
    try:
        first = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        first = declared.today()
    try:
        content = forms.public_notice(row, first, declared.today())
    except GuatuError as error:
        return fault_page(request, error, f"/problems/{number}/")
    return attachment(content, f"{number}-公示稿.docx", "docx")
