"""Pledges in words instead of numbers: 为零, 全覆盖, 4A以上, 全面完成, 基本实现零填埋."""

from __future__ import annotations

import re
from decimal import Decimal

from guatu.read.dates import Deadline
from guatu.read.figures import said_before, without_lead
from guatu.read.labels import value_of
from guatu.read.pledge import Pledge
from guatu.read.scope import split_scope

_ZERO = re.compile(r"(?:为零|为0|归零|动态清零|清零)$")
_GONE = re.compile(r"(?:全面|彻底|基本|稳定)?(?:消除|无)(?P<what>劣(?:Ⅴ|五|V)类(?:断面|水体|水质断面|水质|水)?)$")
_HELD = re.compile(r"(不高于|不超过|不突破|不低于|不少于|好于|优于)(20\d\d)年(?:现状值|现状|水平|同期水平|同期)$")
_FRACTION = re.compile(
    r"(?P<of>[二三四五六七八九十百]+)分之(?P<n>[一二三四五六七八九十]+)(?:以上|左右)?(?=的?[\u4e00-\u9fff]{2})"
)
_NEVER_MORE = re.compile(r"(?:只减不增|只降不升|零增长|负增长)$")
_GRADE = re.compile(r"(?:达到|达)(?P<grade>\dA|A{2,5})级?(?P<suffix>(?:及)?以上)?$")
_CLASS = re.compile(
    r"(?P<where>[^，。；]{2,40}?)的?(?P<what>水质|水环境质量)(?:类别)?(?:稳定|全部|均|总体|持续)*"
    r"(?:达到|达|保持|维持|保持在|稳定在|优于|不低于)(?:或(?:优|好)于)?(?P<grade>[ⅠⅡⅢⅣⅤ]类)(?:水质|水体)?(?:标准)?(?:及?以上)?$"
)
_FULL = re.compile(r"(?:基本)?(?:实现|达到)?(?P<what>[^，。；]*?)全覆盖$")
_QUALITATIVE = (
    (re.compile(r"基本(?:实现)?零[\u4e00-\u9fff]{1,6}$"), "~", Decimal(0), "%"),
    (re.compile(r"实现零[\u4e00-\u9fff]{1,6}$"), "<=", Decimal(0), "%"),
    (re.compile(r"基本实现一[\u4e00-\u9fff]一[\u4e00-\u9fff]$"), "~", Decimal(100), "%"),
    (re.compile(r"实现一[\u4e00-\u9fff]一[\u4e00-\u9fff]$"), ">=", Decimal(100), "%"),
    (re.compile(r"基本(?:整改到位|整治到位|完成|建成|消除|整改完成|淘汰)"), "~", Decimal(100), "%"),
    (
        re.compile(r"(?:全面|全部|全域)(?:完成|建成|实施|淘汰|关停|取缔|消除|整改到位|整改完成|治理到位)"),
        "done",
        Decimal(100),
        "%",
    ),
)
_DONE = re.compile(
    r"(?:合理)?(?:建立|修订|制定|制订|出台|编制完成|完成|建成|印发|办结|投入使用|投运|投产|通车|整改到位)"
)
_NOT_DONE = re.compile(
    r"逐步|推进|推动|加快|鼓励|支持|力促|探索|研究|不再|持续|有序|明显|进一步|显著|积极|启动|争取|力争|有望"
)


def graded(begin: int, end: int, words: str, deadline: str) -> Pledge | None:
    """A grade to be reached (达到4A以上)."""
    match = _GRADE.search(words)
    if match is None:
        return None
    subject, _ = without_lead(said_before(words[: match.start()]).subject)
    scoped = split_scope(subject)
    at = (begin + match.start("grade"), begin + match.end("grade"))
    return Pledge(
        begin, end, scoped.rest, scoped.scope, scoped.sub, ">=", match["grade"], "grade",
        qualitative=True, value_at=at, deadline=deadline,
    )  # fmt: skip


def classed(begin: int, end: int, words: str, deadline: str) -> Pledge | None:
    """A class of water that named sections are to reach (甲河乙断面水质达到Ⅱ类)."""
    subject, _ = without_lead(words)
    match = _CLASS.match(subject)
    if match is None:
        return None
    at = begin + len(words) - len(subject)
    return Pledge(
        begin, end, match["what"], match["where"].removeprefix("其中"), words.startswith("其中"), ">=", match["grade"],
        "grade", value_at=(at + match.start("grade"), at + match.end("grade")), deadline=deadline,
    )  # fmt: skip


def pledged_in_words(begin: int, end: int, words: str, goal: bool, dates: list[Deadline]) -> Pledge | None:
    """The pledge a clause makes without a number; in duties only with a date, or over a whole (全部…实现…)."""
    when = dates[-1].text if dates else ""
    subject, _ = without_lead(words)
    if ending := _ZERO.search(subject):
        return _zero(begin, end, subject[: ending.start()], when) if goal or when else None
    if share := _FRACTION.search(subject):
        return _fraction(begin, end, words, subject, share, when) if goal or when or "力争" in words else None
    if never := _NEVER_MORE.search(subject):
        scoped = split_scope(re.sub(r"(?:实现|实行|保持|确保)$", "", subject[: never.start()]))
        return Pledge(
            begin, end, scoped.rest, scoped.scope, scoped.sub, "<=", Decimal(0), "%",
            op_surface=never[0], bare=True, change=True, qualitative=True, value_at=(end - len(never[0]), end),
            deadline=when,
        )  # fmt: skip
    if (gone := _GONE.match(subject)) and (goal or when or subject.startswith("全面")):
        return Pledge(
            begin, end, gone["what"], "", False, "<=", Decimal(0), "%",
            op_surface=subject[: gone.start("what")], bare=True, qualitative=True, value_at=(begin, end), deadline=when,
        )  # fmt: skip
    if goal and (held := _HELD.search(subject)):
        scoped = split_scope(without_lead(said_before(subject[: held.start()]).subject)[0])
        op = "<=" if held[1] in ("不高于", "不超过", "不突破") else ">="
        at = (end - len(held[0]), end)
        return Pledge(
            begin, end, scoped.rest, scoped.scope, scoped.sub, op, None, None,
            op_surface=held[1], baseline=held[2], reference=held[0], value_at=at, deadline=when,
            soft="力争" in words,
        )  # fmt: skip
    covered = _FULL.search(subject)
    if covered and (goal or when) and not re.match("推进|推动|加快", subject):
        return _covered(begin, end, words, subject, covered, when)
    if goal:
        return None
    if when:
        for form, op, value, unit in _QUALITATIVE:
            if match := form.search(words):
                return Pledge(
                    begin, end, subject, "", False, op, value, unit, qualitative=True, deadline=when,
                    soft="力争" in words, value_at=(begin + match.start(), begin + match.end()),
                )  # fmt: skip
        dated_here = dates[-1].firm and begin <= dates[-1].first < end
        if dated_here and _DONE.search(subject) and not _NOT_DONE.search(words):
            return Pledge(begin, end, subject, "", False, "done", None, None, deadline=when)
    return _whole(begin, end, words)


def _fraction(begin: int, end: int, words: str, subject: str, share: re.Match[str], when: str) -> Pledge:
    """三分之一以上的乡镇建成…: the share as it is written, 1/3, for no decimal number is equal to it."""
    parts = [value_of(share[name]) for name in ("of", "n")]
    at = begin + len(words) - len(subject)
    rest = subject[share.end() :].removeprefix("的")
    return Pledge(
        begin, end, subject[: share.start()] + rest, "", False, ">=", f"{parts[1]}/{parts[0]}", None,
        op_surface=share[0], bare="以上" not in share[0], soft="力争" in words,
        value_at=(at + share.start(), at + share.end()), deadline=when,
    )  # fmt: skip


def _zero(begin: int, end: int, name: str, when: str) -> Pledge:
    scoped = split_scope(name)
    unit = "%" if re.search(r"(?:比例|比率|率|占比)$", name) else "个"
    return Pledge(
        begin, end, scoped.rest, scoped.scope, scoped.sub, "<=", Decimal(0), unit,
        op_surface="为零", bare=True, value_at=(end - 2, end), deadline=when,
    )  # fmt: skip


def _covered(begin: int, end: int, words: str, subject: str, match: re.Match[str], when: str) -> Pledge:
    scoped = split_scope(subject[: match.start()] + match["what"])
    name = re.sub(r"基本|实现", "", scoped.rest) + "覆盖"
    return Pledge(
        begin, end, name, scoped.scope, scoped.sub, "~" if "基本" in subject else ">=", Decimal(100), "%",
        qualitative=True, op_surface=match[0][-7:], value_at=(begin + len(words) - len(match[0]), end), deadline=when,
    )  # fmt: skip


def _whole(begin: int, end: int, words: str) -> Pledge | None:
    match = re.match(r"年内(?:确保)?无(?P<what>[^，。；]{2,20})$", words)
    if match and not re.search("得分|扣", words):
        return Pledge(begin, end, match["what"], "", False, "<=", Decimal(0), "个", qualitative=True, bare=True)
    match = re.match(r"全部(?P<what>[^，。；]{1,12}实现[^，。；]{2,12})$", words)
    if match:
        return Pledge(begin, end, match["what"], "", False, ">=", Decimal(100), "%", qualitative=True)
    return None
