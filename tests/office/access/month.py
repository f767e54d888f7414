"""The month's lists, letters, reversals and the attachments of the registers."""

from tests.office import duty_rows
from tests.office.access import Row

ROWS = [
    Row("register-export", "/papers/export.docx", "LDCARXPU"),
    Row("register-export", "/papers/export.xlsx", "LDCARXPU"),
    Row("collect-late", "/collect/2021-09/late.docx", "LDCAU"),
    Row("collect-late", "/collect/2021-09/late.xlsx", "LDCAU"),
    Row("collect-letters", "/collect/2021-09/letters.zip", "DC"),
    Row("collect-return", "/collect/2021-09/return/", "DC", 302, "post"),
    Row("heap-undo", f"/collect/2021-09/heaps/{duty_rows.HEAP}/undo/", "DC", 302, "post"),
    Row("behind", "/behind/", "LDCARXPU"),
    Row("behind-export", "/behind/export.docx", "LDCARXPU"),
    Row("behind-export", "/behind/export.xlsx", "LDCARXPU"),
]


def put(ws):
    """A collection under way and an entry of each kind."""
    duty_rows.put(ws)
