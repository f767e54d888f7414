"""A desk: commands typed, pages opened, and what both said, for comparing."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office.models import Account, Role
from tests.office.tables import tables_in


def squeezed(text: str) -> str:
    """Without any white space or lines of a drawn table: line breaks are the printer's, not the answer's."""
    return re.sub(r"[\s│┃]+", "", text)


@dataclass(frozen=True)
class Page:
    """A page as a person reads it."""

    html: str

    @property
    def text(self) -> str:
        """Its words, squeezed."""
        bare = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", self.html)
        return squeezed(unescape(re.sub(r"<[^>]+>", "", bare)))

    def rows(self, head: str) -> list[list[str]]:
        """The body of the one table with this heading, cells squeezed."""
        found = [one for one in tables_in(self.html) if one and head in one[0]]
        assert len(found) == 1, (head, [one[0] for one in tables_in(self.html) if one])
        return [[squeezed(cell) for cell in row] for row in found[0][1:]]

    def says(self, *sentences: str) -> None:
        """Each sentence stands on the page."""
        for one in sentences:
            assert squeezed(one) in self.text, one


@dataclass
class Desk:
    """The office seen from a desk; asked: the commands and addresses that were used."""

    ws: Workspace
    asked: list[str] = field(default_factory=list)

    def told(self, command: str) -> str:
        """What a command prints; a refusal is raised as the error it is."""
        self.asked.append(command)
        words = shlex.split(command)
        assert words[0] == "guatu"
        answer = CliRunner().invoke(app, ["-C", str(self.ws.folder), *words[1:]], env={"LOGNAME": "jingban"})
        if isinstance(answer.exception, GuatuError):
            raise answer.exception
        assert answer.exit_code == 0, (command, answer.output, answer.exception)
        return answer.stdout

    def lines(self, command: str) -> list[str]:
        """What a command prints, line by line, without the foot that every answer of a demonstration has."""
        return [
            line.strip() for line in self.told(command).splitlines() if line.strip() and "演示数据，非实测" not in line
        ]

    def rows(self, command: str) -> list[list[str]]:
        """The lines of a command's table, cells squeezed, headings left out."""
        rows = [line.split("\t") for line in self.told(command).splitlines() if "\t" in line]
        return [[squeezed(cell) for cell in row] for row in rows[1:]]

    def drawn(self, command: str) -> list[list[str]]:
        """The rows of a table that is drawn with lines, cells squeezed; a row on several lines is put together."""
        rows: list[list[str]] = []
        for line in self.told(command).splitlines():
            if line.startswith("│"):
                cells = [cell.strip() for cell in line.strip("│").split("│")]
                if rows and not cells[1] and not cells[0]:
                    rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]
                else:
                    rows.append(cells)
        return [[squeezed(cell) for cell in row] for row in rows]

    def client(self, role: Role = Role.OFFICE_DIRECTOR, body: str = "") -> Client:
        """A browser logged in as somebody of that role."""
        user, new = get_user_model().objects.get_or_create(username=f"{role.value}{body}")
        if new:
            Account.objects.create(user=user, role=role, body=body)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def page(self, address: str, role: Role = Role.OFFICE_DIRECTOR, body: str = "") -> Page:
        """The page of an address."""
        return Page(self.got(address, role, body).content.decode())

    def got(self, address: str, role: Role = Role.OFFICE_DIRECTOR, body: str = "") -> Any:
        """The answer of an address, whatever it is."""
        self.asked.append(address)
        answer = self.client(role, body).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    def sent(self, address: str, said: dict[str, Any], role: Role = Role.OFFICE_DIRECTOR, body: str = "") -> Any:
        """The answer to a form; where it leads on, what stands there."""
        self.asked.append(address)
        return self.client(role, body).post(address, said, follow=True)
