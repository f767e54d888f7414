"""The stamped scan of a unit's report: a picture or a PDF, put in by the unit, seen by itself and the office only."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.office import log
from guatu.office.models import Hand, Role
from guatu.office.people import stamped
from tests.office import duty_rows

ADDRESS = "/my/2021-09/市住建局/stamped/"
PNG = b"\x89PNG\r\n with a red stamp"


def test_the_unit_puts_it_in_and_only_it_and_the_office_open_it(desk, person):
    duty_rows.put(desk)
    unit, head = person(Role.RESPONSIBLE, "市住建局"), person(Role.RESPONSIBLE, "市住建局", Hand.HEAD, "head")
    assert "还没有传" in unit.get("/my/").content.decode()
    unit.post(ADDRESS, {"scan": SimpleUploadedFile("盖章.png", PNG)})
    kept = stamped.scan_of("2021-09", "市住建局")
    assert kept["scan"] == f"{hashlib.sha256(PNG).hexdigest()}.png" and kept["by"] == "responsible"
    for who in (unit, head, person(Role.OFFICE_CLERK), person(Role.AUDITOR)):
        assert who.get(ADDRESS).content == PNG
    for who in (person(Role.RESPONSIBLE, "市林业局", name="other"), person(Role.COUNTY, "乐平市")):
        assert who.get(ADDRESS).status_code == 403
        assert who.post(ADDRESS, {"scan": SimpleUploadedFile("冒.png", PNG)}).status_code == 403
    assert person(Role.ADMINISTRATOR).get(ADDRESS).status_code == 403
    assert list(stamped.came("2021-09")) == ["市住建局"] and log.verify() == ()
    assert f'href="{quote(ADDRESS)}"' in person(Role.OFFICE_CLERK).get("/collect/2021-09/").content.decode()


@pytest.mark.parametrize(
    ("name", "content"), [("盖章.docx", b"PK\x03\x04"), ("盖章.pdf", b"no pdf"), ("盖章.png", b"")]
)
def test_what_is_no_scan_is_refused(desk, person, name, content):
    duty_rows.put(desk)
    before = set((desk.folder / "proof").iterdir())
    page = person(Role.RESPONSIBLE, "市住建局").post(ADDRESS, {"scan": SimpleUploadedFile(name, content)}, follow=True)
    assert "G-" in page.content.decode() and not stamped.scan_of("2021-09", "市住建局")
    assert set((desk.folder / "proof").iterdir()) == before
