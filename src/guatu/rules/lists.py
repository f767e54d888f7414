"""Which list of objects a rate is counted from, and which of its headings say what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.errors import RuleError
from guatu.rules.book import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of list: id, Chinese name, what its objects are called, the indicator it counts, and its headings.

    names: headings of the object's name; weight: of the measure it counts with (none: one each); counts: of whether
    it is in the denominator; done: of whether it is in the numerator; category and categories: of its class and the
    classes there are; also_for: by class, further headings that must say yes; other: of a second measure.
    """

    id: str
    name: str
    object: str
    indicator: str
    names: tuple[str, ...]
    done: tuple[str, ...]
    clause: str
    confidence: str
    weight: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    also_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other: tuple[str, ...] = ()
    note: str = ""


@cache
def counted_lists() -> tuple[Counted, ...]:
    """Every kind of list, in the order of the file."""
    document = tomllib.loads(files(__package__).joinpath("lists.toml").read_text(encoding="utf-8"))
    found = []
    for entry in document["list"]:
        whole: dict[str, Any] = {**document["defaults"], **entry}
        row: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in whole.items()}
        row["also_for"] = {key: tuple(words) for key, words in row["also_for"].items()}
        if row["confidence"] not in CONFIDENCE:
            raise RuleError(f"list {row['id']} has confidence {row['confidence']}")
        found.append(Counted(**row))
    return tuple(found)


def counted(list_id: str) -> Counted:
    """The kind of list of an id or a Chinese name. Raises RuleError (G-RULE-04) when there is none."""
    for one in counted_lists():
        if list_id in (one.id, one.name):
            return one
    known = "、".join(f"{one.id}（{one.name}）" for one in counted_lists())
    raise RuleError.of(
        f"no list {list_id}",
        "G-RULE-04",
        f"清单“{list_id}”",
        "没有这一种清单",
        "不知哪一列算完成",
        f"写其中之一：{known}",
    )
