"""The closing form and the public notice of a problem as Word files."""

from __future__ import annotations

from datetime import date

from guatu.act import closing
from guatu.act.working_days import Calendar
from guatu.office import snapshots
from guatu.office.ledger import declared, storage
from guatu.office.ledger.models import Problem
from guatu.report.official_letter import day_words, form_docx


def closing_form(row: Problem, day: date) -> bytes:
    """The form with its list of papers: what is there, what is missing."""
    ledger, item = declared.ledger(row.ledger), storage.item_of(row)
    annex = ("销号材料清单", closing.PAPER_HEADS, closing.paper_rows(ledger, item))
    return form_docx(f"{ledger.title}销号申请表", closing.form_rows(ledger, item), annex, day, snapshots.opened().demo)


def public_notice(row: Problem, first: date, day: date) -> bytes:
    """The notice with its six columns, from a day to the last one the ledger's term asks for."""
    ledger, item = declared.ledger(row.ledger), storage.item_of(row)
    last = closing.notice_term(ledger, first, Calendar.official())
    rows = [
        ("公示内容", f"{ledger.title}整改完成情况，见附表"),
        ("公示期", f"{day_words(first)}至{day_words(last)}"),
        (
            "意见反馈",
            "公示期内对公示内容有异议的，请以书面或电话向市环委办（整改办）反映。\n联系电话：　　　　　　通信地址：",
        ),
    ]
    annex = ("整改完成情况公示表", ledger.publicity.columns, [closing.notice_row(item)])
    return form_docx(f"关于{ledger.title}整改完成情况的公示", rows, annex, day, snapshots.opened().demo)
