"""Warnings on their way to people: each as a reminder of every body that is to hear it, once until it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from guatu.judge.board import plan_of
from guatu.judge.warn import Alert, warnings_on
from guatu.load.workspace import Workspace
from guatu.office.ledger.models import Notice

WARNING = "warn"
GONE = "gone"
LONGEST = 300


def tick(ws: Workspace, day: date) -> list[Notice]:
    """Make the reminders of what is to be warned of on a day; none before a plan is in force."""
    return tell(warnings_on(ws, plan_of(ws), day), day) if ws.plan_path.is_file() else []


def tell(alerts: Iterable[Alert], day: date) -> list[Notice]:
    """Remind every hearer of a warning that is new or says something else than before, and of one that has gone.

    What was said last stands in the key of the reminder, so that a second tick says nothing twice.
    """
    last = {
        one.key.rsplit("/", 2)[0]: one for one in Notice.objects.filter(key__startswith=f"{WARNING}/").order_by("id")
    }
    new, standing = [], set()
    for alert in alerts:
        for body in alert.told:
            about = f"{WARNING}/{_short(alert.trigger, alert.subject)}/{body[:60]}"
            standing.add(about)
            if about not in last or _mark(last[about]) != _short(alert.mark):
                text = f"{alert.title}：{alert.text}"
                new.append(_notice(about, _short(alert.mark), body, f"{text}（可做：{'；'.join(alert.can)}）", day))
    for about, one in last.items():
        if about not in standing and _mark(one) != GONE:
            new.append(_notice(about, GONE, one.body, f"解除：{one.text}", day))
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    return list(Notice.objects.filter(key__in=[one.key for one in new]))


def _notice(about: str, mark: str, body: str, text: str, day: date) -> Notice:
    key = f"{about}/{mark}/{day.isoformat()}"
    return Notice(key=key, body=body[:60], number="", text=text[:LONGEST], due=day, made_on=day)


def _mark(notice: Notice) -> str:
    return notice.key.rsplit("/", 2)[1]


def _short(*words: str) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:16]
