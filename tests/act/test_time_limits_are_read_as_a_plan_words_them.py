"""The time-limit column of rectification plans."""

from __future__ import annotations

from datetime import date

import pytest

from guatu.act.deadlines import read_due
from guatu.errors import ActError


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("2021年1季度", "限期", date(2021, 3, 31)),  # 三/（五）1 of the notice
        ("2021年第一季度前", "限期", date(2021, 3, 31)),
        ("2020年2月底前", "限期", date(2020, 2, 29)),
        ("6月底前", "限期", date(2021, 6, 30)),
        ("年底前", "限期", date(2021, 12, 31)),
        ("2022年底", "限期", date(2022, 12, 31)),
        ("2021年12月31日", "限期", date(2021, 12, 31)),
        ("2021-06-30", "限期", date(2021, 6, 30)),
        ("２０２１年６月３０日", "限期", date(2021, 6, 30)),
        ("2022年", "限期", date(2022, 12, 31)),
        ("立行立改", "立行立改", None),
        ("立行立改，2021年5月底前完成", "立行立改", date(2021, 5, 31)),
        ("长期坚持", "长期坚持", None),
        ("持续推进", "长期坚持", None),
        ("2021年底前完成30%，2022年底前完成", "分年度", date(2022, 12, 31)),
        ("", "未定", None),
    ],
)
def test_words_of_plans(text: str, kind: str, day: date | None) -> None:
    due = read_due(text, 2021)
    assert (due.kind, due.day) == (kind, day)
    assert due.text == text


@pytest.mark.parametrize("text", ["尽快", "13月底前", "2021年9月31日"])
def test_words_that_name_no_day_are_refused(text: str) -> None:
    with pytest.raises(ActError) as caught:
        read_due(text, 2021)
    assert caught.value.codes == ("G-ACT-03",)
