"""What of a paper a template may place, and where: words, numbers, sections, tables and charts, by Chinese names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guatu.report.docx_paper import ANNEX_WORD, day_words, made_of_words
from guatu.report.duty_sheet import DEMO
from guatu.report.naming import words_of
from guatu.report.paper import Block, Chart, Grid, Heading, Number, Paper

_DATED = re.compile(r"\d{4}-\d\d")
_SPAN = re.compile(r"\d{4}年(?:[\d—]+月|\d季度)?|(?<!\d)\d{1,2}月\d{1,2}日")
_COUNT = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+．)")
_OTHER = re.compile(r"[^\w]+")


def words_slots(paper: Paper) -> dict[str, str]:
    """Slots of plain words."""
    return {
        "标题": paper.title, "城市": paper.city, "时段": paper.period.words, "主送": paper.addressee,
        "署名": paper.sign, "日期": day_words(paper.as_of), "文号": paper.number, "发文机关标志": paper.head,
        "编制依据": made_of_words(paper), "演示标记": DEMO if paper.demo else "", "抄送": "，".join(paper.copy_to),
    }  # fmt: skip


def block_slots(paper: Paper) -> dict[str, tuple[Block, ...]]:
    """Slots of a paragraph of their own: 正文, 附表, each section without its heading, each table, each chart."""
    annexes = tuple(block for annex in paper.annexes for block in annex.blocks)
    found: dict[str, tuple[Block, ...]] = {"正文": paper.blocks, ANNEX_WORD[paper.form]: annexes}
    name, mine = "", list[Block]()
    for block in (*paper.blocks, Heading(1, "")):
        if isinstance(block, Heading) and block.level == 1:
            if name:
                found[name] = tuple(mine)
            name, mine = f"节_{plain_name(block.words)}", []
        else:
            mine.append(block)
    for block in (*paper.blocks, *annexes):
        if isinstance(block, Grid | Chart):
            kind = "表" if isinstance(block, Grid) else "图"
            found[f"{kind}_{plain_name(block.caption)}"] = (block,)
    return found


def number_slots(paper: Paper) -> dict[str, Number]:
    """Slots of numbers; a number of one day or month only has none, for the next issue would not have it."""
    found: dict[str, Number] = {}
    for key, number in paper.numbers().items():
        if not _DATED.search(key):
            name = plain_name(words_of(key))
            found.setdefault(name if not name[0].isdigit() else f"数_{name}", number)
    return found


def headings(paper: Paper) -> Mapping[str, str]:
    """The headings of the first level, each with its section's slot."""
    return {
        f"节_{plain_name(block.words)}": block.words
        for block in paper.blocks if isinstance(block, Heading) and block.level == 1
    }  # fmt: skip


def plain_name(words: str) -> str:
    """Words as a name of a slot: no count, no date, only letters, figures and 下划线."""
    bare = _SPAN.sub("", _COUNT.sub("", words))
    return _OTHER.sub("_", bare).strip("_") or "无名"
