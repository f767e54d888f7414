"""The sample files of deploy/ are accepted by the programs they are for, and name what guatu knows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from guatu.cli.app import app
from tests.docs.blocks import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def have(program: str) -> str:
    """Where a program is; the test is skipped without it, for it is another project's."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not found:
        pytest.skip(f"这里没有 {program}")
    return found


def test_the_commands_of_the_units_are_commands() -> None:
    known = set(get_command(app).list_commands(None))  # type: ignore[attr-defined, arg-type]
    started = [line for unit in UNITS for line in re.findall(r"^ExecStart=-?(.+)$", unit.read_text(), re.M)]
    assert len(started) == 4
    for line in started:
        words = line.split()
        assert words[0] == "/opt/guatu/bin/guatu" and words[1:3] == ["-C", "/srv/guatu/city"] and words[3] in known


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    verify = have("systemd-analyze")
    for path in DEPLOY.glob("guatu*.*"):
        text = path.read_text().replace("/opt/guatu/bin/guatu", "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in ("guatu.service", "guatu-daily.service", "guatu-daily.timer")]
    done = subprocess.run([verify, "verify", *units], capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if str(tmp_path) in line or "guatu" in line]
    assert said == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and its key, good for nothing but a check."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [have("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=guatu",
         "-keyout", folder / "guatu.key", "-out", folder / "guatu.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def test_nginx_accepts_the_sample(tmp_path: Path, certificate: Path) -> None:
    nginx = have("nginx")
    (tmp_path / "site.conf").write_text((DEPLOY / "nginx.conf").read_text().replace("/etc/ssl", str(certificate)))
    site = f"include {tmp_path}/site.conf;"
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ access_log off; {site} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_caddy_accepts_the_sample(tmp_path: Path, certificate: Path) -> None:
    caddy = have("caddy")
    (tmp_path / "Caddyfile").write_text((DEPLOY / "Caddyfile").read_text().replace("/etc/ssl", str(certificate)))
    done = subprocess.run(
        [caddy, "validate", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"],
        capture_output=True, text=True, check=False, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_variable_of_the_sample_is_read_by_the_office() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = re.findall(r"GUATU_[A-Z_]+", (DEPLOY / "guatu.env").read_text())
    assert names and [name for name in names if name not in source] == []
