from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from tests.published.compare import agrees, same, shown
from tests.published.other_media import NOT_COMPUTED, TOPICS


def test_every_published_row_is_reproduced(shared: Callable[..., Path]) -> None:
    rows = json.loads(shared("checks", "other-media.json").read_text(encoding="utf-8"), parse_float=Decimal)["checks"]
    failed = [
        f"{row['id']} {shown(ours)}"
        for row in rows
        if not agrees(
            ours := TOPICS[row["topic"]](row["input"]), row["expected"], Decimal(str(row["tolerance"])), NOT_COMPUTED
        )
    ]
    assert len(rows) >= 28
    assert failed == []


def test_a_wrong_or_absent_answer_does_not_pass() -> None:
    assert not agrees({"cls": "II"}, {"cls": "I"}, Decimal(0))
    assert not agrees({}, {"cls": "I"}, Decimal(0))
    assert not agrees({"text": "近60%"}, {"text": "近60%"}, Decimal(0), NOT_COMPUTED)
    assert same(Decimal("3.426"), Decimal("3.43"), Decimal(0))
    assert not same(Decimal("3.424"), Decimal("3.43"), Decimal(0))
    assert not same(Decimal("3.436"), Decimal("3.43"), Decimal("0.005"))
    assert not same(None, Decimal(0), Decimal(0))


def test_rows_in_other_shapes_are_served() -> None:
    assert TOPICS["gw_item_class"]({"item": "硝酸盐", "value": "0.016L"}) == {"cls": "I"}
    assert TOPICS["sw_item_class"]({"item": "DO", "value": 7.2, "saturation_pct": 93}) == {"cls": "I"}
    assert TOPICS["sw_item_class"]({"item": "TP", "value": 0.06, "kind": "lake"}) == {"cls": "IV"}
    assert TOPICS["sw_item_class"]({"item": "COD", "value": 41}) == {"cls": "劣V"}
    assert round(TOPICS["tli_items"]({"TP": 0.05})["TP"], 2) == Decimal("45.71")
    assert set(TOPICS["tli"]({"chla": 10, "TP": 0.05, "TN": 1, "SD": 0.5, "CODMn": 4})) == {"TLI", "grade"}
