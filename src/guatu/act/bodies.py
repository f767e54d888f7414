"""The tree of places and bodies by date: what each was called, under whom, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from guatu.errors import ActError

KINDS = ("市", "区", "县", "县级市", "功能区", "乡镇", "部门", "党委部门", "县区", "群组", "企业")
PLACES = ("市", "区", "县", "县级市", "功能区", "乡镇")
ALWAYS = date.min
OPEN = date.max


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days with one name under one parent; until is its last day (OPEN: it stands)."""

    name: str
    since: date
    until: date = OPEN
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A place or a body through time: its number, which never changes, its kind, its spells, oldest first."""

    code: str
    kind: str
    spells: tuple[Spell, ...]

    def on(self, day: date) -> Spell | None:
        """The spell of a day; None before it was founded and after it was closed."""
        return next((one for one in self.spells if one.since <= day <= one.until), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it had, newest first."""
        return tuple(dict.fromkeys(one.name for one in reversed(self.spells)))

    def record(self) -> dict[str, Any]:
        """The node as JSON values for the log."""
        rows = [
            {
                "name": one.name,
                **({"since": one.since.isoformat()} if one.since != ALWAYS else {}),
                **({"until": one.until.isoformat()} if one.until != OPEN else {}),
                **({"parent": one.parent} if one.parent else {}),
            }
            for one in self.spells
        ]
        return {"kind": self.kind, "spells": rows}

    @classmethod
    def of(cls, code: str, record: Mapping[str, Any]) -> Node:
        """The node of a record."""
        spells = tuple(
            Spell(
                row["name"],
                date.fromisoformat(row["since"]) if "since" in row else ALWAYS,
                date.fromisoformat(row["until"]) if "until" in row else OPEN,
                row.get("parent", ""),
            )
            for row in record["spells"]
        )
        return cls(code, record["kind"], spells)


Tree = Mapping[str, Node]


def walk(tree: Tree, day: date, below: str = "") -> Iterator[tuple[int, Node, Spell]]:
    """Depth, node and spell of everything that stood on a day, parents before children.

    A node whose parent did not stand that day is shown at the top: nothing is left out.
    """
    standing = {code: spell for code, node in tree.items() if (spell := node.on(day))}
    children: dict[str, list[str]] = {}
    for code, spell in standing.items():
        children.setdefault(spell.parent if spell.parent in standing else "", []).append(code)

    def down(parent: str, depth: int) -> Iterator[tuple[int, Node, Spell]]:
        for code in sorted(children.get(parent, ()), key=lambda one: (tree[one].kind not in PLACES, one)):
            yield depth, tree[code], standing[code]
            yield from down(code, depth + 1)

    yield from down(below, 0)


def named(tree: Tree, name: str, day: date) -> Node | None:
    """The node that bore a name on a day, else the one that bore it last."""
    bearing = [node for node in tree.values() if name in node.names]
    now = [node for node in bearing if (spell := node.on(day)) and spell.name == name]
    every = now or bearing
    return every[-1] if every else None


def found(tree: Tree, code: str, name: str, kind: str, parent: str, since: date = ALWAYS) -> Node:
    """A new node.

    Raises ActError: G-BODY-01 its name is borne by another on that day or its number is taken, G-BODY-02 its kind or
    parent is unknown.
    """
    if code in tree or _bears(tree, name, since, OPEN, ""):
        raise _fault("G-BODY-01", name or code, "已经有同名的单位", "分不清是哪一个", "换一个名称，或先办撤销")
    if not name.strip():
        raise _fault("G-BODY-01", code, "没有写名称", "认不出它", "写上全称")
    if kind not in KINDS or (parent and (parent not in tree or tree[parent].on(since) is None)):
        raise _fault(
            "G-BODY-02", name, f"类别“{kind}”或上级“{parent}”不对", "放不进单位树", f"类别只有 {'、'.join(KINDS)}"
        )
    return Node(code, kind, (Spell(name.strip(), since, OPEN, parent),))


def renamed(tree: Tree, code: str, name: str, since: date) -> Node:
    """A node under a new name from a day on; the days before keep the old one. Raises ActError: G-BODY-01, 03, 04."""
    if _bears(tree, name, since, OPEN, code):
        raise _fault("G-BODY-01", name, "已经有同名的单位", "分不清是哪一个", "换一个名称")
    return _from(tree, code, since, name=name.strip())


def moved(tree: Tree, code: str, parent: str, since: date) -> Node:
    """A node under another parent from a day on.

    Raises ActError: G-BODY-02 no such parent, G-BODY-05 the parent is below it, G-BODY-03, 04.
    """
    if parent and (parent not in tree or tree[parent].on(since) is None):
        raise _fault("G-BODY-02", code, f"上级“{parent}”那天不存在", "放不进单位树", "在单位树里选")
    if parent == code or any(node.code == parent for _, node, _ in walk(tree, since, code)):
        raise _fault("G-BODY-05", code, "上级是它自己或它的下级", "成了一个圈", "换一个上级")
    return _from(tree, code, since, parent=parent)


def closed(tree: Tree, code: str, until: date) -> Node:
    """A node that stands for the last time on a day.

    Raises ActError: G-BODY-03 no such node, G-BODY-06 something still stands below it, G-BODY-04.
    """
    node = _node(tree, code)
    after = until + timedelta(days=1)
    below = [spell.name for _, _, spell in walk(tree, after, code)] if node.on(after) else []
    if below:
        raise _fault("G-BODY-06", node.names[0], f"下面还有 {'、'.join(below[:3])}", "撤销后没有上级", "先改它们的上级")
    last = node.spells[-1]
    if last.since > until or last.until != OPEN:
        raise _fault("G-BODY-04", node.names[0], f"{until} 不在它现在这一段里", "时间前后颠倒", "核对日期")
    return replace(node, spells=(*node.spells[:-1], replace(last, until=until)))


def _from(tree: Tree, code: str, since: date, *, name: str | None = None, parent: str | None = None) -> Node:
    """A node with another name or parent from a day on."""
    node = _node(tree, code)
    last = node.spells[-1]
    if name == "" or since <= last.since or last.until != OPEN:
        raise _fault("G-BODY-04", node.names[0], f"{since} 不晚于上次变动，或它已撤销", "时间前后颠倒", "核对日期")
    ended = replace(last, until=since - timedelta(days=1))
    fresh = Spell(last.name if name is None else name, since, OPEN, last.parent if parent is None else parent)
    return replace(node, spells=(*node.spells[:-1], ended, fresh))


def _node(tree: Tree, code: str) -> Node:
    if code not in tree:
        raise _fault("G-BODY-03", code, "没有这个编号", "无从变动", "在单位树里选")
    return tree[code]


def _bears(tree: Tree, name: str, since: date, until: date, but: str) -> bool:
    """Whether another node bears a name somewhere in a stretch of days."""
    spells: Iterable[Spell] = (one for code, node in tree.items() if code != but for one in node.spells)
    return any(one.name == name.strip() and one.since <= until and since <= one.until for one in spells)


def below_of(tree: Tree, code: str, day: date) -> Sequence[str]:
    """Names of everything below a node on a day."""
    return tuple(spell.name for _, _, spell in walk(tree, day, code))


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
