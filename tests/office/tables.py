"""The tables of a page as a reader sees them, and the commands as a clerk gives them, for comparing cell by cell."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from typer.testing import CliRunner

from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.workspace import Workspace


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.found.append([])
        elif tag == "tr" and self.found:
            self.found[-1].append([])
        elif tag in ("td", "th") and self.found:
            self.cell = []

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.found[-1][-1].append(re.sub(r"\s+", " ", "".join(self.cell)).strip())
            self.cell = None


def tables_in(html: str) -> list[list[list[str]]]:
    """Every table of a page as rows of cell texts, heads among them."""
    parser = _Tables()
    parser.feed(html)
    return parser.found


def table_with(html: str, head: str) -> list[list[str]]:
    """The one table whose first row has a heading."""
    found = [one for one in tables_in(html) if one and head in one[0]]
    assert len(found) == 1, (head, [one[0] for one in tables_in(html) if one])
    return found[0]


def told(ws: Workspace, *words: str) -> str:
    """What a command prints; a refusal is raised as the error it is."""
    answer = CliRunner().invoke(app, ["-C", str(ws.folder), *words], env={"USER": "经办", "LOGNAME": "经办"})
    if isinstance(answer.exception, GuatuError):
        raise answer.exception
    assert answer.exit_code == 0, (answer.output, answer.exception)
    return answer.stdout


def rows_told(ws: Workspace, *words: str) -> list[list[str]]:
    """The lines of a command's table by cells, lines without a tab left out."""
    return [line.split("\t") for line in told(ws, *words).splitlines() if "\t" in line]
