"""Answers about scores, made once and shown by pages, commands and files alike: ranking, sheet, why, what if."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from guatu.office import snapshots
from guatu.office.scoring.assessing import hands_of
from guatu.office.witnesses.pairs import pair_of
from guatu.report.plain_table import table_docx, table_xlsx
from guatu.score.facts import Fact, Row
from guatu.score.itemising import OVERRIDE
from guatu.score.lost import Loss, losses_of, row_words
from guatu.score.money import Payment, payments_of
from guatu.score.scheme import MISSING_WORDS, TIES, Item, Scheme
from guatu.score.scoring import Scores
from guatu.score.sheet import HAND, NONE, Line, Sheet
from guatu.score.vocabulary import titles
from guatu.score.what_if import Difference
from guatu.score.wording import plain
from guatu.score.worked import Reckoned

WAYS = {"exact": "按比例计", "started": "不足一个单位按一个计", "full": "满一个单位才计"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its title, its sentences, its tables."""

    title: str
    words: tuple[str, ...]
    tables: tuple[Table, ...] = ()


def ranking(found: Scores, before: Scores | None = None) -> Answer:
    """All subjects by group and rank, with the points of each block; before: the scores of the month before's end."""
    by = found.scheme
    blocks = [name for name, _ in by.blocks]
    heads = ("组", "名次", "考核对象", *blocks, "得分", "等次", "状态", "较上月末", "说明")
    rows = [
        (
            one.group or "全部", f"{one.rank}", one.subject, *(block_points(one, name) for name in blocks),
            shown(by, one), one.grade or "—", one.mark, moved(one, before),
            "；".join((*one.bars, *([one.composed] if one.composed else []))),
        )
        for one in found.sheets
    ]  # fmt: skip
    words = [f"{found.as_of} 所知，满分 {plain(by.full)}；名次按未修约的分，{TIES[by.tie]}"]
    if any(one.trial for one in found.sheets):
        words.append(f"{by.period.words}没有结束，以下都是试算")
    if not by.complete:
        lacking = "、".join(title for title, _ in by.left_out)
        words.append(f"这份细则是节录（缺 {lacking}），下面只是所列各项之和，不是总分")
    if before is not None:
        words.append(f"“较上月末”对照 {before.as_of} 所知的名次和得分")
    words.append(missing_words(by))
    return Answer(by.title, tuple(words), (Table("得分", heads, rows),))


def moved(one: Sheet, before: Scores | None) -> str:
    """How rank and points stand against the month before's end: 升 1 位（＋2.30 分）; a dash without scores then."""
    old = next((sheet for sheet in before.sheets if sheet.subject == one.subject), None) if before else None
    if old is None:
        return "—"
    places = old.rank - one.rank
    rank = "名次不变" if not places else f"{'升' if places > 0 else '降'} {abs(places)} 位"
    gain = Fraction(one.total - old.total)
    return f"{rank}（{signed(gain) if gain else '0'} 分）"


def sheet(by: Scheme, one: Sheet) -> Answer:
    """One subject's sheet: an item a line, with rule, facts, points before and after each step, and who scored it.

    Where the scheme asks for them, also what the subject gave itself and what the departments gave.
    """
    heads = ("项目", "分值", "得分", "评分", "实测", "怎么算的", "规则", "还会变吗")
    rows = [line_cells(by, line) for line in one.lines]
    if by.process:
        hands = hands_of(by, one.subject)
        heads = (*heads, "自评", "部门评分")
        rows = [(*cells, *hands.words(line.item)) for cells, line in zip(rows, one.lines, strict=True)]
    return Answer(f"{one.subject} {one.title}", head_words(by, one), (Table("得分表", heads, rows),))


def why(by: Scheme, one: Sheet, item: str = "") -> Answer:
    """Where points were lost: items, steps, and the months, sections and problems behind them."""
    losses = [loss for loss in losses_of(one) if not item or loss.item == item]
    heads = ("失分", "项目", "事实", "规则", "挽回")
    rows = [
        (
            f"{loss.lost}", f"{loss.item} {loss.title}".strip(), loss.words,
            " ".join(part for part in (loss.clause, loss.span) if part), regained(loss),
        )
        for loss in losses
    ]  # fmt: skip
    total = sum((loss.lost for loss in losses), one.total - one.total)
    words = [*head_words(by, one), f"失 {total} 分，共 {len(losses)} 条"]
    if not item:
        words.append(f"满分 {plain(one.full)} － 得分 {one.total} ＝ {total}")
    detail = [cells for loss in losses for cells in _steps(loss)]
    under = Table("每一分扣在哪", ("项目", "这一步扣", "哪一步", "怎么算的", "月份、断面、问题"), detail)
    return Answer(f"{one.subject} 失分清单", tuple(words), (Table("失分", heads, rows), under))


@dataclass(frozen=True, slots=True)
class Example:
    """A printed example: what it says, what is printed and what comes out, whether they are the same."""

    says: str
    printed: str
    got: str
    same: bool
    words: str


def example(one: Reckoned) -> Example:
    """An example as it is shown."""
    return Example(one.says, plain(one.gives), "—" if one.got is None else plain(one.got), one.same, one.words)


def money(found: Scores) -> Answer:
    """What each subject is paid or pays by the scheme's rules of money, and the sum."""
    by, paid = found.scheme, payments_of(found)
    rows = []
    for one in found.sheets:
        mine = paid[one.subject]
        rows += [(one.subject, pay.title, _amount(pay), pay.words, pay.span) for pay in mine]
        sums: dict[str, Fraction] = {}
        for pay in mine:
            sums[pay.unit] = sums.get(pay.unit, Fraction(0)) + (pay.amount or Fraction(0))
        waits = any(pay.amount is None for pay in mine)
        for unit, total in sums.items():
            rows.append((one.subject, "合计", f"{signed(total)} {unit}", "还有没算的" if waits else "", ""))
    words = [f"{found.as_of} 所知；正数是奖，负数是扣"]
    if any(one.trial for one in found.sheets):
        words.append(f"{by.period.words}没有结束，以下都是试算，不能据此拨付")
    if not by.money:
        words = ["这份细则没有写奖惩资金"]
    heads = ("考核对象", "奖惩", "金额", "怎么算的", "规则")
    return Answer(f"{by.title} 奖惩资金", tuple(words), (Table("奖惩资金", heads, rows),) if by.money else ())


def _amount(pay: Payment) -> str:
    return "待定" if pay.amount is None else f"{signed(pay.amount)} {pay.unit}"


def signed(amount: Fraction) -> str:
    """An amount with its sign, as printed."""
    return f"{'＋' if amount > 0 else '－' if amount < 0 else ''}{plain(abs(amount))}"


def difference(found: Difference, title: str) -> Answer:
    """A sheet beside what it would be."""
    rows = [(f"{one.item} {one.title}", _or_wait(one.before), _or_wait(one.after), one.words) for one in found.shifts]
    ranks = f"，名次 {found.before.rank} → {found.after.rank}" if found.before.rank else ""
    words = (
        *found.supposed,
        f"{found.before.subject}：{found.before.total} → {found.after.total}（{found.gain:+}）{ranks}",
    )
    return Answer(title, words, (Table("会变的项", ("项目", "现在", "那时", "怎么算的"), rows),) if rows else ())


def loss_record(loss: Loss) -> dict[str, Any]:
    """A loss as plain values."""
    return {
        "item": loss.item, "title": loss.title, "lost": loss.lost, "words": loss.words, "clause": loss.clause,
        "span": loss.span, "fixed": loss.fixed, "may_change": loss.may_change,
        "steps": [
            {"title": one.title, "lost": str(one.lost), "words": one.words,
             "rows": [row_words(row) for row in one.rows],
             "addresses": [row.address for row in one.rows]}
            for one in loss.steps
        ],
    }  # fmt: skip


def document(answer: Answer, kind: str, demo: bool) -> bytes:
    """The first table of an answer as docx or xlsx, its sentences beneath."""
    table = answer.tables[0]
    make = table_docx if kind == "docx" else table_xlsx
    return make(answer.title, table.heads, table.rows, demo, answer.words)


def head_words(by: Scheme, one: Sheet) -> tuple[str, ...]:
    """The sentences over a sheet."""
    rank = f"，{one.group}第 {one.rank}（共 {one.among}）" if one.rank else ""
    words = [f"{one.subject} {shown(by, one)} 分（{one.mark}）{rank}" + (f"，{one.grade}" if one.grade else "")]
    words += [one.composed] if one.composed else []
    return (*words, *one.bars)


def shown(by: Scheme, one: Sheet) -> str:
    """A total at the decimals the scheme prints."""
    return f"{by.rounded(one.exact, by.shown) if by.shown < by.places else one.total}"


def block_points(one: Sheet, block: str) -> str:
    """What the items of a block give together, with what is still undecided."""
    mine = [line for line in one.lines if line.block == block]
    got = sum((line.got for line in mine if line.got is not None), one.total - one.total)
    return f"{got}" + ("＋" if any(line.got is None and line.state == "待定" for line in mine) else "")


def missing_words(by: Scheme) -> str:
    """How the scheme treats what is missing: the items that go their own way by name, all others together."""
    ways: dict[str, list[str]] = {}
    for item in by.items:
        ways.setdefault(item.missing, []).append(item.id)
    usual = max(ways, key=lambda way: len(ways[way]))
    named = [f"{'、'.join(ids)} {MISSING_WORDS[way]}" for way, ids in ways.items() if way != usual]
    rest = f"{'其余' if named else '都'}{MISSING_WORDS[usual]}"
    return f"没有这项任务的：{'；'.join((*named, rest))}"


def line_cells(by: Scheme, line: Line) -> tuple[str, ...]:
    """One line of a sheet as text."""
    return (
        f"{line.item} {line.title}", plain(line.points), got_of(line), scorer(line),
        "；".join(told(one) for one in used(by, line)), "；".join(steps_of(line)) or line.words,
        " ".join(part for part in (line.clause, line.span) if part), "；".join(line.may_change),
    )  # fmt: skip


def got_of(line: Line) -> str:
    """The points of a line; 待定 where they wait, a dash where the subject has no such item."""
    return f"{line.got}" if line.got is not None else "—" if line.state == NONE else "待定"


def scorer(line: Line) -> str:
    """自动, or 人工 with who."""
    return f"{line.state}：{line.person}" if line.state == HAND else line.state


def steps_of(line: Line) -> list[str]:
    """Points before and after each step; other readings of the rule where they differ."""
    said = [f"{one.title}：{plain(one.before)} → {plain(one.after)}（{one.words}）" for one in line.changes]
    if line.readings:
        other = "、".join(f"{WAYS[name]}得 {plain(points)}" for name, points in line.readings.items())
        said.append(f"另一种读法：{other}")
    if line.computed is not None:
        said.append(f"程序算得 {line.computed}")
    return said


@dataclass(frozen=True, slots=True)
class Used:
    """A fact of a line with its title."""

    name: str
    title: str
    fact: Fact


def used(by: Scheme, line: Line, *, overridden: bool = False) -> Iterator[Used]:
    """The facts of a line in the order of the scheme, each with what it is called.

    overridden: also the points a person put in the place of the computed ones.
    """
    item = by.item(line.item)
    for name, fact in line.facts.items():
        if name != OVERRIDE or overridden:
            yield Used(name, title_of(item, name), fact)


def title_of(item: Item | None, name: str) -> str:
    """What a fact of an item is called."""
    source = item.facts.get(name) if item else None
    if source is not None and "title" in source.said:
        return str(source.said["title"])
    part = next((one for one in item.parts if name.startswith(f"{one.id}.")), None) if item else None
    return part.title if part else titles().get(name, name)


def told(one: Used) -> str:
    """A fact as a sheet prints it, both witnesses where there are two."""
    return head_of(one) + aside_of(one)


def head_of(one: Used) -> str:
    """What a fact is called and what it is."""
    fact = one.fact
    shown = fact.shown or fact.word or (plain(fact.number) if fact.number is not None else fact.reason)
    return f"{one.title} {shown}"


def aside_of(one: Used) -> str:
    """Both witnesses of a fact with what makes them differ, and who entered it why."""
    fact = one.fact
    both = f"（通报 {fact.official}，计算 {fact.computed or '无'}{_why_differing(fact)}）" if fact.official else ""
    return both + (f"，{fact.person}：{fact.said}" if fact.person else "")


def _why_differing(fact: Fact) -> str:
    """What makes the two witnesses of a fact differ: rows, what the program finds, or what a named person said."""
    if fact.differs:
        return f"；差在 {fact.differs}"
    if fact.address.count("/") != 2 or not fact.computed or fact.official.partition("（")[0] == fact.computed:
        return ""
    day = fact.address.partition("@")[2]
    found = pair_of(snapshots.opened(), fact.address, date.fromisoformat(day)) if day else None
    return f"；{found.why}" if found is not None and found.difference else ""


def regained(loss: Loss) -> str:
    """Whether the points are gone or may come back."""
    return "已定" if loss.fixed else "；".join(loss.may_change) or "可挽回"


def _steps(loss: Loss) -> Iterator[tuple[str, ...]]:
    for one in loss.steps:
        if one.lost or one.rows:
            yield (loss.item, plain(one.lost), one.title, one.words, "\n".join(_row(row) for row in one.rows))
    if loss.rounding:
        yield (loss.item, plain(loss.rounding), "修约", "项目得分按细则的位数修约", "")


def _row(row: Row) -> str:
    return row_words(row)


def _or_wait(got: object) -> str:
    return "待定" if got is None else f"{got}"
