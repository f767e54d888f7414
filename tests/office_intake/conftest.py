"""The office of the sample city, with two stations so that hours can come in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from guatu.base.place import Scope
from guatu.load.city import Station
from guatu.load.workspace import Workspace
from tests.office import sample
from tests.office.conftest import city, office, person, quick_passwords

__all__ = ["city", "office", "person", "quick_passwords"]


@pytest.fixture(autouse=True)
def stations(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two stations of the urban core."""
    scopes = (Scope(sample.CORE, sites=("S1", "S2")), Scope(sample.ALL))
    both = (Station("S1", "一号", "360202"), Station("S2", "二号", "360203"))
    monkeypatch.setattr(sample, "CITY", replace(sample.CITY, stations=both, scopes=scopes))


@pytest.fixture
def send(office: Workspace) -> Any:
    """Callable: send(client, text) brings a table and returns the address of its page."""

    def sent(client: Any, text: str | bytes, name: str = "甲.csv", kind: str = "air-hourly", **said: str) -> str:
        from django.core.files.uploadedfile import SimpleUploadedFile

        content = text.encode() if isinstance(text, str) else text
        answer = client.post("/data/begin/", {"kind": kind, "file": SimpleUploadedFile(name, content), **said})
        assert answer.status_code == 302
        return str(answer.url)

    return sent
