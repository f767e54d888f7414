"""The list of problems by stage, with the rates, filters in the address and the printed form to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.act.rates import listings
from guatu.act.workbook import printed, write_page
from guatu.errors import ActError
from guatu.office.export import DEMO, TYPES
from guatu.office.frame import is_demo
from guatu.office.ledger import declared, listing, lists, reminders, storage
from guatu.office.ledger.people import sees_all, visible
from guatu.office.ledger.views.refusing import fault_page
from guatu.office.permissions import account_of
from guatu.office.tabled import Head
from guatu.office.views.gate import may

KINDS = {**TYPES, "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
BUSINESS = "问题台账只对业务账号开放"
FILTERS = ("ledger", "stage", "state", "county", "unit", "round", "due", "assigned", "list", "part", "q")


@may("ledger.see_problems", BUSINESS)
def problems(request: HttpRequest) -> HttpResponse:
    """One page of the list; units and counties see their own."""
    day = declared.today()
    asked = listing.Asked.of(request.GET)
    found = listing.listed(visible(request.user), asked, day)
    account = account_of(request.user)
    everything = sees_all(request.user)
    every = declared.ledgers()
    context: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "rows": [(row, late_words(row, day)) for row in found.rows],
        "day": day,
        "cards": lists.cards(day) if everything else (),
        "ledger": every.get(asked.ledger),
        "ledgers": every,
        "dues": listing.DUE.items(),
        "heads": [
            Head(title, _sorted(asked.sort, name), f"-{name}" if asked.sort == name else name, False)
            for name, title in listing.SORTS.items()
        ],
        "overdue": sum(stage.overdue for stage in found.stages),
        "filters": chips(asked),
        "everything": everything,
        "notices": reminders.of_bodies(None if everything else [account.body] if account else [], day),
        "previous": found.asked.page - 1,
        "next": min(found.asked.page, found.pages) + 1,
        "page": min(found.asked.page, found.pages),
    }
    return render(request, "ledger/problems.html", context)


def _sorted(sort: str, name: str) -> str:
    return "ascending" if sort == name else "descending" if sort == f"-{name}" else ""


@may("ledger.see_problems", BUSINESS)
def export(request: HttpRequest) -> HttpResponse:
    """The filtered problems of one ledger as the usual printed A3 form."""
    day = declared.today()
    asked = listing.Asked.of(request.GET)
    try:
        ledger = declared.ledger(asked.ledger)
    except ActError as error:
        return fault_page(request, error)
    items = storage.items(listing.chosen(visible(request.user), asked, day))
    rows = printed(ledger, items)
    return workbook(rows, ledger.title, day.isoformat())


def workbook(rows: list[list[Any]], title: str, day: str, head: int = 1) -> HttpResponse:
    """Rows as an Excel file to be saved, the title and the demo mark above the heading."""
    words = f"{title}（截至 {day}）" + (f"　{DEMO}" if is_demo() else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_page(path, [[words], *rows], head + 1, title[:20], titled=True)
        content = path.read_bytes()
    return attachment(content, f"{title}-{day}.xlsx")


def attachment(content: bytes, name: str, ending: str = "xlsx") -> HttpResponse:
    """A file to be saved under a Chinese name."""
    answer = HttpResponse(content, content_type=KINDS[ending])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def late_words(row: Any, day: Any) -> str:
    """How a row stands to its date now, as the columns tell."""
    if row.deadline is None:
        return row.deadline_kind or "时限未定"
    if row.accepted or row.closed:
        return ""
    days = (day - row.deadline).days
    return f"逾期 {days} 天" if days > 0 else "今天到期" if not days else f"还有 {-days} 天" if -days <= 30 else ""


def chips(asked: listing.Asked) -> list[tuple[str, str, str]]:
    """The filters in force, each with its word and value, to be taken off one by one."""
    every = declared.ledgers()
    named = listings()
    words = {
        "ledger": every[asked.ledger].title if asked.ledger in every else asked.ledger,
        "due": listing.DUE.get(asked.due, asked.due),
        "list": named[asked.list].title if asked.list in named else asked.list,
        "part": lists.PARTS.get(asked.part, asked.part),
        "assigned": f"{asked.assigned} 交办",
        "q": f"含“{asked.q}”",
    }
    return [(name, words.get(name, value), value) for name in FILTERS if (value := getattr(asked, name))]
