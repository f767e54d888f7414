"""Sessions, passwords, signing on by an outside service."""

from tests.office.access import EVERYONE, Row

ROWS = [
    Row("session", "/session/", EVERYONE),
    Row("session", "/session/", EVERYONE, 302, "post"),
    Row("password", "/password/", EVERYONE),
    Row("bodies", "/bodies/", EVERYONE),
    Row("bodies-change", "/bodies/change/", "DCM", 302, "post"),
    Row("handdown", "/handdown/", "RX"),
    Row("handdown-act", "/handdown/act/", "RX", 302, "post"),
    Row("password", "/password/", EVERYONE, 200, "post"),  # without words in it: the faults
]
OPEN = {"oidc_authentication_init", "oidc_authentication_callback"}
