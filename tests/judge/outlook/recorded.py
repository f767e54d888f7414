"""Writes the record of past chances anew: ``python -m tests.judge.outlook.recorded > …/outlook/record.toml``.

To be run after every change of the model, with the data of development beside the repository.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from guatu.judge.outlook import cityday
from guatu.judge.outlook.backtest import backtest, questions
from guatu.judge.outlook.skill import Judged, reliability

FILES = (
    ("data", "air_aqistudy_daily", "daily_dev_cities.parquet"),
    ("data", "air_city_daily_2022_2025", "ten_cities_daily.parquet"),
)
ENDS = {
    "01-01": 0, "01-31": 1, "02-28": 2, "03-31": 3, "04-30": 4, "05-31": 5,
    "06-30": 6, "07-31": 7, "08-31": 8, "09-30": 9, "10-31": 10, "11-30": 11,
}  # fmt: skip
EDGES = (0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 1)
LEAST = 20
HEAD = """\
# What became of the chances given in the back-test: for each indicator and month end, by class of chance
# [from, to, how often given, mean given, share met]. docs/method/outlook.md says on which data; written by
# `python -m tests.judge.outlook.recorded`, and held true by the tests.
"""


def classes(rows: Iterable[Judged]) -> list[list[float]]:
    """Classes of the record from forecasts of one indicator at one month end."""
    found, _ = reliability(list(rows), EDGES)
    return [[c.low, c.high, c.count, round(c.given, 3), round(c.met, 3)] for c in found]


def written(rows: list[Judged]) -> str:
    """The text of record.toml."""
    years = len({row.year for row in rows})
    lines = [
        HEAD + f"years = {years}",
        "# With fewer cases of its class a month end is taken together with the others.",
    ]
    lines.append(f"least = {LEAST}")
    for indicator in questions()["targets"]:
        lines += ["", f"[{indicator}]"]
        for origin in ENDS:
            lines.append(f'"{origin}" = [')
            mine = [row for row in rows if (row.indicator, row.origin) == (indicator, origin)]
            lines += [f"  {entry}," for entry in classes(mine)]
            lines.append("]")
    return "\n".join(lines) + "\n"


def main(shared: Path) -> None:
    """Print the record."""
    rows = [row for parts in FILES for row in backtest(cityday.read(shared.joinpath(*parts)), ENDS)]
    sys.stdout.write(written(rows))


if __name__ == "__main__":
    main(Path(__file__).parents[4] / "shared")
