"""Thousands of rows into tables in one transaction, past the making of objects, which takes longer than the writing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Max, Model

PLAIN = frozenset((str, int, bool, type(None)))
"""Types every database takes as they are."""


def reserve(model: type[Model], count: int) -> range | list[int]:
    """Numbers nobody else will use for new rows; inside the transaction that inserts them.

    PostgreSQL gives them from the table's own sequence; SQLite, where one writer holds the whole file, from its end.
    """
    if connection.vendor == "sqlite":
        first = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        return range(first, first + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[Model], names: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Insert plain values; JSON is given as text, dates and decimals as they are."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    into = f"{quote(model._meta.db_table)} ({columns})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)
            return
        holders = ", ".join(["%s"] * len(names))
        rows = [[value if type(value) in PLAIN else _adapted(value) for value in line] for line in lines]
        cursor.executemany(f"INSERT INTO {into} VALUES ({holders})", rows)


def counted(*models: type[Model]) -> None:
    """Let PostgreSQL count tables that have just grown by thousands, else it searches them as if they were small."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def text_of(value: Any) -> str:
    """A JSON value as the database holds it."""
    return json.dumps(value)


def _adapted(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Decimal):
        return connection.ops.adapt_decimalfield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
