"""Whether the log is whole: the chain, every record and problem against it, and the ends noted outside."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from guatu.errors import Fault
from guatu.office import log
from guatu.office.keeping import noted
from guatu.office.ledger import storage


def faults(known: str = "") -> tuple[Fault, ...]:
    """Every alteration found; known: an end of the log a person wrote down, ``number:hash``."""
    found = log.verify() or storage.faults()
    outside = noted.faults(Path(settings.GUATU_WORKSPACE)) if settings.GUATU_WORKSPACE else ()
    return (*found, *outside, *(noted.disagrees(known) if known else ()))
