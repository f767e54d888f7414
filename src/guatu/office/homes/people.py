"""Who may open which home page: those who see all tasks every one, a unit and a county their own."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

import rules
from guatu.office.models import Role
from guatu.office.permissions import SEES_ALL_TASKS, account_of, names_of

SEE, SEE_LIST, HAS_OWN = "homes.see", "homes.see_list", "homes.has_own"
OWN = {Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR}


@rules.predicate
def sees_all(user: AbstractBaseUser) -> bool:
    """The user sees every home page."""
    account = account_of(user)
    return account is not None and account.role in SEES_ALL_TASKS


@rules.predicate
def own(user: AbstractBaseUser, name: str | None) -> bool:
    """The page is that of the user's own body, under its name or a former one."""
    account = account_of(user)
    return account is not None and account.role in OWN and bool(account.body) and name in names_of(account)


@rules.predicate
def has_one(user: AbstractBaseUser) -> bool:
    """The user has a home page of his own."""
    account = account_of(user)
    return account is not None and account.role in OWN and bool(account.body)


rules.add_perm(SEE, sees_all | own)
rules.add_perm(SEE_LIST, sees_all)
rules.add_perm(HAS_OWN, has_one)
