"""The founding notice, given in any form, is the plan its text gives."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guatu import read_notice
from guatu.read import forms
from tests.conftest import real_inputs
from tests.read.forms import making

pytest.importorskip("pypdfium2")

NOTICE = "00-jingdezhen-2021-eco-yaodian.txt"


@pytest.fixture(scope="module")
def notice() -> Path:
    return real_inputs("notices", "texts", NOTICE)


@pytest.fixture(scope="module")
def paragraphs(notice: Path) -> list[str]:
    return making.paragraphs_of(notice.read_text(encoding="utf-8"))


def without_places(value: Any) -> Any:
    """A value without spans, and without the copy's own way to write a small number (PM_{2.5})."""
    if isinstance(value, dict):
        return {key: without_places(inner) for key, inner in value.items() if "span" not in key}
    if isinstance(value, list):
        return [without_places(inner) for inner in value]
    return re.sub(r"[_{}]", "", value) if isinstance(value, str) else value


def content(path: Path) -> dict[str, Any]:
    """What a plan says, apart from where it stands."""
    plan = read_notice(path).to_dict()
    head = without_places(plan["doc"])
    head.pop("source_sha256", None)
    return {
        "head": head,
        "targets": [without_places(entry) for entry in plan["targets"]],
        "tasks": [without_places(entry) for entry in plan["tasks"]],
    }


def markdown(paragraphs: list[str]) -> bytes:
    lines = [
        f"**{words}**" if index == 0 else f"## {words}" if words[1] == "、" else words
        for index, words in enumerate(paragraphs)
    ]
    return "\n\n".join(["---\ntitle: x\n---", *lines]).encode()


MAKERS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "typed numbers in Word": ("a.docx", lambda p: making.notice_docx(p, head="文件汇编")),
    "automatic numbers in Word": ("a.docx", lambda p: making.notice_docx(p, automatic=True)),
    "web page in UTF-8": ("a.html", making.html),
    "web page in GB2312": ("a.htm", lambda p: making.html(p, "gb2312")),
    "Markdown": ("a.md", markdown),
    "PDF": ("a.pdf", lambda p: making.pdf(making.typeset(p, head="景德镇市环委办文件汇编"))),
    "PDF stored on its side": ("a.pdf", lambda p: making.pdf(making.typeset(p), turned=90)),
    "PDF of narrow lines": ("a.pdf", lambda p: making.pdf(making.typeset(p, width=19))),
    "PDF without indents": ("a.pdf", lambda p: making.pdf(making.typeset(p, indent=0))),
    "OFD": ("a.ofd", lambda p: making.ofd(making.typeset(p))),
    "text in GB18030": ("a.txt", lambda p: "\n".join(p).encode("gb18030")),
}


@pytest.mark.parametrize("form", MAKERS)
def test_a_form_gives_the_plan_of_the_text(form: str, notice: Path, paragraphs: list[str], tmp_path: Path) -> None:
    name, make = MAKERS[form]
    path = tmp_path / name
    path.write_bytes(make(paragraphs))
    expected, found = content(notice), content(path)
    assert len(expected["targets"]) == 27 and len(expected["tasks"]) == 30
    assert found["head"] == expected["head"]
    assert found["targets"] == expected["targets"]
    assert found["tasks"] == expected["tasks"]


def needs_soffice() -> None:
    if shutil.which("soffice") is None:
        assert not os.environ.get("GUATU_CI"), "LibreOffice is needed here"
        pytest.skip("需要 LibreOffice（soffice），此处没有")


@pytest.mark.parametrize("ending", [".wps", ".rtf"])
def test_an_old_word_file_gives_the_plan_of_the_text(
    ending: str, notice: Path, paragraphs: list[str], tmp_path: Path
) -> None:
    needs_soffice()
    wanted = "rtf" if ending == ".rtf" else "doc"
    made = making.soffice(making.notice_docx(paragraphs, automatic=wanted == "doc"), ".docx", wanted, tmp_path)
    path = tmp_path / f"notice{ending}"
    path.write_bytes(made)
    assert content(path) == content(notice)


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx", "表.pdf"])
def test_a_table_of_tasks_gives_the_plan_of_its_text(name: str, tmp_path: Path) -> None:
    source = real_inputs("notices", "texts", "07-shicheng-2018-hezhangzhi-xiangzhen-kaohe.txt")
    text = source.read_text(encoding="utf-8")
    title, rows = text.split("\n")[0].strip(), making.assessment_of(text)
    if name == "表.xlsx":
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([[title], *rows]):
                sheet.write_row(number, 0, row)
        data = out.getvalue()
    else:
        data = making.docx(making.paragraph(title) + making.table(rows))
        if name == "表.pdf":
            needs_soffice()
            data = making.soffice(data, ".docx", "pdf", tmp_path)
    path = tmp_path / name
    path.write_bytes(data)
    expected = content(source)
    assert len(expected["tasks"]) == 25
    assert content(path) == expected


def test_lines_of_a_pdf_know_their_page(paragraphs: list[str]) -> None:
    pages = making.typeset(paragraphs)
    extract = forms.extract(making.pdf(pages), "a.pdf")
    for number, lines in enumerate(pages, 1):
        words = max((words for words, _, _ in lines), key=len)
        assert extract.page_of(extract.text.index(words)) == number
    assert "— 2 —" not in extract.text
