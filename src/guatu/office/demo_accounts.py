"""The accounts of a demo workspace, one a role, with words everyone may know because the data are made up."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from guatu.office import log
from guatu.office.models import Account, Hand, Role

PASSWORD = "guatu-demo-2021"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Name, role and body of a demo account."""

    name: str
    role: Role
    body: str
    hand: Hand = Hand.CONTACT
    password: str = PASSWORD

    @property
    def word(self) -> str:
        """The role in Chinese."""
        return Role(self.role).label + ("负责人" if self.hand == Hand.HEAD else "")


DEMO_ACCOUNTS = (
    DemoAccount("lingdao", Role.LEADER, "市政府"),
    DemoAccount("zhuren", Role.OFFICE_DIRECTOR, "市环委办"),
    DemoAccount("jingban", Role.OFFICE_CLERK, "市环委办"),
    DemoAccount("fenxi", Role.ANALYST, "市生态环境局"),
    DemoAccount("danwei", Role.RESPONSIBLE, "市住建局"),
    DemoAccount("juzhang", Role.RESPONSIBLE, "市住建局", Hand.HEAD),
    DemoAccount("xianqu", Role.COUNTY, "乐平市"),
    DemoAccount("xianqu2", Role.COUNTY, "乐平市", Hand.HEAD),
    DemoAccount("yanshou", Role.ACCEPTOR, "市水利局"),
    DemoAccount("shenji", Role.AUDITOR, "市审计局"),
    DemoAccount("guanli", Role.ADMINISTRATOR, ""),
)


@transaction.atomic
def make() -> list[DemoAccount]:
    """Create the demo accounts that do not exist yet; returns the new ones."""
    users = get_user_model().objects
    new = [one for one in DEMO_ACCOUNTS if not users.filter(username=one.name).exists()]
    for one in new:
        user = users.create_user(one.name, password=one.password)
        Account.objects.create(user=user, role=one.role, body=one.body, hand=one.hand, demo=True)
        log.record(log.MACHINE, "建立演示账号", one.name, None, {"role": one.role.value, "body": one.body})
    return new
