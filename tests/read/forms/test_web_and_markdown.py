"""Web pages and Markdown: the words a reader sees, nothing of the furniture."""

from __future__ import annotations

import pytest

from guatu.errors import ReadError
from guatu.read import forms
from tests.read.forms import making


def lines(page: str | bytes) -> list[str]:
    return forms.extract(page if isinstance(page, bytes) else page.encode(), "通知.html").text.splitlines()


def test_headings_breaks_and_lists_become_lines() -> None:
    head = "<body><h2>一、 总体要求</h2>正文<br>次行"
    page = head + "<ol start=3><li>甲<li>乙</ol><ul><li>丙</li></ul><pre>丁\n戊</pre></body>"
    assert lines(page) == ["一、 总体要求", "正文", "次行", "3. 甲", "4. 乙", "丙", "丁", "戊"]


def test_scripts_navigation_and_hidden_words_are_dropped() -> None:
    words = "".join(lines(making.html(["一、总体要求"])))
    assert words == "一、总体要求"
    hidden = "<html><p>甲<span style='display: none'>乙</span></p><div hidden>丙</div>"
    assert lines(hidden + "<select><option>丁</select><!-- 戊 -->") == ["甲"]


def test_inline_marks_do_not_cut_words() -> None:
    assert lines("<p>PM<sub>2.5</sub>平均<b>浓度</b>&le;30&nbsp;微克</p>") == ["PM2.5平均浓度≤30 微克"]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030", "big5"])
def test_the_charset_of_the_page_is_believed_where_it_fits(charset: str) -> None:
    words = "生態環境" if charset == "big5" else "细颗粒物（PM2.5）浓度"
    page = f"<html><head><meta charset='{charset}'></head><body><p>{words}</p></body></html>"
    assert lines(page.encode("gb18030" if charset == "gb2312" else charset)) == [words]


def test_a_wrong_charset_is_seen_through() -> None:
    page = "<html><head><meta charset='gb2312'></head><body><p>细颗粒物浓度不升反降</p></body></html>"
    told_wrong = page.replace("gb2312", "utf-8").encode("gb18030")
    assert lines(told_wrong) == ["细颗粒物浓度不升反降"]


def test_a_page_of_furniture_only_is_a_fault() -> None:
    with pytest.raises(ReadError) as fault:
        lines("<html><nav>首页</nav><script>1</script></html>")
    assert fault.value.codes == ("G-READ-24",)


def test_markdown_loses_its_marks_and_no_words() -> None:
    head = "---\ntitle: x\n---\n# 通知\n\n**一、总体要求**\n\n"
    text = head + "- 1. 甲 [某文](http://x)\n> 乙 ![图](y.png)\n\n---\n1\\. 丙<br>丁<!-- 戊 -->\n"
    assert [line for line in forms.extract(text.encode(), "a.md").text.split("\n") if line] == [
        "通知", "一、总体要求", "1. 甲 某文", "乙 ", "1. 丙", "丁",
    ]  # fmt: skip
