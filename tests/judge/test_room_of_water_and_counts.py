"""What is left for sections, lists and tons, against figures worked out on paper and by trying every value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.base.exact import half_even
from guatu.base.period import Period
from guatu.judge.board import row_of
from guatu.judge.room_water import ItemRoom, section_rooms
from guatu.load.lists import store_list
from guatu.load.water import store_water
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from tests.load.city import CITY

SECTIONS = """
[[section]]
id = "A"
name = "鲇鱼山"
aim = 3
[[section]]
id = "B"
name = "浯溪口"
kind = "lake"
aim = 2
[[list]]
name = "省控断面"
sections = ["A", "B"]
programme = "21"
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "ws", CITY)
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    return made


def load(ws: Workspace, year: int, section: str, months: dict[int, tuple[str, str, str]]) -> None:
    """Samples of the tenth day of months: 总磷, 高锰酸盐指数, 溶解氧."""
    path = ws.folder / f"{section}-{year}.csv"
    rows = [f"{section},{year}-{month:02d}-10,{','.join(said)}" for month, said in months.items()]
    path.write_text("断面名称,采样日期,总磷,高锰酸盐指数,溶解氧\n" + "\n".join(rows) + "\n", encoding="utf-8")
    store_water(ws, path)


def rooms(ws: Workspace, day: date, scope: str = "省控断面") -> dict[tuple[str, str], ItemRoom]:
    return {(room.section, room.item): room for room in section_rooms(ws, scope, day)}


def test_what_two_months_may_average_by_item(ws: Workspace) -> None:
    """总磷: (0.2005×12 − 1.80)/2 = 0.303; 高锰酸盐: (6.05×12 − 55)/2 = 8.80; 溶解氧: (4.95×12 − 45)/2 = 7.20."""
    load(ws, 2021, "鲇鱼山", dict.fromkeys(range(1, 11), ("0.18", "5.5", "4.5")))
    load(ws, 2020, "鲇鱼山", {month: (f"0.{month:02d}", "4", "6") for month in range(1, 13)})
    found = rooms(ws, date(2021, 10, 31))
    shown = {item: str(room.rest) for (_, item), room in found.items()}
    assert shown == {"tp": "0.3030", "codmn": "8.80", "do": "7.20"}
    tp = found["鲇鱼山", "tp"]
    assert (tp.months, tp.left, str(tp.mean), str(tp.before)) == (10, 2, "0.180", "0.115")
    assert tp.sentence == (
        "鲇鱼山 总磷：10 个月均值 0.180，目标Ⅲ类 0.2，余下 2 个月月均须不高于 0.3030，去年同期 0.115"
    )
    assert "不低于 7.20" in found["鲇鱼山", "do"].sentence


def test_a_lake_has_its_own_phosphorus_and_a_lost_year_is_said(ws: Workspace) -> None:
    """Class Ⅱ of a lake is 0.025: with 0.04 in ten months (Σ 0.40) the year is over 0.0255 × 12 = 0.306 already."""
    load(ws, 2021, "浯溪口", dict.fromkeys(range(1, 11), ("0.04", "3", "8")))
    found = rooms(ws, date(2021, 10, 31))
    assert found["浯溪口", "tp"].lost
    assert "即使为零，年均也超标" in found["浯溪口", "tp"].sentence
    assert "即使为零，年均也达标" in found["浯溪口", "do"].sentence
    assert next(iter(found)) == ("浯溪口", "tp")


def test_a_month_not_yet_sampled_still_comes(ws: Workspace) -> None:
    load(ws, 2021, "鲇鱼山", dict.fromkeys((1, 2, 4), ("0.1", "3", "8")))
    assert rooms(ws, date(2021, 5, 3), "鲇鱼山")["鲇鱼山", "tp"].left == 8
    assert rooms(ws, date(2021, 12, 31), "鲇鱼山")["鲇鱼山", "tp"].left == 1
    assert rooms(ws, date(2021, 5, 3), "别的断面") == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=11))
def test_the_room_of_a_section_is_the_edge(values: list[int]) -> None:
    """Every coming month at the rest keeps the yearly mean at the limit; a hair more in each breaks it."""
    from guatu.judge.room_water import _inside

    n = len(values)
    total, left = sum(Fraction(value, 1000) for value in values), 12 - n
    rest = (Fraction("0.2005") * 12 - total) / left
    shown = _inside(rest, 4, False, True)
    if shown < 0:
        return
    assert half_even((total + left * Fraction(shown)) / 12, 3) <= Decimal("0.2")
    assert half_even((total + left * (Fraction(shown) + Fraction(1, 10**4)) + Fraction(1, 10**6)) / 12, 3) > Decimal(
        "0.2"
    )


def share(indicator: str, op: str, value: str, scope: str = "省控断面") -> Target:
    return Target("T", "二", indicator, scope, op, Decimal(value), "%", "", indicator_id=indicator)


def test_sections_that_may_still_fall_out(ws: Workspace) -> None:
    load(ws, 2021, "鲇鱼山", dict.fromkeys(range(1, 7), ("0.18", "5", "6")))
    load(ws, 2021, "浯溪口", dict.fromkeys(range(1, 7), ("0.3", "5", "6")))
    year, day = Period.of("2021"), date(2021, 6, 30)

    def spare(op: str, value: str, indicator: str = "sw_good_ratio") -> int | None:
        room = row_of(ws, share(indicator, op, value), year, day).room
        return room.bad_left if room else None

    assert [spare(">=", value) for value in ("100", "50", "40", "0")] == [-1, 0, 0, 1]
    assert [spare("<=", value, "sw_inferior_v_ratio") for value in ("0", "50")] == [-1, 0]
    room = row_of(ws, share("sw_good_ratio", ">=", "100"), year, day).room
    assert room is not None
    assert room.sentence == "2 个断面中 1 个计入，还差 1 个，没有去年同期的数"


LIST = """督察反馈问题整改清单
问题,县区,是否完成,整改时限,完成时间
{}"""


def test_a_list_says_how_many_are_lacking_and_what_is_due(ws: Workspace) -> None:
    """Of 10, 9 make 90 %: 6 are done, so 3 lack; two are due by the end of the year, one is late already."""
    rows = [f"旧问题{n},甲区,是,2021-06-30,2021-0{n}-15" for n in range(1, 5)]
    rows += [f"老问题{n},甲区,是,2020-12-31,2020-11-{n}0" for n in (1, 2)]
    rows += ["新问题1,甲区,否,2021-12-01,", "新问题2,乙县,否,2021-12-31,", "新问题3,乙县,否,2021-08-31,"]
    rows += ["新问题4,乙县,否,2022-06-30,"]
    path = ws.folder / "problems.csv"
    path.write_text(LIST.format("\n".join(rows)) + "\n", encoding="utf-8")
    store_list(ws, path, "problems", label="省级督察", at_period="2021-09", received=date(2021, 10, 1))
    target = share("rectify_rate", ">=", "90", "省级督察")
    found = row_of(ws, target, Period.of("2021"), date(2021, 10, 11))
    assert found.room is not None
    assert (found.room.kind, found.room.bad_used, found.room.bad_left, found.room.last_year) == (
        "list", 6, 3, Decimal(2),
    )  # fmt: skip
    assert found.room.sentence == (
        "10 项已完成 6 项，达到 90% 须 9 项，还差 3 项；年底前到期 2 项，已逾期 1 项，去年同期完成 2 项"
    )
    eased = row_of(ws, replace(target, value=Decimal(60)), Period.of("2021"), date(2021, 10, 11))
    assert eased.room is not None
    assert eased.room.outcome == "secured"
