"""Which tasks are listed under a target: those that name its indicator first, then those whose words speak of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import guatu
from guatu.judge.charged import NAMED, charged_with
from guatu.read.plan import Head, Measure, Plan, Target, Task

PM = Target("T01", "二", "PM2.5", "全市", "<=", None, "ug/m3", "", indicator_id="pm25_mean")


def task(key: str, title: str, text: str = "", *units: str) -> Task:
    return Task(id=key, outline="三", title=title, text=text, units=units)


def test_the_indicator_named_goes_before_words_and_titles_before_texts() -> None:
    tasks = (
        task("K1", "编制规划", "含空气篇章", "甲局"),
        task("K2", "治理柴油货车", "", "乙局", "丙局"),
        task("K3", "其他", "", "丁局"),
        task("K4", "保护饮用水", "", "戊局"),
    )
    measure = Measure(id="M1", task="K3", outline="三", text="PM2.5", span=(0, 1), indicator_id="pm25_mean")
    found = charged_with(Plan(Head(year=2021), (PM,), tasks, measures=(measure,)), PM)
    assert [(one.task.id, one.why, one.body) for one in found] == [
        ("K2", "写到“柴油”", "乙局"), ("K3", NAMED, "丁局"), ("K1", "写到“空气”", "甲局"),
    ]  # fmt: skip
    unknown = replace(PM, indicator_id=None)
    assert charged_with(Plan(Head(year=2021), (unknown,), tasks), unknown) == ()


def test_every_air_target_of_jingdezhen_has_tasks(shared: Callable[..., Path]) -> None:
    notice = guatu.read_notice(next(shared("notices", "texts").glob("00-*")))
    for target in notice.targets:
        if target.indicator_id in ("pm25_mean", "aqi_good_ratio"):
            assert len([one for one in charged_with(notice, target) if one.in_title]) >= 3
