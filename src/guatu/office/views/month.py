"""Questions of the month answered on a page as by a command: which tasks are behind, and whose they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office import behind as late
from guatu.office import breakdowns, seen, snapshots
from guatu.office.views.answers import attached, today
from guatu.office.views.gate import may
from guatu.report.plain_table import table_docx, table_xlsx

SEE, WHO = "office.see_tasks", "任务只对业务账号开放"


@may(SEE, WHO)
def behind(request: HttpRequest) -> HttpResponse:
    """Measures behind or overdue under their tasks, with the lead, the bureaus and the counties."""
    found = seen.measures(request.user, breakdowns.stands(today()))
    heads, rows = late.table(found)
    context = {"heads": heads, "rows": rows, "sentence": late.sentence(found), "day": today()}
    return render(request, "office/behind.html", context)


@may(SEE, WHO)
def behind_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table as docx or xlsx."""
    if kind not in ("docx", "xlsx"):
        raise Http404("滞后清单只有 docx 和 xlsx")
    found, ws = seen.measures(request.user, breakdowns.stands(today())), snapshots.opened()
    heads, rows = late.table(found)
    make = table_docx if kind == "docx" else table_xlsx
    return attached(
        make(f"{ws.name}滞后、逾期任务清单", heads, rows, ws.demo, [late.sentence(found)]), f"滞后清单.{kind}"
    )
