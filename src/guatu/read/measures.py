"""Measures: every sentence of duty, and the papers owed; no word of a duty is left out or counted twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from guatu.read.blocks import blocks_in
from guatu.read.dates import deadlines_in
from guatu.read.layout import Page
from guatu.read.outline import Node, Outline, Range
from guatu.read.plan import Measure, Paper
from guatu.read.preamble import is_preamble
from guatu.read.sentences import LONGEST, cuts
from guatu.read.tasks import Duty, commitments_in

_MANNER = (
    r"(?:深入|持续|加快|大力|扎实|全面|进一步|积极|切实|着力|坚决|有效|有序|逐步|不断|继续|认真|充分|重点|优先|稳步|探索"
    r"|共同|协同|因地制宜|分类|分步|梯次|高质量|高标准|科学|精准|力争|确保|努力|同时|要|应|须|并|按要求|按照[^，根按]{0,40}?|根据[^，根按]{0,40}?)*"
)
_VERBS = (
    "开展推进|推进落实|贯彻落实|贯彻实施|组织实施|组织开展|编制实施|制定实施|研究制定|制定出台|加快推进|推动|推进|开展|强化|加强|完善|健全|建立"
    "|构建|实施|落实|做好|抓好|制定|制订|编制|出台|印发|发布|提升|提高|加大|加快|巩固|深化|优化|规范|控制|严控|严禁|禁止|严格|排查|摸排|整治|治理"
    "|清理|淘汰|关闭|取缔|完成|建成|建设|打造|培育|支持|鼓励|引导|推广|应用|保护|修复|恢复|监测|监管|打击|查处|督促|督导|考核|迎接|指导|协调|统筹"
    "|探索|研究|谋划|明确|突出|降低|减少|压减|扩大|拓展|促进|保障|维护|配合|协助|宣传|培训|公布|公开|上报|形成|创建|打通|解决|实现|坚持|聚焦|发挥"
    "|利用|用好|依托|增加|改善|改造|更新|采取|严厉打击|持续|引进|举办|参与|统一|建好|管好|成立|设立|遴选|总结|报送|防范|化解|应对|优先|保持|防止"
)
_OPENING = re.compile(rf"^(?:[^，]{{0,40}}?，)??{_MANNER}(?P<verb>{_VERBS})(?P<object>[^，。；！？]*)")
_ANYWHERE = re.compile(rf"(?P<verb>{_VERBS})(?P<object>[^，。；！？]*)")
_KINDS = (
    r"(?:专项规划|综合规划|规划|行动计划|工作计划|计划|行动方案|实施方案|整改方案|工作方案|方案|管理办法|办法|实施细则|细则"
    r"|实施意见|意见|若干措施|配套文件|预案|规程)"
)
_PAPER = re.compile(
    rf"(?P<verb>研究制定|(?:制定|编制|修订)并(?:印发|组织|发布|出台)*(?:实施)?|制定实施|制定出台|编制实施|编制印发|修订完善|修订|制定|制订|编制|出台|印发|起草|完善)"
    rf"(?P<name>(?:《[^《》]+》|“[^“”]*”|（[^（）]*）|[^，。；《》“”（）]){{2,60}}?(?:{_KINDS}|《[^《》]+》))(?=[，。；、等和及]|$|[^\u4e00-\u9fff])"
)
_LEDGER = re.compile(r"[^，。；、和]{0,8}(?:台账|台帐|问题清单|整改清单|任务清单|责任清单|清单|名录|名单|底账)")
_SERIES = re.compile(rf"^(?P<items>.+、.+?)等(?P<kind>{_KINDS})$")
_ACT = re.compile(
    rf"{_MANNER}(?:开展|推进|推动|强化|加强|完善|健全|建立|构建|实施|落实|做好|抓好|制定|编制|出台|印发|发布|加大|巩固|深化|规范|严控|严禁|禁止"
    r"|排查|摸排|整治|清理|淘汰|关闭|取缔|完成|建设|打造|培育|推广|保护|修复|监测|打击|查处|督促|督导|考核|对各|研究|组织|配合|宣传|培训|公布|上报"
    r"|创建|打通|实行|拓展|扩大|支持|鼓励|引导|探索|控制|严厉打击|采取|召开|举办|引进|设立|成立|遴选|整合|优化)"
)
_ACTS = re.compile(r"进行|开展|做好|实施|推进|加强|强化|完善|建立|加大|制定|编制|出台")
_TOGETHER = re.compile(r"(?:按照|根据|围绕|以)[^，。；]*，$")
_SHORTEST = 16  # [character]; a shorter act (建立台账，) stays with the one that follows
_END = "。；！？"


def measures_in(page: Page, outline: Outline, duties: list[Duty], goals: list[Node], year: int | None) -> list[Measure]:
    """Every sentence of duty in the order of the text: of tasks, and of paragraphs without a unit block."""
    found: list[tuple[int, Measure]] = []
    for duty in duties:
        for first, last in duty.body:
            found += _of_range(page, first, last, duty.task.id, duty.task.outline, year)
    for path, first, last in unowned(page, outline, duties, goals):
        found += _of_range(page, first, last, "", path, year)
    found.sort(key=lambda pair: pair[0])
    return [replace(measure, id=f"M{order:03}") for order, (_, measure) in enumerate(found, 1)]


def unowned(page: Page, outline: Outline, duties: list[Duty], goals: list[Node]) -> Iterator[tuple[str, int, int]]:
    """Ranges of duty text that no task holds: leads of containers, unnumbered deliverables, words after a block."""
    under_goals = {id(node) for root in goals for node in root.walk()}
    taken = sorted(r for duty in duties for r in duty.body)
    starts, ends = [a for a, _ in taken], [b for _, b in taken]
    for node in outline.nodes():
        if id(node) in under_goals or is_preamble(page, node):
            continue
        for first, last in node.own:
            held = taken[bisect_left(ends, first + 1) : bisect_left(starts, last)]
            held += [(block.first, block.last) for block in blocks_in(page.text, first, last)]
            begin = first
            for a, b in [*sorted(held), (last, last)]:
                if begin < a and re.search(r"[\u4e00-\u9fffA-Za-z0-9]", page.text[begin:a]):
                    yield node.path, begin, a
                begin = max(begin, b)


def _of_range(
    page: Page, first: int, last: int, task: str, path: str, year: int | None
) -> Iterator[tuple[int, Measure]]:
    for begin, end in duties_of(page.text, first, last):
        yield begin, _measure(page, begin, end, task, path, year)


def duties_of(text: str, first: int, last: int) -> Iterator[Range]:
    """Whole sentences, cut again before each clause of another act (巩固…，实施…), not of a mere end (确保…)."""
    for begin, end in whole_sentences(text, first, last):
        start, acted = begin, False
        for clause, clause_end in cuts(text, begin, end, "，"):
            act = _ACT.match(text, clause, min(clause_end, clause + LONGEST))
            if (
                acted
                and act
                and clause - start >= _SHORTEST
                and not _TOGETHER.search(text, max(start, clause - LONGEST), clause)
            ):
                yield start, clause
                start, acted = clause, False
            acted |= bool(act) or bool(_ACTS.search(text, clause, clause_end))
        yield start, end


def whole_sentences(text: str, first: int, last: int) -> Iterator[Range]:
    """Sentences with their closing marks, so that together they are the whole range; line ends of cells end none."""
    begin, depth = first, 0
    for place in range(first, last):
        char = text[place]
        depth = max(0, depth + (char in "（《“") - (char in "）》”"))
        if char in _END and depth == 0 and (place + 1 == last or text[place + 1] not in _END + "”）"):
            yield begin, place + 1
            begin = place + 1
    if begin < last:
        yield begin, last


def _measure(page: Page, first: int, last: int, task: str, path: str, year: int | None) -> Measure:
    words = page.text[first : min(last, first + LONGEST)].strip("。；！？\n")
    match = _OPENING.search(words) or _ANYWHERE.search(words)
    commitments = commitments_in(page, first, last, year)
    promised = commitments[0] if commitments else None
    paper = _PAPER.search(words)
    ledger = _LEDGER.search(words)
    card = next((c for clause in words.split("，") if (c := page.cards.match(clause)) is not None), None)
    if paper:
        done = "paper"
    elif promised and promised.unit not in ("%", "pp", "%/年", None):
        done = "count"
    elif promised or card:
        done = "indicator"
    else:
        done = "ledger" if ledger else "standing"
    return Measure(
        id="",
        task=task,
        outline=path,
        text=page.words(first, last),
        span=page.span(first, last),
        verb=match["verb"] if match else "",
        object=match["object"] if match else "",
        op=promised.op if promised else "",
        value=promised.value if promised else None,
        unit=promised.unit if promised else None,
        deadlines=tuple(dict.fromkeys(d.text for d in deadlines_in(page.text, first, last, year))),
        paper=paper["name"] if paper else "",
        ledger=ledger[0] if ledger else "",
        indicator_id=card.id if card else None,
        done=done,
    )


def papers_in(page: Page, outline: Outline, duties: list[Duty], goals: list[Node], year: int | None) -> list[Paper]:
    """Papers that titles and sentences of duty ask for, in order; one entry for each paper of a series."""
    found: list[Paper] = []
    ranges: list[tuple[int, int, str, str]] = []
    for duty in duties:
        titled = [] if duty.body and duty.body[0][0] <= _title_place(duty) else [_title_range(duty)]
        for first, last in (*titled, *duty.body):
            if first < last:
                ranges.append((first, last, duty.task.id, duty.task.outline))
    ranges += [(first, last, "", path) for path, first, last in unowned(page, outline, duties, goals)]
    for first, last, task, path in sorted(ranges):
        for match in _PAPER.finditer(page.text, first, last):
            dates = [d.text for d in deadlines_in(page.text, first, last, year)]
            span = page.span(match.start("name"), match.end("name"))
            found += [
                Paper(name, match["verb"], task, path, dates[0] if dates else "", span) for name in _each(match["name"])
            ]
    return found


def _title_range(duty: Duty) -> Range:
    return duty.node.title if duty.node else (0, 0)


def _title_place(duty: Duty) -> int:
    return _title_range(duty)[0]


def _each(name: str) -> list[str]:
    """A、B和C等专项规划 names three papers; 《…》等配套文件 stays one."""
    match = _SERIES.match(name)
    if match is None or "《" in name:
        return [name]
    return [item + match["kind"] for item in match["items"].split("、")]
