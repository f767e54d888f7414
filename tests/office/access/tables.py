"""Tables to be taken away: of tasks, the log, the tree of bodies, objects."""

from tests.office.access import EVERYONE, Row

ROWS = [
    Row("tasks-export", "/tasks/export.csv", "LDCARXPU"),
    Row("log-export", "/log/export.xlsx", "DCUM"),
    Row("bodies-export", "/bodies/export.csv", EVERYONE),
    Row("collections-export", "/collect/export.csv", "LDCAU"),
    Row("objects-export", "/objects/export.csv", "LDCAU"),
]
ROWS.append(Row("problems-press", "/problems/press/", "DC", 200, "post"))
