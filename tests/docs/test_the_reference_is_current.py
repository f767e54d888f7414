"""The pages made from the program are what the program says today; ``sh dev docs`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.faults_said import codes, every
from tests.docs.reference import PAGES

FOLDER = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_on_disk_is_the_one_the_program_makes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run sh dev docs"


def test_nearly_every_code_is_told_with_its_remedy() -> None:
    said = {one.code for one in every()}
    assert len(said & codes()) > 300 and len(codes() - said) <= len(codes()) // 8, sorted(codes() - said)


def test_no_remedy_begins_with_please() -> None:
    """The sentence puts 请 before it."""
    assert [one for one in every() if one.remedy.startswith("请")] == []
