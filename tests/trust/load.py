"""Two hundred persons before the pages of the demonstration: python -m tests.trust.load WORKSPACE [--seconds N].

Each person logs in once, then opens a page, waits and opens the next; then the wall is asked for a day's refreshes in
quick succession. Printed as JSON: how many, how long [ms], how much memory the server holds [MB], how many errors.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.office_keeping.city import serving

PAGES = ("/wall/", "/targets/", "/targets/T01/", "/tasks/", "/", "/help/", "/problems/")
PASSWORD = "guatu-demo-2021"
"""Of every account of the demonstration; it stands on its login page."""
REFRESHES = 288
WAIT = (5.0, 25.0)
"""Between two pages of one person [s]."""


class Person:
    """One browser: its cookies, its own connection for each page, what it saw and how long it waited."""

    def __init__(self, here: str, name: str) -> None:
        self.place, self.name = here.removeprefix("http://"), name
        self.cookies: dict[str, str] = {}
        self.reads: list[float] = []
        self.writes: list[float] = []
        self.errors: list[str] = []

    def ask(self, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; the status and the page."""
        head = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://{self.place}/"}
        line = http.client.HTTPConnection(self.place, timeout=120)
        begun = time.perf_counter()
        try:
            line.request(method, address, body, head)
            answer = line.getresponse()
            page = answer.read().decode("utf-8", "replace")
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                key, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[key] = value
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            status, page = 0, type(error).__name__
        finally:
            line.close()
        (self.writes if form is not None else self.reads).append(time.perf_counter() - begun)
        if status == 0 or status >= 500:
            self.errors.append(f"{method} {address} {status}")
        return status, page

    def come_in(self) -> bool:
        """Log in as a person does: a session, an entry in the log."""
        _, page = self.ask("GET", "/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            return False
        said = {"username": self.name, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        status, _ = self.ask("POST", "/login/", said)
        if status != 302:
            self.errors.append(f"login of {self.name}: {status}")
        return status == 302

    def stay(self, until: float) -> None:
        """Open page after page."""
        time.sleep(random.uniform(0, WAIT[1]))
        if self.come_in():
            while time.monotonic() < until:
                self.ask("GET", random.choice(PAGES))
                time.sleep(random.uniform(*WAIT))


def share(times: list[float], of: float) -> float:
    """The time that this share of all stays under [ms]."""
    return round(1000 * sorted(times)[min(len(times) - 1, int(of * len(times)))], 1) if times else 0.0


def held(process: int) -> float:
    """What a process holds [MB]."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return round(int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024, 1)


def played(folder: Path, persons: int, seconds: float, names: list[str]) -> dict[str, Any]:
    """The whole play on a server of its own."""
    with serving(folder) as (here, server):
        before = held(server.pid)
        until = time.monotonic() + seconds
        crowd = [Person(here, names[n % len(names)]) for n in range(persons)]
        threads = [threading.Thread(target=one.stay, args=(until,)) for one in crowd]
        memory = [before]
        for one in threads:
            one.start()
        while any(one.is_alive() for one in threads):
            time.sleep(1)
            memory.append(held(server.pid))
        wall = Person(here, names[0])
        wall.come_in()
        wall.reads.clear()
        for _ in range(REFRESHES):
            wall.ask("GET", "/wall/")
        reads = [taken for one in crowd for taken in one.reads]
        writes = [taken for one in crowd for taken in one.writes]
        half = len(memory) // 2
        return {
            "persons": persons, "seconds": seconds, "load of the machine": round(os.getloadavg()[0], 1),
            "reads": len(reads), "reads p50 p95 p99 [ms]": [share(reads, of) for of in (0.5, 0.95, 0.99)],
            "logins": len(writes), "logins p95 p99 [ms]": [share(writes, of) for of in (0.95, 0.99)],
            "wall refreshes": REFRESHES, "wall p95 [ms]": share(wall.reads, 0.95),
            "memory before, at half time, at the end, after the wall [MB]": [
                before, memory[half], memory[-1], held(server.pid)
            ],
            "errors": sum(len(one.errors) for one in [*crowd, wall]),
            "first errors": [said for one in [*crowd, wall] for said in one.errors][:5],
        }  # fmt: skip


def main() -> None:
    """Run as the module says."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--persons", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--names", nargs="+", default=["zhuren", "fenxi"])
    given = asked.parse_args()
    print(json.dumps(played(given.folder, given.persons, given.seconds, given.names), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
