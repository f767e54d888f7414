"""Who may see which sheet, enter points, object, review and sign."""

from tests.office import sample
from tests.office.access import Row

BY = "/scores/demo-counties-2021/"
ROWS = [
    Row("scores", "/scores/", "LDCARXPU"),
    Row("scores-department", "/scores/department/", "RP"),
    Row("scores-assess", f"{BY}乐平市/assess/", "X", 400, "post"),
    Row("scores-opine", f"{BY}乐平市/opine/", "RP", 400, "post"),
    Row("scores-schemes", "/scores/schemes/", "LDCARXPU"),
    Row("scores-objections", "/scores/objections/", "LDCARXPU"),
    Row("scores-scheme", BY, "LDCARXPU"),
    Row("scores-table", f"{BY}table.xlsx", "LDCAU"),
    Row("scores-sheet", f"{BY}乐平市/", "LDCAUX"),
    Row("scores-file", f"{BY}乐平市/sheet.docx", "LDCAUX"),
    Row("scores-enter", f"{BY}乐平市/enter/", "DC", 400, "post"),
    Row("scores-object", f"{BY}乐平市/object/", "CX", 400, "post"),
    Row("scores-evidence", f"{BY}乐平市/evidence/", "LDCAUX"),
    Row("scores-archive", f"{BY}乐平市/evidence.zip", "LDCAUX"),
    Row("scores-exhibit", f"{BY}乐平市/evidence/00-01/", "LDCAUX"),
    Row("scores-proof", f"{BY}乐平市/proof/none.pdf/", "LDCAUX", 404),
    Row("scores-put-in", f"{BY}乐平市/evidence/file/", "DCX", 400, "post"),
    Row("scores-decide", "/scores/objections/1/", "D", 400, "post"),
    Row("scores-final", f"{BY}final/", "D", 400, "post"),
]


def put(ws):
    """A plan that can be read."""
    ws.plan_path.write_text(sample.plan().to_toml(), encoding="utf-8")
