"""Data coming in: the clerk and the analyst, nobody else."""

from guatu.office.intake import shelf, taking
from tests.office.access import Row

BOTH = "CA"
NUMBER = "10111200-0a0b0c0d"
ROWS = [
    Row("intake", "/data/", BOTH),
    Row("intake-begin", "/data/begin/", BOTH, 302, "post"),
    Row("intake-undo", "/data/undo/", BOTH, 302, "post"),
    Row("intake-history", "/data/history.csv", BOTH),
    Row("intake-job", f"/data/{NUMBER}/", BOTH),
    Row("intake-job", f"/data/{NUMBER}/", BOTH, 302, "post"),
    Row("intake-marked", f"/data/{NUMBER}/marked.xlsx", BOTH),
    Row("intake-faults", f"/data/{NUMBER}/faults.xlsx", BOTH),
]


def put(ws):
    """A file on its way, under a number that stays."""
    job = shelf.begin(ws, "站点.csv", "站点,数\n甲,1\n".encode(), "air-hourly", {}, "clerk")
    taking.check(ws, job)
    target = job.folder.with_name(NUMBER)
    if target.exists():
        shelf.drop(job)
        return
    job.number = NUMBER
    job.save()
    job.folder.rename(target)
