"""What an office may settle itself in guatu.toml under ``[judge]``: where no law says when a target is close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from guatu.errors import Fault


@dataclass(frozen=True, slots=True)
class Conventions:
    """Conventions of guatu, not of law; each may be set in guatu.toml, these are the defaults.

    close_days: a day target with no more bad days left than this is close; close_percent: a mean is close when the
    rest must stay less than this much above the running mean [%]; chance_percent: a chance below it is warned of [%];
    band_percent: how far from 约 N a figure may be [% of N], 0: it must equal N at the decimals N is written in;
    show_chance: whether chances are shown as percentages; warn_days: how many days before its date a list is watched.
    """

    close_days: int = 5
    close_percent: int = 10
    chance_percent: int = 70
    band_percent: int = 0
    show_chance: bool = True
    warn_days: int = 30


DEFAULT = Conventions()


def conventions_of(table: Any, faults: list[Fault]) -> Conventions:
    """Read ``[judge]``; what is wrong is added to the faults (G-WORK-03, G-WORK-13) and the default stands."""
    faults += _faults(table)
    if not isinstance(table, dict):
        return DEFAULT
    known = {field.name: type(field.default) for field in fields(Conventions)}
    fitting: dict[str, Any] = {name: value for name, value in table.items() if type(value) is known.get(name)}
    return Conventions(**fitting)


def set_apart(conventions: Conventions) -> dict[str, int | bool]:
    """What differs from the defaults, for writing guatu.toml."""
    return {
        field.name: getattr(conventions, field.name)
        for field in fields(Conventions)
        if getattr(conventions, field.name) != field.default
    }


def _faults(table: Any) -> Iterable[Fault]:
    if not isinstance(table, dict):
        yield Fault("G-WORK-13", "guatu.toml “judge”", "不是一张表", "读不出各项约定", "按 [judge] 的样子写")
        return
    known = {field.name: getattr(DEFAULT, field.name) for field in fields(Conventions)}
    for name, value in table.items():
        where = f"guatu.toml [judge] 的“{name}”"
        if name not in known:
            yield Fault("G-WORK-03", where, "不认识这一项", "可能是写错了名字", f"从 {'、'.join(known)} 中选")
        elif type(value) is not type(known[name]) or (not isinstance(value, bool) and value < 0):
            kind = "true 或 false" if isinstance(known[name], bool) else "不小于零的整数"
            yield Fault("G-WORK-13", where, f"写成了 {value!r}", "类型不对", f"改成{kind}")
