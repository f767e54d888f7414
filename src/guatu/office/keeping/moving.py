"""All rows of one database copied into another of any kind, as they are, and held against one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model, sql

BATCH = 500
READ = 2000


def models() -> list[type[Model]]:
    """Every table of the office, those of many-to-many relations too; sessions stay behind."""
    found = apps.get_models(include_auto_created=True)
    return [one for one in found if one._meta.managed and not one._meta.proxy and one is not Session]


def shape(source: str, target: str) -> None:
    """Make the tables of this program in an empty database, and note there which migrations they stand for.

    The tables are made as the models say: a migration that carried old rows over has nothing to carry here.
    """
    with connections[target].schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    noted = MigrationRecorder(connections[target])
    noted.ensure_schema()
    for app, name in sorted(MigrationRecorder(connections[source]).applied_migrations()):
        noted.record_applied(app, name)


def copy(source: str, target: str) -> int:
    """Copy all rows of the source into the empty tables of the target, in one transaction; returns how many.

    Keys are kept, nothing is stamped anew; both are databases of the settings, shaped alike. Constraints are
    checked at the end, so the order of the tables does not matter.
    """
    count = 0
    with transaction.atomic(using=target):
        for model in models():
            fields = list(model._meta.concrete_fields)
            rows = _rows(model, source)
            while batch := list(islice(rows, BATCH)):
                most = max(1, connections[target].ops.bulk_batch_size([one.name for one in fields], batch))
                for start in range(0, len(batch), most):
                    _insert(model, fields, batch[start : start + most], target)
                count += len(batch)
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), models()):
                cursor.execute(statement)
    return count


def differing(source: str, target: str) -> list[str]:
    """The tables that are not the same, row by row and value by value."""
    return [
        model._meta.db_table
        for model in models()
        if any(one != other for one, other in zip_longest(_values(model, source), _values(model, target)))
    ]


def _rows(model: type[Model], alias: str) -> Iterator[Model]:
    yield from model._base_manager.using(alias).order_by("pk").iterator(READ)


def _values(model: type[Model], alias: str) -> Iterator[tuple[Any, ...]]:
    names = [one.attname for one in model._meta.concrete_fields]
    yield from model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(READ)


def _insert(model: type[Model], fields: list[Any], rows: list[Model], alias: str) -> None:
    """Insert rows raw: no time stamp is set anew, no save of the model is asked."""
    query = sql.InsertQuery(model)
    query.insert_values(fields, rows, raw=True)
    query.get_compiler(using=alias).execute_sql()
