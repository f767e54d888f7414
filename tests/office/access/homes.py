"""Home pages: all for those who see all tasks, their own for units and counties."""

from tests.office import duty_rows
from tests.office.access import Row

READERS = "LDCAU"
ROWS = [
    Row("homes", "/homes/", READERS),
    Row("home-mine", "/homes/mine/", "RXP", 302),
    Row("homes-export", "/homes/export.csv", READERS),
    Row("home-of", "/homes/乐平市/", READERS + "X"),
    Row("home-of", "/homes/市住建局/", READERS + "R"),
    Row("home-of-export", "/homes/乐平市/owing.xlsx", READERS + "X"),
]
put = duty_rows.put
