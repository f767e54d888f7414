"""The same evaluators on a cluster: Spark splits the hours by city, ``guatu.compute`` answers each city."""

from guatu.scale.air import city_days, city_years

__all__ = ["city_days", "city_years"]
