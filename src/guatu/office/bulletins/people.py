"""Who may see, make and issue bulletins: the office and the bureau see them, clerk and analyst make them."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

import rules
from guatu.office.models import Role
from guatu.office.permissions import account_of, sees_all_tasks

SEE, MAKE, ISSUE = "bulletins.see", "bulletins.make", "bulletins.issue"


@rules.predicate
def writes(user: AbstractBaseUser) -> bool:
    """Clerk, analyst or director."""
    account = account_of(user)
    return account is not None and account.role in (Role.OFFICE_CLERK, Role.ANALYST, Role.OFFICE_DIRECTOR)


@rules.predicate
def signs(user: AbstractBaseUser) -> bool:
    """The director of the office."""
    account = account_of(user)
    return account is not None and account.role == Role.OFFICE_DIRECTOR


rules.add_perm(SEE, sees_all_tasks)
rules.add_perm(MAKE, writes)
rules.add_perm(ISSUE, signs)
