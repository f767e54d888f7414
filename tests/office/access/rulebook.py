"""The law: everybody who sees figures."""

from tests.office.access import Row

BUSINESS = "LDCARXPU"
ROWS = [
    Row("rules", "/rules/", BUSINESS),
    Row("rules-export", "/rules/export.csv", BUSINESS),
    Row("rules-diff", "/rules/diff/", BUSINESS),
    Row("rules-diff-export", "/rules/diff/export.xlsx", BUSINESS),
    Row("rule", "/rules/gb3095.pm25.annual/", BUSINESS),
]
