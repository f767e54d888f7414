"""Air quality: from hourly concentrations to AQI, station days, city days and periods (GB 3095, HJ 633, HJ 663)."""

from guatu.compute.air.attainment import exceed_multiple
from guatu.compute.air.change import Base, Change, compared, exceed_percent, percent_change, point_change
from guatu.compute.air.cities import city_day
from guatu.compute.air.composite import Composite, composite
from guatu.compute.air.door import of_days
from guatu.compute.air.hourly import hourly_aqi, hourly_aqi_by_text
from guatu.compute.air.percentile import percentile
from guatu.compute.air.periods import period, year
from guatu.compute.air.ranking import change_ranking, ranking, worsening
from guatu.compute.air.reference_state import at_reference_of
from guatu.compute.air.remaining import days_of_year, good_days_needed, good_ratio, remaining_days, remaining_mean
from guatu.compute.air.sand import without_sand
from guatu.compute.air.stations import station_day
from guatu.compute.air.verdict import Verdict, day_aqi, sand_day_aqi, sub_index
from guatu.compute.air.yearly_trend import YearlyTrend, yearly_trend

__all__ = [
    "Base",
    "Change",
    "Composite",
    "Verdict",
    "YearlyTrend",
    "at_reference_of",
    "change_ranking",
    "city_day",
    "compared",
    "composite",
    "day_aqi",
    "days_of_year",
    "exceed_multiple",
    "exceed_percent",
    "good_days_needed",
    "good_ratio",
    "hourly_aqi",
    "hourly_aqi_by_text",
    "of_days",
    "percent_change",
    "percentile",
    "period",
    "point_change",
    "ranking",
    "remaining_days",
    "remaining_mean",
    "sand_day_aqi",
    "station_day",
    "sub_index",
    "without_sand",
    "worsening",
    "year",
    "yearly_trend",
]
