"""Server time of the pages of the demonstration: ``python -m tests.bench.pages``, or as rows of ``sh dev bench``.

Every page is asked by a client that goes the whole way of a request, in turns, after each has been asked once; CPU of
this process, so that what else the machine does decides nothing. Bytes: what the first visit to the wall loads.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROUNDS = 8
PAGES = (
    "/wall/", "/wall/?scene=air", "/wall/?scene=tasks", "/targets/", "/targets/T02/", "/targets/T05/",
    "/targets/warnings/", "/why/pm25_mean/市中心城区/2021/", "/explain/pm25_mean/市中心城区/2021/",
    "/explain/pm25_mean/市中心城区/2021-10-05/", "/rows/市中心城区/2021-10-05/", "/tasks/", "/breakdown/", "/problems/",
    "/objects/", "/letters/", "/scores/", "/scores/demo-counties-2021/乐平市/", "/collect/", "/collect/2021-09/",
    "/bulletins/", "/papers/", "/homes/", "/homes/乐平市/", "/bodies/", "/rules/", "/search/?q=乐平", "/log/", "/help/",
)  # fmt: skip


def asked(folder: Path) -> dict[str, Any]:
    """Times of a demonstration's pages [ms of CPU] and what the wall's first visit weighs [kB]."""
    os.environ |= {"GUATU_WORKSPACE": str(folder), "DJANGO_SETTINGS_MODULE": "guatu.office.settings"}
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.contrib.staticfiles import finders
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(
        get_user_model().objects.get(username="zhuren"), backend="django.contrib.auth.backends.ModelBackend"
    )
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    for _ in range(ROUNDS):
        for page, spent in times.items():
            began = time.process_time()
            client.get(page)
            spent.append((time.process_time() - began) * 1000)
    wall = client.get("/wall/").content
    files = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', wall))
    weight = len(gzip.compress(wall))
    for name in files:
        plain = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name.decode())
        path = finders.find(plain)
        weight += len(gzip.compress(Path(str(path)).read_bytes())) if path else 0
    every = [one for spent in times.values() for one in spent]
    return {
        "pages_p95_ms": quantiles(every, n=20)[-1],
        "pages_median_ms": median(every),
        "wall_page_ms": median(times["/wall/"]),
        "wall_first_load_kb": weight / 1000,
        "by_page": {page: round(quantiles(spent, n=20)[-1], 1) for page, spent in times.items()},
    }


def measured() -> dict[str, Any]:
    """The same in a process of its own, before a fresh demonstration."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "demo"
        command = [sys.executable, "-c", "from guatu.cli import main; main()", "demo", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        run = [sys.executable, "-m", "tests.bench.pages", str(folder)]
        told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    found.pop("by_page")
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asked(Path(sys.argv[1])), ensure_ascii=False))
    else:
        print(json.dumps(measured(), ensure_ascii=False))
