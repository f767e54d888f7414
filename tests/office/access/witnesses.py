"""Who may see both witnesses, and name what makes them differ."""

from tests.office import sample
from tests.office.access import Row

ROWS = [
    Row("witnesses", "/witnesses/", "LDCARXPU"),
    Row("witnesses-name", "/witnesses/name/", "DCA", 400, "post"),
]


def put(ws):
    """A plan that can be read."""
    ws.plan_path.write_text(sample.plan().to_toml(), encoding="utf-8")
