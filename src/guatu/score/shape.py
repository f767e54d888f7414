"""Whether a scheme file has the shape of one: known keys, each holding what it should, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.errors import Fault
from guatu.score.lines import Path, line_at
from guatu.score.scheme import MISSING, TIES
from guatu.score.vocabulary import Word, vocabulary

HOLD = "|".join(MISSING)
SCHEME = {
    **dict.fromkeys(("id", "family", "title", "period", "subjects", "source", "confidence", "note"), "text"),
    **{"since": "day", "until": "day", "full": "number", "compose": "compose", "places": "whole", "shown": "whole"},
    **{"rounding": "half_even|half_up", "grade_on": "unrounded|rounded", "tie": "|".join(TIES)},
    **{"missing": HOLD, "unreported": HOLD, "complete": "flag", "demo": "flag"},
    **{"groups": "groups", "blocks": "table", "then": "keys", "process": "hands"},
}
ITEM = {
    **dict.fromkeys(("id", "title", "block", "target", "span", "clause", "origin", "note"), "text"),
    **dict.fromkeys(("scored_by", "evidence", "applies_to"), "texts"),
    **{"points": "number", "rule": "score", "facts": "facts", "part": "tables", "modifier": "tables"},
    **{"missing": HOLD, "unreported": HOLD, "floor": "floor"},
}
PART = {"id": "text", "title": "text", "points": "number", "rule": "score"}
BAR = {**dict.fromkeys(("id", "title", "grade", "item", "decided_by", "paper"), "text")} | {
    "when": "condition",
    "facts": "facts",
}
TABLES: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "item": (ITEM, ("id", "title", "points", "scored_by")),
    "target": ({"id": "text", "value": "number", "by": "numbers", "unit": "text", "paper": "text"}, ("id",)),
    "grade": ({"name": "text", "least": "number"}, ("name", "least")),
    "gate": (BAR, ("id", "title", "grade", "when")),
    "veto": ({**BAR, "effect": "cap_at|fail|zero|zero_item|down_one"}, ("id", "title", "when", "effect")),
    "money": (
        {
            **dict.fromkeys(("id", "title", "unit", "of", "base", "span"), "text"),
            **{"kind": "by_rank|brackets|per_point", "table": "table", "facts": "facts"},
            **{"better": "lower|higher", "sign": "reward|fine"},
        },
        ("id", "title", "kind", "unit", "table"),
    ),
    "worked": (
        {"says": "text", "item": "text", "subject": "text", "gives": "number", "facts": "given", "peers": "given"},
        ("says", "gives", "facts"),
    ),
    "left_out": ({"title": "text", "why": "text"}, ("title", "why")),
}
NEEDED = ("id", "title", "since", "period", "subjects", "source", "confidence")
SAID = {
    "text": "一段文字",
    "texts": "方括号里的一列文字",
    "number": "一个数",
    "whole": "不小于 0 的整数",
    "flag": "true 或 false",
    "day": "日期，如 2021-01-01",
    "tables": "一列表",
    "fact": "一个事实的名称",
    "operand": "一个数，或一个事实的名称",
    "condition": '条件，如 { of = "x", is = ">=", than = 93 }，或 all、any、none 的一列条件',
    "deduction": "一个数，或“级别 = 数”的表",
    "table": "一列 [名称, 数]",
    "ranks": "一列 [名次, 数]",
    "terms": "一列 [事实, 权重]",
    "floor": '一个数，或 "none"（不设下限）',
    "modifiers": "一列调整的 id",
    "numbers": "“名称 = 数”的表",
    "groups": "一列 [组名, [成员]]",
    "keys": "一列 [项目, 事实, higher 或 lower]",
    "facts": "“名称 = { from = 来源 }”的表",
    "given": "“项目 = { 事实 = 数 }”的表",
    "hands": "方括号里的一列：自评、部门评分",
    "score": "{ kind = 计分方法 … }",
    "compose": "{ kind = 合成方法 … }",
}
HANDS = ("自评", "部门评分")
"""What a scheme may ask for before the sum: the subject's own assessment, points by whoever scores an item."""
SIGNS = ("<", "<=", "==", ">=", ">", "!=")
Lines = Mapping[Path, int]


def fault(code: str, name: str, line: int, what: str, remedy: str) -> Fault:
    """A fault of a scheme file, with its line."""
    return Fault(code, f"考核细则 {name} 第 {line} 行", what, "照它算不出分，细则不能启用", remedy)


def misshapen(document: Mapping[str, Any], lines: Lines, name: str) -> Iterator[Fault]:
    """Everything that keeps a file from being built: G-SCORE-02 keys, 03 what is missing, 04 types, 05 kinds."""
    shape = _Shape(lines, name)
    for key, value in document.items():
        if key == "scheme" and isinstance(value, dict):
            yield from shape.table(value, SCHEME, NEEDED, ("scheme",))
        elif key in TABLES and _are_tables(value):
            types, needed = TABLES[key]
            for number, one in enumerate(value):
                yield from shape.table(one, types, needed, (key, number))
        else:
            yield shape.fault("G-SCORE-02", (key,), f"不认识“{key}”或写法不对", "对照细则的写法改正")
    for key in ("scheme", "item"):
        if key not in document:
            yield shape.fault("G-SCORE-03", (), f"缺“{key}”", "补上")


class _Shape:
    """Walks a document and names each fault by its line."""

    def __init__(self, lines: Lines, name: str) -> None:
        self.lines, self.name = lines, name

    def fault(self, code: str, path: Path, what: str, remedy: str) -> Fault:
        return fault(code, self.name, line_at(self.lines, path), what, remedy)

    def table(
        self, said: Mapping[str, Any], types: Mapping[str, str], needed: tuple[str, ...], path: Path
    ) -> Iterator[Fault]:
        """Unknown keys, keys that are missing, and values of another type."""
        for key, value in said.items():
            if key not in types:
                yield self.fault("G-SCORE-02", (*path, key), f"不认识“{key}”", "删去或改正拼写")
            else:
                yield from self.value(value, types[key], (*path, key))
        for key in needed:
            if key not in said:
                yield self.fault("G-SCORE-03", path, f"{_label(said)}缺“{key}”", "补上")

    def value(self, value: Any, wanted: str, path: Path) -> Iterator[Fault]:
        """A value of a wanted type, with what is inside it."""
        key = path[-1]
        if wanted == "tables" and _are_tables(value):
            for number, one in enumerate(value):
                inside = (*path, number)
                if key == "part":
                    yield from self.table(one, PART, ("id", "title", "points", "rule"), inside)
                else:
                    yield from self.word("modifier", one, inside, {"id": "text", "part": "text", "title": "text"})
        elif wanted == "condition" and isinstance(value, dict):
            yield from self.condition(value, path)
        elif wanted in ("score", "compose") and isinstance(value, dict):
            yield from self.word(wanted, value, path, {"title": "text"})
        elif wanted == "facts" and isinstance(value, dict):
            for name, source in value.items():
                if not isinstance(source, dict) or "from" not in source:
                    yield self.fault("G-SCORE-04", (*path, name), f"“{name}”应是 {{ from = 来源 … }}", "改正写法")
                    continue
                renamed = {"kind": source["from"], **{k: v for k, v in source.items() if k != "from"}}
                yield from self.word("source", renamed, (*path, name), {"title": "text"})
        elif not _is(value, wanted):
            said = SAID.get(wanted) or f"{'、'.join(wanted.split('|'))} 之一"
            yield self.fault("G-SCORE-04", path, f"“{key}”应是{said}", "改正写法")

    def word(self, room: str, said: Mapping[str, Any], path: Path, more: Mapping[str, str]) -> Iterator[Fault]:
        """A kind of the vocabulary with its parameters."""
        words = vocabulary()[room]
        word: Word | None = words.get(str(said.get("kind", "")))
        if word is None:
            kinds = "、".join(f"{one.kind}（{one.title}）" for one in words.values())
            yield self.fault("G-SCORE-05", path, f"没有“{said.get('kind', '')}”这种写法", f"从中选一个：{kinds}")
            return
        yield from self.table(said, {"kind": "text", **word.params, **more}, tuple(word.needed), path)

    def condition(self, said: Mapping[str, Any], path: Path) -> Iterator[Fault]:
        """A comparison, or a list of conditions (G-SCORE-13)."""
        for link in ("all", "any", "none"):
            if link in said:
                inside = said[link]
                if set(said) != {link} or not _are_tables(inside) or not inside:
                    yield self.fault("G-SCORE-13", path, f"“{link}”后面应只有一列条件", "改正写法")
                    return
                for number, one in enumerate(inside):
                    yield from self.condition(one, (*path, link, number))
                return
        right = set(said) == {"of", "is", "than"} and _is(said["of"], "operand") and _is(said["than"], "operand")
        if not right or said["is"] not in SIGNS:
            yield self.fault("G-SCORE-13", path, "条件写得不对", f"写成{SAID['condition']}，is 用 {' '.join(SIGNS)}")


def _label(said: Mapping[str, Any]) -> str:
    name = said.get("id") or said.get("name") or said.get("title") or ""
    return f"“{name}”" if name else ""


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is(value: Any, wanted: str) -> bool:
    match wanted:
        case "text" | "fact":
            return isinstance(value, str) and bool(value)
        case "texts" | "modifiers":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
        case "number":
            return _number(value)
        case "whole":
            return _number(value) and isinstance(value, int) and value >= 0
        case "flag":
            return isinstance(value, bool)
        case "day":
            return type(value) is date
        case "operand":
            return _number(value) or isinstance(value, str)
        case "deduction":
            return _number(value) or (isinstance(value, dict) and all(_number(one) for one in value.values()))
        case "hands":
            return isinstance(value, list) and all(one in HANDS for one in value)
        case "given":
            return isinstance(value, dict)
        case "numbers":
            return isinstance(value, dict) and all(_number(one) for one in value.values())
        case "floor":
            return _number(value) or value == "none"
        case "table" | "terms":
            return _pairs(value) and all(isinstance(one, str) and _number(number) for one, number in value)
        case "ranks":
            return _pairs(value) and all(_number(one) and _number(number) for one, number in value)
        case "groups":
            return _pairs(value) and all(isinstance(one, str) and _is(members, "texts") for one, members in value)
        case "keys":
            return isinstance(value, list) and all(
                isinstance(one, list) and len(one) == 3 and one[2] in ("higher", "lower") for one in value
            )
        case _:
            return isinstance(value, str) and value in wanted.split("|")


def _pairs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value)
