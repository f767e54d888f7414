"""The name of a number in words, from its key: 市中心城区 PM2.5 平均浓度，上年同期."""

from __future__ import annotations

from guatu.judge.indicators import AIR

_WORDS = {
    **{key: entry.name for key, entry in AIR.items()},
    "good_days": "优良天数", "valid_days": "有效监测天数", "composite": "综合指数", "rank": "排名",
    "change_rank": "同比变化排名", "so_far": "累计现值", "good_ratio": "水质优良断面比例", "sections": "监测断面数",
    "class": "水质类别", "all": "总数", "done": "办结数", "closed": "办结数", "open": "在办数", "overdue": "逾期数",
    "due": "到期数", "due_done": "到期办结数", "due_rate": "到期完成率", "rate": "完成率", "of": "需限期整改数",
    "accepted": "已通过验收数", "long_term": "长期坚持数", "late": "逾期天数", "behind": "滞后和逾期数",
    "asked": "应报数", "reported": "已报数", "owing": "未按时报齐数", "share": "占比", "primary": "首要污染物天数",
    "aqi": "AQI", "tasks": "措施", "problems": "问题", "reporting": "报送单位", "late_list": "逾期问题数",
}  # fmt: skip


def words_of(key: str) -> str:
    """A key in words; parts that have no name of their own stand as they are."""
    changed, _, base = key.partition("~")
    plain, _, then = changed.partition("@")
    parts = [_WORDS.get(part, part) for part in plain.split("/") if part]
    told = " ".join(parts) + (f"，{then}" if then else "")
    return f"{told}的变化" + (f"（比{_base(base)}）" if base else "") if base or "~" in key else told


def _base(base: str) -> str:
    return base if "/" not in base else "前期"
