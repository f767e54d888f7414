"""Whether a ledger file has the shape of one: known keys, each holding what it should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guatu.act.soundness import refuse
from guatu.errors import Fault

TERM = {"days": "whole", "working": "flag", "first_day_counts": "flag", "rule": "text"}
LEDGER = {
    **dict.fromkeys(("id", "code", "title", "mark", "basis", "lead", "note", "initial"), "text"),
    **dict.fromkeys(("receipt", "draft"), "flag"),
    **dict.fromkeys(("drop_moves", "drop_states", "columns", "closing_papers", "provisional"), "texts"),
    **dict.fromkeys(("field", "state", "move", "side", "role", "obligation"), "tables"),
    **dict.fromkeys(("rename", "urgency", "publicity"), "table"),
}
PARTS = {
    "field": dict.fromkeys(("id", "title", "kind", "unit", "mark"), "text") | {"required": "flag", "choices": "texts"},
    "state": dict.fromkeys(("name", "stage", "mark"), "text")
    | dict.fromkeys(("accepted", "closed", "counted"), "flag"),
    "move": {
        **dict.fromkeys(("id", "title", "to", "after", "mark", "note", "only"), "text"),
        **dict.fromkeys(("from", "who", "prepared_by", "fields", "fields_more", "may", "apart"), "texts"),
        **{"papers": "tables", "papers_more": "tables", "again": "flag"},
    },
    "side": {"id": "text", "title": "text", "fields": "texts"},
    "role": {"id": "text", "title": "text", "side": "text"},
    "obligation": {"title": "text", "move": "text", "starts": "text", "mark": "text", **TERM},
}
PAPER = {"kind": "text", "from": "text or texts", "numbered": "flag", "mark": "text"}
PUBLICITY = {"columns": "texts", "mark": "text", **TERM}
NEEDED = {
    "ledger": ("id", "code", "title", "mark"),
    "field": ("id",),
    "state": ("name", "stage"),
    "move": ("id",),
    "side": ("id", "title"),
    "role": ("id", "title", "side"),
    "obligation": ("title", "move", "starts"),
}
SAID = {
    "text": "一段文字",
    "texts": "方括号里的一列文字",
    "text or texts": "文字或一列文字",
    "flag": "true 或 false",
    "whole": "不小于 1 的整数",
    "table": "名 = 值 的一张表",
    "tables": "一列表",
}


def misshapen(document: Mapping[str, Any], name: str) -> Iterator[Fault]:
    """Everything that keeps a file from being built at all (G-ACT-20)."""
    yield from _keys(document, LEDGER, NEEDED["ledger"], name)
    if _is(document.get("rename", {}), "table"):
        yield from _keys(document.get("rename", {}), None, (), f"{name} rename")
    if _is(document.get("urgency", {}), "table"):
        for word, days in document.get("urgency", {}).items():
            if not _is(days, "whole"):
                yield refuse("G-ACT-20", f"{name} urgency", f"“{word}”应是{SAID['whole']}", "改正写法")
    publicity = document.get("publicity", {})
    if _is(publicity, "table"):
        yield from _keys(publicity, PUBLICITY, (), f"{name} publicity")
        if "days" in publicity and not TERM.keys() - {"rule"} <= publicity.keys():
            yield refuse("G-ACT-20", f"{name} publicity", "期限没有写全", "写 days、working、first_day_counts")
    for kind, types in PARTS.items():
        items = document.get(kind, [])
        for item in items if _is(items, "tables") else []:
            label = item.get("id") or item.get("name") or item.get("title") or "（无名）"
            where = f"{name} {kind} {label}"
            yield from _keys(item, types, NEEDED[kind], where)
            if kind == "obligation" and "rule" not in item and not TERM.keys() - {"rule"} <= item.keys():
                yield refuse("G-ACT-20", where, "没有写多少天", "写 rule，或写 days、working、first_day_counts")
            for paper in _papers(item):
                yield from _keys(paper, PAPER, (), f"{where} 材料")


def _papers(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in ("papers", "papers_more"):
        if _is(item.get(key, []), "tables"):
            yield from item.get(key, [])


def _keys(
    item: Mapping[str, Any], types: Mapping[str, str] | None, needed: tuple[str, ...], where: str
) -> Iterator[Fault]:
    """Unknown keys, missing ones, and values of another kind; types None: any key, each a text."""
    for key, value in item.items():
        if types is not None and key not in types:
            yield refuse("G-ACT-20", where, f"不认识“{key}”", "删去或改正拼写")
        elif not _is(value, wanted := types[key] if types is not None else "text"):
            yield refuse("G-ACT-20", where, f"“{key}”应是{SAID[wanted]}", "改正写法")
    for key in needed:
        if key not in item:
            yield refuse("G-ACT-20", where, f"缺“{key}”", "补上")


def _is(value: Any, wanted: str) -> bool:
    match wanted:
        case "text":
            return isinstance(value, str)
        case "texts":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        case "text or texts":
            return _is(value, "text") or _is(value, "texts")
        case "flag":
            return isinstance(value, bool)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool) and value >= 1
        case "table":
            return isinstance(value, dict)
        case _:
            return isinstance(value, list) and all(isinstance(one, dict) for one in value)
