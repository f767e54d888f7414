"""The page that shows a reading beside its text: whole source, every field linked to its place, nothing fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from guatu.read import read_notice
from guatu.read.forms import Place
from guatu.read.side_by_side import html_page
from tests.conftest import SHARED, real_inputs

NAMES = sorted(path.stem for path in (SHARED / "notices" / "texts").glob("*.txt")) or ["none"]


@pytest.mark.parametrize("name", NAMES)
def test_the_source_stands_whole_and_every_link_has_its_place(name: str) -> None:
    path = real_inputs("notices", "texts", f"{name}.txt")
    page = html_page(read_notice(path), path.read_text())
    article = re.search(r"<article[^>]*>(.*?)</article>", page, re.S)
    assert article and unescape(re.sub(r"<[^>]+>", "", article[1])) == path.read_text()
    links, places = set(re.findall(r'href="#([^"]+)"', page)), set(re.findall(r'id="([^"]+)"', page))
    assert links <= places


def test_nothing_is_fetched_and_words_are_escaped() -> None:
    text = "一、主要目标\n1.全市<script>alert(1)</script>率92%以上。\n"
    page = html_page(read_notice(text), text)
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|https?://", page)
    assert "prefers-color-scheme:dark" in page


def test_a_scanned_line_shows_its_page_and_how_sure_the_recogniser_was() -> None:
    text = "一、主要目标\n1.全市森林覆盖率67%以上。\n"
    places = (Place(0, 6, 1, 0.98), Place(7, len(text) - 1, 2, 0.41))
    page = html_page(read_notice(text), text, places)
    assert "<small>1页 0.98</small>" in page and '<small class="low">2页 0.41</small>' in page


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、主要目标\n1.全市森林覆盖率67%以上。\n")
    guatu = Path(sys.executable).with_name("guatu")
    out, plan = tmp_path / "a.html", tmp_path / "plan.toml"
    run = subprocess.run(
        [guatu, "read", tmp_path / "a.txt", "--html", out, "-o", plan], capture_output=True, text=True, check=True
    )
    assert "已写入" in run.stdout and "森林覆盖率" in out.read_text() and "forest_cover" in plan.read_text()
