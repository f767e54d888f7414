"""Figures in a sentence: comparator, value, unit, and the words they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

Range = tuple[int, int]

UNITS = {
    "微克/立方米": "ug/m3", "微克每立方米": "ug/m3", "μg/m3": "ug/m3", "ug/m3": "ug/m3", "毫克/立方米": "mg/m3",
    "毫克/升": "mg/L", "mg/L": "mg/L", "%": "%", "个百分点": "pp", "百分点": "pp", "平方米": "m2", "平方公里": "km2",
    "立方米": "m3", "立方米/小时": "m3/h", "千瓦时": "kWh", "千瓦": "kW", "公里": "km", "小时": "h", "吨标准煤": "tce",
    "吨标煤": "tce", "公里/小时": "km/h",
    "千米": "km", "平方千米": "km2", "兆瓦": "MW", "吉瓦": "GW",
    "立方米/日": "m3/d", "立方米/天": "m3/d", "立方米/年": "m3/a",
    "微克/m3": "ug/m3", "毫克/m3": "mg/m3", "吨CO2": "t", "克标准煤/千瓦时": "gce/kWh", "吨标准煤/万元": "tce/万元",
    "分贝": "dB",
}  # fmt: skip
_OTHER_UNITS = (
    "吨/平方千米·月|吨/平方公里·月|吨/平方公里|吨/日|吨/天|吨/年|吨/公顷|蒸吨/小时|蒸吨|车次/日|瓦时/公斤|升/人·日|吨二氧化碳|吨|公顷|亩|元|家|个|座|户|场|条|项|台|名|人次|人|处|辆|艘|套|篇|件|起|次/年|次|宗|所|支|批|张|份|标准箱|种|天"
    "|眼|口|只|株|部|门|期|幅|倍|组|盏|块|段|村|头|匹|例"
)
COUNTS = frozenset("家个座户场条项台名人处辆艘套篇件宗所支株眼口只部期份组块段例") | {"人次"}
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True)) + "|" + _OTHER_UNITS
_TIMES = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "": 1}
_NUMBER = re.compile(
    rf"(?<![\dA-Za-z.第〔Ⅰ-Ⅻ])(?P<sign>[≥≤<>＜＞＝=])?(?P<n>\d+(?:\.\d+)?)(?P<pct>%)?"
    rf"(?:[-—~至](?P<n2>\d+(?:\.\d+)?))?(?P<times>万亿|千万|百万|亿|万)?(?P<more>余|多)?(?P<unit>{_UNIT})?"
    r"(?P<suffix>（?含?）?(?:及)?以上|以内|之内|(?:及)?以下|左右|上下)?"
)
POINTS = re.compile(
    r"(?:地表水|地下水|空气)?(?:国省考|国控|省控|市控|县控|国考|省考|市考|县考)(?:及?以上)?(?:断面|点位|站点)"
)
_GRADE = re.compile(r"(?<![\dA-Za-z])(?P<n>\d?A{1,5}|\d[A-Z])级?(?P<suffix>(?:及)?以上)?$")
_PREFIX = (
    ("不低于|不少于|不小于|不得低于|至少|高于等于", ">="),
    ("不超过|不高于|不大于|不多于|不得超过|不能超过|不突破|控制在不超过|最多", "<="),
    ("超过|突破|大于|高于|多于", ">"),
    ("低于|小于|少于", "<="),
    ("降至|下降到|下降至|降低到|降低至|降到|压减到|减少到|削减到|缩减到", "<="),
    ("约为|约|大约|接近", "~"),
)
_PREFIXES = [(re.compile(rf"(?:{words})$"), op) for words, op in _PREFIX]
_VERB = re.compile(
    r"(?:控制在|稳定在|保持在|保持为|(?<=[率例重])保持|(?<=[率例重])稳定|维持在|巩固在|稳定达到|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|扩大到|扩大至"
    r"|达到|达|实现|完成|为|在|至|到|占到|普遍|全部|总体|确保|累计|总计|平均|年均|基本|均需|其中|(?<=[率例重])占)$"
)
_CHANGE = re.compile(r"(?:累计|年均|平均)?(?:提高|增长|下降|降低|减少|提升|增加|压减|削减|减排|缩减|扩大)$")
_DOWN = ("下降", "降低", "减少", "压减", "削减", "减排", "缩减")
_BASE = re.compile(r"(?:较|比)(?:上年|去年|(?P<year>20\d\d)年)(?:底|末)?(?:同期|水平)?$")
_BASE_HEAD = re.compile(
    r"(?:在(?P<on>20\d\d)年(?:的)?基础上"
    r"|(?:与)?(?:较|比|相比)(?:上年|去年|(?P<year>20\d\d)年)(?:底|末)?(?:同期|水平)?(?:相比)?)[，]?"
)
_JOINT = re.compile(r"[、和及与或]{1,2}$|^[、和及与]$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: its place, amount in base units, unit, comparator, and the marks that decided it."""

    first: int
    last: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    surface_unit: str
    op: str
    bare: bool
    suffix: str
    times: str

    @property
    def amount(self) -> Decimal | tuple[Decimal, Decimal]:
        """The number, or the two ends of a range."""
        return self.value if self.high is None else (self.value, self.high)


def quantities(words: str) -> Iterator[Quantity]:
    """Numbers of a clause that can be values: not in names or brackets, no years, no ordinals."""
    masked = mask(words)
    for match in _NUMBER.finditer(masked):
        after = masked[match.end() :]
        unit = match["unit"] or ("%" if match["pct"] else "")
        if match["pct"] and match["unit"] == "%":
            unit = "%"
        if not unit and re.match(r"[年月日号届次时分秒周级期位米元版第A-Za-z]|季度|世纪|工程|行动|计划", after):
            continue
        if masked[: match.start()].endswith(("第", "十", "百")) or (unit == "个" and POINTS.match(after)):
            continue
        factor = _TIMES[match["times"] or ""]
        high = Decimal(match["n2"]) * factor if match["n2"] else None
        op, bare = _operator(masked[: match.start()], match)
        yield Quantity(
            match.start(), match.end(), Decimal(match["n"]) * factor, high, UNITS.get(unit, unit) or None, unit,
            "range" if high is not None and op == ">=" and not match["suffix"] else op, bare,
            match["suffix"] or match["more"] or "", match["times"] or "",
        )  # fmt: skip


def _operator(before: str, match: re.Match[str]) -> tuple[str, bool]:
    """The comparator: the suffix decides, then a sign or a prefix, else at least (and then it is bare)."""
    suffix = match["suffix"] or ""
    if suffix:
        return ("~" if suffix in ("左右", "上下") else "<=" if suffix.endswith(("内", "下")) else ">="), False
    if match["sign"]:
        return {"≥": ">=", "≤": "<=", "<": "<=", "＜": "<=", ">": ">", "＞": ">"}.get(match["sign"], "=="), False
    if match["more"]:
        return ">=", False
    for form, op in _PREFIXES:
        if form.search(before):
            return op, False
    return ">=", True


def mask(words: str) -> str:
    """The words with book titles, quotations and brackets blotted out, character for character."""
    for form in (r"《[^《》]*》", r"“[^“”]*”", r"（[^（）]*(?:（[^（）]*）)?[^（）]*）"):
        words = re.sub(form, lambda m: "□" * len(m[0]) if not re.fullmatch(r"（含）", m[0]) else m[0], words)
    return words


def groups(words: str) -> list[list[Quantity]]:
    """Quantities gathered into series (13.5%、15%); each series shares its last suffix."""
    found: list[list[Quantity]] = []
    for item in quantities(words):
        if found:
            gap = words[found[-1][-1].last : item.first]
            if gap in ("、", "和", "及", "与", "，"[:0]) and _same_kind(found[-1][-1], item):
                found[-1].append(item)
                continue
        found.append([item])
    return [_shared_suffix(series) for series in found]


def _same_kind(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit or a.unit is None


def _shared_suffix(series: list[Quantity]) -> list[Quantity]:
    """A series has one comparator: that of its last number, or of its first where only a word before it tells."""
    last = series[-1]
    if last.bare and not series[0].bare:
        last = replace(last, op=series[0].op, bare=False)
    if len(series) == 1:
        return series
    return [
        Quantity(q.first, q.last, q.value if q.unit or not last.times else q.value * _TIMES[last.times], q.high,
                 q.unit or last.unit, q.surface_unit or last.surface_unit, last.op, last.bare, last.suffix, q.times)
        for q in series
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What stands before a number: the subject's words, and what the verb between them adds.

    soft: 力争 or 争取; change: the number is a rise or fall, not a level; baseline: year it is compared with.
    """

    subject: str
    verb: str
    soft: bool
    change: str
    baseline: str
    each: str  # 分别 or 均
    tail: str  # the quantity's name when it stands after 分别 (分别占比达)


def said_before(before: str) -> Said:
    """Peel verbs off the end of the words before a number until the subject is left."""
    words, verb, soft, change, baseline, each, tail = before, "", False, "", "", "", ""
    while True:
        shorter = words.rstrip("，、：:")
        if place := _first_prefix(shorter):
            verb = shorter[place:] + verb
            words = shorter[:place]
            continue
        if match := re.search(r"(?:力争|争取|努力|力求|(?:奋斗|力争)目标(?:值)?)$", shorter):
            soft = True
        elif match := _BASE.search(shorter):
            baseline = match["year"] or "上年"
        elif not change and not verb.strip("分别均") and (match := _CHANGE.search(shorter)):
            change = match[0]
        elif match := re.search(r"(?:分别|均)(占比|比重|比例|面积|增速)$", shorter):
            each, tail = "分别", match[1]
        elif verb and (
            match := re.search(r"(?<=[\u4e00-\u9fff）])(?:(?:到|至)?20\d\d年(?:底|末)?)?(?:要|应|须|需)$", shorter)
        ):
            pass
        elif match := re.search(r"(?:分别|均|都)$", shorter):
            each = match[0]
        elif not (match := _VERB.search(shorter)):
            break
        verb = match[0] + verb
        words = shorter[: match.start()]
    return Said(words, verb, soft or bool(re.search(r"力争|争取", before)), change, baseline, each, tail)


def _first_prefix(words: str) -> int | None:
    for form, _ in _PREFIXES:
        if match := form.search(words):
            return match.start()
    return None


_TOPIC = re.compile(  # 土壤：受污染耕地安全利用率, an item's own heading before its first indicator
    r"(?:环境空气|空气|大气|地表水|地下水|饮用水|水|土壤|声|生态|固体?废|农村|农业|主要污染物|污染物?|总量|减排|节能|降碳|碳"
    r"|应对气候变化|海洋|近岸海域|资源|能源|城市|人居)[^：，。；\d]{0,8}：(?=.)"
)


def without_lead(subject: str) -> tuple[str, str]:
    """A subject without the dates, 力争 and 其中 before it; and the base year when it opens with one."""
    baseline = ""
    while True:
        match = (
            re.match(
                r"(?:(?:到|至|在)?20\d\d(?!年?的?基础上)年?(?:[和、及]20\d\d年)?(?:底|末|年底)?(?:以?前|之前)?|年底前|今年|每年|年均|\d{1,2}月底前?)[，]?",
                subject,
            )
            or re.match(
                r"(?:力争|争取|确保|按期|努力|实现|推动|引导|促进|并|且|和)+(?=[\u4e00-\u9fff“A-Za-z])(?!力)", subject
            )
            or _TOPIC.match(subject)
            or re.match(
                r"[，、；：]|[—－-]{1,4}(?=[\u4e00-\u9fff])|[^：，。；]{0,16}(?:目标|指标|要求)[是为]?：", subject
            )
        )
        if match is None and (base := _BASE_HEAD.match(subject)):
            baseline, match = base["year"] or base["on"] or "上年", base
        if match is None or not match[0]:
            return subject, baseline
        subject = subject[match.end() :]


_TAILS = (
    re.compile(r"(单位[^、]*量[^、]*)$"),
    re.compile(r"(排放总?量.*)$"),
    re.compile(
        r"((?:综合|安全|循环|重复|无害化|集中|生活)?(?:利用|处理|处置|回收|覆盖|保护|达标|治理|收集|资源化利用|普及|合格|建成)率)$"
    ),
    re.compile(r"((?:货物|旅客)?(?:运输)?周转量.*)$"),
    re.compile(r"((?:年均|平均)?浓度.*)$"),
    re.compile(
        r"(占比|比例|比重|面积|产值|总量|产量|产能|销量|处理能力|装机(?:容量|规模)?|数量|能耗|用水量|次数|天数|客运量|货运量|增加值)$"
    ),
)
_SUBSTANCES = re.compile(
    r"^(?:氮氧化物|挥发性有机物|VOCs|NOx|SO2|PM2\.5|PM10|化学需氧量|COD|氨氮|总磷|总氮|二氧化硫|颗粒物|细颗粒物"
    r"|可吸入颗粒物|臭氧|一氧化碳|二氧化氮)(?:（[^（）]*）)?"
)
_LIKE = re.compile(r"等(?:主要|重点|大气|水)*(?:污染物|指标)(?:的)?")
_PER = re.compile(r"^((?:规模以上|规上)?单位(?:地区生产总值|国内生产总值|生产总值|GDP|工业增加值|产品|产值)的?)")


def spread(subject: str) -> list[str]:
    """The full names of a coordinated subject: A、B和C利用率 is A利用率, B利用率, C利用率."""
    parts = coordinated(subject)
    if len(parts) < 2:
        return [subject]
    if all(part.endswith("率") for part in parts):
        return parts
    tail = ""
    if (per := _PER.match(parts[0])) and len(parts[0]) > per.end() and not any(_PER.match(p) for p in parts[1:]):
        return [parts[0], *(per[1] + part for part in parts[1:])]
    if match := _SUBSTANCES.match(parts[-1]):
        parts[-1] = parts[-1][: match.end()] + _LIKE.sub("", parts[-1][match.end() :], count=1)
        tail = parts[-1][match.end() :]
    else:
        tail = _after_shared(parts[0], parts[-1])
        for form in () if tail else _TAILS:
            if match := form.search(parts[-1]):
                tail = match[1]
                break
    if tail == parts[-1] or all(part.endswith(tail) for part in parts):
        tail = ""
    core = parts[-1][: len(parts[-1]) - len(tail)] if tail else parts[-1]
    head = ""
    second = parts[1] if len(parts) > 2 else core
    if tail or len(parts[0]) > len(second) + 4:
        surplus = len(parts[0]) - len(second)
        if surplus >= 2 and not _SUBSTANCES.match(parts[0]) and not parts[0].endswith(tail or "\0"):
            head = parts[0][:surplus]
    names = [parts[0], *(head + part for part in parts[1:])]
    return [name if name.endswith(tail) else name + tail for name in names]


def _after_shared(first: str, last: str) -> str:
    """What follows the word both parts end their names with: 高速公路、普通公路路面材料利用率."""
    for length in range(len(first), 1, -1):
        place = last.rfind(first[-length:])
        if place >= 0:
            return last[place + length :]
    return ""


def coordinated(subject: str) -> list[str]:
    """The parts of a subject between 、 和 及 与, outside brackets and book titles."""
    masked = mask(subject)
    cuts = [
        m.start() for m in re.finditer(r"[、和与]|及(?!其?以[上下])", masked) if m.start() not in (0, len(masked) - 1)
    ]
    parts, start = [], 0
    for cut in cuts:
        parts.append(subject[start:cut])
        start = cut + 1
    parts.append(subject[start:])
    return [part for part in parts if part]
