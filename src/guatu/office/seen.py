"""What a person may see of tasks, measures and registers: pages and interface take their lists from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from guatu.act.breakdown_gaps import owners
from guatu.act.registers import Register
from guatu.office import breakdowns, records
from guatu.office.breakdowns import Stand
from guatu.office.models import Duty
from guatu.office.permissions import SEES_ALL_TASKS, account_of, names_of


def sees_all(user: AbstractBaseUser) -> bool:
    """Whether a person sees every task, whoever owes it."""
    account = account_of(user)
    return account is not None and account.role in SEES_ALL_TASKS


def bodies(user: AbstractBaseUser) -> frozenset[str]:
    """What a person's body is and was called; nothing for one without a body."""
    account = account_of(user)
    return names_of(account) - {""} if account else frozenset()


def tasks(user: AbstractBaseUser) -> list[Duty]:
    """The tasks a person may open, in the order of the notice."""
    everything = list(Duty.objects.prefetch_related("parts"))
    return everything if sees_all(user) else [duty for duty in everything if user.has_perm("office.see_task", duty)]


def measures(user: AbstractBaseUser, found: Sequence[Stand]) -> list[Stand]:
    """All measures for those who see all tasks, else those the person's body reports on."""
    if sees_all(user):
        return list(found)
    own, counties = bodies(user), breakdowns.head().get("counties", [])
    return [one for one in found if own & set(owners(one.row, counties))]


def entries(user: AbstractBaseUser, kind: Register) -> dict[str, dict[str, Any]]:
    """Every entry of a register for those who see all tasks, else those of the person's own body."""
    found, own = records.of_kind(kind.id), bodies(user)
    return found if sees_all(user) else {name: entry for name, entry in found.items() if entry.get("body") in own}
