"""Who has reported, who is late, by how much, what is missing; the bulletin's table and the words of a reminder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.act.collection_matching import Everyone
from guatu.act.duty_states import states_on


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in a collection: rows asked and reported, the day its first sheet came (None: none), days late [d].

    missing: measures without a row on record. A unit that has sent nothing is late from the day after the due day on.
    """

    sender: str
    asked: int
    reported: int
    first: date | None
    late: int
    missing: tuple[str, ...]

    @property
    def word(self) -> str:
        """未报, 迟报 n 天, 漏报 n 项, 按时."""
        if self.first is None:
            return "未报" + (f"，已迟 {self.late} 天" if self.late else "")
        words = [f"迟报 {self.late} 天"] if self.late else []
        words += [f"漏报 {len(self.missing)} 项"] if self.missing else []
        return "，".join(words) or "按时"


def standings(
    asked: Everyone, reported: Mapping[tuple[str, str], object], firsts: Mapping[str, date], due: date, day: date
) -> tuple[Standing, ...]:
    """Every unit; firsts: the day each one's first sheet came in, which never moves: late stays late."""
    found = []
    for sender, rows in asked.items():
        missing = tuple(row.measure for row in rows if (sender, row.measure) not in reported)
        first = firsts.get(sender)
        late = max(0, ((first or day) - due).days)
        found.append(Standing(sender, len(rows), len(rows) - len(missing), first, late, missing))
    return tuple(found)


def table(
    units: Sequence[Standing], words: Mapping[tuple[str, str], str], day: date
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The bulletin's table of progress: heads, and a row a unit with its counts by state and how it reported.

    words: the state of each (sender, measure) on record; the bulletin's words are those in force on the day.
    """
    states = [name for name in states_on(day) if any(word == name for word in words.values())]
    heads = ("单位", "应报", "已报", *(states_on(day)[name].bulletin for name in states), "报送情况")
    rows = []
    for one in units:
        tally = Counter(word for (sender, _), word in words.items() if sender == one.sender)
        rows.append((one.sender, str(one.asked), str(one.reported), *(str(tally[name]) for name in states), one.word))
    every = Counter(words.values())
    asked, reported = sum(one.asked for one in units), sum(one.reported for one in units)
    late = sum(one.word != "按时" for one in units)
    total = f"{late} 个单位未报齐或迟报" if late else "全部按时"
    rows.append(("合计", str(asked), str(reported), *(str(every[name]) for name in states), total))
    return heads, rows


def reminder(one: Standing, period: str, due: date, texts: Mapping[str, str]) -> str:
    """The words of a reminder to a unit that owes rows; empty where it owes none. A person sends it."""
    if not one.missing:
        return ""
    year, _, month = period.partition("-")
    what = f"{year}年{int(month)}月" if month.isdigit() else f"{period} "
    lines = [f"{one.sender}：", f"{what}工作进展应于{due.month}月{due.day}日前报送。"]
    if one.first is None:
        lines.append(f"至今没有收到你单位的报表（应报 {one.asked} 项）。请尽快报送。")
    else:
        lines.append(f"已收到 {one.reported} 项，还缺 {len(one.missing)} 项：")
        lines += [f"{n}．{texts[measure]}" for n, measure in enumerate(one.missing, 1)]
        lines.append("请补报上述各项。")
    return "\n".join(lines)
