"""What an office settles itself stands in guatu.toml under [judge], and what it cannot be is refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guatu.errors import WorkspaceError
from guatu.load.city import city_from_toml, city_to_toml
from guatu.load.conventions import Conventions
from tests.load.city import CITY


def test_defaults_and_what_differs_from_them() -> None:
    assert city_from_toml(b'city = "A"').judge == Conventions(5, 10, 70, 0, True, 30)
    said = city_from_toml(b'city = "A"\n[judge]\nclose_days = 8\nshow_chance = false\n').judge
    assert (said.close_days, said.close_percent, said.show_chance) == (8, 10, False)


def test_written_and_read_back() -> None:
    mine = replace(CITY, judge=Conventions(close_days=3, chance_percent=80))
    text = city_to_toml(mine)
    assert "close_percent" not in text
    assert city_from_toml(text.encode()) == mine


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("close_dayz = 5", "G-WORK-03"),
        ('close_days = "5"', "G-WORK-13"),
        ("close_days = -1", "G-WORK-13"),
        ("show_chance = 1", "G-WORK-13"),
        ("close_days = true", "G-WORK-13"),
    ],
)
def test_what_it_cannot_be(line: str, code: str) -> None:
    with pytest.raises(WorkspaceError) as error:
        city_from_toml(f'city = "A"\n[judge]\n{line}\n'.encode())
    assert error.value.codes == (code,)
    assert "[judge]" in error.value.faults[0].where
