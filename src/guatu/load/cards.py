"""An office's own indicator cards: cards.toml and cards/*.toml of a workspace, beside the cards of guatu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from guatu.base.still import once
from guatu.base.toml import BrokenTomlError, lines_of, parsed
from guatu.errors import Fault, WorkspaceError
from guatu.rules.book import CONFIDENCE
from guatu.rules.cards import KINDS, Card, Cards, built_in

TABLE = "card"
NEEDED = ("id", "name", "unit", "better", "clause")
OWN = frozenset(field.name for field in fields(Card)) - {"compute", "combine", "index_kinds"}
WORDS = {"higher": "越高越好", "lower": "越低越好", "band": "约等于"}
MOST_DECIMALS = 6
_ID = re.compile(r"[a-z][a-z0-9_]*")
_LISTS = ("say", "not_say")
_SWITCHES = ("flow", "stock")


@once
def cards_in(folder: Path) -> Cards:
    """The cards of guatu and those of a workspace's folder: cards.toml, then cards/*.toml by name.

    Raises WorkspaceError with every fault by file and line: G-WORK-40 not TOML, 41 a key that is lacking, 42 one that
    is not known, 43 a value, 44 an id or a word that another card has, 45 a rate without numerator or denominator.
    """
    paths = [folder / "cards.toml", *sorted((folder / "cards").glob("*.toml"))]
    found = [(str(path.relative_to(folder)), path.read_bytes()) for path in paths if path.is_file()]
    return _read(tuple(found)) if found else built_in()


@lru_cache(maxsize=8)
def _read(written: tuple[tuple[str, bytes], ...]) -> Cards:
    """The cards of some files' bytes; a wall asks for them many times."""
    faults: list[Fault] = []
    own: list[Card] = []
    for name, content in written:
        try:
            document = parsed(content)
        except BrokenTomlError as error:
            faults.append(Fault("G-WORK-40", name, error.what, "指标卡读不出来", "用文本编辑器改正"))
            continue
        heads = lines_of(content.decode("utf-8-sig"), TABLE)
        rows = document.get(TABLE, [])
        for key in sorted(document.keys() - {TABLE}):
            faults.append(
                Fault("G-WORK-42", name, f"不认识“{key}”", "只读 [[card]]", "删去，或写进它所属的 [[card]] 里")
            )
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            faults.append(
                Fault("G-WORK-43", name, "card 不是 [[card]] 的样子", "读不出各张指标卡", "每张卡以 [[card]] 起头")
            )
            continue
        for row, lines in zip(rows, [*heads, *[{"": 1}] * len(rows)], strict=False):
            told = [*_wrong(row, lines), *_taken(row, lines, own)]
            faults += [Fault(code, f"{name} 第 {line} 行", what, why, remedy) for code, line, what, why, remedy in told]
            if not told:
                own.append(_card(row))
    if faults:
        raise WorkspaceError(f"own indicator cards have {len(faults)} faults", faults)
    return Cards((*built_in(), *own))


Told = tuple[str, int, str, str, str]


def _wrong(row: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Told]:
    """What is wrong with one card by itself: code, line, what, why, remedy."""
    top = lines[""]
    name = f"指标卡“{row.get('name') or row.get('id') or ''}”"
    if lacking := [key for key in NEEDED if key not in row]:
        yield "G-WORK-41", top, f"{name}缺 {'、'.join(lacking)}", "不知怎样认、怎样评判", "补上"
    for key in sorted(row.keys() - OWN):
        yield "G-WORK-42", lines.get(key, top), f"不认识“{key}”", "可能是写错了名字", "删去或改成正确的名字"
    allowed: Mapping[str, Mapping[str, str]] = {"better": WORDS, "kind": KINDS, "confidence": CONFIDENCE}
    for key in sorted(row.keys() & OWN):
        value, line = row[key], lines.get(key, top)
        if key in allowed:
            if not isinstance(value, str) or value not in allowed[key]:
                words = "、".join(f"{one}（{said}）" for one, said in allowed[key].items())
                yield "G-WORK-43", line, f"{key} 写成了 {value!r}", "不知怎样评判", f"写其中之一：{words}"
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
                yield "G-WORK-43", line, f"{key} 写成了 {value!r}", "要的是一串文字", '写成 ["竹林覆盖率"] 的样子'
        elif key == "decimals":
            if type(value) is not int or not 0 <= value <= MOST_DECIMALS:
                yield (
                    "G-WORK-43",
                    line,
                    f"decimals 写成了 {value!r}",
                    "按它修约后评判",
                    f"写 0 到 {MOST_DECIMALS} 的整数",
                )
        elif key in _SWITCHES:
            if not isinstance(value, bool):
                yield "G-WORK-43", line, f"{key} 写成了 {value!r}", "只分是与否", "写 true 或 false"
        elif not isinstance(value, str) or (key in NEEDED and not value.strip()):
            yield "G-WORK-43", line, f"{key} 写成了 {value!r}", "要的是文字", "加英文双引号写"
    word = row.get("id")
    if isinstance(word, str) and word and not _ID.fullmatch(word):
        yield (
            "G-WORK-43",
            lines.get("id", top),
            f"id 写成了“{word}”",
            "它是地址和命令里的名字",
            "用小写字母、数字和下划线，字母起头",
        )
    if row.get("unit") == "%" and bool(row.get("numerator")) != bool(row.get("denominator")):
        gone = "denominator（分母）" if row.get("numerator") else "numerator（分子）"
        yield "G-WORK-45", top, f"{name}缺 {gone}", "比例要由分子和分母相加，不能平均", "补上；直接报比例的两项都不写"


def _taken(row: Mapping[str, Any], lines: Mapping[str, int], own: list[Card]) -> Iterator[Told]:
    """Ids and words that a card of guatu, or one before, has already."""
    there = Cards((*built_in(), *own))
    why, remedy = "读通知时分不清是哪一个", "换一个，或直接用已有的那张卡"
    if (other := there.get(row.get("id"))) is not None:
        yield "G-WORK-44", lines.get("id", lines[""]), f"id “{other.id}”已是“{other.name}”的", why, remedy
    said = [("name", row.get("name")), *(("say", word) for word in row.get("say", ()) if isinstance(word, str))]
    for key, word in said:
        if isinstance(word, str) and word and (other := there.says(word)) is not None:
            yield (
                "G-WORK-44",
                lines.get(key, lines[""]),
                f"“{word}”已是指标“{other.name}”（{other.id}）的说法",
                why,
                remedy,
            )


def _card(row: Mapping[str, Any]) -> Card:
    """A sound entry as a card; it is always reported."""
    given = {"kind": "level", "confidence": "1", "source": row["clause"], "numerator": "", "denominator": "", "say": ()}
    whole: dict[str, Any] = {**given, **row, "compute": "reported"}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in whole.items()}
    return Card(**values)
