"""Who may see what: predicates in code, asked with ``user.has_perm("office.<act>", thing)``."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

import rules
from guatu.office.models import Account, Duty, Record, Role
from guatu.office.people.bodies import aliases

SEES_ALL_TASKS = {Role.LEADER, Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK, Role.ANALYST, Role.AUDITOR}
GROUP_OF_COUNTIES = "各县（市、区）"


def account_of(user: AbstractBaseUser) -> Account | None:
    """The account of a user, or None for one without."""
    return getattr(user, "account", None)


def names_of(account: Account) -> frozenset[str]:
    """What the account's body is and was called: a duty under the old name stays its own. Asked once an account."""
    kept: frozenset[str] | None = getattr(account, "_names", None)
    if kept is None:
        kept = account._names = aliases(account.body)  # type: ignore[attr-defined]
    return kept


def _role_is(*roles: Role) -> rules.Predicate:
    @rules.predicate(f"role is one of {roles}")
    def holds(user: AbstractBaseUser) -> bool:
        account = account_of(user)
        return account is not None and account.role in roles

    return holds


@rules.predicate
def owes(user: AbstractBaseUser, duty: Duty | None) -> bool:
    """The user's body has a part in the duty; a county also in what is laid on all counties together."""
    account = account_of(user)
    if account is None or duty is None or not account.body:
        return False
    named, own = {part.body for part in duty.parts.all()}, names_of(account)
    if account.role == Role.COUNTY:
        return any(body.startswith((*own, GROUP_OF_COUNTIES)) for body in named)
    return bool(own & named)


@rules.predicate
def concerns(user: AbstractBaseUser, address: str | None) -> bool:
    """The scope of an explanation's address is the user's own county."""
    account = account_of(user)
    parts = (address or "").split("/")
    return account is not None and bool(account.body) and len(parts) > 1 and parts[1] == account.body


@rules.predicate
def was_given(user: AbstractBaseUser) -> bool:
    """A county has handed something down to the user's body."""
    account = account_of(user)
    found = Record.objects.filter(kind="handed", subject__endswith=f"/{account.body}") if account else None
    return found is not None and bool(account.body) and found.exists()


sees_figures = _role_is(*(role for role in Role if role != Role.ADMINISTRATOR))
sees_all_tasks = _role_is(*SEES_ALL_TASKS)
runs_accounts = _role_is(Role.ADMINISTRATOR)
reads_log = _role_is(Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK, Role.AUDITOR, Role.ADMINISTRATOR)

rules.add_perm("office.see_figures", sees_figures)
rules.add_perm("office.see_tasks", sees_figures)
rules.add_perm("office.see_task", sees_all_tasks | (_role_is(Role.RESPONSIBLE, Role.COUNTY, Role.ACCEPTOR) & owes))
rules.add_perm("office.explain", sees_all_tasks | (_role_is(Role.COUNTY) & concerns))
rules.add_perm("office.run_accounts", runs_accounts)
rules.add_perm("office.read_log", reads_log)
rules.add_perm("office.see_collection", sees_all_tasks)
rules.add_perm("office.see_notices", sees_all_tasks)
rules.add_perm("office.instruct", _role_is(Role.LEADER))
rules.add_perm("office.see_bodies", _role_is(*Role))
rules.add_perm("office.keep_bodies", _role_is(Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK, Role.ADMINISTRATOR))
rules.add_perm("office.edit_duties", _role_is(Role.OFFICE_DIRECTOR, Role.OFFICE_CLERK))
rules.add_perm("office.comment", _role_is(Role.RESPONSIBLE, Role.COUNTY))
rules.add_perm("office.report_own", _role_is(Role.RESPONSIBLE, Role.COUNTY))
rules.add_perm("office.hand_down", _role_is(Role.COUNTY) | (_role_is(Role.RESPONSIBLE) & was_given))
rules.add_perm("office.intake", _role_is(Role.OFFICE_CLERK, Role.ANALYST))
rules.add_perm("office.keep_map", _role_is(Role.OFFICE_CLERK, Role.ANALYST))
rules.add_perm("office.sign", _role_is(Role.OFFICE_DIRECTOR))
