"""Behind TLS the office believes its own proxy about scheme and caller, and nobody else."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from guatu.cli.office import server_of

SAID = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3"}


def told(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """What an application is told of a call."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()]


@contextmanager
def listening() -> Iterator[str]:
    server = server_of(told, "127.0.0.1", 0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        server.close()


def asked(address: str) -> str:
    return urllib.request.urlopen(urllib.request.Request(address, headers=SAID), timeout=10).read().decode()


@pytest.mark.parametrize(
    ("https", "proxy", "seen"),
    [
        ("1", "", "https 10.1.2.3"),
        ("1", "192.0.2.7", "http 127.0.0.1"),
        ("", "", "http 127.0.0.1"),
    ],
)
def test_scheme_and_caller(monkeypatch: pytest.MonkeyPatch, https: str, proxy: str, seen: str) -> None:
    """A proxy on this machine by default; one elsewhere is named; without TLS nobody's headers count."""
    monkeypatch.setenv("GUATU_HTTPS", https)
    monkeypatch.delenv("GUATU_PROXY", raising=False)
    if proxy:
        monkeypatch.setenv("GUATU_PROXY", proxy)
    with listening() as address:
        assert asked(address) == seen
