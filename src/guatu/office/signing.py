"""Signing: who has an account signs himself, with his password; for who has none the clerk records the paper 代录."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import proof
from guatu.office.models import Account, Role
from guatu.office.permissions import account_of

SCANS = (".pdf", ".jpg", ".jpeg", ".png")
FRESH = timedelta(minutes=10)
"""How long after signing on elsewhere a person without a password of ours may sign."""


def has_account(role: str, body: str = "") -> bool:
    """Whether somebody of this role (and body) can sign himself."""
    found = Account.objects.filter(role=role, user__is_active=True)
    return (found.filter(body=body) if body else found).exists()


def by_self(user: AbstractBaseUser, password: str, role: str = Role.OFFICE_DIRECTOR) -> dict[str, str]:
    """The signature of the person at the screen, who says his password once more.

    Raises ActError: G-SIGN-01 another's business (never the administrator's), G-SIGN-02 the password is not his.
    """
    account = account_of(user)
    if account is None or account.role != role:
        raise _fault("G-SIGN-01", "签批", "您的账号不能签批", f"只有{Role(role).label}能签", "找他本人登录后办理")
    if user.has_usable_password():
        known = user.check_password(password)
    else:
        known = user.last_login is not None and timezone.now() - user.last_login < FRESH
    if not known:
        raise _fault("G-SIGN-02", "签批", "密码不对", "签批要再认一次人", "重新输入本人密码")
    return {"signer": user.get_username(), "signed_on": datetime.now(BEIJING).date().isoformat()}


def from_paper(
    recorder: str, recorder_role: str, said: Mapping[str, str], scan: str, role: str = Role.OFFICE_DIRECTOR
) -> dict[str, str]:
    """A signature on paper, recorded by the clerk: signer, number (文号), on (day), and the scan as kept among proof.

    Raises ActError: G-SIGN-01 the recorder is not the clerk, G-SIGN-03 the signer has an account, G-SIGN-04
    something of the paper is missing or wrong.
    """
    if recorder_role != Role.OFFICE_CLERK:
        raise _fault("G-SIGN-01", "代录签批", "您的账号不能代录", "纸面签批由环委办经办代录", "找经办办理")
    if has_account(role):
        raise _fault(
            "G-SIGN-03", "代录签批", f"{Role(role).label}有账号", "有账号的只能本人签", "找他登录后签批"
        )  # fmt: skip
    wanted = {"signer": "签批人", "number": "文号", "on": "签批日期"}
    lacking = [word for name, word in wanted.items() if not said.get(name, "").strip()]
    if not scan:
        lacking.append("扫描件")
    if lacking:
        raise _fault("G-SIGN-04", "代录签批", f"缺{'、'.join(lacking)}", "没有凭据不算签批", "对照纸面签批件填全")
    try:
        day = date.fromisoformat(said["on"].strip())
    except ValueError:
        raise _fault("G-SIGN-04", "签批日期", f"“{said['on']}”不是日期", "说不清哪天签的", "写作 2021-03-26") from None
    if day > datetime.now(BEIJING).date():
        raise _fault("G-SIGN-04", "签批日期", f"{day} 还没有到", "不能预先签批", "照纸面上的日期填")
    if Path(scan).suffix.lower() not in SCANS:
        raise _fault("G-SIGN-04", "扫描件", f"是 {Path(scan).suffix} 文件", "扫描件只收图片或 PDF", "换成图片或 PDF")
    return {
        "signer": said["signer"].strip(),
        "number": said["number"].strip(),
        "signed_on": day.isoformat(),
        "scan": scan,
        "recorded": "代录",
        "recorded_by": recorder,
    }


def given(user: AbstractBaseUser, ws: Workspace, said: Mapping[str, Any], scan: UploadedFile | None) -> dict[str, str]:
    """The director's signature from a form: his own, or the clerk's record of the paper with its scan."""
    account = account_of(user)
    if account is None or account.role != Role.OFFICE_CLERK:
        return by_self(user, said.get("password", ""))
    if has_account(Role.OFFICE_DIRECTOR):
        return from_paper(user.get_username(), account.role, {}, "")
    kept = ""
    if scan is not None:
        if Path(scan.name or "").suffix.lower() not in SCANS:
            raise _fault("G-SIGN-04", "扫描件", f"“{scan.name}”不是图片或 PDF", "看不出签字", "换成图片或 PDF")
        kept = proof.keep_bytes(ws, scan.name or "", scan.read())
    return from_paper(user.get_username(), account.role, said, kept)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
