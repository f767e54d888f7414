"""Ways a reminder leaves the page: mail and webhook, declared here and off until an office switches them on.

GUATU_MAIL_TO: a JSON object of body and address. GUATU_MAIL_HOST (default localhost), GUATU_MAIL_PORT (25),
GUATU_MAIL_USER, GUATU_MAIL_PASSWORD, GUATU_MAIL_TLS (1), GUATU_MAIL_FROM: the office's mail server. GUATU_WEBHOOK: the
address of a group robot; GUATU_WEBHOOK_FORM: 企业微信 (default) or 钉钉.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any, Protocol
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.core.mail import EmailMessage, get_connection

from guatu.errors import ActError

logger = logging.getLogger(__name__)
PATIENCE = 5  # [s]
FORMS = ("企业微信", "钉钉")
HERE = ("127.0.0.1", "localhost", "::1")
NO_ADDRESS = "没有这个单位的邮箱"


class Channel(Protocol):
    """A way out. send returns why it did not go, empty where it went; NO_ADDRESS: it never will."""

    name: str

    def send(self, body: str, text: str) -> str:
        """Send one reminder to a body."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """Mail to the address of a body; a body without one gets none."""

    addresses: Mapping[str, str]
    server: Mapping[str, Any]
    sender: str = "guatu@localhost"
    name: str = "邮件"

    def send(self, body: str, text: str) -> str:
        """Send one mail."""
        if body not in self.addresses:
            return NO_ADDRESS
        try:
            backend = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=PATIENCE, **self.server)
            mail = EmailMessage(f"挂图作战提醒：{body}", text, self.sender, [self.addresses[body]], connection=backend)
            return "" if mail.send() == 1 else "邮件服务器没有收下"
        except (OSError, SMTPException) as error:
            logger.exception("mail was not sent")
            return f"邮件服务器 {self.server['host']} 没有收下（{type(error).__name__}）"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group robot; both robots take a text message, 钉钉 with the heading its keyword rule looks for."""

    address: str
    form: str = FORMS[0]
    name: str = "群机器人"

    def message(self, body: str, text: str) -> bytes:
        """What is posted: 企业微信 and 钉钉 have one form of text; 钉钉 is also told to call nobody by name."""
        said: dict[str, Any] = {"msgtype": "text", "text": {"content": f"【挂图作战】{body}：{text}"}}
        if self.form == "钉钉":
            said["at"] = {"isAtAll": False}
        return json.dumps(said, ensure_ascii=False).encode()

    def send(self, body: str, text: str) -> str:
        """Post one message; the robot answers errcode 0 when it took it."""
        request = Request(self.address, self.message(body, text), {"Content-Type": "application/json"})
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                said = json.load(answer)
        except (URLError, OSError, ValueError) as error:
            logger.exception("the webhook did not take a reminder")
            return f"{self.form}机器人没有应答（{type(error).__name__}）"
        if isinstance(said, dict) and said.get("errcode") == 0:
            return ""
        code = said.get("errcode") if isinstance(said, dict) else "看不懂"
        return f"{self.form}机器人没有收下（errcode {code}）"


def channels(said: Mapping[str, str] = os.environ) -> list[Channel]:
    """The channels an office has switched on; none by default.

    Raises ActError (G-LEDGER-28) where a setting cannot be what it should.
    """
    found: list[Channel] = []
    if said.get("GUATU_MAIL_TO"):
        found.append(_mail(said))
    if said.get("GUATU_WEBHOOK"):
        parts = urlsplit(said["GUATU_WEBHOOK"])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
            raise _wrong("GUATU_WEBHOOK", "不是 https 地址", "照群机器人给的地址填写")
        form = said.get("GUATU_WEBHOOK_FORM", FORMS[0])
        if form not in FORMS:
            raise _wrong("GUATU_WEBHOOK_FORM", f"“{form}”不认识", f"改为 {'、'.join(FORMS)} 之一")
        found.append(Webhook(said["GUATU_WEBHOOK"], form))
    return found


def _mail(said: Mapping[str, str]) -> Mail:
    try:
        addresses = json.loads(said["GUATU_MAIL_TO"])
        if not isinstance(addresses, dict) or not all(isinstance(one, str) for one in addresses.values()):
            raise ValueError("not an object of addresses")
        port = int(said.get("GUATU_MAIL_PORT", "25"))
    except ValueError:
        raise _wrong(
            "GUATU_MAIL_TO、GUATU_MAIL_PORT", "看不懂", '写成 {"市住建局": "zjj@example.gov.cn"}，端口写数'
        ) from None
    server = {
        "host": said.get("GUATU_MAIL_HOST", "localhost"), "port": port, "username": said.get("GUATU_MAIL_USER", ""),
        "password": said.get("GUATU_MAIL_PASSWORD", ""), "use_tls": said.get("GUATU_MAIL_TLS") == "1",
    }  # fmt: skip
    return Mail(addresses, server, said.get("GUATU_MAIL_FROM", "guatu@localhost"))


def _wrong(name: str, what: str, remedy: str) -> ActError:
    return ActError.of(f"{name} is wrong", "G-LEDGER-28", f"环境变量 {name}", what, "提醒发不出去", remedy)
