"""Who is who in a ledger: accounts as hands of the sides, and which problems each may see."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

import rules
from guatu.act.ledger import Ledger
from guatu.act.problem import Person
from guatu.act.problem import Problem as Item
from guatu.office.ledger.models import Problem
from guatu.office.models import Account, Hand, Role
from guatu.office.permissions import SEES_ALL_TASKS, account_of, sees_figures

HANDS: dict[tuple[str, str], tuple[str, ...]] = {
    (Role.RESPONSIBLE, Hand.CONTACT): ("unit_contact", "acceptor_contact"),
    (Role.RESPONSIBLE, Hand.HEAD): ("unit_head", "acceptor_head"),
    (Role.COUNTY, Hand.CONTACT): ("unit_contact", "acceptor_contact"),
    (Role.COUNTY, Hand.HEAD): ("unit_head", "acceptor_head"),
    (Role.ACCEPTOR, Hand.CONTACT): ("acceptor_contact",),
    (Role.ACCEPTOR, Hand.HEAD): ("acceptor_head",),
}
OF_ROLE: dict[str, tuple[str, ...]] = {
    Role.OFFICE_CLERK: ("office_clerk",),
    Role.OFFICE_DIRECTOR: ("office_director",),
    Role.AUDITOR: ("inspector",),
}
MADE_OF: dict[str, tuple[str, ...]] = {
    "office_clerk": ("office", "superior", "inspector", "third", "public", "unit", "acceptor"),
    "office_director": ("office", "superior"),
    "inspector": ("inspector", "superior"),
    "unit_contact": ("unit", "third"),
    "unit_head": ("unit", "third"),
    "acceptor_contact": ("acceptor", "third"),
    "acceptor_head": ("acceptor", "third"),
}
"""From which sides each hand may put in papers; the clerk also those that came on paper, and the log says so."""


def person_of(user: AbstractBaseUser) -> Person:
    """A user as the ledgers know him; without an account he holds no role."""
    account = account_of(user)
    if account is None:
        return Person(user.get_username(), frozenset())
    roles = OF_ROLE.get(account.role) or HANDS.get((account.role, account.hand), ())
    return Person(user.get_username(), frozenset(roles), frozenset([account.body] if account.body else []))


def visible(user: AbstractBaseUser) -> QuerySet[Problem]:
    """The problems a user may see: all, or those of his own body."""
    account = account_of(user)
    if account is None or account.role == Role.ADMINISTRATOR:
        return Problem.objects.none()
    if account.role in SEES_ALL_TASKS:
        return Problem.objects.all()
    return Problem.objects.filter(concerns__body=account.body) if account.body else Problem.objects.none()


def sees_all(user: AbstractBaseUser) -> bool:
    """Whether a user sees every problem."""
    account = account_of(user)
    return account is not None and account.role in SEES_ALL_TASKS


def sides_of(ledger: Ledger, item: Item, person: Person) -> dict[str, tuple[str, ...]]:
    """The sides a person may put papers in for, each with the bodies it is in this problem (none: to be named)."""
    found: dict[str, tuple[str, ...]] = {}
    for role in sorted(person.roles):
        for side in MADE_OF.get(role, ()):
            if side not in ledger.sides:
                continue
            bodies = tuple(str(item.fields[name]) for name in ledger.sides[side].fields if item.fields.get(name))
            if not ledger.sides[side].fields:
                found[side] = ()
            elif role == "office_clerk":
                found[side] = bodies
            elif own := tuple(body for body in bodies if body in person.bodies):
                found[side] = own
    return found


@rules.predicate
def concerned(user: AbstractBaseUser, problem: Problem | None) -> bool:
    """The problem is one the user's list holds."""
    return problem is not None and visible(user).filter(pk=problem.pk).exists()


def _role_in(*roles: Role) -> rules.Predicate:
    @rules.predicate(f"ledger role in {roles}")
    def holds(user: AbstractBaseUser) -> bool:
        account: Account | None = account_of(user)
        return account is not None and account.role in roles

    return holds


keeps_ledgers = _role_in(Role.OFFICE_CLERK, Role.OFFICE_DIRECTOR)
reads_letters = _role_in(Role.OFFICE_CLERK, Role.OFFICE_DIRECTOR, Role.LEADER, Role.AUDITOR)

rules.add_perm("ledger.see_problems", sees_figures)
rules.add_perm("ledger.see_problem", concerned)
rules.add_perm("ledger.see_whole", _role_in(*SEES_ALL_TASKS))
rules.add_perm("ledger.keep", keeps_ledgers)
rules.add_perm("ledger.read_letters", reads_letters)
rules.add_perm("ledger.settle", _role_in(Role.OFFICE_DIRECTOR))
