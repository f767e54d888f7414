"""HJ 633-2012 5.1.3 by its letter: particles as 24 h, ozone as 1 h and 8 h running means; worked by hand from 表1."""

import polars as pl
import pytest

import guatu

CALM = {
    "time": "2020-04-02 08:00", "so2": 10.0, "no2": 20.0, "co": 0.5, "o3": 80.0, "o3_8h": 60.0,
    "pm25_24h": 20.0, "pm10_24h": 40.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "aqi", "primary"),
    [
        # (100-50)/(75-35)*(36-35)+50 = 51.25 → 52
        ({"pm25_24h": 36.0}, 52, "pm25"),
        # (100-50)/(160-100)*(120-100)+50 = 66.7 → 67; the 1 h value of 80 gives 25
        ({"o3_8h": 120.0}, 67, "o3"),
        # 1 h: (150-100)/(300-200)*(250-200)+100 = 125; 8 h: (150-100)/(215-160)*(187.5…) below it
        ({"o3": 250.0, "o3_8h": 180.0}, 125, "o3"),
        # both at their node of 100: ozone is named once
        ({"o3": 200.0, "o3_8h": 160.0}, 100, "o3"),
        # above 800 the 8 h value has no sub-index, the 1 h value of 1000 is the node of 400
        ({"o3": 1000.0, "o3_8h": 850.0}, 400, "o3"),
        # the largest is SO2 1 h 150, the node of 50: no primary pollutant
        ({"so2": 150.0}, 50, None),
    ],
)
def test_the_letter(changed: dict[str, float], aqi: int, primary: str | None) -> None:
    row = guatu.compute.air.hourly_aqi_by_text(pl.DataFrame({**CALM, **changed})).row(0, named=True)
    assert (row["aqi"], row["primary"]) == (aqi, primary)


def test_particles_of_one_hour_do_not_count() -> None:
    frame = pl.DataFrame({**CALM, "pm25": 400.0, "pm10": 500.0})
    assert guatu.compute.air.hourly_aqi_by_text(frame)["level"][0] == 1


def test_the_edition_of_2012_judges_every_row() -> None:
    frame = pl.DataFrame({**CALM, "time": "2027-01-01 08:00", "pm25_24h": 75.0})
    assert guatu.compute.air.hourly_aqi_by_text(frame)["aqi"][0] == 100
