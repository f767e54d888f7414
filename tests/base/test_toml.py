"""A hand-written TOML file that is broken: the line and the reason in Chinese, no word of the parser."""

from __future__ import annotations

import re

import pytest

from guatu.base.toml import BrokenTomlError, lines_of, parsed

CASES = {
    "city": ("到第 1 行文件结尾", "等号"),
    'city = "甲\nx = 1\n': ("第 1 行", "引号"),
    "city = 甲市\n": ("第 1 行", "英文双引号"),
    "a = 1\na = 2\nb = 3\n": ("第 2 行", "两次"),
    "[a]\n[a]\n": ("第 2 行", "两次"),
    "a = [1\n": ("到第 1 行文件结尾", "方括号"),
    "a = 1 2\n": ("第 1 行", "多余"),
    "甲 = 1\n": ("第 1 行", "名字"),
    'a = "c:\\城"\n': ("第 1 行", "反斜杠"),
}


@pytest.mark.parametrize("text", CASES)
def test_the_line_and_the_reason_are_told(text: str) -> None:
    where, why = CASES[text]
    with pytest.raises(BrokenTomlError) as caught:
        parsed(text.encode())
    assert caught.value.what.startswith(where) and why in caught.value.what
    assert not re.search("[A-Za-z]{3}", caught.value.what.replace("TOML", ""))


def test_another_encoding_is_told_by_its_line() -> None:
    with pytest.raises(BrokenTomlError) as caught:
        parsed(b'a = 1\nb = "\xbc\xd7"\n')
    assert caught.value.what.startswith("第 2 行不是 UTF-8")


def test_each_entry_knows_its_lines() -> None:
    text = '# 注\n[[card]]\nid = "a"\n\n[[other]]\nid = "x"\n[[card]]\n  "name" = "b"\n'
    assert lines_of(text, "card") == [{"": 2, "id": 3}, {"": 7, "name": 8}]
