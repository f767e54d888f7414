"""The tree of places and bodies as the office keeps it: changed by date and by paper, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from guatu.act import bodies as tree_of
from guatu.act.bodies import Node
from guatu.act.breakdown import Row
from guatu.act.log import BEIJING
from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import log, records
from guatu.office.models import Account

CITY = "city"


def tree(at: date | None = None) -> dict[str, Node]:
    """Every node by its number, as it is known now, or was known on a past day."""
    return {code: Node.of(code, data) for code, data in records.of_kind("body", at).items()}


@transaction.atomic
def begin(ws: Workspace, person: str, moment: datetime | None = None) -> int:
    """Take places and bodies of the workspace over as they are called now; returns how many are new."""
    known = tree()
    new: list[Node] = []
    if CITY not in known:
        new.append(tree_of.found(known, CITY, ws.name, "市", ""))
    every = {**known, **{one.code: one for one in new}}
    for place in ws.places:
        if place.code not in every and place.name != ws.name:
            kind = place.kind if place.kind in tree_of.KINDS else "区"
            every[place.code] = tree_of.found(every, place.code, place.name, kind, CITY)
    order = 1
    for body in ws.bodies:
        if tree_of.named(every, body.name, date.today()) is not None:
            continue
        while f"B{order:03d}" in every:
            order += 1
        parent = body.place if body.place in every else CITY
        kind = body.kind if body.kind in tree_of.KINDS else "部门"
        every[f"B{order:03d}"] = tree_of.found(every, f"B{order:03d}", body.name, kind, parent)
    for code, node in every.items():
        if code not in known:
            _put(node, "登记单位", person, "", moment)
    return len(every) - len(known)


def add(
    name: str, kind: str, parent: str, since: date | None, person: str, reason: str = "",
    moment: datetime | None = None,
) -> str:  # fmt: skip
    """A new body or place; returns its number."""
    known = tree()
    order = 1 + sum(code.startswith("B") for code in known)
    while f"B{order:03d}" in known:
        order += 1
    made = tree_of.found(known, f"B{order:03d}", name, kind, parent, since or tree_of.ALWAYS)
    _put(made, "登记单位", person, reason, moment)
    return made.code


@transaction.atomic
def rename(code: str, name: str, since: date, person: str, reason: str, moment: datetime | None = None) -> int:
    """A new name from a day on: rows and accounts of the body take it, months before keep the old one.

    Returns how many rows and accounts follow. Raises ActError: as act.bodies, G-BODY-21 without a reason,
    G-BODY-22 the day has not come.
    """
    _said(name, since, reason)
    known = tree()
    old = known[code].names[0] if code in known else ""
    _put(tree_of.renamed(known, code, name, since), "单位更名", person, reason, moment)
    return _follow(old, name.strip(), person, reason, moment)


def move(code: str, parent: str, since: date, person: str, reason: str, moment: datetime | None = None) -> None:
    """Another parent from a day on. Raises ActError as act.bodies, and G-BODY-21, 22."""
    _said(code, since, reason)
    _put(tree_of.moved(tree(), code, parent, since), "改上级", person, reason, moment)


def close(code: str, until: date, person: str, reason: str, moment: datetime | None = None) -> None:
    """The last day of a body. Raises ActError as act.bodies, and G-BODY-21, 22."""
    _said(code, until, reason)
    _put(tree_of.closed(tree(), code, until), "撤销单位", person, reason, moment)


def aliases(name: str) -> frozenset[str]:
    """Every name a body of this name has or had; only the name itself where the tree does not know it."""
    node = tree_of.named(tree(), name, _today()) if name else None
    return frozenset(node.names if node else ()) | ({name} if name else frozenset())


def namesakes() -> dict[str, tuple[str, ...]]:
    """For every name of a body that was ever renamed: all its names, so that what was said under one is found."""
    return {name: node.names for node in tree().values() if len(node.names) > 1 for name in node.names}


def below(name: str, day: date | None = None) -> tuple[str, ...]:
    """Names of a body's own bureaus and towns on a day."""
    known = tree()
    node = tree_of.named(known, name, day or _today())
    return tuple(tree_of.below_of(known, node.code, day or _today())) if node else ()


def _follow(old: str, new: str, person: str, reason: str, moment: datetime | None) -> int:
    """Rows of the breakdown that name the body, and its accounts, take the new name; each change is logged."""
    changed = 0
    for name, data in records.of_kind("measure").items():
        if data.get("retired"):
            continue
        made = _swapped(Row.of(data), old, new).record()
        said = {key: made.get(key) for key in ("lead", "responsible", "cooperating", "implied")}
        changed += records.change(
            f"measure/{name}", "单位更名", said, person=person, reason=reason or f"{old}更名为{new}", moment=moment
        )  # fmt: skip
    for account in Account.objects.select_related("user").filter(body=old):
        account.body = new
        account.save(update_fields=["body"])
        log.record(person, "单位更名", account.user.get_username(), {"body": old}, {"body": new}, moment=moment)
        changed += 1
    return changed


def _swapped(row: Row, old: str, new: str) -> Row:
    def each(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(new if name == old else name for name in names)

    return replace(
        row, lead=new if row.lead == old else row.lead, responsible=each(row.responsible),
        cooperating=each(row.cooperating), implied=each(row.implied),
    )  # fmt: skip


def _said(name: str, day: date, reason: str) -> None:
    if not reason.strip():
        raise _fault("G-BODY-21", name, "没有写依据", "机构变动要有文", "写上文号或会议")
    if day > _today():
        raise _fault("G-BODY-22", name, f"{day} 还没有到", "到那天才变", "到那天再登记")


def _today() -> date:
    return datetime.now(BEIJING).date()


def _put(node: Node, act: str, person: str, reason: str, moment: datetime | None) -> None:
    records.change(f"body/{node.code}", act, node.record(), person=person, reason=reason, moment=moment)


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
