"""The number of a letter an inspection hands over, and how many there are by county and type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.act.ledger import Ledger
from guatu.act.problem import Problem
from guatu.errors import ActError

CHANNELS = {"D": "来电", "X": "来信"}
"""What the first letter of a number says, by our reading of published lists (M)."""
FORM = re.compile(r"([DX])(\d)?([A-Z]{2})(\d{4})(\d{2})(\d{2})(\d{4})")


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number such as D3SX202505280018: channel, round, province, day and running number of the day."""

    text: str
    channel: str
    round: str
    province: str
    day: date
    sequence: int
    key_item: bool


def read_number(text: str) -> LetterNumber:
    """Read a number; a mark of attention (* or 重点) beside it is kept. Raises ActError (G-ACT-04) for another form."""
    plain = re.sub(r"\s+", "", text).upper()
    key_item = "*" in plain or "重点" in plain
    match = FORM.search(plain)
    try:
        if match is None:
            raise ValueError(text)
        channel, turn, province, year, month, day, sequence = match.groups()
        when = date(int(year), int(month), int(day))
    except ValueError:
        raise ActError.of(
            f"not a letter number: {text!r}",
            "G-ACT-04",
            f"受理编号“{text}”",
            "不是 D3SX202505280018 这样的写法",
            "来电来信、轮次、日期都认不出来",
            "照交办单原样填写",
        ) from None
    return LetterNumber(match[0], CHANNELS[channel], turn or "", province, when, int(sequence), key_item)


@dataclass(frozen=True, slots=True)
class LetterCount:
    """Letters so far: handed over, 办结, 阶段性办结, not yet, not true, and by county and type with their numbers.

    One letter may have several types, so the types may add up to more than the letters: types_exceed says by how much.
    """

    handed: tuple[str, ...]
    done: tuple[str, ...]
    by_stages: tuple[str, ...]
    open: tuple[str, ...]
    untrue: tuple[str, ...]
    counties: dict[str, tuple[str, ...]]
    types: dict[str, tuple[str, ...]]

    @property
    def types_exceed(self) -> int:
        """How many more the types add up to than there are letters with a type; 0 when every letter has one."""
        typed = {number for numbers in self.types.values() for number in numbers}
        return sum(len(numbers) for numbers in self.types.values()) - len(typed)

    @property
    def words(self) -> str:
        """One sentence; it says so when the types add up to more."""
        more = f"；一件可属多个类型，类型合计比件数多 {self.types_exceed}" if self.types_exceed else ""
        return (
            f"累计交办 {len(self.handed)} 件：办结 {len(self.done)} 件，阶段性办结 {len(self.by_stages)} 件，"
            f"不属实 {len(self.untrue)} 件，未办结 {len(self.open)} 件{more}。"
        )


def count_letters(ledger: Ledger, letters: Sequence[Problem]) -> LetterCount:
    """Count letters; a letter without county or type stands under 未填, never under another."""
    groups: dict[str, list[str]] = {"done": [], "by_stages": [], "open": [], "untrue": []}
    counties: dict[str, list[str]] = {}
    types: dict[str, list[str]] = {}
    for letter in letters:
        state = ledger.states[letter.state]
        group = "open"
        if not state.counted:
            group = "untrue"
        elif state.accepted:
            group = "done"
        elif letter.state in ledger.provisional:
            group = "by_stages"
        groups[group].append(letter.number)
        counties.setdefault(letter.fields.get("county") or "未填", []).append(letter.number)
        for kind in letter.fields.get("pollution") or ["未填"]:
            types.setdefault(kind, []).append(letter.number)
    return LetterCount(
        tuple(letter.number for letter in letters),
        tuple(groups["done"]),
        tuple(groups["by_stages"]),
        tuple(groups["open"]),
        tuple(groups["untrue"]),
        _fixed(counties.items()),
        _fixed(types.items()),
    )


def _fixed(items: Iterable[tuple[str, list[str]]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(numbers) for key, numbers in items}
