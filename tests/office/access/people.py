"""Sessions, passwords, signing on by an outside service."""

from tests.office import duty_rows
from tests.office.access import EVERYONE, Row

ROWS = [
    Row("session", "/session/", EVERYONE),
    Row("session", "/session/", EVERYONE, 302, "post"),
    Row("password", "/password/", EVERYONE),
    Row("accounts-add", "/accounts/add/", "M", 302, "post"),
    Row("accounts-role", "/accounts/0/role/", "M", 404, "post"),  # nobody of that number
    Row("accounts-first", "/accounts/0/first/", "M", 404, "post"),
    Row("bodies", "/bodies/", EVERYONE),
    Row("bodies-change", "/bodies/change/", "DCM", 302, "post"),
    Row("handdown", "/handdown/", "RX"),
    Row("stamped", "/my/2021-09/市住建局/stamped/", "LDCARU", 404),  # nobody put one in
    Row("stamped", "/my/2021-09/市住建局/stamped/", "R", 302, "post"),
    Row("handdown-act", "/handdown/act/", "RX", 302, "post"),
    Row("password", "/password/", EVERYONE, 200, "post"),  # without words in it: the faults
]
OPEN = {"oidc_authentication_init", "oidc_authentication_callback"}


def put(ws):
    """Two bodies asked for September."""
    duty_rows.put(ws)
