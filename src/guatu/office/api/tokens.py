"""Tokens: made once and shown once, kept as a digest, found again by what a program sends, revoked for good."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from guatu.act.log import BEIJING
from guatu.errors import ActError, Fault
from guatu.office import log
from guatu.office.api.models import Token

SCOPES = {
    "targets:read": "看目标、状态和计算过程",
    "tasks:read": "看任务和措施",
    "collection:read": "看收表，看自己要报的",
    "collection:write": "报送、审核自己单位的进展",
    "ledger:read": "看问题台账",
    "registers:read": "看文件、会议、签收、工程台账",
    "log:read": "看留痕",
}
"""What a token may be allowed, never more than its owner may."""
START = "guatu_"
HEAD = 12  # characters by which a person knows a token again
USUAL_DAYS = 90
MOST_DAYS = 365
SELDOM = timedelta(minutes=1)
"""How often at most the last use is written down."""


@transaction.atomic
def make(owner: AbstractBaseUser, name: str, scopes: Iterable[str], days: int, by: str) -> tuple[Token, str]:
    """A new token and its words, which are stored nowhere and shown this once.

    Raises ActError (G-API-01) with everything that is wrong: no name, no scope or an unknown one, too long a life.
    """
    wanted, name = sorted(set(scopes)), name.strip()
    faults = []
    if not name or len(name) > 60:
        faults.append(_fault("用途", "没有写或超过 60 字", "日后认不出给了谁", "写明给哪个程序用"))
    if not wanted:
        faults.append(_fault("范围", "一项也没有选", "什么也做不了", "至少选一项"))
    faults += [
        _fault(f"范围“{one}”", "没有这一项", "不知放开什么", f"从中选：{'、'.join(SCOPES)}")
        for one in wanted
        if one not in SCOPES
    ]
    if not 1 <= days <= MOST_DAYS:
        faults.append(_fault("有效期", f"{days} 天", "长期有效的令牌泄露后无人知道", f"写 1 到 {MOST_DAYS} 天"))
    if faults:
        raise ActError("no token made", faults)
    words = START + secrets.token_urlsafe(32)
    made = Token.objects.create(
        owner=owner,
        name=name,
        digest=digest_of(words),
        head=words[:HEAD],
        scopes=wanted,
        expires=today() + timedelta(days=days),
    )
    said = {"name": name, "head": made.head, "scopes": wanted, "expires": made.expires.isoformat()}
    log.record(by, "建立令牌", owner.get_username(), None, said)
    return made, words


def find(words: str) -> Token | None:
    """The token a program sends, if it is one that still counts and its owner still works here."""
    found = Token.objects.select_related("owner__account").filter(digest=digest_of(words)).first()
    if found is None or found.revoked_at is not None or found.expires < today() or not found.owner.is_active:
        return None
    now = datetime.now(BEIJING)
    if found.used_at is None or now - found.used_at > SELDOM:
        Token.objects.filter(pk=found.pk).update(used_at=now)
    return found


@transaction.atomic
def revoke(pk: int, user: AbstractBaseUser | None, by: str) -> Token:
    """End a token for good; user: whose tokens may be ended (None: a command on the server, all).

    Raises ActError (G-API-02) where there is none such. Ending it twice changes nothing.
    """
    found = (Token.objects.all() if user is None else seen(user)).filter(pk=pk).first()
    if found is None:
        raise ActError("no such token", [Fault("G-API-02", f"令牌 {pk}", "没有这个令牌", "无从停用", "核对编号")])
    if found.revoked_at is None:
        found.revoked_at = datetime.now(BEIJING)
        found.save(update_fields=["revoked_at"])
        log.record(by, "停用令牌", found.owner.get_username(), {"head": found.head}, None)
    return found


def seen(user: AbstractBaseUser) -> QuerySet[Token]:
    """The tokens a person may see and end: his own, all for who runs the accounts."""
    every = Token.objects.select_related("owner")
    return every if user.has_perm("office.run_accounts") else every.filter(owner=user)


def state_of(token: Token) -> str:
    """One word: 有效, 已到期, 已停用."""
    return "已停用" if token.revoked_at else "已到期" if token.expires < today() else "有效"


def digest_of(words: str) -> str:
    """What is kept of a token; its words have 256 random bits, so that no slow hash is needed."""
    return hashlib.sha256(words.encode()).hexdigest()


def today() -> date:
    """The day of the clock: a token's life is no matter of the day the data stand on."""
    return datetime.now(BEIJING).date()


def _fault(where: str, what: str, why: str, remedy: str) -> Fault:
    return Fault("G-API-01", f"令牌的{where}", what, why, remedy)
