"""Rows handed in count from the day they were received; what is remembered for a wall never says anything else."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.load.kept import keep, known, known_of, told_of
from guatu.load.sand import DAYS

FIRST = date(2021, 3, 1)
PLACES = ("甲区", "乙县", "丙市")


def row(place: int, day: int, received: int, paper: str = "通报") -> dict[str, Any]:
    return {
        "place": PLACES[place], "date": FIRST + timedelta(days=day), "pm10": True, "pm25": False, "paper": paper,
        "issued": FIRST, "received": FIRST + timedelta(days=received), "sheet": "", "cell": "", "line": 1,
    }  # fmt: skip


HANDED = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 12)), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(HANDED, HANDED, st.integers(0, 12))
def test_known_is_what_was_received_by_then(one: list[Any], two: list[Any], corrected: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, file = Path(folder) / "data", Path(folder) / "list.csv"
        file.write_text("x", encoding="utf-8")
        said: dict[tuple[int, int], int] = {}
        for batch in (one, two):
            fresh = {(place, day): when for place, day, when in batch if (place, day) not in said}
            said |= fresh
            if fresh:
                keep(data, DAYS, file, [row(*key, when) for key, when in fresh.items()])
        place, day = next(iter(said))
        fixed = [row(place, day, said[place, day], paper="更正")]
        keep(data, DAYS, file, fixed, correct=True, reason="复核", on=FIRST + timedelta(days=corrected))
        for asked in range(-1, 14):
            as_of = FIRST + timedelta(days=asked)
            there = {key for key, when in said.items() if when <= asked}
            there |= {(place, day)} if corrected <= asked else set()
            rows = known(data, DAYS, as_of).to_dicts()
            found = {(PLACES.index(one["place"]), (one["date"] - FIRST).days): one["paper"] for one in rows}
            assert set(found) == there and len(rows) == len(found)
            if (place, day) in found:
                assert found[place, day] == ("更正" if corrected <= asked else "通报")
            for name in (*PLACES, "别处"):
                apart = known_of(data, DAYS, "place", name, as_of).to_dicts()
                assert apart == [one for one in rows if one["place"] == name]
                assert list(told_of(data, DAYS, "place", name, as_of)) == apart
