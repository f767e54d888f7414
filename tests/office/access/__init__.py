"""Who may do what on the pages of each room: one module a room, found by itself, with ROWS and what they stand on.

A room's module holds ``ROWS``, a list of Row; where its rows need something to stand on ``put(ws)``; and ``OPEN``, the
names of addresses that are there for people who are not logged in.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

from guatu.office.models import Role

LETTERS = {
    "L": Role.LEADER, "D": Role.OFFICE_DIRECTOR, "C": Role.OFFICE_CLERK, "A": Role.ANALYST, "R": Role.RESPONSIBLE,
    "X": Role.COUNTY, "P": Role.ACCEPTOR, "U": Role.AUDITOR, "M": Role.ADMINISTRATOR,
}  # fmt: skip
EVERYONE = "".join(LETTERS)


@dataclass(frozen=True, slots=True)
class Row:
    """A page or an act: the address's name, an address, the letters of the roles that may, what they get.

    method: get or post; refused: what everybody else gets (403, or 404 where even its being there is not theirs).
    """

    name: str
    address: str
    roles: str
    status: int = 200
    method: str = "get"
    refused: int = 403

    def may(self, role: Role) -> bool:
        """Whether a role gets through."""
        return role in {LETTERS[letter] for letter in self.roles}


def rooms() -> dict[str, Any]:
    """The modules of this folder by name."""
    return {one.name: import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)}


def rows() -> list[tuple[Row, Callable[[Any], None]]]:
    """Every row of every room, with what lays its ground."""
    return [(row, getattr(room, "put", lambda _ws: None)) for room in rooms().values() for row in room.ROWS]


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses of a url configuration, however deep; an address without a name by its pattern."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            yield one.name or str(one.pattern)
