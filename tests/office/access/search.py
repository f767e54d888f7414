"""The search, open to everybody who is logged in."""

from tests.office.access import EVERYONE, Row

ROWS = [
    Row("search", "/search/?q=污水", EVERYONE),
]
