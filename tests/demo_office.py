"""A demonstration office that really runs: its own workspace, its own process, its own port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
         "--hide-scrollbars", "--font-render-hinting=none", "--lang=zh-CN"]  # fmt: skip
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "guatu-demo-2021"  # as the login page of a demonstration says


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Make a demonstration in a folder, serve it, give its address, and end it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GUATU_WORKSPACE", "DJANGO_"))}
    command = [sys.executable, "-c", "from guatu.cli import main; main()"]
    subprocess.run([*command, "demo", str(folder)], check=True, capture_output=True, env=env)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    serving = subprocess.Popen(
        [*command, "-C", str(folder), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env,
    )  # fmt: skip
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{origin}/login/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError("the demonstration office did not come up")
        yield origin
    finally:
        serving.terminate()
        serving.wait(timeout=20)


def come_in(page: Any, origin: str, name: str) -> None:
    """Log in on the login page as a demonstration account."""
    page.goto(f"{origin}/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("form[method=post] button.main")
    page.wait_for_load_state("networkidle")
