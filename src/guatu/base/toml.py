"""TOML that people write by hand: what is wrong with it said in Chinese by line, and the line an entry stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
# What the parser of the standard library says, by its opening words, and what it means to the writer.
_MEANING = (
    ("Expected '=' after a key", "名字后面缺等号"),
    ("Invalid initial character for a key", "名字写法不对，名字只用字母、数字和下划线，汉字要加引号"),
    ("Invalid statement", "这一行不是“名字 = 值”，也不是 [[表名]]"),
    ("Invalid value", "值写法不对，文字要加英文双引号"),
    ("Unescaped '\\'", "双引号里的反斜杠要写成两个"),
    ("Cannot overwrite a value", "同一个名字写了两次"),
    ("Cannot declare", "同一个表名写了两次"),
    ("Cannot mutate immutable namespace", "同一个表名写了两次"),
    ("Duplicate inline table key", "同一个名字写了两次"),
    ("Unclosed array", "方括号没有收尾"),
    ("Unclosed inline table", "花括号没有收尾"),
    ("Unterminated string", "引号没有成对"),
    ("Expected ']", "方括号没有收尾"),
    ('Expected "\'"', "引号没有成对"),
    ("Expected newline or end of document", "一行写完后还有多余的字"),
    ("Illegal character", "有不能用的字符，多半是引号没有成对"),
    ("Invalid date or datetime", "日期不存在"),
    ("Invalid hex value", "转义写法不对"),
    ("Found invalid character", "名字里有不能用的字符"),
)


class BrokenTomlError(ValueError):
    """A text that is no TOML; what: where and why, one Chinese phrase."""

    def __init__(self, what: str) -> None:
        super().__init__("not TOML")
        self.what = what


def parsed(content: bytes) -> dict[str, Any]:
    """The tables of a file's bytes, with or without a byte-order mark. Raises BrokenTomlError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BrokenTomlError(f"第 {line} 行不是 UTF-8 文字，另存为 UTF-8 编码") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenTomlError(_said(str(error), text)) from None


def _said(message: str, text: str) -> str:
    found = _PLACE.search(message)
    if found is None or found[1] is None:
        place = f"到第 {len(text.splitlines())} 行文件结尾"
    else:
        place = f"第 {found[1]} 行第 {found[2]} 个字"
    reason = next((words for start, words in _MEANING if message.startswith(start)), "写法不合 TOML")
    return f"{place}：{reason}"


def lines_of(text: str, table: str) -> list[Mapping[str, int]]:
    """For each ``[[table]]`` of a text, in order, the line of its head (under "") and of each of its keys, from 1."""
    found: list[dict[str, int]] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
            inside = head[1] == table
            if inside:
                found.append({"": number})
        elif inside and (key := re.match(r'\s*"?([^\s"=#]+)"?\s*=', line)):
            found[-1].setdefault(key[1], number)
    return list(found)
