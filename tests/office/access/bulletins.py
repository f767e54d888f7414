"""Bulletins: who sees them, makes them, issues them."""

from datetime import date

from guatu.office.bulletins import shelf
from tests.office.access import Row

ROWS = [
    Row("bulletins", "/bulletins/", "LDCAU"),
    Row("bulletins-make", "/bulletins/make/", "DCA", 400, "post"),  # without words in it: the faults
    Row("bulletins-check", "/bulletins/check/", "LDCAU", 400, "post"),
    Row("bulletins-compare", "/bulletins/compare/", "LDCAU"),
    Row("bulletin", "/bulletins/B0001/", "LDCAU"),
    Row("bulletin-file", "/bulletins/B0001/file.docx", "LDCAU"),
    Row("bulletin-pdf", "/bulletins/B0001/file.pdf", "LDCAU"),
    Row("bulletin-tables", "/bulletins/B0001/tables.xlsx", "LDCAU"),
    Row("duty-reports", "/bulletins/duty/", "LDCAU"),
    Row("duty-reports", "/bulletins/duty/", "DCA", 302, "post"),
    Row("duty-report", "/my/duty/", "RX"),
    Row("duty-report-file", "/my/duty/市住建局.docx", "LDCAUR", 400),  # no part in the plan then: the fault
    Row("bulletins-templates", "/bulletins/templates/", "LDCAU"),
    Row("bulletins-template", "/bulletins/templates/tasks.docx", "LDCAU"),
    Row("bulletins-template-put", "/bulletins/templates/tasks/put/", "DCA", 400, "post"),  # no file: the fault
    Row("bulletin-issue", "/bulletins/B0001/issue/", "D", 400, "post"),
]


def put(ws):
    """A bulletin of tasks."""
    shelf.make(ws, "tasks", "2021-09", date(2021, 10, 11), "", "", "clerk")
