"""Who may see which sheet, enter points, object, review and sign."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

import rules
from guatu.office.models import Role
from guatu.office.permissions import SEES_ALL_TASKS, account_of, sees_figures

SEE = "scoring.see_scores"


def _role_in(*roles: Role) -> rules.Predicate:
    @rules.predicate(f"score role in {roles}")
    def holds(user: AbstractBaseUser) -> bool:
        account = account_of(user)
        return account is not None and account.role in roles

    return holds


@rules.predicate
def own(user: AbstractBaseUser, subject: str | None) -> bool:
    """The sheet is that of the user's own body."""
    account = account_of(user)
    return account is not None and bool(account.body) and account.body == subject


keeps = _role_in(Role.OFFICE_CLERK, Role.OFFICE_DIRECTOR)

rules.add_perm(SEE, sees_figures)
rules.add_perm(
    "scoring.see_sheet", _role_in(*SEES_ALL_TASKS) | (_role_in(Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR) & own)
)
rules.add_perm("scoring.see_all", _role_in(*SEES_ALL_TASKS))
rules.add_perm("scoring.enter", keeps)
rules.add_perm("scoring.score_items", _role_in(Role.RESPONSIBLE, Role.ACCEPTOR))
rules.add_perm("scoring.object", _role_in(Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR) & own)
rules.add_perm("scoring.record_objection", _role_in(Role.OFFICE_CLERK))
rules.add_perm("scoring.review", _role_in(Role.OFFICE_DIRECTOR))
rules.add_perm("scoring.sign", _role_in(Role.OFFICE_DIRECTOR))
