"""Air quality: from hourly concentrations to AQI, station days, city days and periods (GB 3095, HJ 633, HJ 663)."""

from guatu.compute.air.attainment import exceed_multiple
from guatu.compute.air.cities import city_day
from guatu.compute.air.composite import Composite, composite
from guatu.compute.air.hourly import hourly_aqi
from guatu.compute.air.percentile import percentile
from guatu.compute.air.periods import period, year
from guatu.compute.air.stations import station_day

__all__ = [
    "Composite",
    "city_day",
    "composite",
    "exceed_multiple",
    "hourly_aqi",
    "percentile",
    "period",
    "station_day",
    "year",
]
