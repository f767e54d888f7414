"""Whatever the text, reading gives a plan and never an exception, and the same bytes each time."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guatu.read import read_notice

WORDS = """
一、 （一） (1) 1. ① - 1. 专栏1 附件 第一条 关于 通知 〔2021〕9号 责任单位： （责任单位：市水利局） 市发改委、
各县（市、区） 党委、政府 以下均需 落实，不再列出 力争 达到 控制在 以内 以上 92% 30 微克/立方米 分别 均 较2020年
下降 到2025年 6月底前 全覆盖 为零 时序进度要求 。 ； ， 、 （ ） 《 》 “ ” 目标 主要目标 序号 考核项目
负责考核部门 PM_{2.5} O₃ ﹒
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n", "\u3000", "\x0c"])


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1).filter(lambda t: t.strip()))
@example("一、\n（")
@example("1" * 5000 + "\n")
@example("（" * 3000 + "\n")
@example("九百九十九十百、\n")
def test_any_text_gives_a_plan(text: str) -> None:
    plan = read_notice(text + "\n")
    json.dumps(plan.to_dict())


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=60))
def test_any_pile_of_the_words_of_notices_gives_the_same_plan_twice(pieces: list[str]) -> None:
    text = "".join(pieces) + "\n文\n"
    first, second = read_notice(text), read_notice(text)
    assert first == second
    for item in (*first.targets, *first.tasks):
        for span in item.spans.values():
            assert 0 <= span[0] <= span[1] <= len(text)


HANGS = 5  # [s] of work from which on a reader hangs; a line of junk takes some hundredths
JUNK = """
（ （） “” 《 以下均需 以上 同意 根据 力争 率 甲县、 市水利局、 和市水利局 十 制定 参照执行 责任单位：
92%、 2021年 一、{br}
"""
FRAMES = {
    "duty": "某市2022年工作要点\n一、任务\n1.甲。{}（责任单位：市水利局）\n",
    "goal": "某市2022年工作要点\n一、主要目标\n1.{}\n",
    "block": "某市2022年工作要点\n一、任务\n1.甲。做好。（责任单位：{}）\n",
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("junk", JUNK.split())
def test_a_long_line_of_junk_is_soon_read(junk: str, frame: str) -> None:
    """Ten thousand characters of one word: many seconds where time grows with the square of the length."""
    word = junk.format(br="\n")
    text = FRAMES[frame].format(word * (10000 // len(word)))
    start = time.process_time()
    read_notice(text)
    assert time.process_time() - start < HANGS
