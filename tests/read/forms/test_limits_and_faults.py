"""Whatever is given, a person gets text or one clear sentence: wrong names, bombs, damage, missing parts."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu import read_notice
from guatu.errors import ReadError
from guatu.read import forms
from guatu.read.forms import archive, converted, kinds, pdf, scan
from tests.read.forms import making

LINES = [
    "关于印发工作要点的通知",
    "一、主要目标",
    "1. 全市PM2.5平均浓度控制在30微克/立方米以内。（责任单位：市生态环境局）",
]
PAGE = [(words, 30.0, 40.0 + 12 * row) for row, words in enumerate(LINES)]


def samples() -> dict[str, bytes]:
    import xlsxwriter

    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet().write_row(0, 0, ["序号", "工作任务", "责任单位"])
    return {
        "a.docx": making.docx("".join(making.paragraph(words) for words in LINES)),
        "a.pdf": making.pdf([PAGE]),
        "a.ofd": making.ofd([PAGE]),
        "a.xlsx": book.getvalue(),
        "a.html": making.html(LINES),
        "a.md": "\n".join(LINES).encode(),
    }


def codes_of(data: bytes, name: str) -> tuple[str, ...]:
    with pytest.raises(ReadError) as fault:
        forms.extract(data, name)
    return fault.value.codes


@pytest.mark.parametrize("name", samples())
def test_another_forms_name_is_told_and_an_akin_one_noted(name: str) -> None:
    data = samples()[name]
    if name != "a.md":
        with pytest.raises(ReadError) as fault:
            forms.extract(data, "通知.txt")
        assert fault.value.codes == ("G-READ-04",)
        assert "内容其实是" in str(fault.value.faults[0]) and "与文件名不符" in str(fault.value.faults[0])
    if name == "a.docx":
        notes = forms.extract(data, "通知.doc").notes
        assert [note.code for note in notes] == ["form-renamed"] and "Word 文档" in notes[0].text
    assert forms.extract(data, "没有扩展名").text.strip()


def test_text_under_another_name_is_told() -> None:
    assert codes_of("一、总体要求".encode(), "a.pdf") == ("G-READ-04",)
    assert codes_of("一、总体要求".encode(), "a.docx") == ("G-READ-04",)


def test_a_pdf_called_txt_is_a_fault_of_the_whole_reading(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(making.pdf([PAGE]))
    with pytest.raises(ReadError) as fault:
        read_notice(path)
    assert fault.value.codes == ("G-READ-04",)


def test_notes_of_the_form_stand_in_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "通知.doc"
    path.write_bytes(samples()["a.docx"])
    assert "form-renamed" in [note.code for note in read_notice(path).notes]


def test_archives_programs_and_slides_are_not_read() -> None:
    assert codes_of(making.zipped({"通知.txt": "一、"}), "a.zip") == ("G-READ-28",)
    assert codes_of(making.zipped({"ppt/presentation.xml": "<a/>"}), "a.pptx") == ("G-READ-28",)
    assert codes_of(making.zipped({"通知.txt": "一、"}), "a.docx") == ("G-READ-04",)


def test_locked_office_files_say_so() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert codes_of(ole, "a.docx") == ("G-READ-21",)


def test_a_flood_of_bytes_is_refused() -> None:
    bomb = making.zipped({"word/document.xml": b"<w>" + b" " * 40_000_000 + b"</w>"})
    assert len(bomb) < 100_000
    assert codes_of(bomb, "a.docx") == ("G-READ-22",)


def test_a_flood_of_entries_is_refused() -> None:
    parts: dict[str, str | bytes] = {f"word/{number}.xml": "" for number in range(archive.MOST_ENTRIES)}
    assert codes_of(making.zipped({"word/document.xml": "<a/>", **parts}), "a.docx") == ("G-READ-22",)


def test_a_total_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000)
    assert codes_of(samples()["a.xlsx"], "a.xlsx") == ("G-READ-22",)


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml"])
def test_xml_with_entities_is_refused(part: str) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY x "哈哈"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    parts: dict[str, str | bytes] = {"word/document.xml": "<a><body/></a>", part: laughs}
    assert codes_of(making.zipped(parts), "a.docx") == ("G-READ-22",)


def test_xml_nested_without_end_is_refused() -> None:
    deep = "<p>" * 100_000 + "</p>" * 100_000
    assert codes_of(making.zipped({"word/document.xml": deep}), "a.docx") == ("G-READ-22",)


def test_markup_nested_without_end_is_read() -> None:
    page = "<html>" + "<div>" * 50_000 + "一、总体要求" + "<table><tr><td>" * 5_000 + "二、主要目标"
    assert "一、总体要求" in forms.extract(page.encode(), "a.html").text


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    assert codes_of(making.pdf([PAGE, PAGE]), "a.pdf") == ("G-READ-23",)


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST", 1_000)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-" + b" " * 2_000)
    with pytest.raises(ReadError) as fault:
        read_notice(path)
    assert fault.value.codes == ("G-READ-03",)


def test_missing_parts_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    monkeypatch.setattr(converted, "soffice", lambda: None)
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
    assert codes_of(png, "a.png") == ("G-READ-25",)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(ReadError) as fault:
        forms.extract(old, "a.wps")
    assert fault.value.codes == ("G-READ-26",) and ".docx" in str(fault.value.faults[0])


def test_a_converter_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(converted, "soffice", lambda: str(slow))
    with pytest.raises(ReadError) as fault:
        converted.read(b"{\\rtf1 }", "a.rtf", kinds.RTF, patience=1)
    assert fault.value.codes == ("G-READ-27",) and "1 秒" in str(fault.value.faults[0])


@pytest.mark.parametrize("name", samples())
def test_cut_and_broken_files_give_text_or_a_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    whole = samples()[name]
    chance = random.Random(name)
    for step in range(120):
        data = bytearray(whole[: chance.randrange(len(whole))] if step % 2 else whole)
        for _ in range(chance.randrange(1, 30)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert isinstance(forms.extract(bytes(data), name).text, str)
        except ReadError as error:
            assert error.codes and all(code.startswith("G-READ-") for code in error.codes)


WORDS = "<document><body>{}</body></document>"
NUMBERED = "<p><pPr><numPr><numId val='1'/><ilvl val='99'/></numPr></pPr><r><t>文</t></r></p>"
MERGED = "<tbl><tr><tc><tcPr><gridSpan val='-7'/></tcPr><p><r><t>格</t></r></p></tc></tr></tbl>"
LEVEL = "<abstractNum abstractNumId='0'><lvl ilvl='x'><start val='-'/></lvl></abstractNum>"
OBJECT = "<TextObject Boundary='0 0 1'><TextCode X='nan' DeltaX='g 9e9 1'>文</TextCode></TextObject>"
PARTS = st.dictionaries(
    st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "OFD.xml", "Doc_0/Document.xml"]),
    st.sampled_from(
        [
            "",
            "<a/>",
            "<w:body/>",
            WORDS.format("<p/>"),
            WORDS.format(NUMBERED),
            WORDS.format(MERGED),
            f"<numbering>{LEVEL}<num numId='1'><abstractNumId val='0'/></num></numbering>",
            "<OFD><DocRoot>Doc_0/Document.xml</DocRoot></OFD>",
            "<OFD><DocRoot/></OFD>",
            "<Document><Page BaseLoc='../../x'/><PhysicalBox>a b</PhysicalBox></Document>",
            f"<Document><Page BaseLoc='../OFD.xml'/>{OBJECT}</Document>",
            f"<Document><Page BaseLoc='Document.xml'/>{OBJECT}</Document>",
        ]
    ),
    min_size=1,
)


@settings(max_examples=150, deadline=None)
@given(PARTS, st.binary(max_size=200))
def test_odd_parts_give_text_or_a_fault(parts: dict[str, str | bytes], junk: bytes) -> None:
    for data in (making.zipped(parts), junk, b"%PDF-1.4" + junk, b"<html>" + junk):
        try:
            assert isinstance(forms.extract(data, "来件").text, str)
        except ReadError as error:
            assert error.codes
