"""The directory of bodies: level, kind, other names and former names; an office may add its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guatu.errors import Fault, ReadError

LEVELS = "省市县区州旗镇乡"
_GROUP = re.compile(r"各|相关|有关|其他|地方各级|地方党委|属地|所在地|[市县区省]直")
_AUTHORITY = re.compile(r"(?:人民政府|政府|党委|党工委|管委会|管理委员会|街道办事处|办事处)$")
_ENDING = re.compile(
    r"(?:局|委|办|厅|部|院|署|会|府|处|站|所|队|社|行|公司|集团|单位|部门|组|专班|海关|中心|大学|学院|企业|机构|妇联|工会"
    r"|地方|地区|各地|街道|乡镇|镇街区|园区|开发区|新区|总部|法院|检察院|台|报社|馆|残联|工商联|科协|文联|成员|支队|总队|大队"
    r"|管委会|军分区|林场|农场|各区|各县|各市|县区|市州|镇街|乡镇政府|政府|办公室|办公厅)(?:（[^（）]{1,30}）)?$"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation of the directory.

    key: today's usual name without level; kind: 政府部门, 党委部门, 人大政协, 群团, 司法, 垂直管理, 企业, 群体;
    until: last year of the name it was found by, when that name is a former one.
    """

    key: str
    kind: str
    level: str = ""
    until: int | None = None


class Directory:
    """Bodies by any of their names."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self._bare: dict[str, Body] = {}
        self._whole: dict[str, Body] = {}
        self._begins: list[tuple[str, Body]] = []
        self._ends: list[tuple[str, Body]] = []
        self._entries = tuple(entries)
        for entry in self._entries:
            body = Body(entry["key"], entry["kind"])
            for name in [entry["key"], *entry.get("aliases", [])]:
                self._bare[name] = body
            for former in entry.get("formerly", []):
                self._bare[former["name"]] = Body(body.key, body.kind, until=former["until"])
            for name in entry.get("whole", []):
                self._whole[name] = body
            self._begins += [(mark, body) for mark in entry.get("begins", [])]
            self._ends += [(mark, body) for mark in entry.get("ends", [])]

    def with_file(self, path: Path) -> Directory:
        """This directory and the office's own: entries of a TOML file written like ``bodies.toml`` come first.

        Raises ReadError (G-READ-13) naming each entry that is wrong; nothing of such a file is used.
        """
        try:
            entries = tomllib.loads(path.read_text(encoding="utf-8")).get("body", [])
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ReadError.of(
                f"{path}: {error}", "G-READ-13", path.name, "单位名录读不出来", "没有用到其中任何一条", f"检查：{error}"
            ) from None
        faults = [
            Fault("G-READ-13", f"{path.name} 第 {order} 条", what, "没有用到这份名录", "照内置名录的写法改正")
            for order, entry in enumerate(entries, 1)
            for what in _wrong(entry)
        ]
        if faults:
            raise ReadError(f"{path.name} has wrong entries", faults)
        return Directory([*self._entries, *entries])

    def split(self, name: str) -> tuple[str, str]:
        """Level prefix and the rest: 市市场监管局 is 市 + 市场监管局, 市场监管局 has no level, 省管局 stays whole."""
        if name in self._whole or name in self._bare:
            return "", name
        if name[:1] and name[0] in LEVELS and len(name) > 2:
            return name[0], name[1:]
        return "", name

    def is_bare_department(self, name: str) -> bool:
        """Whether the name is a known department written without its level, so that a list's level belongs to it."""
        return name in self._bare and name not in self._whole

    def find(self, name: str) -> Body | None:
        """The body of a name as written, with its level; groups (各…) are of kind 群体; None when unknown."""
        if name in self._whole:
            body = self._whole[name]
            return Body(body.key, body.kind, _level_of(name))
        level, rest = self.split(name)
        if rest in self._bare:
            body = self._bare[rest]
            return Body(body.key, body.kind, level, body.until)
        for mark, body in self._begins:
            if name.startswith(mark):
                return Body(body.key, body.kind, level)
        for mark, body in self._ends:
            if name.endswith(mark):
                return Body(body.key, body.kind, level)
        if _GROUP.match(name):
            return Body(name, "群体")
        return None


def is_body_like(name: str) -> bool:
    """Whether a string can be the name of a body at all: its length and its ending."""
    return (
        2 <= len(name) <= 40 and bool(_ENDING.search(name) or _GROUP.match(name)) and not re.search(r"[，。；：]", name)
    )


def is_authority(name: str) -> bool:
    """Whether a name is of a party committee or government of an area, as addressees and implied bodies are."""
    return bool(_AUTHORITY.search(name))


def _wrong(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or not isinstance(entry.get("kind"), str):
        yield "没有写 key 或 kind"
        return
    if unknown := entry.keys() - {"key", "kind", "aliases", "whole", "formerly", "begins", "ends"}:
        yield f"有不认识的字段 {'、'.join(sorted(unknown))}"
    for field in ("aliases", "whole", "begins", "ends"):
        if not all(isinstance(name, str) and name for name in entry.get(field, [])):
            yield f"{field} 应是名称的列表"
    for former in entry.get("formerly", []):
        if not (
            isinstance(former, dict) and isinstance(former.get("name"), str) and isinstance(former.get("until"), int)
        ):
            yield "formerly 里每条要有 name 和 until（年份）"


def _level_of(name: str) -> str:
    if name[0] in LEVELS and not name.startswith("市场"):  # 市场监管总局 begins with a word, not with a level
        return name[0]
    return "国家" if name.startswith(("国家", "中国", "中共中央")) else ""


@cache
def directory() -> Directory:
    """The directory that comes with guatu."""
    text = files(__package__).joinpath("bodies.toml").read_text(encoding="utf-8")
    return Directory(tomllib.loads(text)["body"])
