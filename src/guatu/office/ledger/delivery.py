"""Ways a reminder leaves the page: mail and webhook, declared here and off until an office switches them on.

GUATU_MAIL_TO: a JSON object of body and address, sent through Django's mail settings. GUATU_WEBHOOK: the address of
a group robot; GUATU_WEBHOOK_FORM: 企业微信 (default) or 钉钉.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.core.mail import send_mail

logger = logging.getLogger(__name__)
PATIENCE = 5  # [s]
FORMS = ("企业微信", "钉钉")


class Channel(Protocol):
    """A way out. send returns whether it went; a failure is recorded and tried again by the next tick."""

    name: str

    def send(self, body: str, text: str) -> bool:
        """Send one reminder to a body."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """Mail to the address of a body; a body without one gets none."""

    addresses: Mapping[str, str]
    name: str = "邮件"

    def send(self, body: str, text: str) -> bool:
        """Send one mail."""
        if body not in self.addresses:
            return False
        try:
            return send_mail(f"挂图作战提醒：{body}", text, None, [self.addresses[body]]) == 1
        except OSError:
            logger.exception("mail was not sent")
            return False


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group robot; both robots take a text message in the same form, one by its own name of the body."""

    address: str
    form: str = FORMS[0]
    name: str = "群机器人"

    def message(self, body: str, text: str) -> bytes:
        """What is posted."""
        return json.dumps(
            {"msgtype": "text", "text": {"content": f"【挂图作战】{body}：{text}"}}, ensure_ascii=False
        ).encode()

    def send(self, body: str, text: str) -> bool:
        """Post one message; the robot answers errcode 0 when it took it."""
        request = Request(self.address, self.message(body, text), {"Content-Type": "application/json"})
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return bool(json.load(answer).get("errcode") == 0)
        except (URLError, OSError, ValueError):
            logger.exception("the webhook did not take a reminder")
            return False


def channels(said: Mapping[str, str] = os.environ) -> list[Channel]:
    """The channels an office has switched on; none by default."""
    found: list[Channel] = []
    if said.get("GUATU_MAIL_TO"):
        found.append(Mail(json.loads(said["GUATU_MAIL_TO"])))
    if said.get("GUATU_WEBHOOK", "").startswith("https://"):
        form = said.get("GUATU_WEBHOOK_FORM", FORMS[0])
        found.append(Webhook(said["GUATU_WEBHOOK"], form if form in FORMS else FORMS[0]))
    return found
