"""Taking data away never makes a target look better without a flag that says so."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.base.period import Period
from guatu.judge.board import row_of
from tests.judge.made import all_days, of_rows, rows
from tests.judge.targets import good_days, pm25

UNTIL = date(2021, 1, 31)
RANK = {"undecided": 0, "missed": 1, "behind": 1, "close": 2, "met": 3, "aspired": 4}
LEVELS = st.lists(st.integers(5, 130), min_size=31, max_size=31)
GONE = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 24), st.integers(1, 24)), min_size=1, max_size=8)


@settings(max_examples=12, deadline=None)
@given(LEVELS, GONE, st.integers(20, 90))
def test_less_data_is_never_better_in_silence(levels: list[int], gone: list[tuple[int, int, int]], limit: int) -> None:
    whole = rows(all_days(until=UNTIL), "S1", lambda day, end: levels[day.day - 1] + (30 if end < 6 else 0))
    lost = {(day, end) for day, first, last in gone for end in range(first, last + 1)}
    less = [row for at, row in enumerate(whole) if (at // 24, at % 24 + 1) not in lost]
    if not less or len(less) == len(whole):
        return
    month = Period.of("2021-01")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("all", "less"):
            Path(folder, name).mkdir()
        full, part = of_rows(Path(folder, "all"), whole), of_rows(Path(folder, "less"), less)
        for target in (pm25(str(limit)), good_days(str(limit))):
            before, after = (row_of(ws, target, month, UNTIL) for ws in (full, part))
            assert before.value.flags == ()
            if RANK[after.status.code] > RANK[before.status.code]:
                assert after.value.flags
            assert after.value.flags, "hours are missing, so it is said"
