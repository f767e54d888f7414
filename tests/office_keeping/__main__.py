"""sh dev trust [--times N]: the long run of kills, on SQLite and, where GUATU_TEST_POSTGRES gives one, PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

from tests.office_keeping.city import ROOT, environment, make


def run(url: str) -> int:
    """Make an office, kill it again and again, print the counts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "ws"
        make(folder, url)
        words = [sys.executable, "-m", "tests.office_keeping.kills", str(folder), *sys.argv[1:]]
        words += ["--url", url] if url else []
        print("PostgreSQL" if url else "SQLite", flush=True)
        return subprocess.run(words, env=environment(folder, url), cwd=ROOT, check=False).returncode


def main() -> int:
    """Both databases, one after the other."""
    failed = run("")
    server = os.environ.get("GUATU_TEST_POSTGRES", "")
    if server:
        import psycopg

        name = f"guatu_{uuid4().hex[:12]}"
        with psycopg.connect(server, autocommit=True) as opened:
            opened.execute(f'CREATE DATABASE "{name}"')
        failed |= run(f"{server.rpartition('/')[0]}/{name}")
        with psycopg.connect(server, autocommit=True) as opened:
            opened.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    return failed


sys.exit(main())
