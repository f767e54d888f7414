"""``python -m tests.docs.pictures`` takes the pictures of the documents from a demonstration, with Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PASSWORD = "guatu-demo-2021"  # that of every account of a demonstration, printed when it is served
CHROMIUM = os.environ.get("GUATU_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]
PICTURES = {"wall": "/wall/", "target": "/targets/T02/", "problem": "/problems/SJ-2021-360281-0007/"}
GUATU = [sys.executable, "-c", "from guatu.cli import main; main()"]


def take() -> None:
    """Make the demonstration, bring it up, take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ws = str(Path(folder) / "ws")
        subprocess.run([*GUATU, "demo", ws], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([*GUATU, "-C", ws, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/login/")
            _shoot(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(240):
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=5)
            return
        time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def _shoot(site: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{site}/login/")
        page.fill("#id_username", "zhuren")
        page.fill("#id_password", PASSWORD)
        page.click("form[method=post] button.main")
        for name, address in PICTURES.items():
            page.goto(site + address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    take()
