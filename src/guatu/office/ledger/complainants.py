"""Who complained: kept apart from everything, read by named handlers only."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from guatu.errors import ActError
from guatu.office import log
from guatu.office.ledger.models import Complainant, Problem
from guatu.office.ledger.sealed import KEY, SHUT


@transaction.atomic
def keep(problem: Problem, identity: str, handlers: Iterable[AbstractBaseUser], person: str) -> None:
    """Keep an identity for its handlers; the log says that it was kept, by whom, and nothing else."""
    kept, _ = Complainant.objects.update_or_create(problem=problem, defaults={"identity": identity})
    kept.handlers.set(handlers)
    log.record(person, "登记来信来电人", f"{problem.ledger}/{problem.number}")


@transaction.atomic
def read(problem: Problem, user: AbstractBaseUser) -> str:
    """The identity, for a named handler; each reading is logged without it.

    Raises ActError: G-LEDGER-18 for anybody else, the same whether or not one is kept; G-LEDGER-31 without the key.
    """
    kept = Complainant.objects.filter(problem=problem, handlers=user).first()
    if kept is None:
        raise ActError.of(
            "not a handler",
            "G-LEDGER-18",
            f"问题 {problem.number}",
            "来信来电人只对指定的经办开放",
            "依法保密",
            "确需了解的，报环委办主任指定",
        )
    if kept.identity == SHUT:
        raise ActError.of(
            "the key is gone", "G-LEDGER-31", f"问题 {problem.number}", f"来信来电人的密钥 {KEY} 不在工作区里",
            "打不开", "把另行保管的密钥文件放回工作区文件夹",
        )  # fmt: skip
    log.record(user.get_username(), "查看来信来电人", f"{problem.ledger}/{problem.number}")
    return kept.identity


@transaction.atomic
def name_handler(problem: Problem, handler: AbstractBaseUser, person: str) -> None:
    """Let one more handler read an identity; whoever names learns not even whether one is kept. The log says who."""
    kept = Complainant.objects.filter(problem=problem).first()
    if kept is not None:
        kept.handlers.add(handler)
    log.record(person, "指定来信来电经办", f"{problem.ledger}/{problem.number}", reason=handler.get_username())


def is_handler(problem: Problem, user: AbstractBaseUser) -> bool:
    """Whether a user is a named handler of what is kept."""
    return Complainant.objects.filter(problem=problem, handlers=user).exists()
