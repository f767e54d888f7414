"""Targets opened further: days, drawing, causes, raw rows; warnings, sections, checks, plans, weather; instructions."""

from tests.office.access import Row

BUSINESS, READERS = "LDCARXPU", "LDCAU"
ROWS = [
    Row("target-days", "/targets/T02/days.csv", BUSINESS),
    Row("target-chart", "/targets/T02/chart.svg", BUSINESS),
    Row("target-chart", "/targets/T02/chart.png", BUSINESS),
    Row("wall-map", "/wall/map.svg", BUSINESS),
    *(Row(name, f"/targets/{name}/", BUSINESS) for name in ("warnings", "sections", "checks", "plans", "weather")),
    Row("target-change", "/targets/T02/change/", "DC"),
    Row("target-change", "/targets/T02/change/", "DC", 200, "post"),  # without words in it: the faults
    Row("why", "/why/pm25_mean/市中心城区/2021/", READERS),
    Row("why", "/why/pm25_mean/乐平市/2021/", READERS + "X"),
    Row("rows", "/rows/市中心城区/2021-10-05/", READERS),
    Row("instruct", "/wall/instruct/", "L"),
    Row("instruct", "/wall/instruct/", "L", 200, "post"),  # without words in it: the faults
]
