"""Facts written down in a file: of an example a source prints, or of a score reckoned without any workspace."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from guatu.errors import Fault, GuatuError
from guatu.score.facts import ABSENT, Fact, Facts, Row
from guatu.score.scheme import Item, Scheme

PERSON, SAID = "给定", "文件里给的数"


def fact_of(said: Any) -> Fact | None:
    """A fact as it is written: a number; a word (优秀, 无此项任务); so many by level; a number or word by place.

    None where it is none of these.
    """
    if isinstance(said, bool):
        return None
    if isinstance(said, int | Decimal):
        return Fact(Fraction(said), shown=f"{said}", person=PERSON, said=SAID, settled=True)
    if isinstance(said, str):
        if said.startswith(ABSENT):
            return Fact(reason=said, settled=True)
        return Fact(word=said, shown=said, person=PERSON, said=SAID, settled=True) if said else None
    if isinstance(said, dict) and said and all(isinstance(one, int | Decimal) for one in said.values()):
        rows = tuple(Row("", number=Fraction(number), level=level) for level, number in said.items())
        total = sum((row.number for row in rows), Fraction(0))
        places = tuple((place, Fact(Fraction(number))) for place, number in said.items())
        return Fact(total, shown=f"{total}", person=PERSON, said=SAID, rows=rows, settled=True, places=places)
    if isinstance(said, list) and said and all(isinstance(one, str) for one in said):
        places = tuple((f"第 {n} 个", Fact(word=one)) for n, one in enumerate(said, 1))
        return Fact(word=said[0], shown="、".join(said), person=PERSON, said=SAID, settled=True, places=places)
    return None


def items_of(said: Mapping[str, Any]) -> dict[str, dict[str, Fact]]:
    """Item → fact, each from how it is written; what is none is left out (misfits says so)."""
    return {
        item: {name: fact for name, value in named.items() if (fact := fact_of(value))}
        for item, named in said.items()
        if isinstance(named, Mapping)
    }


def misfits(scheme: Scheme, said: Any) -> Iterator[str]:
    """What is wrong with facts by item: an item or a fact the scheme does not have, a value that is none."""
    if not isinstance(said, Mapping):
        yield "应是“项目 = { 事实 = 数 }”的表"
        return
    bars = {f"gate/{one.id}" for one in scheme.gates} | {f"veto/{one.id}" for one in scheme.vetoes}
    money = {f"money/{one.id}" for one in scheme.money}
    for name, named in said.items():
        item = scheme.item(name)
        if item is None and name not in bars | money:
            yield f"细则里没有“{name}”这一项"
        elif not isinstance(named, Mapping):
            yield f"“{name}”应是“事实 = 数”的表"
        else:
            known = set(names_of(item)) if item else None
            for key, value in named.items():
                if known is not None and key not in known:
                    yield f"“{name}”没有“{key}”这个数，有的是 {'、'.join(sorted(known))}"
                elif fact_of(value) is None:
                    yield f"“{name}”的“{key}”不是数，也不是等次、级别表"


def names_of(item: Item) -> Iterator[str]:
    """The facts an item may be given: those it declares, and the points of what is judged."""
    yield from item.facts
    if item.rule is not None and item.rule.kind == "judge" and "of" not in item.rule.said:
        yield "points"
    for part in item.parts:
        if part.rule.kind == "judge" and "of" not in part.rule.said:
            yield f"{part.id}.points"


def read(path: Path, scheme: Scheme) -> Facts:
    """Facts of every subject from a TOML file: ``[subject.item]`` with ``fact = number``.

    Raises GuatuError with all faults: G-SCORE-40 not TOML, 41 what does not fit the scheme.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GuatuError.of(
            f"{path} is not TOML", "G-SCORE-40", path.name, f"不是 TOML：{error}", "读不出所给的数", "改正写法"
        ) from error
    faults = [
        Fault("G-SCORE-41", f"{path.name} {subject}", words, "照它算不出分", "对照 guatu score try --template 改正")
        for subject, items in said.items()
        for words in misfits(scheme, items)
    ]
    if faults:
        raise GuatuError(f"{path} has {len(faults)} faults", faults)
    return Facts({subject: items_of(items) for subject, items in said.items()})


def template(scheme: Scheme, subjects: tuple[str, ...]) -> str:
    """A file to fill in: every fact of every item for each subject, what it is beside it."""
    lines = [f'# {scheme.title}：填上数再算。没有这项任务写 "{ABSENT}"，等次写文字，按级别写 {{ 省 = 1 }}。']
    for subject in subjects:
        for item in scheme.items:
            lines += ["", f'["{subject}"."{item.id}"]  # {item.title}，{item.points} 分']
            for name in names_of(item):
                source = item.facts.get(name)
                unit = source.said.get("unit") or "、".join(source.said.get("levels", ())) if source else "分"
                key = f'"{name}"' if not name.isascii() or "." in name else name
                lines.append(f"# {key} =   # {unit or '数'}")
    return "\n".join(lines) + "\n"
