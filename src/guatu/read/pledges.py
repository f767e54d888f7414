"""What a sentence pledges: numeric, schedule-bound and qualitative values, each with the words it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from guatu.read.dates import Deadline, deadlines_in, season_at
from guatu.read.figures import COUNTS, Quantity, Said, coordinated, groups, mask, said_before, spread, without_lead
from guatu.read.in_words import classed, graded, pledged_in_words
from guatu.read.pledge import Pledge
from guatu.read.scope import split_scope
from guatu.read.sentences import LONGEST, cuts, sentences
from guatu.rules import cards

_ACT = (
    r"培育|打造|新建|建成|建设|新增|发布|遴选|推广应用|推广|实施|面向|完成|认定|创建|推动|引导|组织|开展|培训|整治|治理|改造"
    r"|淘汰|关闭|建立|形成|引进|举办|覆盖|布局|争创|改建|扩建|修复|造林|更新|安装|配备|创成|增加|投放|评选|命名|选树|招引|编制|制定|落实|达到|消除"
)
_ENDS_IN_ACT = re.compile(rf"(?:{_ACT})(?:全[省市县区国])?(?:了)?$")
_HAS_ACT = re.compile(_ACT)
_MONEY = re.compile(
    r"奖补|补助|补贴|贴息|奖励|利率|投资额|购置|合同金额|给予|罚款|扣\d|得\d|加\d|扣分|加分|资助|最高\d|首付|税率|费率|单价|折|权重"
)
_ECONOMY = re.compile(r"产值|规模|营业收入|主营业务收入|增加值|总额|投资|销售|收入|生产总值|GDP|交易额|贷款余额|产业")
_PAST = re.compile(r"已(?!知)|现有|共有|截至|截止|目前|此前|曾|历年|过去")
_QUALIFIER_BEFORE = re.compile(r"(?:对|针对|对于|按照?|包括|含|等|的|每|第|近|前|后|其中有|以)$")
_SHARE_VERB = re.compile(
    r"建成|实施|实行|完成|达到|实现|配备|使用|采用|开展|纳入|得到|落实|安装|通过|接入|改造|治理|达标|建立|覆盖|用于"
)
_PREDICATE_END = re.compile(r"(?:的?(?:目标|要求|标准|水平|年度目标|任务)(?:任务|要求|值)?)?$")
_LEVEL_WORD = re.compile(
    r"(?:率|比例|比重|占比|系数|指数|浓度|强度|总量|指标|值|数|PUE|密度|面积|天数|覆盖|规模|能耗|用水量|水平|装机|装机容量|产量|产能"
    r"|能力|里程|长度|排放量|处理量|消费量|总数|储备|容量|增速)$"
)
_SCHEDULE = re.compile(
    r"(?:达到|完成|按(?!期|时)照?|实现|满足|符合|落实)(?P<ref>[^，。；]*?(?:时序进度|序时进度|进度要求|时序要求)(?:要求|目标)?"
    r"|(?:国家|省|市|上级)(?:规定|下达)?(?:的)?(?:目标|任务)?要求"
    r"|[^，。；]{0,6}?(?:国家|省|市|上级)[^，。；]{0,4}?考核(?:目标)?(?:任务|目标|指标|要求)"
    r"|(?:年度|相应)?考核(?:目标)?(?:任务|目标|指标|要求)"
    r"|[^，。；]{0,10}?(?:国家|省|市|上级)[^，。；]{0,8}?(?:下达|分解|确定)[^，。；]{0,14}?(?:任务|目标|指标|要求)[^，。；]{0,6})$"
)
_HANDED_DOWN = re.compile(
    r"(?:确保)?(?:全面|按期|按时|圆满)?完成(?P<ref>(?:国家|省|市|上级|县)[^，。；]{0,8}?(?:下达|分解|确定|核定))的?"
    r"(?P<what>[^，。；]{3,60}?)(?:目标|指标)?(?:任务|目标|指标)$"
)
_COUNTED = re.compile(r"(?:全[省市县区])?\d+个[^，、。；\d]{2,14}?(?:断面|点位)")
_AS_BEFORE = re.compile(
    r"(?:较|比|与)(?:20\d\d年|上年|去年)(?:同期)?(?:相比)?(?:基本)?(?:持平|保持稳定|(?:有所|明显|进一步|持续)?(?:改善|下降|提升|提高))$"
)
_NO_INDICATOR = re.compile(
    r"(?:的|[我本][省市县区]|年度|各项|全部|主要|约束性|环境空气质量|水环境质量|环境质量|生态环境|考核)*"
)
_KINDS_OF = re.compile(r"等?(?:\d+|[二三四五六七八九十]+)[项种个](?:主要|重点|大气|水)*(?:污染物|指标)的?(?:年度)?")
_HOURS = re.compile(r"内(?:予以)?(?:放行|办结|完成|处置|响应|修复|反馈|到达|办理|答复|整改|上报|报告|审结)")


def pledges_in(text: str, first: int, last: int, goal: bool, year: int | None) -> list[Pledge]:
    """Pledges of [first, last) in order. goal: under a heading of targets, where bare numbers count too."""
    found: list[Pledge] = []
    dates: list[Deadline] = []
    for begin, end in sentences(text, first, last):
        if text[begin - 1 : begin] != "；" or begin == first:
            dates = []
        sentence = _Sentence(text, begin, end, goal, year, dates[-1:])
        found += sentence.read()
        dates = sentence.dates
    return found


class _Sentence:
    def __init__(
        self, text: str, first: int, last: int, goal: bool, year: int | None, before: Sequence[Deadline] = ()
    ) -> None:
        """before: the date of the part before a semicolon, which reaches over it."""
        self.text, self.first, self.last, self.goal = text, first, last, goal
        self.dates = [*before, *deadlines_in(text, first, last, year)]
        opening = re.compile(r"(20\d\d)年，").match(text, first, last) if goal else None
        if opening and int(opening[1]) != year:  # 2023年，…: the year of these values, where it is not the notice's own
            self.dates.insert(len(before), Deadline(opening[1], first, first + 5, False))
        self.period = season_at(text, first, last, year) if goal else ""
        self.found: list[Pledge] = []
        self.pending = ""  # what the clause before spoke of, where it gave no number (PM2.5浓度较上年持平，达到…)
        self.verb = False
        self.yearly = False
        self.soft = False

    def read(self) -> list[Pledge]:
        for begin, end in self._clauses():
            if not 3 <= end - begin <= LONGEST:
                continue
            words = self.text[begin:end]
            self.yearly |= "每年" in words
            before = len(self.found)
            self._clause(begin, end, words)
            level = _AS_BEFORE.search(words)
            self.pending = words[: level.start()] if level and len(self.found) == before else ""
            if len(self.found) > before and re.match(r"(?:[^，]{0,12}，)?力争", words) and self.found[-1].indicator:
                self.soft = True
        return self.found

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """Clauses between commas; a bare date or 其中 goes with the clause after it."""
        held: int | None = None
        for begin, end in cuts(self.text, self.first, self.last, "，"):
            words = self.text[begin:end]
            opening = re.fullmatch(
                r"其中|.{0,3}?(?:20\d\d年?|年)(?:底|末)?(?:以?前|之前)?(?:和20\d\d年)?|今年|\d{1,2}月底前?", words
            )
            if opening and end < self.last:
                held = begin if held is None else held
                continue
            start = begin if held is None else held
            held = None
            cut = re.search(r"、(?=力争)", self.text[start:end])
            if cut:
                yield start, start + cut.start()
                yield start + cut.end(), end
            else:
                yield start, end

    def _clause(self, begin: int, end: int, words: str) -> None:
        if _PAST.search(mask(words)) and not re.search(r"力争|确保", words):
            return
        if self._schedule(begin, end, words):
            return
        before = len(self.found)
        series = groups(words)
        left = 0
        for order, run in enumerate(series):
            right = len(words)
            if order + 1 < len(series):
                right = _joint(words, run[-1].last, series[order + 1][0].first)[0]
            taken = len(self.found)
            self._series(begin, end, words, left, run, right)
            if order + 1 < len(series) and len(self.found) > taken:
                left = _joint(words, run[-1].last, series[order + 1][0].first)[1]
        if len(self.found) == before and not series:
            self._add(graded(begin, end, words, next(iter(self._deadline(begin, end)), "")))
        if len(self.found) == before and self.goal:
            self._add(classed(begin, end, words, next(iter(self._deadline(begin, end)), "")))
        if len(self.found) == before:
            told = pledged_in_words(begin, end, words, self.goal, self._dated(begin, end))
            names = spread(told.indicator) if told is not None and told.baseline else []
            if told is not None and len(names) > 1:
                for name in names:
                    self._add(replace(told, indicator=name, coordinated=True))
            else:
                self._add(told)

    def _deadline(self, begin: int, end: int) -> list[str]:
        """Dates of this clause, else the last one before it in the sentence."""
        inside = [d.text for d in self.dates if begin <= d.first < end]
        earlier = [d.text for d in self.dates if d.first < begin]
        return inside or earlier[-1:]

    def _dated(self, begin: int, end: int) -> list[Deadline]:
        inside = [d for d in self.dates if begin <= d.first < end]
        return inside or [d for d in self.dates if d.first < begin][-1:]

    def _schedule(self, begin: int, end: int, words: str) -> bool:
        if self.goal and (handed := _HANDED_DOWN.match(words)):
            at = (begin + handed.start("ref"), begin + handed.end("ref"))
            if _NO_INDICATOR.fullmatch(handed["what"]):
                return True
            names, ref = [handed["what"]], handed["ref"] + "任务"
            if several := _KINDS_OF.search(names[0]):
                names = spread(names[0][: several.start()] + names[0][several.end() :])
            elif re.search(r"减排|削减|排放", names[0]):
                names = spread(names[0])
            for name in names:
                pledge = Pledge(begin, end, name, "", False, "schedule", None, None, reference=ref, value_at=at)
                self._add(replace(pledge, op_surface="完成", coordinated=len(names) > 1))
            return True
        match = _SCHEDULE.search(words)
        if match is None:
            return False
        subject, _ = without_lead(re.sub(r"(?:分别|均)$", "", words[: match.start()]))
        scoped = split_scope(subject)
        change = re.search(r"(?:降低|下降|减少)(?:比例|率|幅度)?$", scoped.rest)
        if not scoped.rest or not (self.goal or _LEVEL_WORD.search(scoped.rest) or change):
            return False
        rest, listed = re.subn(r"等(?:\d+项|[一二三四五六七八九十]+项)?(?:主要|约束性|考核)?指标$", "", scoped.rest)
        each = coordinated(rest)
        if len(each) > 1 and all(
            _LEVEL_WORD.search(name) or name.endswith("质量") or cards.match(name) for name in each
        ):
            names = each
        else:
            names = spread(rest) if listed or re.search(r"排放|总量|氮氧化物|减排|削减", rest) else [rest]
        for name in names:
            self._add(
                Pledge(
                    begin, end, name, scoped.scope, scoped.sub, "schedule", None, None,
                    reference=match["ref"], op_surface=match[0][:2], coordinated=len(names) > 1,
                    change=bool(change), falls=bool(change), deadline=next(iter(self._deadline(begin, end)), ""),
                    value_at=(begin + match.start("ref"), begin + match.end("ref")),
                )
            )  # fmt: skip
        return True

    def _series(self, begin: int, end: int, words: str, left: int, run: list[Quantity], right: int) -> None:
        masked = mask(words)
        before = words[left : run[0].first].lstrip("、和及与，")
        after = words[run[-1].last : right].rstrip("、和及与，：:")
        if after.startswith("、"):  # another thing is said after the mark, without a number
            after = ""
        unit = run[-1].unit
        if _MONEY.search(masked) and unit in ("%", "元", "pp", None):
            return
        if unit == "h":
            self._hours(begin, words, run, before, after)
            return
        said = said_before(before)
        if _PREDICATE_END.match(mask(after).replace("□", "")):
            self._predicate(begin, end, run, said, before)
        elif unit == "%" and not after.startswith("的比例"):
            self._share(begin, end, run, before, after)
        elif unit in COUNTS:
            self._object(begin, end, run, before, after, right < len(words))

    def _hours(self, begin: int, words: str, run: list[Quantity], before: str, after: str) -> None:
        if _HOURS.match(after):
            subject, _ = without_lead(before)
            self._add(self._pledge(begin, begin + len(words), subject, run[-1], op="<=", bare=False))

    def _predicate(self, begin: int, end: int, run: list[Quantity], said: Said, before: str) -> None:
        """Subject, verb, number, and nothing after it."""
        subject, base = without_lead(said.subject or self.pending)
        scoped = split_scope(subject)
        last = run[-1]
        aspired = (
            said.soft
            and self.found
            and (
                not subject
                or (not scoped.rest and scoped.scope == self.found[-1].scope)
                or (scoped.rest != "" and self.found[-1].indicator.endswith(scoped.rest))
            )
        )
        if aspired and len(run) == 1:
            previous = self.found[-1]
            if (isinstance(last.value, Decimal) and previous.unit in (last.unit, None)) or last.unit is None:
                at = (begin + last.first, begin + last.last)
                self.found[-1] = replace(previous, stretch=last.value, stretch_at=at, last=end)
                return
        inherited = self.found[-1].indicator if self.found and scoped.scope and not scoped.rest else ""
        if not self._believable(run, said, scoped.rest or inherited, before):
            return
        change = said.change
        rest = scoped.rest + said.tail
        names = [rest]
        spread_out = len(run) > 1 or bool(said.each) or bool(re.search(r"排放总?量", rest) and "、" in rest)
        if spread_out:
            names = [name + said.tail for name in spread(scoped.rest)]
        by = re.search(r"(20\d\d)年(?:底|末)?[要应须需]", said.verb)  # 森林覆盖率2025年要达到24.1%
        dates = [by[1]] if by else self._deadline(begin, end)
        many = max(len(run), len(names) if spread_out else 1)
        before_it = self.text[self.first : begin].rstrip("，").rpartition("，")[2]
        scopes = _COUNTED.findall(before_it) if len(run) > 1 and not scoped.scope else []
        for order in range(many):
            quantity = run[min(order, len(run) - 1)]
            name = (
                names[order]
                if len(names) == many
                else names[0]
                if len(names) == 1
                else names[min(order, len(names) - 1)]
            )
            when = dates[order] if len(dates) == len(run) > 1 else next(iter(dates), "")
            scope = scopes[order] if len(scopes) == many else scoped.scope
            pledge = self._pledge(begin, end, name + change, quantity, scope=scope, sub=scoped.sub)
            self._add(
                replace(
                    pledge,
                    soft=said.soft or self.soft,
                    change=bool(change),
                    falls=change.endswith(("下降", "降低", "减少", "压减", "削减", "减排", "缩减")),
                    baseline=said.baseline or base,
                    deadline=when,
                    distributive=len(run) > 1,
                    coordinated=len(run) == 1 and len(names) > 1,
                    op="<=" if pledge.bare and said.verb.startswith("控制在") else pledge.op,
                    op_surface=_surface(said.verb, quantity.suffix),
                    own_indicator=bool(name),
                    stretch=_bracketed_stretch(self.text, begin + quantity.last),
                )
            )

    def _believable(self, run: list[Quantity], said: Said, rest: str, before: str) -> bool:
        """Whether subject and number make a value: a verb, a comparator or a name of a measure ties them."""
        unit, last = run[-1].unit, run[-1]
        tied = bool(said.verb.strip("，：分别均")) or not last.bare
        named = bool(_LEVEL_WORD.search(rest + said.tail))
        if unit is None:
            return tied and (named or bool(last.times) or (self.goal and not rest))
        if unit == "元":
            return tied and bool(_ECONOMY.search(rest))
        if unit in ("%", "pp"):
            return bool(rest or self.goal) and (tied or named or bool(said.change) or self.goal)
        if not rest and not (self.goal and tied):
            return False
        if named and unit not in COUNTS:
            return True
        if unit in COUNTS and not self.goal and not tied:
            if self.verb and len(rest) >= 3 and not _QUALIFIER_BEFORE.search(before):
                return True
            self.verb |= bool(_HAS_ACT.search(before))
            return bool(_HAS_ACT.search(before)) or (unit in ("篇", "件") and not re.search(r"[对按第]", before))
        return tied or self.goal or bool(said.change or _HAS_ACT.search(before))

    def _share(self, begin: int, end: int, run: list[Quantity], before: str, after: str) -> None:
        """80%以上的园区实施…; 新建建筑100%实行…: the share stands before what it is a share of."""
        if not _SHARE_VERB.search(after) or _QUALIFIER_BEFORE.search(before):
            return
        subject, base = without_lead(before)
        scoped = split_scope(subject)
        name = scoped.rest + after.removeprefix("的")
        self._add(replace(self._pledge(begin, end, name, run[-1], scope=scoped.scope), baseline=base))

    def _object(self, begin: int, end: int, run: list[Quantity], before: str, after: str, right: bool) -> None:
        """培育3家…平台; 面向3万名…开展…培训: a verb, a count, and what is counted."""
        after = after.strip()
        if after.startswith(("工作日", "方面", "月", "环节", "阶段", "百分点")) or run[-1].surface_unit == "种":
            return
        active = bool(_HAS_ACT.search(before)) or (not before and (self.goal or self.verb))
        if (
            right and said_before(after).verb
        ):  # 70个断面优良率提升到65.7%: the count tells which, the next number how much
            return
        if not active or (before and _QUALIFIER_BEFORE.search(before) and not _HAS_ACT.search(before[-30:])):
            return
        if before.endswith("的") or (
            run[-1].suffix.endswith(("上", "内", "下")) and not _ENDS_IN_ACT.search(before) and before
        ):
            return
        self.verb = True
        subject, _ = without_lead(before)
        scoped = split_scope(re.sub(rf"^(?:{_ACT}|重点)+", "", subject))
        held = re.search(r"(?:开展|接受|参加)([^，。；]{3,})$", after)
        name = held[1] if held and run[-1].unit in ("名", "人", "人次") else after.removeprefix("的")
        inner = mask(name).rfind("的")
        if 0 <= inner < len(name) - 3:
            name = name[inner + 1 :]
        self._add(self._pledge(begin, end, name, run[-1], scope=scoped.scope))

    def _pledge(
        self, begin: int, end: int, name: str, quantity: Quantity, scope: str = "", sub: bool = False,
        op: str = "", bare: bool | None = None,
    ) -> Pledge:  # fmt: skip
        unit = quantity.unit
        yearly = self.yearly or "年均" in self.text[begin : begin + quantity.last]
        return Pledge(
            begin, end, name, scope, sub, op or quantity.op, quantity.amount, unit,
            op_surface=quantity.suffix, bare=quantity.bare if bare is None else bare,
            soft="力争" in self.text[begin:end] or self.soft, multiplier=quantity.times,
            value_at=(begin + quantity.first, begin + quantity.last),
            deadline=next(iter(self._deadline(begin, end)), ""), frequency="annual" if yearly else "",
        )  # fmt: skip

    def _add(self, pledge: Pledge | None) -> None:
        if pledge is not None:
            self.found.append(replace(pledge, period=self.period))


def _joint(words: str, first: int, last: int) -> tuple[int, int]:
    """Where the words between two numbers part: what is counted by the first, what leads to the second."""
    masked = mask(words)
    cut = max(masked.rfind(mark, first, last) for mark in "、和及与")
    return (cut, cut + 1) if cut >= 0 else (last, first)


def _surface(verb: str, suffix: str) -> str:
    verb = verb.strip("，：")
    return f"{verb}…{suffix}" if verb and suffix else verb or suffix


def _bracketed_stretch(text: str, place: int) -> Decimal | None:
    """The aspired value in brackets right after the firm one: 92%（力争93%）."""
    match = re.match(r"（力争[^（）\d]*(\d+(?:\.\d+)?)[^（）]*）", text[place : place + 40])
    return Decimal(match[1]) if match else None
