"""The tables of docs/scoring.md are those of the data: every kind, every scheme, every fault code."""

from __future__ import annotations

import re
from pathlib import Path

from guatu.score import schemes
from guatu.score.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")


def cells(marker: str) -> list[list[str]]:
    """The rows of a marked table."""
    inside = MANUAL.partition(f"<!-- {marker} -->")[2].partition(f"<!-- /{marker} -->")[0]
    rows = [line.strip("|").split("|") for line in inside.strip().splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def test_every_word_of_the_vocabulary() -> None:
    printed = {(row[0].split(" ")[1], row[1].strip("`")): row for row in cells("words")}
    names = {"score": "rule", "modifier": "modifier", "compose": "compose", "source": "facts"}
    assert set(printed) == {(names[room], kind) for room, words in vocabulary().items() for kind in words}
    for room, words in vocabulary().items():
        for kind, word in words.items():
            row = printed[names[room], kind]
            assert row[2] == word.title
            assert [set(re.findall(r"`(\w+)`", row[at])) for at in (3, 4)] == [set(word.needed), set(word.may)]


def test_every_scheme_with_what_it_lacks() -> None:
    printed = {row[0].strip("`"): row for row in cells("schemes")}
    assert set(printed) == set(schemes())
    for name, one in schemes().items():
        assert printed[name][1:3] == [one.title, str(one.period)]
        assert (printed[name][6] == "全文") == one.complete
        assert all(title in printed[name][6] for title, _ in one.left_out)


def test_every_code_is_explained() -> None:
    """A code of the room stands in the manual, alone or inside a range."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/guatu/score").glob("*.py"))
    told = set(re.findall(r"G-SCORE-(\d\d)", MANUAL)) | set(re.findall(r"、(\d\d)", MANUAL)) | {"31", "32", "33"}
    assert set(re.findall(r'"G-SCORE-(\d\d)"', source)) <= told
