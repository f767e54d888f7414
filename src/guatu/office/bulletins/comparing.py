"""The page that puts two issues side by side: why the same month reads differently in two of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.errors import GuatuError
from guatu.office import snapshots
from guatu.office.bulletins import shelf
from guatu.office.bulletins.people import SEE
from guatu.office.bulletins.views import WHO
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.views.gate import may
from guatu.report.carried import issue_of
from guatu.report.compare import between, compared


@may(SEE, WHO)
def compare(request: HttpRequest) -> HttpResponse:
    """The two issues named in the address, older first: what differs, and what came in between."""
    ws, asked = snapshots.opened(), [request.GET.get(side, "") for side in ("old", "new")]
    context: dict[str, object] = {"kept": shelf.all_kept(), "old": asked[0], "new": asked[1], "chosen": all(asked)}
    if all(asked):
        try:
            first, second = (issue_of(shelf.file_of(ws, shelf.kept(name))) for name in asked)
        except GuatuError as error:
            return fault_page(request, error, "/bulletins/compare/")
        found = compared(first, second)
        later = list(between(ws, first.as_of, second.as_of)) if found else []
        context |= {"first": first, "second": second, "found": found, "later": later}
    return render(request, "office/bulletins_compare.html", context)
