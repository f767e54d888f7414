"""Printed pages: lines joined as their writer set them, page furniture gone, ruled tables row by row."""

from __future__ import annotations

import pytest

from guatu.read import forms
from guatu.read.forms.printed import Line, in_rows, text_of
from tests.read.forms import making

pytest.importorskip("pypdfium2")


def lines(*pages: list[tuple[str, float, float]], **more: object) -> list[str]:
    return forms.extract(making.pdf(list(pages), **more), "a.pdf").text.splitlines()  # type: ignore[arg-type]


def block(
    words: str, y: float, left: float = 28, indent: float = 11.2, width: int = 28
) -> list[tuple[str, float, float]]:
    cut = making.broken(words, width * 5.6 - indent, width * 5.6)
    return [(piece, left + (0 if row else indent), y + row * 10.2) for row, piece in enumerate(cut)]


LONG = (
    "持续推进运输结构调整，深入推进公转铁、公转水，大力推广新能源汽车，加快淘汰老旧车辆，"
    "加强路检路查和入户检查，依法处罚超标排放。"
)


def test_a_sentence_cut_by_a_page_is_whole_and_furniture_is_gone() -> None:
    typed = block(LONG, 60)
    first = [("甲市公报", 90.0, 12.0), *typed[:2], ("— 1 —", 95.0, 275.0)]
    second = [("甲市公报", 90.0, 12.0), (typed[2][0], 28.0, 37.0), *block("下一段。", 60), ("第2页 共2页", 95.0, 275.0)]
    assert len(typed) == 3
    assert lines(first, second) == [LONG, "下一段。"]


@pytest.mark.parametrize("number", ["- 3 -", "—3—", "3", "第3页", "第 3 页 共 9 页", "3/9", "· 3 ·"])
def test_page_numbers_go_in_every_dress(number: str) -> None:
    assert lines([*block("一段。", 60), (number, 100.0, 280.0)]) == ["一段。"]


def test_a_number_in_the_middle_of_a_page_stays() -> None:
    assert lines([*block("一段。", 60), ("30", 100.0, 120.0), *block("二段。", 150)]) == ["一段。", "30", "二段。"]


def test_a_full_last_line_does_not_swallow_the_next_paragraph() -> None:
    full = "一" * 26 + "二" * 28
    typed = [*block(full, 40), *block("（一）标题", 60.4), *block(LONG, 70.6)]
    assert lines(typed) == [full, "（一）标题", LONG]


def test_numbers_that_hang_out_keep_their_lines() -> None:
    words = "1.深入推进重点行业企业挥发性有机物综合治理加大原辅材料源头替代的推进力度强化锅炉与炉窑综合治理"
    hanging = [(words[:27], 28.0, 40.0), (words[27:], 39.2, 50.2)]
    assert lines([*hanging, *[(w, x, y + 30) for w, x, y in hanging]]) == [words, words]


def test_words_drawn_out_of_order_are_read_from_the_top() -> None:
    typed = block(LONG, 60)
    assert lines([*reversed(typed)]) == [LONG]


def test_pieces_of_one_row_are_one_line() -> None:
    row = [
        Line("控制在", 0.3, 0.2, 0.36, 0.22, 1, 0.9),
        Line("浓度", 0.1, 0.201, 0.14, 0.221, 1, 0.8),
        Line("平均", 0.15, 0.199, 0.19, 0.219, 1, 0.7),
    ]
    assert [(line.text, line.score) for line in in_rows(row)] == [("浓度平均", 0.7), ("控制在", 0.9)]


def test_no_lines_make_no_text() -> None:
    assert text_of([]).text == ""


def test_a_ruled_table_is_read_by_rows_and_over_pages() -> None:
    edges = [28.0, 44.0, 105.0, 135.0, 165.0, 190.0]
    head = ["序号", "工作任务", "牵头单位", "配合单位", "时限"]

    def row(cells: list[str], y: float) -> list[tuple[str, float, float]]:
        return [
            (piece, edges[index] + 2, y + 2 + 6 * order)
            for index, cell in enumerate(cells)
            for order, piece in enumerate(cell.split("\n"))
        ]

    first = row(head, 40) + row(["1", "淘汰老旧车辆加强路检\n路查", "市公安局", "市商务局\n市财政局", "9月底"], 56)
    second = row(head, 40) + row(["2", "新建污水管网", "市住建局", "", "年底前"], 56)
    rules = [making.ruling(edges, [40, 56, 76]), making.ruling(edges, [40, 56, 76])]
    before = block("附件：任务分解表", 20)
    assert lines(before + first, second, rules=rules) == [
        "附件：任务分解表",
        "1. 淘汰老旧车辆加强路检路查。（牵头单位：市公安局；配合单位：市商务局、市财政局；完成时限：9月底）",
        "2. 新建污水管网。（牵头单位：市住建局；完成时限：年底前）",
    ]


def test_a_frame_round_the_page_is_no_table() -> None:
    frame = making.ruling([20.0, 195.0], [15.0, 285.0])
    assert lines(block(LONG, 60), rules=[frame]) == [LONG]
