"""The name of a number in words, from its key: 市中心城区 PM2.5 平均浓度，上年同期."""

from __future__ import annotations

from guatu.judge.indicators import AIR
from guatu.report.paper import Number

ROWS = {"measure": "措施", "problem": "问题", "body": "单位", "section": "断面", "target": "目标", "source": "水源",
        "letter": "函"}  # fmt: skip
_SHOWN = 12

_WORDS = {
    **{key: entry.name for key, entry in AIR.items()},
    "good_days": "优良天数", "valid_days": "有效监测天数", "composite": "综合指数", "rank": "排名",
    "worst": "最大单项指数",
    "change_rank": "同比变化排名", "so_far": "累计现值", "good_ratio": "水质优良断面比例", "sections": "监测断面数",
    "class": "水质类别", "all": "总数", "done": "办结数", "closed": "办结数", "open": "在办数", "overdue": "逾期数",
    "due": "到期数", "due_done": "到期办结数", "due_rate": "到期完成率", "rate": "完成率", "of": "需限期整改数",
    "sources": "水源数", "ok": "达标数", "volume": "取水量", "volume_rate": "取水量达标率", "required": "要求",
    "actual": "实际", "needed": "今后每年需要", "indicators": "评估指标数",
    "judged": "登记目标的断面数", "kept": "达到目标类别的断面数", "kept_rate": "断面达标率",
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


def opened_by(number: Number) -> str:
    """Where a number comes from, in words: address, rows it was counted from, or numbers it is derived from."""
    if number.address:
        return number.address
    if number.rows:
        return rows_told(number.rows)
    if number.of:
        told = "、".join(words_of(key) for key in number.of[:4])
        return f"由{told}{f'等{len(number.of)}个数' if len(number.of) > 4 else ''}算得"
    return "由台账数得"


def rows_told(rows: tuple[str, ...]) -> str:
    """The rows a number was counted from: 措施 M001、M002 等 30 项."""
    kind = ROWS.get(rows[0].partition("/")[0], "")
    names = "、".join(one.partition("/")[2] for one in rows[:_SHOWN])
    return f"{kind} {names}{f' 等 {len(rows)} 项' if len(rows) > _SHOWN else ''}"
