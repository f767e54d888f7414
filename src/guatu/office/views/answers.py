"""What views share in answering: a fault said on the page, a file to be saved, the day the pages stand on."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from guatu.act.log import BEIJING
from guatu.errors import GuatuError
from guatu.office import snapshots

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def said_fault(request: HttpRequest) -> Iterator[None]:
    """Say every fault of an error on the next page; nothing was changed."""
    try:
        yield
    except GuatuError as error:
        for fault in error.faults or (error.message,):
            messages.error(request, str(fault))


def attached(content: bytes, name: str) -> HttpResponse:
    """A file to be saved under a Chinese name."""
    kinds = {".docx": WORD, ".xlsx": EXCEL, ".zip": "application/zip"}
    suffix = "." + name.rpartition(".")[2]
    kind = kinds.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename=\"file{suffix}\"; filename*=UTF-8''{quote(name)}"
    return response


def today() -> date:
    """The day the pages stand on: today in China; in a demo the day after its last data."""
    ws = snapshots.opened()
    return snapshots.last_day_of(ws) + timedelta(days=1) if ws.demo else datetime.now(BEIJING).date()
