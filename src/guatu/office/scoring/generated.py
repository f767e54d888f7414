"""Made-up points of a demonstration: what persons would enter, and one objection; entered once, each with a reason."""

from __future__ import annotations

from django.db import transaction

from guatu.load.workspace import Workspace
from guatu.office import records, snapshots
from guatu.office.scoring import assessing, entered, process, sheets
from guatu.score.feeding import subjects_of

CLERK, COUNTY_CONTACT = "jingban", "xianqu"
REASON = "演示评分：按台账和述职材料"
COUNTIES = {"乐平市": "4.5", "浮梁县": "5", "珠山区": "5.5", "昌江区": "5", "高新区": "4", "昌南新区": "4.5"}
EVENTS = (
    ("浮梁县", "B1", "praised", "省", "2021-06-05", "省厅简报推广农村污水管护做法（演示）"),
    ("珠山区", "P1", "named", "市", "2021-08-20", "餐饮油烟问题被市里通报（演示）"),
    ("珠山区", "R3", "repeated", "件", "2021-07-12", "同一噪声问题重复举报查实（演示）"),
)
OWN = (
    ("乐平市", "A1", "8", "扣除 2 月 11 日作废的数以后达到目标（演示）"),
    ("乐平市", "W3", "3.2", "四季度提标后处理率 93%（演示）"),
    ("乐平市", "T3", "5.5", "述职材料齐全（演示）"),
)
OPINIONS = (
    ("乐平市", "W3", "3.08", "运行月报与系统数一致（演示）"),
    ("浮梁县", "W3", "2.8", "月报缺三季度污泥台账（演示）"),
)
OBJECTION = ("乐平市", "A1", "2 月 11 日仪器校准漂移当日已作废，请核对年均值是否仍含该日（演示）")


@transaction.atomic
def take_over(ws: Workspace) -> bool:
    """Enter them in a demonstration where nothing was entered yet. Returns whether anything was."""
    if not ws.demo or records.of_kind(entered.KIND) or not ws.plan_path.is_file():
        return False
    day = snapshots.last_day_of(ws)
    counties, bodies = (sheets.chosen(ws, kind, day) for kind in ("counties", "bodies"))
    for subject in subjects_of(ws, counties):
        entered.enter(counties, subject, "T3", entered.POINTS, COUNTIES.get(subject, "5"), CLERK, REASON)
    for number, subject in enumerate(subjects_of(ws, bodies)):
        entered.enter(bodies, subject, "U6", entered.POINTS, str(7 + number % 4), CLERK, REASON)
    for subject, item, name, level, on, words in EVENTS:
        entered.enter(counties, subject, item, name, "1", CLERK, words, level=level, day=on)
    for subject, item, points, words in OWN:
        assessing.assess(ws, counties, subject, item, points, words, COUNTY_CONTACT)
    for subject, item, points, words in OPINIONS:
        assessing.opine(ws, counties, subject, item, "市住建局", points, words, "danwei")
    subject, item, words = OBJECTION
    process.raise_objection(ws, counties, day, subject, item, words, COUNTY_CONTACT)
    return True
