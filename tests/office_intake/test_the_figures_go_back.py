"""With the real judge: figures that a load changed are, after undo, to the byte what they were before."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from guatu.cli import app
from guatu.demo.make import make
from guatu.judge.board import plan_of
from guatu.office import duties, snapshots
from guatu.office.models import Role
from tests.office.conftest import person, quick_passwords

__all__ = ["person", "quick_passwords"]
pytestmark = pytest.mark.django_db


def status(folder):
    return CliRunner().invoke(app, ["-C", str(folder), "status", "--json"]).output


def test_status_is_the_same_to_the_byte_after_undo(tmp_path, settings, person):
    demo = make(tmp_path / "ws")
    settings.GUATU_WORKSPACE = demo.folder
    duties.take_over(plan_of(demo))
    snapshots.refresh(demo)
    rows = demo.hours().filter(station="DEMO01").collect()
    picked = [row for row in rows.iter_rows(named=True) if f"{row['time']:%m}" == "09"]
    lines = "".join(f"{row['time']:%Y-%m-%d %H:%M},DEMO01,400\n" for row in picked)
    before, picture = status(demo.folder), snapshots.latest().picture["rows"]
    assert len(picked) > 600 and "pm25_mean" in before
    client = person(Role.ANALYST)
    said = {"correct": "on", "reason": "校准", "on": "2021-10-01", "kind": "air-hourly"}
    upload = {**said, "file": SimpleUploadedFile("九月.csv", f"时间,站点,PM2.5\n{lines}".encode())}
    address = client.post("/data/begin/", upload).url
    page = client.post(address, {"act": "store"}, follow=True)
    changes = page.context["job"].outcome["figures"]
    assert any("细颗粒物" in line for line in changes), changes
    assert status(demo.folder) != before
    (load,) = [one for one, _ in client.get("/data/?q=九月").context["rows"]]
    client.post("/data/undo/", {"address": load.address, "reason": "试"})
    assert status(demo.folder) == before
    assert snapshots.latest().picture["rows"] == picture
