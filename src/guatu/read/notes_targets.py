"""Oddities of targets: words left out, two readings, a number that looks cut, figures that are no targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from guatu.read.plan import Note, Target
from guatu.read.reading import Reading

_RATE = re.compile(r"率|比例|比重|占比")
_DISTRACTORS = re.compile(
    r"“[^“”]*[\d一二三四五六七八九十]+[^“”]*”|\d+周年|[一二三四五六七八九十]+年行动|党的[一二三四五六七八九十]+大"
    r"|(?:19|20)\d\d年(?![底末前1-4一二三四第])|PM2\.5|O3|第[一二三四五六七八九十]+次[^，。]{0,6}会议"
)


def _at(reading: Reading, target: Target) -> tuple[str, tuple[int, int] | None]:
    return target.outline, target.spans.get("text")


def _unscoped(reading: Reading) -> Iterator[Note]:
    for target in reading.plan.targets:
        card = reading.page.cards.get(target.indicator_id)
        if "scope" not in target.spans and not target.inherits and not (card and card.scope):
            outline, span = _at(reading, target)
            text = f"“{target.indicator}”没有写范围，按{target.scope or '全文所指的地区'}理解"
            yield Note("scope-not-written", "doubt", text, outline, span)


def _two_scopes(reading: Reading) -> Iterator[Note]:
    """A clause without a scope after 其中: it may belong to the whole or to the part."""
    parts = [t for t in reading.plan.targets if t.text.startswith("其中")]
    for target in reading.plan.targets:
        if target.inherits == ("scope",):
            part = next((p.scope for p in reversed(parts) if p.outline == target.outline), "其中所指的部分")
            outline, span = _at(reading, target)
            text = f"“{target.text}”没有主语：可指{target.scope}（现按此），也可指{part}"
            yield Note("two-scopes", "doubt", text, outline, span)


def _implied(reading: Reading) -> Iterator[Note]:
    """劣Ⅴ at zero beside every section at Ⅲ: it follows, it does not contradict."""
    full = {t.scope for t in reading.plan.targets if t.indicator_id == "sw_good_ratio" and t.value == 100}
    for target in reading.plan.targets:
        if target.indicator_id == "sw_inferior_v_ratio" and target.value == 0 and target.scope in full:
            outline, span = _at(reading, target)
            text = "同一范围优良断面已要求 100%，劣Ⅴ类为零是它的推论：重复，不矛盾"
            yield Note("implied-target", "remark", text, outline, span)


def _looser_part(reading: Reading) -> Iterator[Note]:
    for whole, part in pairwise(reading.plan.targets):
        if whole.outline != part.outline or "indicator" not in part.inherits or whole.op != part.op:
            continue
        if not isinstance(whole.value, Decimal) or not isinstance(part.value, Decimal):
            continue
        looser = part.value > whole.value if whole.op == "<=" else part.value < whole.value
        if looser and whole.op in ("<=", ">="):
            outline, span = _at(reading, part)
            text = f"{part.scope}的要求（{part.value}）比{whole.scope}（{whole.value}）宽：城区常常如此，不是错误"
            yield Note("looser-part", "remark", text, outline, span)


def _small_share(reading: Reading) -> Iterator[Note]:
    """A share to be reached of a tenth or so, where such shares are usually near the whole."""
    for target in reading.plan.targets:
        card = reading.page.cards.get(target.indicator_id)
        removal = target.indicator_id and "black_water" in target.indicator_id
        if not (card and removal and target.unit == "%" and isinstance(target.value, Decimal) and target.value <= 20):
            continue
        outline, span = _at(reading, target)
        lacking = "" if _RATE.search(target.indicator) else "，而且没有“比例”二字"
        text = f"“{target.text}”只有 {target.value}%{lacking}：可能漏了一位数，也可能工作刚起步；照原文读，把握低"
        yield Note("value-may-be-cut", "doubt", text, outline, span)


def _unstated_direction(reading: Reading) -> Iterator[Note]:
    for target in reading.plan.targets:
        if target.polarity.endswith("(not stated)"):
            outline, span = _at(reading, target)
            way = "降低" if target.polarity.startswith("reduction") else "提高"
            yield Note("direction-not-written", "doubt", f"“{target.indicator}”没有写升降，按{way}理解", outline, span)


def _outside_number(reading: Reading) -> Iterator[Note]:
    for target in reading.plan.targets:
        if target.op == "schedule":
            outline, span = _at(reading, target)
            text = f"“{target.indicator}”的数不在本文里，要从“{target.reference}”所指的规划或下达文件取"
            yield Note("number-elsewhere", "gap", text, outline, span)


def _same_base(reading: Reading) -> Iterator[Note]:
    forms = ("单位国内生产总值", "单位地区生产总值", "单位GDP")
    used = {form: t for form in forms for t in reading.plan.targets if form in t.indicator}
    if len(used) > 1:
        first, *_, last = used.items()
        text = f"“{first[0]}”（{first[1].outline}）与“{last[0]}”（{last[1].outline}）是同一个基数的两种写法"
        yield Note("two-names-of-base", "remark", text, last[1].outline, last[1].spans.get("text"))


def _calibre(reading: Reading) -> Iterator[Note]:
    """What the card says a person must settle, unless the words already do."""
    for target in reading.plan.targets:
        card = reading.page.cards.get(target.indicator_id)
        if card and card.asks and not (card.asks_unless and card.asks_unless in target.indicator):
            outline, span = _at(reading, target)
            yield Note("calibre-open", "doubt", f"“{target.indicator}”：{card.asks}", outline, span)


def _not_a_number(reading: Reading) -> Iterator[Note]:
    for target in reading.plan.targets:
        if target.qualitative:
            outline, span = _at(reading, target)
            text = f"“{target.text}”没有数字，按约 {target.value}{target.unit or ''} 记，达标与否由人认定"
            yield Note("value-in-words", "doubt", text, outline, span)


def _no_card(reading: Reading) -> Iterator[Note]:
    for target in reading.plan.targets:
        if target.indicator_id is None:
            outline, span = _at(reading, target)
            text = f"“{target.indicator}”没有对应的指标卡，只能人工填报数值"
            if target.change and reading.page.cards.match(target.indicator):
                text = f"“{target.indicator}”说的是升降幅度，不是水平，不能直接拿监测值来比，只能人工填报"
            yield Note("no-card", "gap", text, outline, span)


def _distractors(reading: Reading) -> Iterator[Note]:
    """Numbers in names and history, listed once so that a person sees they were not overlooked."""
    if not reading.plan.targets:
        return
    seen = dict.fromkeys(match[0] for match in _DISTRACTORS.finditer(reading.page.text))
    if seen:
        text = f"这些数字在名称、历史或修饰语里，没有当作目标：{'、'.join(seen)}"
        yield reading.note("numbers-not-targets", "remark", text)


RULES = (
    _unscoped,
    _two_scopes,
    _implied,
    _looser_part,
    _small_share,
    _unstated_direction,
    _outside_number,
    _same_base,
    _calibre,
    _not_a_number,
    _no_card,
    _distractors,
)
