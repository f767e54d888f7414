"""Reminders on their way out: each once by each channel, a failure tried again, what is not known never sent twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from guatu.act.log import BEIJING
from guatu.office.ledger import delivery
from guatu.office.ledger.models import Notice

SENDING, SENT, FAILED, UNKNOWN, NOWHERE = "正在发", "已发", "没有发出", "不知是否发出", "没有地址"
TRIES = 5
"""After so many failures a person must look; a house figure."""
RECENT = timedelta(days=14)
"""Older reminders are no longer sent when a channel is switched on or comes back; a house figure [calendar days]."""
STUCK = timedelta(minutes=10)
"""What has been on its way for so long was broken off."""
LONGEST = 1800
"""The most a message holds; a robot of 企业微信 takes 2048 bytes [bytes]."""


def send_all(day: date) -> list[Notice]:
    """Send what has not gone, one message for a body and channel; returns the reminders a person must look at.

    Each attempt is noted before it is made, so that two ticks at once, or one that is broken off, never send a
    reminder twice: what was on its way when the machine stopped is shown as not known, for a person to decide.
    """
    waiting = list(Notice.objects.filter(made_on__lte=day, made_on__gte=day - RECENT).order_by("body", "id"))
    for channel in delivery.channels():
        for body, group in groupby(waiting, key=lambda one: one.body):
            for part in _messages(group):
                claimed = [one for one in part if _claim(one, channel.name)]
                if claimed:
                    why = channel.send(body, "\n".join(one.text for one in claimed))
                    for one in claimed:
                        _note(one, channel.name, why)
    return [one for one in waiting if failures(one)]


def failures(notice: Notice) -> list[str]:
    """What has not gone, in words; a body that has no address is no failure of the way."""
    found = []
    for name, said in notice.ways.items():
        state = _state(said)
        if state in (FAILED, UNKNOWN):
            why = f"（{said['why']}，试了 {said['tries']} 次）" if said["why"] else ""
            found.append(f"{name}：{state}{why}")
    return found


def went(notice: Notice) -> list[str]:
    """The channels that took a reminder."""
    return [name for name, said in notice.ways.items() if said["state"] == SENT]


@transaction.atomic
def again(pk: int) -> None:
    """A person has decided that a reminder is to be sent again by the ways that failed or are not known."""
    notice = Notice.objects.select_for_update().get(pk=pk)
    notice.ways = {name: said for name, said in notice.ways.items() if _state(said) not in (FAILED, UNKNOWN)}
    notice.save(update_fields=["ways"])


def _state(said: Mapping[str, Any]) -> str:
    stuck = said["state"] == SENDING and datetime.now(BEIJING) - datetime.fromisoformat(said["at"]) > STUCK
    return UNKNOWN if stuck else str(said["state"])


def _messages(notices: Iterable[Notice]) -> Iterator[list[Notice]]:
    """Reminders of one body in as few messages as hold them."""
    part: list[Notice] = []
    size = 0
    for one in notices:
        length = len(one.text.encode()) + 1
        if part and size + length > LONGEST:
            yield part
            part, size = [], 0
        part.append(one)
        size += length
    if part:
        yield part


@transaction.atomic
def _claim(notice: Notice, name: str) -> bool:
    """Note that a channel is about to send; false where it has, may have, or has failed often enough."""
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    tries = row.ways.get(name, {"tries": 0})["tries"]
    free = name not in row.ways or (row.ways[name]["state"] == FAILED and tries < TRIES)
    if free:
        row.ways = {**row.ways, name: _said(SENDING, tries + 1, "")}
        row.save(update_fields=["ways"])
    notice.ways = row.ways
    return free


@transaction.atomic
def _note(notice: Notice, name: str, why: str) -> None:
    row = Notice.objects.select_for_update().get(pk=notice.pk)
    state = SENT if not why else NOWHERE if why == delivery.NO_ADDRESS else FAILED
    row.ways = {**row.ways, name: _said(state, row.ways[name]["tries"], why)}
    row.save(update_fields=["ways"])
    notice.ways = row.ways


def _said(state: str, tries: int, why: str) -> dict[str, Any]:
    return {"state": state, "tries": tries, "why": why, "at": datetime.now(BEIJING).isoformat(timespec="seconds")}
