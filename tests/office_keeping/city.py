"""A city of thirty bodies for tests that need a real server: a workspace filled from outside, and what calls it."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from guatu.load.workspace import Workspace
from tests.office import sample

ROOT = Path(__file__).resolve().parents[2]
GUATU = [sys.executable, "-c", "from guatu.cli import main; main()"]
PERIOD = "2021-09"
BODIES, ROWS = 30, 3
FILL = """
import json
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from tests.office_keeping.city import fill
print(json.dumps(fill()))
"""


def environment(folder: Path, url: str = "") -> dict[str, str]:
    """The environment of a process that works on a workspace, with another database where a url is given."""
    said = {name: value for name, value in os.environ.items() if not name.startswith(("GUATU_", "DJANGO_"))}
    said |= {"GUATU_WORKSPACE": str(folder), "DJANGO_SETTINGS_MODULE": "guatu.office.settings"}
    return said | ({"GUATU_DATABASE_URL": url} if url else {})


def guatu(folder: Path, *words: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """A command as a person types it."""
    return subprocess.run(
        [*GUATU, "-C", str(folder), *words], env=environment(folder, url), capture_output=True, text=True, cwd=ROOT
    )


def python(folder: Path, words: str, url: str = "") -> str:
    """What a few lines print that run inside an office."""
    run = subprocess.run(
        [sys.executable, "-c", words], env=environment(folder, url), capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout


@cache
def gathered() -> Path:
    """A folder of static files, gathered once for all servers of this run and gone after it."""
    place = Path(tempfile.mkdtemp(prefix="guatu-static-"))
    atexit.register(shutil.rmtree, place, True)
    return place


def make(folder: Path, url: str = "") -> dict[str, list[str]]:
    """The workspace with its thirty bodies; returns each body's two tokens, of the contact person and of the head."""
    Workspace.create(folder, sample.CITY)
    (folder / ".static").symlink_to(gathered())
    (folder / "proof" / f"{'0' * 63}1.pdf").write_bytes(b"%PDF-1.4 not its own digest")
    (folder / "proof" / f"{'0' * 63}1.pdf").rename(folder / "proof" / "note.pdf")
    found: dict[str, list[str]] = json.loads(python(folder, FILL, url))
    return found


def fill() -> dict[str, list[str]]:
    """Inside an office: rows of thirty bodies, their collection, their people."""
    from datetime import date

    from django.contrib.auth import get_user_model

    from guatu.office import collecting, records
    from guatu.office.api import tokens
    from guatu.office.models import Account, Hand, Role

    head = {"notice": "x", "status": "起草", "spans": [], "counties": [], "zones": []}
    records.change("breakdown/current", "开始分解", head, person="试")
    found = {}
    for number in range(BODIES):
        body = f"单位{number:02d}"
        for row in range(ROWS):
            name = f"M{number:02d}{row}"
            said = {
                "id": name,
                "task": "K01",
                "outline": "三/1",
                "text": f"{body}的第{row}条",
                "spans": [],
                "lead": body,
            }
            records.change(f"measure/{name}", "分解任务", {**said, "done": "standing"}, person="试")
        for hand in (Hand.CONTACT, Hand.HEAD):
            user = get_user_model().objects.create(username=f"{hand.value}{number:02d}")
            Account.objects.create(user=user, role=Role.RESPONSIBLE, body=body, hand=hand)
            words = tokens.make(user, "试", ["collection:read", "collection:write"], 30, "试")[1]
            found.setdefault(body, []).append(words)
    user = get_user_model().objects.create(username="auditor")
    Account.objects.create(user=user, role=Role.AUDITOR)
    found["auditor"] = [tokens.make(user, "试", ["log:read", "collection:read"], 30, "试")[1]]
    collecting.begin(PERIOD, date(2021, 10, 13), "试")
    return found


@contextmanager
def serving(folder: Path, url: str = "") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The real server on a port of its own; ended hard when the test is done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [*GUATU, "-C", str(folder), "serve", "--port", str(port)]
    with (folder.parent / f"{folder.name}-{port}.log").open("wb") as log:
        server = subprocess.Popen(words, env=environment(folder, url), stdout=log, stderr=log, cwd=ROOT)
        try:
            here = f"http://127.0.0.1:{port}"
            while not answers(here):
                assert server.poll() is None, Path(log.name).read_text(encoding="utf-8")[-2000:]
                time.sleep(0.1)
            yield here, server
        finally:
            server.kill()
            server.wait()


def answers(here: str) -> bool:
    """Whether a server is up; one that is up and answers an error fails the test."""
    try:
        urllib.request.urlopen(f"{here}/login/", timeout=30).close()
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
    return True


def call(here: str, token: str, method: str, address: str, body: Any = None) -> tuple[int, Any]:
    """One call; the status and the answer, 0 where the server did not answer to the end."""
    content = None if body is None else json.dumps(body).encode()
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{here}{address}", content, head, method=method.upper())
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")
    except (OSError, ValueError, http.client.HTTPException):
        return 0, {}


def report(here: str, body: str, tokens: Mapping[str, list[str]], words: str, *, alone: bool = True) -> bool:
    """One body reports its three rows with these words, the second hand approves; whether that was acknowledged.

    alone: nobody else reports for this body, so a sheet that lies with the head was left there by a server that died.
    """
    number = body[-2:]
    rows = {f"M{number}{row}": {"state": "推进中", "text": f"{words}-{row}"} for row in range(ROWS)}
    own = f"/api/collection/{PERIOD}/own"
    contact, head = tokens[body]
    if call(here, contact, "put", own, {"rows": rows, "send": True})[0] != 200:
        if alone:
            call(here, contact, "post", f"{own}/withdraw")
        return False
    return call(here, head, "post", f"{own}/approve")[0] == 200


READ = """
import json, django; django.setup()
from guatu.office import records
from guatu.office.keeping import whole
from guatu.office.models import Entry
said = {name.split("/", 1)[1]: data["said"]["text"] for name, data in records.of_kind("report").items()}
print(json.dumps({"said": said, "faults": [str(one) for one in whole.faults()], "entries": Entry.objects.count()}))
"""


def stored(folder: Path, url: str = "") -> dict[str, Any]:
    """What is on record: body/measure → words; the faults of the log; how many entries it has."""
    found: dict[str, Any] = json.loads(python(folder, READ, url))
    return found
