"""A notice without an attachment is signed and dated under its last line (公文格式: 成文日期在落款之下)."""

from datetime import date

import pytest

from guatu.read import read_notice

BODY = (
    "某市生态环境保护委员会办公室关于调整2021年度目标的通知\n\n某环委办字〔2021〕21号\n\n各县人民政府：\n\n现将目标调整如下。\n\n"
    "一、目标\n\n1. 全市细颗粒物（PM2.5）平均浓度控制在28微克/立方米以内。\n\n某市生态环境保护委员会办公室\n"
)


@pytest.mark.parametrize("written", ["2021年8月20日", "二〇二一年八月二十日"])
def test_the_date_under_the_last_line_is_the_date_of_the_notice(written: str) -> None:
    assert read_notice(BODY + written + "\n").head.issue_date == date(2021, 8, 20)


def test_a_day_inside_a_last_sentence_is_not() -> None:
    assert read_notice(BODY + "请于2021年8月20日前报送。\n").head.issue_date is None
