"""What a Word document shows is what is read: numbers, tables, tracked changes, hidden and floating words."""

from __future__ import annotations

import pytest

from guatu.errors import ReadError
from guatu.read import forms
from guatu.read.forms.numbering import shown
from tests.read.forms import making
from tests.read.forms.making import paragraph, run, table


def lines(data: bytes) -> list[str]:
    return forms.extract(data, "通知.docx").text.splitlines()


def body(*parts: str) -> list[str]:
    return lines(making.docx("".join(parts)))


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 34: "三十四", 101: "一百零一", 110: "一百一十"},
        ),
        ("chineseCountingThousand", {12: "十二", 1003: "一千零三"}),
        ("decimal", {1: "1", 12: "12"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, numbers: dict[int, str]) -> None:
    assert {number: shown(number, form) for number in numbers} == numbers


def test_levels_count_and_start_again_below_a_higher_one() -> None:
    steps = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2, 3, 3]
    found = body(*(paragraph(f"段{i}", number=(1, level)) for i, level in enumerate(steps)))
    assert found == [
        "一、段0", "（一）段1", "（二）段2", "1.段3", "2.段4", "（三）段5", "1.段6", "二、段7", "（一）段8", "1.段9",
        "（1）段10", "（2）段11",
    ]  # fmt: skip


def test_a_list_that_does_not_restart_runs_on() -> None:
    levels = making.numbering(making.OFFICIAL).replace(
        '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/>',
        '<w:numFmt w:val="chineseCounting"/><w:lvlRestart w:val="0"/><w:lvlText w:val="（%2）"/>',
    )
    assert "lvlRestart" in levels
    made = making.docx("".join(paragraph("段", number=(1, level)) for level in (0, 1, 1, 0, 1)), numbers=levels)
    assert lines(made) == ["一、段", "（一）段", "（二）段", "二、段", "（三）段"]


def test_a_second_list_may_start_at_its_own_number() -> None:
    levels = making.numbering(making.OFFICIAL).replace(
        "</w:numbering>",
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num></w:numbering>",
    )
    made = making.docx(paragraph("甲", number=(1, 0)) + paragraph("乙", number=(2, 0)) + paragraph("丙", number=(1, 0)),
                       numbers=levels)  # fmt: skip
    assert lines(made) == ["一、甲", "五、乙", "二、丙"]


def test_a_style_brings_its_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (
        f'<w:styles xmlns:w="{making.WORD}"><w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>' + run("总体要求") + "</w:p>"
    refused = (
        '<w:p><w:pPr><w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>' + run("正文") + "</w:p>"
    )
    assert lines(making.docx(styled + refused + styled, styles=styles)) == ["一、总体要求", "正文", "二、总体要求"]


def test_struck_hidden_and_floating_words_are_left_out() -> None:
    changed = (
        "<w:p>" + run("控制在") + '<w:del w:id="1"><w:r><w:delText>40</w:delText></w:r></w:del>'
        '<w:ins w:id="2">' + run("30") + "</w:ins>" + run("微克")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>不显示</w:t></w:r>"
        + '<w:r><w:pict><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:pict></w:r></w:p>'
    )  # fmt: skip
    moved = (
        '<w:p><w:moveFrom w:id="3">'
        + run("旧位置")
        + '</w:moveFrom><w:moveTo w:id="4">'
        + run("新位置")
        + "</w:moveTo></w:p>"
    )
    joined = (
        '<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>' + run("上半") + "</w:p><w:p>" + run("下半") + "</w:p>"
    )
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("2021年3月1日") + "</w:p>"
    )
    assert body(changed, moved, joined, field) == ["控制在30微克", "新位置", "上半下半", "2021年3月1日"]


def test_the_contents_and_running_heads_are_left_out() -> None:
    contents = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>' + run("一、总体要求……1") + "</w:p>"
    made = making.docx(contents + paragraph("一、总体要求"), head="文件汇编")
    assert lines(made) == ["一、总体要求"]


def test_a_red_head_set_as_a_table_comes_line_by_line() -> None:
    head = table([["甲市生态环境局\n甲市发展和改革委员会", "文件"]]) + table([["甲环字〔2021〕9号", "签发人：某某"]])
    assert body(head, paragraph("关于印发工作要点的通知")) == [
        "甲市生态环境局", "甲市发展和改革委员会", "文件", "甲环字〔2021〕9号", "签发人：某某", "关于印发工作要点的通知",
    ]  # fmt: skip


def test_a_table_of_tasks_keeps_roles_and_dates() -> None:
    rows = [
        ["序号", "领域", "工作任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "大气", "淘汰老旧车辆", "市公安局", "市商务局\n市财政局", "2021年9月底前"],
        ["2", "^", "加强油气回收", "市生态环境局", "", "2021年6月底"],
        ["3", "水", "新建污水管网", "市住建局", "市水利局", "12月底"],
    ]
    assert body(table(rows)) == [
        "（一）大气",
        "1. 淘汰老旧车辆。（牵头单位：市公安局；配合单位：市商务局、市财政局；完成时限：2021年9月底前）",
        "2. 加强油气回收。（牵头单位：市生态环境局；完成时限：2021年6月底）",
        "（二）水",
        "3. 新建污水管网。（牵头单位：市住建局；配合单位：市水利局；完成时限：12月底）",
    ]


def test_a_document_of_pictures_only_says_that_it_has_no_text() -> None:
    with pytest.raises(ReadError) as fault:
        body("<w:p><w:r><w:drawing/></w:r></w:p>")
    assert fault.value.codes == ("G-READ-24",)
