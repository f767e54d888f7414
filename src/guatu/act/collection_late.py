"""Who has reported, who is late, by how much, what is missing; the bulletin's table and the words of a reminder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.act.collection import is_figure
from guatu.act.collection_matching import Everyone
from guatu.act.duty_states import states_on

IN_TIME = "按时"


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in a collection: rows asked and reported, the day its first sheet came (None: none), days late [d].

    missing: measures without a row on record, then figures without a number; figures, given: how many figures are
    asked and how many came. A unit that has sent nothing is late from the day after the due day on.
    """

    sender: str
    asked: int
    reported: int
    first: date | None
    late: int
    missing: tuple[str, ...]
    figures: int = 0
    given: int = 0

    @property
    def word(self) -> str:
        """未报, 迟报 n 天, 漏报 n 项, 缺 n 个数, 按时."""
        if self.first is None:
            return "未报" + (f"，已迟 {self.late} 天" if self.late else "")
        words = [f"迟报 {self.late} 天"] if self.late else []
        words += [f"漏报 {self.asked - self.reported} 项"] if self.asked > self.reported else []
        words += [f"缺 {self.figures - self.given} 个数"] if self.figures > self.given else []
        return "，".join(words) or IN_TIME

    @property
    def owing(self) -> bool:
        """Whether a person must speak to it: not reported, in part, or late."""
        return self.word != IN_TIME


def standings(
    asked: Everyone, reported: Mapping[tuple[str, str], object], firsts: Mapping[str, date], due: date, day: date
) -> tuple[Standing, ...]:
    """Every unit; firsts: the day each one's first sheet came in, which never moves: late stays late."""
    found = []
    for sender, rows in asked.items():
        missing = tuple(row.measure for row in rows if (sender, row.measure) not in reported)
        figures = sum(is_figure(row.measure) for row in rows)
        lacking = sum(is_figure(name) for name in missing)
        first = firsts.get(sender)
        late = max(0, ((first or day) - due).days)
        measures = len(rows) - figures
        found.append(
            Standing(sender, measures, measures - len(missing) + lacking, first, late, missing, figures,
                     figures - lacking)
        )  # fmt: skip
    return tuple(found)


def table(
    units: Sequence[Standing], words: Mapping[tuple[str, str], str], day: date
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The bulletin's table of progress: heads, and a row a unit with its counts by state and how it reported.

    words: the state of each (sender, measure) on record; the bulletin's words are those in force on the day. Where
    figures are asked, they have columns of their own.
    """
    states = [name for name in states_on(day) if any(word == name for word in words.values())]
    numbers = ("应报数据", "已报数据") if any(one.figures for one in units) else ()
    heads = ("单位", "应报", "已报", *(states_on(day)[name].bulletin for name in states), *numbers, "报送情况")
    rows = []
    for one in units:
        tally = Counter(word for (sender, _), word in words.items() if sender == one.sender)
        figures = (str(one.figures), str(one.given)) if numbers else ()
        counts = (str(tally[name]) for name in states)
        rows.append((one.sender, str(one.asked), str(one.reported), *counts, *figures, one.word))
    every = Counter(words.values())
    asked, reported = sum(one.asked for one in units), sum(one.reported for one in units)
    figures = (str(sum(one.figures for one in units)), str(sum(one.given for one in units))) if numbers else ()
    late = sum(one.owing for one in units)
    total = f"{late} 个单位未报齐或迟报" if late else "全部按时"
    rows.append(("合计", str(asked), str(reported), *(str(every[name]) for name in states), *figures, total))
    return heads, rows


OWING_HEADS = ("单位", "情况", "任务", "缺报的", "编号", "迟报天数")


def owing(
    units: Sequence[Standing], texts: Mapping[str, str], tasks: Mapping[str, str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Who has not reported, unit by task: a row for each thing a unit still owes, one for a unit that only was late.

    texts: the words of each measure and figure; tasks: the title of its task.
    """
    rows: list[tuple[str, ...]] = []
    for one in (one for one in units if one.owing):
        late = str(one.late) if one.late else "—"
        for name in one.missing:
            if is_figure(name):
                rows.append((one.sender, one.word, "报送数", texts.get(name, name), "—", late))
            else:
                rows.append((one.sender, one.word, tasks.get(name, ""), texts.get(name, name), name, late))
        if not one.missing:
            rows.append((one.sender, one.word, "—", "已补齐", "—", late))
    return OWING_HEADS, rows


def reminder(one: Standing, period: str, due: date, texts: Mapping[str, str]) -> str:
    """The words of a reminder to a unit that owes rows; empty where it owes none. A person sends it."""
    if not one.missing:
        return ""
    year, _, month = period.partition("-")
    what = f"{year}年{int(month)}月" if month.isdigit() else f"{period} "
    lines = [f"{one.sender}：", f"{what}工作进展应于{due.month}月{due.day}日前报送。"]
    figures = f"、数据 {one.figures} 个" if one.figures else ""
    if one.first is None:
        lines.append(f"至今没有收到你单位的报表（应报 {one.asked} 项{figures}）。请尽快报送。")
    else:
        lines.append(f"已收到 {one.reported + one.given} 项，还缺 {len(one.missing)} 项：")
        lines += [f"{n}．{texts.get(name, name)}" for n, name in enumerate(one.missing, 1)]
        lines.append("请补报上述各项。")
    return "\n".join(lines)
