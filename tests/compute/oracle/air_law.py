"""The tables of the oracle, typed from the clauses: break points, limits, validity, decimals, percentiles."""

from __future__ import annotations

from datetime import date

ITEMS = ("pm25", "pm10", "so2", "no2", "co", "o3")
DAY_ITEMS = ("pm25", "pm10", "so2", "no2", "co", "o3_8h")

# HJ 633-2026 and GB 3095-2026 are in force from 2026-03-01; the stamp 2026-03-01 00:00 ends 02-28 (air.md 1.1).
NEW_RULES_FROM = date(2026, 3, 1)
# GB 3095-2026 cl. 4.4: the transition limits end on 2030-12-31.
FINAL_LIMITS_FROM = date(2031, 1, 1)

# HJ 633-2012 Table 1 and HJ 633-2026 Table 3, first column.
IAQI = (0, 50, 100, 150, 200, 300, 400, 500)

# Gases: HJ 633-2012 Table 1 = HJ 633-2026 Table 3. µg/m³, CO mg/m³.
GAS_POINTS = {
    "so2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "so2_1h": (0, 150, 500, 650, 800),
    "no2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "no2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "co_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "co_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "o3_8h": (0, 100, 160, 215, 265, 800),
    "o3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
}
POINTS = {
    # HJ 633-2012 Table 1.
    "2012": {
        **GAS_POINTS,
        "pm10_24h": (0, 50, 150, 250, 350, 420, 500, 600),
        "pm25_24h": (0, 35, 75, 115, 150, 250, 350, 500),
    },
    # HJ 633-2026 Table 3.
    "2026": {
        **GAS_POINTS,
        "pm10_24h": (0, 50, 120, 250, 350, 420, 500, 600),
        "pm25_24h": (0, 35, 60, 115, 150, 250, 350, 500),
    },
}
# HJ 633-2026 4.2.2, 4.2.3; HJ 663-2013 decimals of the raw value (air.md 3.4): integers, CO one decimal.
RAW_DECIMALS = {"pm25": 0, "pm10": 0, "so2": 0, "no2": 0, "co": 1, "o3": 0, "o3_8h": 0}
# Hour: practice of the national platform (air.md 2.2). PM goes through the 24 h column (HJ 633-2026 Table 3 note).
HOUR_COLUMN = {"pm25": "pm25_24h", "pm10": "pm10_24h", "so2": "so2_1h", "no2": "no2_1h", "co": "co_1h", "o3": "o3_1h"}
# Day: HJ 633-2026 daily items; the same six under 2012 by practice (air.md 2.2, last paragraph).
DAY_COLUMN = {
    "pm25": "pm25_24h",
    "pm10": "pm10_24h",
    "so2": "so2_24h",
    "no2": "no2_24h",
    "co": "co_24h",
    "o3_8h": "o3_8h",
}
# HJ 633 class table, both editions: 优 良 轻度 中度 重度 严重.
CLASS_TOPS = (50, 100, 150, 200, 300)
CLASS_NAMES = ("优", "良", "轻度污染", "中度污染", "重度污染", "严重污染")

# GB 3095-2026 Table 4, same numbers in GB 3095-2012.
DAY_MIN_HOURS = 20
O3_WINDOW_MIN_HOURS = 6
YEAR_MIN_DAYS = 324
MONTH_MIN_DAYS = 27
FEBRUARY_MIN_DAYS = 25
# HJ 663 6.1.2, both editions: 8 h means ending 08..24, fourteen of them, or fewer above the class II limit.
O3_WINDOW_ENDS = range(8, 25)
O3_MIN_WINDOWS = 14
O3_CLASS_II = 160  # GB 3095-2012 and GB 3095-2026 Table 1, 日最大8小时平均

# GB 3095 Table 1, class II: (annual mean, day) in each edition. CO has a day limit only, O3 a max-8-h limit only.
LIMITS = {
    "2012": {
        "so2": (60, 150),
        "no2": (40, 80),
        "pm10": (70, 150),
        "pm25": (35, 75),
        "co": (None, 4),
        "o3": (None, 160),
    },
    "2026-transition": {
        "so2": (60, 150),
        "no2": (40, 80),
        "pm10": (60, 120),
        "pm25": (30, 60),
        "co": (None, 4),
        "o3": (None, 160),
    },
    "2026-final": {
        "so2": (20, 50),
        "no2": (30, 50),
        "pm10": (50, 100),
        "pm25": (25, 50),
        "co": (None, 4),
        "o3": (None, 160),
    },
}
# HJ 663 Annex A.6 with air.md 3.3: which percentile of the daily values counts.
PERCENT = {"so2": 98, "no2": 98, "pm10": 95, "pm25": 95, "co": 95, "o3": 90}
# HJ 663-2026 Table 3, attainment column.
EVALUATION_DECIMALS = {"so2": 0, "no2": 0, "pm10": 0, "pm25": 0, "co": 1, "o3": 0}
# HJ 663-2013 Table 3 and HJ 663-2026 Table 3, statistic column: 2026 keeps one decimal of PM2.5.
STATISTIC_DECIMALS = {
    "2012": EVALUATION_DECIMALS,
    "2026": {**EVALUATION_DECIMALS, "pm25": 1},
}


def edition_of(day: date) -> str:
    """HJ 633 and HJ 663 edition that rules a day."""
    return "2012" if day < NEW_RULES_FROM else "2026"


def limits_of(day: date) -> str:
    """Name of the GB 3095 limit set that rules a period ending on a day."""
    if day < NEW_RULES_FROM:
        return "2012"
    return "2026-transition" if day < FINAL_LIMITS_FROM else "2026-final"
