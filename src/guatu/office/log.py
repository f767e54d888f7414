"""Writing the log: the only way a change of state is recorded."""

from __future__ import annotations

from typing import Any

from guatu.office.models import Log

MACHINE = "系统"


def record(who: str, act: str, subject: str, old: Any = None, new: Any = None) -> Log:
    """Append one entry; who acts is a user's name or 系统, old and new are JSON values."""
    return Log.objects.create(who=who, act=act, subject=subject, old=old, new=new)
