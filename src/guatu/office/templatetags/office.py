"""Template words: status badges, icons, outline numbers, dates, subscripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from guatu.act.breakdown import DONE, Row
from guatu.act.registers import Register
from guatu.office import wording
from guatu.office.models import Role
from guatu.score.wording import plain

register = template.Library()
_LOW = re.compile(r"PM_?\{?(2\.5|10)\}?|(?<![A-Za-z])(SO|NO|CO|O)([23])(?!\d)")

_SAID = {
    "role": "角色",
    "body": "单位",
    "active": "在用",
    "data_version": "数据版本",
    "title": "任务",
    "outline": "位置",
    "state": "状态",
    "status": "状态",
    "lead": "牵头单位",
    "confirmed": "牵头已确认",
    "node": "节点",
    "quantity": "数量",
    "unit": "数量单位",
    "done": "完成标志",
    "contact": "联络员",
    "leader": "责任领导",
    "retired": "撤下",
    "verified": "核实",
    "due": "截止",
    "first": "首次收到",
    "late": "迟报天数",
    "received": "收到",
    "file": "文件",
    "line": "行",
    "rows": "行数",
    "signer": "签批人",
    "number": "文号",
    "recorded": "方式",
}
_PLAIN: dict[Any, str] = {True: "是", False: "否", **dict(Role.choices)}


@register.filter
def chem(text: Any) -> SafeString:
    """PM2.5, SO2, O3 with their figures set low."""
    return mark_safe(_LOW.sub(lambda m: f"PM<sub>{m[1]}</sub>" if m[1] else f"{m[2]}<sub>{m[3]}</sub>", escape(text)))


@register.filter
def points(exact: Fraction) -> str:
    """An exact number of points in digits."""
    return plain(exact)


@register.filter
def spoken(text: str) -> str:
    """A text with quarters as people write them."""
    return wording.spoken(text)


@register.filter
def outline(text: str) -> str:
    """An outline number as people write it."""
    return wording.outline_text(text)


@register.filter
def day(text: str | date) -> str:
    """``10月11日`` of an ISO date."""
    return wording.day_text(date.fromisoformat(text) if isinstance(text, str) else text, -1)[5:] if text else "—"


@register.filter
def full_day(text: str | date) -> str:
    """``2021年10月11日`` of an ISO date."""
    return wording.day_text(date.fromisoformat(text) if isinstance(text, str) else text, -1) if text else "—"


@register.filter
def moment(text: str) -> str:
    """``2021-10-12 08:30`` of the log's time."""
    return text[:16].replace("T", " ")


@register.filter
def change(said: dict[str, Any] | None) -> str:
    """One side of a log entry in words; long texts are left to the thing itself."""
    said = said or {}
    words = [
        f"{_SAID[key]} {_PLAIN.get(value, value)}"
        for key, value in said.items()
        if key in _SAID and value not in ("", None)
    ]
    told = said.get("said") or {}
    words += [told[key] for key in ("state", "count", "text", "proof") if told.get(key)]
    bodies = "、".join(body for body, _ in said.get("parts") or [])
    return "；".join([*words, *([f"单位 {bodies}"] if bodies else [])])


@register.filter
def done_word(row: Row) -> str:
    """What shows that a measure is done."""
    return DONE[row.done] + (f"：{row.paper}" if row.paper else "")


@register.filter
def item(found: Mapping[str, Any], key: str) -> Any:
    """The value under a key, empty where there is none."""
    return found.get(key, "")


@register.filter
def title_of(kind: Register, name: str) -> str:
    """The heading of a register's column."""
    return kind.fields[name].title


@register.filter
def words(text: str) -> list[str]:
    """The words of a text with commas between."""
    return text.split(",")


@register.filter
def pairs(text: str) -> list[tuple[str, str]]:
    """Keys and titles of a row of headings: ``rows:行数,:方式``."""
    return [(key, title) for key, _, title in (part.partition(":") for part in text.split(","))]


@register.filter
def leafy(below: list[dict[str, Any]]) -> bool:
    """Whether what is below a node are rows with nothing below them (days, hours): these are set in columns."""
    return not any(child["below"] for child in below)


@register.filter
def opens(address: str) -> bool:
    """Whether a node's address is that of a figure (indicator/scope/period), which has a page of its own."""
    return address.count("/") >= 2


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """A shape of the page's sprite; always stands beside its word."""
    return format_html(
        '<svg class="icon s-{} {}" aria-hidden="true" focusable="false"><use href="#i-{}"></use></svg>',
        name,
        more,
        name,
    )


@register.simple_tag
def badge(css: str, word: str) -> SafeString:
    """A status: shape, word and colour together."""
    return format_html('<span class="badge s-{}">{}<span>{}</span></span>', css, icon(css), word)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own address with some filters changed; an empty value drops the filter."""
    asked = context["request"].GET.copy()
    for key, value in changes.items():
        asked.pop(key, None)
        if value:
            asked[key] = value
    return f"?{asked.urlencode()}" if asked else context["request"].path
