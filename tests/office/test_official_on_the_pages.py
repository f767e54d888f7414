"""The figure a state rests on is the one shown: that of the level above, the computed one beside it."""

from datetime import date
from decimal import Decimal

from guatu.base.period import Period
from guatu.base.value import Value
from guatu.judge.board import Row
from guatu.judge.status import Status
from guatu.load.official import Official
from guatu.office import picture
from guatu.read.plan import Target

YEAR = Period.of("2021")
TARGET = Target("T05", "二/1", "水质达到或好于Ⅲ类断面比例", "省控断面", ">=", Decimal(100), "%", "…", "sw_good_ratio")
COMPUTED = Value("sw_good_ratio", "省控断面", YEAR, Decimal("100.0"), "%")
PAPER = Official("sw_good_ratio", "省控断面", YEAR, Decimal("87.5"), "水质通报〔2021〕9号", date(2021, 10, 9))


def shown(row: Row) -> dict:
    return picture._row(row)


def test_the_official_figure_stands_first_with_its_paper():
    row = shown(Row(TARGET, COMPUTED, Status("behind", "暂未达标", judged=Decimal("87.5")), official=PAPER))
    assert (row["figure"], row["computed"], row["official"]) == ("87.5", "100.0", "水质通报〔2021〕9号")


def test_without_one_the_computed_figure_stands_alone():
    row = shown(Row(TARGET, COMPUTED, Status("met", "达标", judged=Decimal("100.0"))))
    assert (row["figure"], row["computed"], row["official"]) == ("100.0", "", "")


def test_a_figure_is_not_printed_as_the_target_it_misses():
    """100.0 beside "≥ 100" in red explains nothing; 99.99 does."""
    row = shown(Row(TARGET, COMPUTED, Status("behind", "暂未达标", judged=Decimal("99.99"))))
    assert row["figure"] == "99.99"
