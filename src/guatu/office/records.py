"""Records of the office: read by kind, changed only together with an entry of the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from guatu.act.log import difference
from guatu.errors import ActError
from guatu.office import log
from guatu.office.models import Entry, Record


def of_kind(kind: str, at: date | None = None) -> dict[str, dict[str, Any]]:
    """Records of a kind by their name after ``kind/``, as they stand now or stood at the end of a day."""
    if at is not None:
        return {
            subject.partition("/")[2]: data
            for subject, data in _past(at, log.tip())
            if subject.startswith(f"{kind}/") and data
        }
    found = Record.objects.filter(kind=kind)
    return {one.subject.partition("/")[2]: one.data for one in found if one.data}


@lru_cache(maxsize=4)
def _past(day: date, tip: tuple[int, str]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """All records as they stood at the end of a day, reckoned once while the log has the same end."""
    return tuple(sorted(log.state_on(day).items()))


def get(subject: str) -> dict[str, Any]:
    """One record, empty where there is none."""
    found = Record.objects.filter(subject=subject).first()
    return found.data if found else {}


def version(subject: str) -> int:
    """The number of the entry that changed a record last; 0 where there is none."""
    return Record.objects.filter(subject=subject).values_list("version", flat=True).first() or 0


@transaction.atomic
def change(
    subject: str,
    act: str,
    changes: Mapping[str, Any],
    *,
    person: str,
    reason: str = "",
    acting_for: str = "",
    moment: datetime | None = None,
    seen: int | None = None,
    whole: bool = False,
) -> bool:
    """Write changes into a record and the log; None, "" and [] take a key away. Returns whether anything differs.

    seen: the version the person had before him; whole: the changes are the whole record, other keys go.
    Raises ActError (G-OFFICE-12) where somebody else has changed the record since.
    """
    log.hold()
    found = Record.objects.select_for_update().filter(subject=subject).first()
    if seen is not None and seen != (found.version if found else 0):
        raise ActError.of(
            f"{subject} has changed",
            "G-OFFICE-12",
            subject,
            "您打开之后别人改过",
            "直接保存会盖掉别人的改动",
            "重新打开，对照后再改",
        )
    before = found.data if found else {}
    merged = {**({} if whole else before), **changes}
    after = {key: value for key, value in merged.items() if value is not None and value != "" and value != []}
    old, new = difference(before, after)
    if not new and not old:
        return False
    entry = log.record(person, act, subject, old, new, reason=reason, acting_for=acting_for, moment=moment)
    kind = subject.partition("/")[0]
    Record.objects.update_or_create(subject=subject, defaults={"kind": kind, "data": after, "version": entry.number})
    return True


def history(subject: str) -> list[Any]:
    """The entries about one record, newest first."""
    return list(Entry.objects.filter(subject=subject))
