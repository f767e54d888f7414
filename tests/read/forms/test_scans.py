"""Scanned pages: what is recognised gives the plan of the text, and what is doubtful is pointed at."""

from __future__ import annotations

import importlib.util
import io
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from guatu import read_notice
from guatu.errors import ReadError
from guatu.read import forms
from guatu.read.forms import recognised, scan
from guatu.read.forms.printed import Line
from tests.conftest import real_inputs
from tests.read.forms import making

DOTS = 200 / 25.4  # a millimetre at 200 dpi [pixel]
NOTICE = "00-jingdezhen-2021-eco-yaodian.txt"


def words_of(lines: list[str], page: int = 1, score: float = 0.99) -> list[Line]:
    """Lines as a recogniser gives them: full lines but the last of each paragraph (marked ¶)."""
    made = []
    for row, words in enumerate(lines):
        left = 0.15 if words.startswith("　　") else 0.1
        text = words.strip("　¶")
        made.append(Line(text, left, 0.12 + row * 0.034, left + len(text) * 0.0184, 0.14 + row * 0.034, page, score))
    return made


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("劣V类断面比例", "劣Ⅴ类断面比例"),
        ("质量V类水比例", "质量Ⅴ类水比例"),
        ("消除劣V水体", "消除劣Ⅴ水体"),
        ("达到III类", "达到Ⅲ类"),
        ("达到IIl类", "达到Ⅲ类"),
        ("IV类及以上", "Ⅳ类及以上"),
        ("II类水", "Ⅱ类水"),
        ("VOCs治理", "VOCs治理"),
        ("V级", "V级"),
        ("1类用地", "1类用地"),
        ("11类产品", "11类产品"),
    ],
)
def test_numerals_of_water_classes_are_restored_by_context(seen: str, meant: str) -> None:
    text, notes = recognised.with_classes(seen)
    assert text.replace("\u200b", "") == meant
    assert len(text) == len(seen)
    assert len(notes) == (seen != meant)


def test_the_brackets_of_a_document_number_are_made_square_again() -> None:
    text = scan.text_of(words_of(["　　甲环字[2021）9号¶", "　　见表（2021）¶"])).text
    assert text.splitlines() == ["甲环字〔2021〕9号", "见表（2021）"]


def noted(lines: list[Line]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in scan.text_of(lines).notes:
        found.setdefault(note.code, []).append(note.text)
    return found


def test_a_number_that_is_missing_points_to_a_lost_line() -> None:
    lines = [
        "　　二、主要目标¶",
        "　　(一) 空气¶",
        "　　1.甲；¶",
        "　　2.乙；¶",
        "　　4.丁。¶",
        "　　（三）土壤¶",
        "　　1.戊。¶",
    ]
    texts = noted(words_of(lines))["ocr-gap"]
    assert len(texts) == 3
    assert "编号 1" in texts[0] and "编号 3" in texts[1] and "编号 2" in texts[2]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "　　一、甲¶",
            "　　（一）甲¶",
            "　　1.甲¶",
            "　　2.乙¶",
            "　　（二）甲¶",
            "　　1.甲¶",
            "　　二、乙¶",
            "　　（一）乙¶",
        ],
        ["　　一、甲¶", "　　（一）甲¶", "　　（二）乙¶", "　　二、乙¶", "　　（三）丙¶", "　　（四）丁¶"],
        ["　　一、甲¶", "　　1.甲¶", "　　2.乙¶", "　　二、乙¶", "　　3.丙¶", "　　三、丙¶", "　　1.丁¶"],
    ],
    ids=["starting again", "running on", "running on, then again"],
)
def test_whole_numbering_is_not_noted(lines: list[str]) -> None:
    assert "ocr-gap" not in noted(words_of(lines))


def test_a_blank_line_inside_a_sentence_and_a_doubtful_line_are_noted() -> None:
    body = "全市各县区各部门要按照职责分工抓好各项任务的落实工作确"
    lines = words_of([f"　　{body[:26]}", body, body, body, body, body, body, body])
    lost = [line for index, line in enumerate(lines) if index != 4]
    assert noted(lines) == {}
    assert len(noted(lost)["ocr-blank"]) == 1
    doubtful = [*lines[:-1], words_of([body] * 8, score=0.55)[-1]]
    (text,) = noted(doubtful)["ocr-doubtful"]
    assert "55%" in text and body in text


def test_without_the_recogniser_pages_of_pictures_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr(scan, "available", lambda: False)
    with pytest.raises(ReadError) as fault:
        forms.extract(making.pdf([[]], picture=True), "扫描.pdf")
    assert fault.value.codes == ("G-READ-25",) and "guatu[ocr]" in str(fault.value.faults[0])
    page = [("一、总体要求是持续改善生态环境质量", 30.0, 50.0)]
    extract = forms.extract(making.pdf([page, []], picture=True), "半扫描.pdf")
    assert "一、总体要求" in extract.text
    assert [(note.code, note.kind) for note in extract.notes] == [("scan-skipped", "gap")]
    assert "第 2 页" in extract.notes[0].text


def recogniser() -> None:
    if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
        assert not os.environ.get("GUATU_CI"), "the extra ocr is needed here"
        pytest.skip("没有安装 guatu[ocr]")


def font() -> str:
    """A file of a Chinese serif font."""
    if shutil.which("fc-match") is None:
        pytest.skip("没有 fontconfig，找不到中文字体")
    command = ["fc-match", "-f", "%{file}", "Noto Serif CJK SC:lang=zh-cn"]
    path = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "CJK" not in path and "wqy" not in path:
        assert not os.environ.get("GUATU_CI"), "a CJK font is needed here"
        pytest.skip("没有中文字体")
    return path


def scanned(pages: list[list[tuple[str, float, float]]]) -> list[Any]:
    """Pages as a worn scanner gives them: slanted, blurred, noisy, squeezed."""
    import numpy
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face = ImageFont.truetype(font(), int(5.6 * DOTS))
    chance = numpy.random.default_rng(7)
    made = []
    for number, lines in enumerate(pages):
        page = Image.new("L", (int(210 * DOTS), int(297 * DOTS)), 250)
        draw = ImageDraw.Draw(page)
        for words, x, y in lines:
            draw.text((x * DOTS, y * DOTS), words, fill=30, font=face)
        page = page.rotate(0.6 * (-1) ** number, resample=Image.Resampling.BICUBIC, fillcolor=250)
        page = page.filter(ImageFilter.GaussianBlur(0.8))
        grain = numpy.asarray(page).astype(float) + chance.normal(0, 14, (page.height, page.width))
        squeezed = io.BytesIO()
        Image.fromarray(grain.clip(0, 255).astype("uint8")).save(squeezed, "JPEG", quality=60)
        made.append(Image.open(io.BytesIO(squeezed.getvalue())))
    return made


def test_each_frame_of_a_picture_is_a_page_and_a_broken_one_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser()
    from PIL import Image

    monkeypatch.setattr(scan, "lines_of", lambda page, number: words_of([f"　　第{number}面¶"], page=number))
    out = io.BytesIO()
    page = Image.effect_noise((60, 80), 40)
    page.save(out, "TIFF", save_all=True, append_images=[page])
    whole = out.getvalue()
    extract = forms.extract(whole, "扫描.tif")
    assert extract.text == "第1面\n第2面\n"
    assert [place.page for place in extract.places] == [1, 2]
    chance = random.Random(3)
    for _ in range(200):
        broken = bytearray(whole[: chance.randrange(9, len(whole))])
        for _ in range(4):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        try:
            assert forms.extract(bytes(broken), "扫描.tif").text
        except ReadError as error:
            assert error.codes[0] in ("G-READ-20", "G-READ-22", "G-READ-23")


@pytest.mark.ocr
def test_scanned_pages_give_the_plan_of_their_text(tmp_path: Path) -> None:
    recogniser()
    paragraphs = making.paragraphs_of(real_inputs("notices", "texts", NOTICE).read_text(encoding="utf-8"))
    first = next(i for i, words in enumerate(paragraphs) if words.startswith("二、"))
    kept = paragraphs[1:3] + paragraphs[first : first + 28]
    pages = making.typeset(kept, width=30)
    assert len(pages) == 3
    pictures = scanned(pages)
    path = tmp_path / "扫描.pdf"
    pictures[0].save(path, "PDF", save_all=True, append_images=pictures[1:], resolution=200)

    expected, found = read_notice("\n".join(kept)), read_notice(path)
    fields = [
        (target.outline, target.indicator_id, name, getattr(target, name))
        for target in expected.targets
        for name in ("indicator", "scope", "op", "value", "unit", "stretch")
    ]
    fields += [(task.outline, task.title, "units", task.units) for task in expected.tasks]
    right = {
        (target.outline, target.indicator_id, name, getattr(target, name)) for target in found.targets for name in
        ("indicator", "scope", "op", "value", "unit", "stretch")
    } | {(task.outline, task.title, "units", task.units) for task in found.tasks}  # fmt: skip
    missed = [field for field in fields if field not in right]
    assert len(expected.targets) == 27
    assert len(missed) <= 0.05 * len(fields), missed
    assert any(note.code == "ocr-class" for note in found.notes)
    pointed = " ".join(f"{note.outline} {note.text}" for note in found.notes if note.code.startswith("ocr"))
    assert all(str(field[3])[:4] in pointed for field in missed), missed
