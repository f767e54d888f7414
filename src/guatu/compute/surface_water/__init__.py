"""Surface water: samples, means of sections, rivers and areas, by GB 3838-2002 and 环办〔2011〕22号."""

from guatu.compute.surface_water.city_index import city_index
from guatu.compute.surface_water.cwqi import Cwqi, city, cwqi
from guatu.compute.surface_water.grades import (
    in_words,
    limit_of,
    main_pollutants,
    one_class,
    section_colour,
    section_grade,
    times_over,
)
from guatu.compute.surface_water.items import programme
from guatu.compute.surface_water.loads import loads
from guatu.compute.surface_water.periods import day, month, quarter, year
from guatu.compute.surface_water.rivers import extra_items, river
from guatu.compute.surface_water.samples import sample_class
from guatu.compute.surface_water.shares import Shares, change, grade_change, rating, ratio

__all__ = [
    "Cwqi",
    "Shares",
    "change",
    "city",
    "city_index",
    "cwqi",
    "day",
    "extra_items",
    "grade_change",
    "in_words",
    "limit_of",
    "loads",
    "main_pollutants",
    "month",
    "one_class",
    "programme",
    "quarter",
    "rating",
    "ratio",
    "river",
    "sample_class",
    "section_colour",
    "section_grade",
    "times_over",
    "year",
]
