"""A good day of 2025 need not be one of 2026: the forecast looks at earlier years by the table of this year's end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from guatu.base.period import Period
from guatu.judge import chance_of, outlook_of
from guatu.judge.daily import by_day, days_of
from tests.judge.made import of_rows, rows
from tests.judge.targets import good_days, pm25

UNTIL = date(2026, 7, 31)


def test_days_between_the_two_limits_do_not_count_as_good_to_come(tmp_path: Path) -> None:
    """67 µg/m³ all year: AQI 90 by the table of 2012 (75 is 100), above 100 by that of 2026 (60 is 100)."""
    first = date(2025, 1, 1)
    days = [first + timedelta(days=step) for step in range((UNTIL - first).days + 1)]
    ws = of_rows(tmp_path, rows(days, "S1", lambda _day, _hour: 67))
    found = chance_of(ws, good_days("60"), Period.of("2026"), UNTIL)
    assert found is not None and found.mean is not None and found.chance is not None
    scope = ws.scope("单站", UNTIL)
    assert scope is not None
    then, now = (by_day(days_of(ws, scope, Period.of(year), UNTIL), "aqi") for year in ("2025", "2026"))
    assert set(then.values()) == {90} and now[date(2026, 2, 28)] == 90 and now[date(2026, 3, 2)] > 100
    by_date = outlook_of(good_days("60"), now, then, as_of=UNTIL)
    assert by_date.mean is not None and found.mean < by_date.mean - 5
    assert any("否则概率偏高" in note for note in by_date.notes)
    assert any("已按年末施行的版本" in note for note in found.notes)
    mean = chance_of(ws, pm25("60"), Period.of("2026"), UNTIL)
    assert mean is not None and not any("AQI" in note for note in mean.notes)
