"""docs/ledgers.md carries tables; they are what the definitions say today."""

from __future__ import annotations

from pathlib import Path

from guatu.act.definition import define, ledgers
from guatu.act.ladder import ladder
from guatu.act.ledger import MARKS
from guatu.act.moves import bodies_of
from guatu.act.overview import stage_table
from guatu.act.problem import Problem

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ledgers.md"


def row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def tables() -> dict[str, list[str]]:
    """Every table of the page as it must read."""
    base = ledgers()["provincial_inspection"]
    nobody = Problem(base.id, "", base.initial)
    codes = [row((one.code, one.title, "自拟稿" if one.draft else "", MARKS[one.mark], "是" if one.receipt else ""))
             for one in ledgers().values()]  # fmt: skip
    moves = [
        row(
            (
                move.title,
                "、".join(move.origins),
                move.target,
                "、".join(base.roles[role].title for role in move.who),
                "；".join(f"{need.kind}（{bodies_of(base, nobody, need.givers)}）" for need in move.papers),
            )
        )
        for move in base.moves.values()
    ]
    matrix = [
        row((one.issuer, "、".join(one.letters), "、".join(one.addressees), one.approver)) for one in ladder().matrix
    ]
    return {
        "ledgers": codes,
        "stages": [row(one) for one in stage_table(ledgers())[1:]],
        "moves": moves,
        "matrix": matrix,
    }


def test_the_tables_are_those_of_the_definitions() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for name, wanted in tables().items():
        start = lines.index(f"<!-- {name} -->")
        end = lines.index(f"<!-- /{name} -->")
        assert lines[start + 3 : end] == wanted, name


def test_the_example_of_an_own_ledger_can_be_used() -> None:
    text = PAGE.read_text(encoding="utf-8")
    blocks = [block.split("```", 1)[0] for block in text.split("```toml\n")[1:]]
    (example,) = (block for block in blocks if "[[season]]" not in block)
    assert define(example, "例").fields["road"].required
