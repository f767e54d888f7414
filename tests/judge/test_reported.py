"""Targets that are not air: counties added by parts and wholes, official first, lists opened, paths named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from guatu.base.period import Period
from guatu.base.value import Step
from guatu.errors import LoadError, WorkspaceError
from guatu.judge.board import row_of
from guatu.judge.paths import path_of, paths_of, with_number
from guatu.judge.reported import answer_of
from guatu.judge.reported_lists import problem_lists
from guatu.load.figures.due import gaps_of
from guatu.load.figures.filled import store_figures
from guatu.load.lists import store_list
from guatu.load.official import store_official
from guatu.load.water import store_water
from guatu.load.water_class import Paper, store_classes
from guatu.load.workspace import Workspace
from guatu.read.plan import Target
from tests.load.figures.county import workspace

YEAR = Period.of("2021")
TODAY = date(2021, 10, 11)
HEAD = "指标,地区,时段,分子,分母,数值,填报日期,指数种类"
SECTIONS = """
[[section]]
id = "A"
name = "鲇鱼山"
also = ["鲶鱼山"]
[[section]]
id = "B"
name = "镇埠"
[[section]]
id = "C"
name = "戴村"
[[section]]
id = "L"
name = "湖心"
kind = "lake"
[[section]]
id = "G"
name = "井一"
kind = "ground"
[[list]]
name = "国控断面"
sections = ["A", "B"]
until = 2020-12-31
[[list]]
name = "国控断面"
sections = ["A", "B", "C"]
since = 2021-01-01
[[list]]
name = "地下水国考点位"
sections = ["G"]
"""


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    (made.folder / "plan" / "sections.toml").write_text(SECTIONS, encoding="utf-8")
    return made


def told(ws: Workspace, *lines: str, **how: object) -> None:
    store_figures(ws, written(ws, "表.csv", HEAD, *lines), **how)  # type: ignore[arg-type]


def written(ws: Workspace, name: str, *lines: str) -> Path:
    path = ws.folder.parent / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def target(indicator: str, scope: str = "全市", op: str = ">=", value: str | None = "95") -> Target:
    number = None if value is None else Decimal(value)
    return Target("T", "二", indicator, scope, op, number, "%", "", indicator_id=indicator)


def sewage(ws: Workspace, as_of: date = TODAY) -> Fraction | None:
    return answer_of(ws, "town_sewage_rate", "全市", YEAR, as_of).judged.raw


def texts(step: Step) -> list[str]:
    return [f"{step.text} {step.figure}", *(line for below in step.below for line in texts(below))]


def test_counties_are_added_and_their_ratios_never_averaged(ws: Workspace) -> None:
    """9/10 and 10/100 and 1/1: added 20/111 = 18.02 %, the mean of ratios would be 66.7 %."""
    told(
        ws,
        *(
            f"town_sewage_rate,{p},2021Q1,{n},{d},,2021-04-08,"
            for p, n, d in (("甲区", 9, 10), ("浮梁", 10, 100), ("高新区", 1, 1))
        ),
    )
    assert sewage(ws) == Fraction(2000, 111)
    row = row_of(ws, target("town_sewage_rate"), YEAR, TODAY)
    assert (row.value.number, row.status.word) == (Decimal("18.0"), "暂未达标")
    assert any("9／10" in line and "D2" in line and "figures/0001" in line for line in texts(row.value.why))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.lists(st.tuples(st.integers(0, 999), st.integers(1, 999)), min_size=3, max_size=3), st.randoms())
def test_added_in_any_order_it_is_parts_over_wholes(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]], chance: object
) -> None:
    made = workspace(tmp_path_factory.mktemp("ws"))
    pairs = [(min(n, d), d) for n, d in pairs]
    lines = [
        f"town_sewage_rate,{p},2021Q1,{n},{d},,2021-04-08,"
        for p, (n, d) in zip(("甲区", "浮梁县", "高新区"), pairs, strict=True)
    ]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    told(made, *lines)
    assert sewage(made) == Fraction(100 * sum(n for n, _ in pairs), sum(d for _, d in pairs))


def test_a_county_that_has_not_reported_leaves_no_figure_and_is_named(ws: Workspace) -> None:
    (ws.folder / "plan" / "figures.toml").write_text(
        '[[due]]\nindicator = "town_sewage_rate"\nbody = "市住建局"\n', "utf-8"
    )
    told(ws, "town_sewage_rate,甲区,2021Q1,9,10,,2021-04-08,", "town_sewage_rate,浮梁县,2021Q1,9,10,,2021-04-08,")
    row = row_of(ws, target("town_sewage_rate"), YEAR, TODAY)
    assert (row.value.number, row.status.word, row.status.reason) == (None, "无法判定", "数据不足")
    assert any("缺 高新区" in flag for flag in row.value.flags)
    owed = gaps_of(ws, TODAY)
    assert [(g.place, str(g.period), g.late) for g in owed if g.period.last.month == 3] == [("高新区", "2021Q1", 184)]
    assert len([g for g in owed if str(g.period) == "2021Q3"]) == 3
    assert gaps_of(ws, date(2021, 3, 31)) == ()


def test_amounts_of_quarters_are_added_and_states_take_the_newest(ws: Workspace) -> None:
    told(
        ws,
        "town_sewage_rate,全市,2021Q1,80,100,,2021-04-08,",
        "town_sewage_rate,全市,2021Q2,300,300,,2021-07-08,",
        "rural_sewage_rate,全市,2021Q1,20,100,,2021-04-08,",
        "rural_sewage_rate,全市,2021Q2,30,100,,2021-07-08,",
    )
    assert sewage(ws) == Fraction(95)
    assert answer_of(ws, "rural_sewage_rate", "全市", YEAR, TODAY).judged.raw == 30
    assert sewage(ws, date(2021, 5, 1)) == 80, "what came later was not known then"


def test_a_quarter_that_is_missing_ends_the_sum(ws: Workspace) -> None:
    told(ws, "town_sewage_rate,全市,2021Q1,80,100,,2021-04-08,", "town_sewage_rate,全市,2021Q3,300,300,,2021-10-08,")
    value = answer_of(ws, "town_sewage_rate", "全市", YEAR, TODAY).judged
    assert (value.raw, value.flags) == (Fraction(80), ("2021Q3 前面的时段不齐，没有计入",))


def test_a_correction_counts_from_its_day_and_a_second_load_changes_nothing(ws: Workspace) -> None:
    line = "town_sewage_rate,全市,2021Q1,{},100,,2021-04-08,"
    told(ws, line.format(80))
    told(ws, line.format(80))
    assert len(ws.batches("figures")) == 1
    with pytest.raises(LoadError) as caught:
        told(ws, line.format(90))
    assert caught.value.codes == ("G-LOAD-16",)
    told(ws, line.format(90), correct=True, reason="审核", on=date(2021, 8, 1))
    assert (sewage(ws, date(2021, 7, 31)), sewage(ws, date(2021, 8, 1))) == (80, 90)


def test_the_official_figure_decides_and_the_reported_one_stands_beside_with_the_difference(ws: Workspace) -> None:
    told(ws, "town_sewage_rate,全市,2021Q1,96,100,,2021-04-08,")
    store_official(
        ws,
        written(
            ws,
            "通报.csv",
            "指标,范围,时段,数值,文号,发布日期",
            "城镇生活污水处理率,全市,2021年1—6月,94.2,省厅〔2021〕8号,2021-07-20",
        ),
    )
    before = row_of(ws, target("town_sewage_rate"), YEAR, date(2021, 7, 19))
    after = row_of(ws, target("town_sewage_rate"), YEAR, date(2021, 7, 20))
    assert (before.status.word, before.official) == ("达标", None)
    assert (after.status.word, after.status.judged, after.value.number) == (
        "暂未达标",
        Decimal("94.2"),
        Decimal("96.0"),
    )
    assert "省厅〔2021〕8号" in after.status.note
    assert any(line.startswith("差值") and line.endswith("+1.80") for line in texts(after.value.why))


def test_a_table_of_the_province_with_title_and_without_columns_of_paper(ws: Workspace) -> None:
    path = written(ws, "省表.csv", "全省2021年1—9月农村生活污水治理率,", "设区市,治理率(%)", "试验市,23.4", "合计,20.1")
    with pytest.raises(LoadError) as caught:
        store_official(ws, path)
    assert caught.value.codes == ("G-LOAD-30",), "no column of values is known by that name"
    path = written(ws, "省表.csv", "全省2021年1—9月农村生活污水治理率,", "设区市,比例(%)", "试验市,23.4", "合计,20.1")
    with pytest.raises(LoadError) as caught:
        store_official(ws, path)
    assert [fault.what for fault in caught.value.faults] == ["没有写文号或来源"]
    assert store_official(ws, path, given=Paper("省厅〔2021〕20号", date(2021, 10, 9))) == (1, 0)
    found = answer_of(ws, "rural_sewage_rate", "全市", YEAR, TODAY)
    assert (found.judged.raw, found.value.number) == (Fraction("23.4"), Decimal("23.4"))
    assert answer_of(ws, "rural_sewage_rate", "全市", YEAR, date(2021, 10, 8)).judged.number is None


def test_an_index_of_the_other_kind_is_not_judged(ws: Workspace) -> None:
    told(ws, "eco_index,全市,2021Q2,,,82.6,2021-07-08,EQI")
    assert answer_of(ws, "eco_index", "全市", YEAR, TODAY, "EI").judged.reason == "指数种类不同"
    assert answer_of(ws, "eco_index", "全市", YEAR, TODAY, "EQI").judged.number == Decimal("82.6")


def classes(ws: Workspace, *lines: str, period: str = "2021年1—9月") -> None:
    path = written(ws, "类别.csv", "断面名称,水质类别,超标因子,超标倍数", *lines)
    store_classes(ws, path, Paper("省厅水质通报〔2021〕9号", date(2021, 10, 9), period))


def test_a_table_of_classes_is_enough_for_a_status(ws: Workspace) -> None:
    classes(ws, "鲶鱼山,Ⅱ类,—,—", "镇埠,Ⅳ,总磷,0.2", "戴村,劣Ⅴ类,氨氮,1.5")
    good = row_of(ws, target("sw_good_ratio", "国控断面", value="100"), YEAR, TODAY)
    worst = row_of(ws, target("sw_inferior_v_ratio", "国控断面", "<=", "0"), YEAR, TODAY)
    assert (good.value.raw, good.status.word) == (Fraction(100, 3), "暂未达标")
    assert (worst.value.raw, worst.status.word) == (Fraction(100, 3), "暂未达标")
    assert good.official is not None
    assert good.official.paper == "省厅水质通报〔2021〕9号"
    assert any("总磷（0.2）" in line for line in texts(good.value.why))


def test_a_section_without_class_counts_on_neither_side(ws: Workspace) -> None:
    classes(ws, "鲇鱼山,Ⅲ,,", "镇埠,—,,")
    value = answer_of(ws, "sw_good_ratio", "国控断面", YEAR, TODAY).judged
    assert (value.raw, value.n_valid, value.n_expected) == (Fraction(100), 1, 3)
    assert any("镇埠、戴村 没有类别" in flag for flag in value.flags)


def test_groundwater_counts_class_five(ws: Workspace) -> None:
    classes(ws, "井一,Ⅴ,,", period="2021")
    assert answer_of(ws, "gw_v_ratio", "地下水国考点位", YEAR, TODAY).judged.raw == 100


def test_samples_and_published_classes_stand_side_by_side_section_by_section(ws: Workspace) -> None:
    """Means of nine months: 镇埠 total phosphorus 0.15 is Ⅲ; the level above printed Ⅳ."""
    rows = [
        f"{name},2021-{month:02d}-05,7.5,7.0,3.0,0.3,{tp}"
        for month in range(1, 10)
        for name, tp in (("鲇鱼山", "0.05"), ("镇埠", "0.15"), ("戴村", "0.01L"))
    ]
    store_water(ws, written(ws, "水.csv", "断面,采样日期,pH,DO,高锰酸盐指数,NH3-N(mg/L),TP(mg/L)", *rows))
    alone = answer_of(ws, "sw_good_ratio", "国控断面", YEAR, TODAY)
    assert (alone.judged.raw, alone.official) == (100, None)
    classes(ws, "鲇鱼山,Ⅱ,,", "镇埠,Ⅳ,总磷,0.1", "戴村,Ⅱ,,")
    both = answer_of(ws, "sw_good_ratio", "国控断面", YEAR, TODAY, differences=True)
    assert (both.value.raw, both.judged.raw) == (100, Fraction(200, 3))
    (line,) = [line for line in texts(both.value.why) if line.startswith("镇埠：公布Ⅳ")]
    assert "按样品 Ⅲ" in line
    assert "总磷 0.15" in line
    assert "2021-01-05 至 2021-09-05" in line


def test_too_few_months_leave_it_undecided(ws: Workspace) -> None:
    store_water(ws, written(ws, "水.csv", "断面,采样日期,pH,DO,NH3-N", "鲇鱼山,2021-05-05,7.5,7.0,0.3"))
    value = answer_of(ws, "sw_good_ratio", "国控断面", YEAR, TODAY).judged
    assert value.reason == "数据不足"
    assert "鲇鱼山 全年至多 4 个月，少于 12 个月" in value.flags


def test_a_rate_is_counted_from_its_list_and_opens_to_it(ws: Workspace) -> None:
    """受污染耕地安全利用率 (B + C + D) ÷ E: 轻中度 needs produce up to standard: (50 + 30 + 5) / 100."""
    lines = [
        "图斑编号,县区,污染程度,面积（亩）,措施是否到位,农产品是否达标",
        "1,甲区,轻微,50,√,×",
        "2,甲区,轻中度,30,√,√",
        "3,浮梁,轻中度,15,√,×",
        "4,浮梁县,重度,5,是,否",
    ]
    store_list(ws, written(ws, "耕地.csv", *lines), "farmland", at_period="2021-09", received=date(2021, 10, 1))
    value = answer_of(ws, "polluted_farmland_safe_use", "全市", YEAR, TODAY).judged
    assert value.raw == 85
    assert answer_of(ws, "polluted_farmland_safe_use", "浮梁县", YEAR, TODAY).judged.raw == 25
    opened = texts(value.why)
    assert any("3" in line and "未完成（农产品是否达标：否）" in line and "E4" in line for line in opened)


def test_no_reused_plot_is_not_applicable_and_no_zero(ws: Workspace) -> None:
    lines = ["地块名称,地区,面积,是否再开发利用,是否安全利用", "甲,甲区,10,否,否"]
    store_list(ws, written(ws, "地块.csv", *lines), "plots", at_period="2021-09", received=date(2021, 10, 1))
    value = answer_of(ws, "polluted_plot_safe_use", "全市", YEAR, TODAY).judged
    assert (value.number, value.reason) == (None, "不适用")


def test_sources_show_the_rate_by_volume_beside(ws: Workspace) -> None:
    """By number 2 of 3, by water taken 30 of 90."""
    lines = ["水源名称,地区,是否达标,取水量(万吨)", "一,甲区,达标,10", "二,甲区,达标,20", "三,甲区,不达标,60"]
    store_list(ws, written(ws, "水源.csv", *lines), "sources", at_period="2021-09", received=date(2021, 10, 1))
    value = answer_of(ws, "drinking_source_ok", "县级及以上城市", YEAR, TODAY).judged
    assert value.raw == Fraction(200, 3)
    assert any("33.3%" in flag and "取水量" in flag for flag in value.flags)


def test_the_rate_over_the_plan_stands_with_the_rate_over_what_is_due(ws: Workspace) -> None:
    """Ten problems: six due by October, five of them done; one early; 长期坚持 is never due: plan 6/10, due 5/6."""
    rows = [f"问题{k},甲区,2021年6月,{'是' if k < 6 else '否'},{'2021-05-20' if k < 6 else ''}" for k in range(1, 7)]
    rows += [
        "问题7,甲区,2021-12-31,是,2021-08-01",
        "问题8,甲区,2021-12-31,否,",
        "问题9,甲区,长期坚持,否,",
        "问题10,甲区,长期坚持,否,",
    ]
    path = written(ws, "整改.csv", "反馈问题,地区,整改时限,是否完成,完成时间", *rows)
    with pytest.raises(LoadError) as caught:
        store_list(ws, path, "problems", at_period="2021-09")
    assert caught.value.codes == ("G-LIST-09",)
    store_list(ws, path, "problems", label="省级督察", at_period="2021-09", received=date(2021, 10, 1))
    (value,) = problem_lists(ws, TODAY)
    assert (value.scope, value.raw) == ("省级督察", Fraction(60))
    assert value.flags == ("到期任务完成率 83.3%（旁列，不代替方案完成率）", "逾期 1 项：问题6")


PATHS = """
[[path]]
indicator = "co2_per_gdp_reduction"
base = 2020
rule = "geometric"
target = "18"
[[path]]
indicator = "cod_emission_reduction"
base = 2020
rule = "printed"
table = ["1.5", "3.2", "5.0", "6.8", "8.5"]
paper = "减排计划"
day = 2021-05-10
[[path]]
indicator = "nonfossil_share"
base = 2020
rule = "linear"
start = "13.0"
target = "15.5"
"""


def test_a_schedule_takes_its_years_number_from_a_named_path(ws: Workspace) -> None:
    """18 % in five years is 3.89 % a year by equal ratios, a published share; without a path it stays undecided."""
    schedule = target("co2_per_gdp_reduction", op="schedule", value=None)
    assert row_of(ws, schedule, YEAR, TODAY).status.reason == "待上级下达目标值"
    (ws.folder / "plan" / "paths.toml").write_text(PATHS, encoding="utf-8")
    numbered, step = with_number(ws, schedule, 2021, TODAY)
    assert (numbered.op, numbered.value) == (">=", Decimal("3.89"))
    assert step is not None
    assert "等比" in step.text
    assert row_of(ws, schedule, YEAR, TODAY).status.reason == "数据未到"
    told(ws, "co2_per_gdp_reduction,全市,2021年1—9月,,,3.88,2021-10-08,")
    assert row_of(ws, schedule, YEAR, TODAY).status.word == "未达序时"
    cod = target("cod_emission_reduction", op="schedule", value=None)
    assert with_number(ws, cod, 2021, date(2021, 5, 9))[1] is None, "the paper was not out yet"
    assert with_number(ws, cod, 2022, TODAY)[0].value == Decimal("3.20")
    share = target("nonfossil_share", op="schedule", value=None)
    assert with_number(ws, share, 2023, TODAY)[0].value == Decimal("14.5")
    assert path_of(ws, "nonfossil_share", 2026, TODAY) is None


def test_drops_of_the_years_are_multiplied_up(ws: Workspace) -> None:
    """8.01, 1.79 and 5.35 give 14.49, as printed by a province; their sum would be 15.15."""
    text = (
        '[[path]]\nindicator = "co2_per_gdp_reduction"\nbase = 2020\nrule = "geometric"\ntarget = "18"\nannual = true\n'
    )
    (ws.folder / "plan" / "paths.toml").write_text(text, encoding="utf-8")
    for year, drop in ((2021, "8.01"), (2022, "1.79"), (2023, "5.35")):
        told(ws, f"co2_per_gdp_reduction,全市,{year},,,{drop},{year + 1}-03-01,")
    value = answer_of(ws, "co2_per_gdp_reduction", "全市", Period.of("2023"), date(2024, 5, 1)).judged
    assert value.number == Decimal("14.49")


def test_all_faults_of_the_paths_at_once(ws: Workspace) -> None:
    entry = '[[path]]\nindicator = "{}"\nbase = 2020\nrule = "{}"\n{}\n'
    text = entry.format("moon", "linear", 'target = "1"') + entry.format("nonfossil_share", "curve", "")
    text += entry.format("nonfossil_share", "printed", 'table = ["3", "2"]')
    (ws.folder / "plan" / "paths.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        paths_of(ws)
    assert caught.value.codes == ("G-JUDGE-21",) * 3
