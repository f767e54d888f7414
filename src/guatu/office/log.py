"""Writing the log: the only way a change of state is recorded, one chained entry after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from guatu.act import log as chain
from guatu.errors import ActError, Fault
from guatu.office.models import Entry, Record, Tip

MACHINE = "系统"


@transaction.atomic
def record(
    who: str,
    act: str,
    subject: str,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    *,
    reason: str = "",
    acting_for: str = "",
    moment: datetime | None = None,
) -> Entry:
    """Append one entry; who acts is a user's name or 系统, old and new are JSON values.

    The row of the tip is locked first, so that two who write at once write one after the other.
    """
    tip = hold()
    last = chain_entry(Entry.objects.get(number=tip.number)) if tip.number else None
    made = chain.entry(
        last,
        subject,
        act,
        old or {},
        new or {},
        person=who,
        moment=moment or datetime.now(chain.BEIJING),
        reason=reason,
        acting_for=acting_for,
    )
    entry = Entry(**{name: getattr(made, name) for name in made.__slots__})
    entry.save()
    tip.number, tip.hash = made.number, made.hash
    tip.save()
    return entry


def hold() -> Tip:
    """Lock the end of the log until the transaction ends.

    Whoever changes something takes it before any other row, so that no two writers ever wait for one another.
    """
    return Tip.objects.select_for_update().get_or_create(pk=1)[0]


def tip() -> tuple[int, str]:
    """Number and hash of the last entry; 0 and nothing before the first."""
    return Tip.objects.filter(pk=1).values_list("number", "hash").first() or (0, "")


def chain_entry(entry: Entry) -> chain.Entry:
    """A stored entry as the chain knows it."""
    return chain.Entry(**{name: getattr(entry, name) for name in chain.Entry.__slots__})


def entries(subject: str = "") -> list[chain.Entry]:
    """The log from its beginning; subject: only what was done to it."""
    found = Entry.objects.order_by("number")
    return [chain_entry(one) for one in (found.filter(subject=subject) if subject else found)]


def verify() -> tuple[Fault, ...]:
    """Every alteration of the log, and every record that is not what the log says it is; empty when all is whole."""
    written, end = entries(), tip()
    faults = list(chain.verify(written, end if end[0] or written else None))
    if faults:
        return tuple(faults)
    kinds = set(Record.objects.values_list("kind", flat=True))
    try:
        state = chain.fold(one for one in written if one.subject.partition("/")[0] in kinds)
    except ActError as error:
        return error.faults
    for one in Record.objects.all():
        if state.pop(one.subject, {}) != one.data:
            what = "现在的内容与留痕推出的不同"
            faults.append(Fault("G-OFFICE-11", one.subject, what, "有改动绕过了留痕", "取备份核对原来的内容"))
    for subject, data in state.items():
        if data:
            faults.append(Fault("G-OFFICE-11", subject, "留痕里有、台账里没有", "有删除绕过了留痕", "取备份核对"))
    return tuple(faults)


def state_on(day: date) -> dict[str, dict[str, Any]]:
    """Every record as it stood at the end of a day, Beijing time."""
    return chain.state_on((one for one in entries() if "/" in one.subject), day)


def after(day: date) -> list[chain.Entry]:
    """What was done after the end of a day."""
    return entries()[len(chain.until(entries(), day)) :]
