"""Air quality: from hourly concentrations to AQI, station days, city days and periods (GB 3095, HJ 633, HJ 663)."""

from guatu.compute.air.hourly import hourly_aqi

__all__ = ["hourly_aqi"]
