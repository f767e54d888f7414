"""How other cities write: assessing leads, bare lists, keys on their own lines, shares, tables, prose opinions."""

# ruff: noqa: E501 — sentences of notices, one a line

from __future__ import annotations

from decimal import Decimal

import pytest

from guatu.read import read_notice
from guatu.read.plan import Target

HEAD = "某某市人民政府关于印发2022年工作要点的通知\n某政发〔2022〕5号\n"


def goals(words: str) -> tuple[Target, ...]:
    return read_notice(HEAD + f"一、主要目标\n{words}\n").targets


def told(words: str) -> list[tuple[str | None, str, str, str]]:
    return [(t.indicator_id or t.indicator, t.scope, t.op, str(t.value)) for t in goals(words)]


def test_a_duty_of_one_sentence_keeps_its_figures() -> None:
    plan = read_notice(
        HEAD
        + "一、经济\n1．新增企业100家以上，建成公园0.5万个。（12月底完成，牵头考核单位：市发改委、统计局）\n二、民生\n2．失业率控制在4.5%以内。（持续推进，牵头考核单位：市人社局）\n"
    )
    assert [(t.outline, t.units, t.lead, t.deadlines) for t in plan.tasks] == [
        ("一/1", ("市发改委", "市统计局"), ("市发改委", "市统计局"), ("2022-12-31",)),
        ("二/2", ("市人社局",), ("市人社局",), ()),
    ]
    assert [[(c.op, Decimal(str(c.value))) for c in t.commitments] for t in plan.tasks] == [
        [(">=", Decimal(100)), (">=", Decimal(5000))],
        [("<=", Decimal("4.5"))],
    ]
    assert [m.task for m in plan.measures] == ["K01", "K02"]


BLOCKS = [
    ("（市发改委、市生态环境局）", ("市发改委", "市生态环境局"), (), ()),
    ("[市城管局牵头，市住建局、交通运输局配合]", ("市城管局", "市住建局", "市交通运输局"), ("市城管局",), ("市住建局", "市交通运输局")),
    ("（市生态环境局、公安局牵头督导，市商务局参与）", ("市生态环境局", "市公安局", "市商务局"), ("市生态环境局", "市公安局"), ("市商务局",)),
    ("（市发改委牵头，市生态环境局等配合，各乡镇（园区）负责落实）", ("市发改委", "市生态环境局", "各乡镇（园区）"), ("市发改委",), ("市生态环境局",)),
    ("\n牵头单位：市水利局\n责任单位：市财政局、市林业局\n配合单位：各县（市、区）人民政府\n完成时限：2022年9月底前", ("市水利局", "市财政局", "市林业局", "各县（市、区）人民政府"), ("市水利局",), ("各县（市、区）人民政府",)),
]  # fmt: skip


@pytest.mark.parametrize(("block", "units", "lead", "coop"), BLOCKS)
def test_a_block(block: str, units: tuple[str, ...], lead: tuple[str, ...], coop: tuple[str, ...]) -> None:
    (task,) = read_notice(HEAD + f"一、任务\n1.做好某项。完善机制，加强管理。{block}\n").tasks
    assert (task.units, task.lead, task.coop) == (units, lead, coop)


def test_a_bracket_inside_a_sentence_names_nobody_responsible() -> None:
    assert read_notice(HEAD + "一、任务\n1.做好某项。由主管机关（市生态环境局）认定后实施。\n").tasks == ()


def test_a_notice_cited_in_a_sentence_lends_no_number() -> None:
    plan = read_notice(
        "某省人民政府关于某事的实施意见\n为落实《某意见》（国发〔2021〕4号），提出如下意见。\n一、甲\n做好。（省水利厅负责）\n"
    )
    assert (plan.head.doc_number, plan.head.year) == ("", None)


def test_several_issuers_are_named_as_the_title_names_them() -> None:
    plan = read_notice(
        "某省生态环境厅等三部门关于印发某方案的通知\n某环发〔2022〕12号\n一、甲\n做好。（省水利厅负责）\n"
    )
    assert plan.head.issuer == "某省生态环境厅等三部门"


GOALS = [
    ("1.市中心城区优良天数比率不低于92.5%（即全年污染天数不能超过27天），PM2.5平均浓度不高于34微克/立方米。",
     [("aqi_good_ratio", "市中心城区", ">=", "92.5"), ("pm25_mean", "市中心城区", "<=", "34")]),
    ("1.乙市的优良天数比率不低于93.5%，PM10和细颗粒物（PM2.5）平均浓度分别不高于53和32微克/立方米。",
     [("aqi_good_ratio", "乙市", ">=", "93.5"), ("pm10_mean", "乙市", "<=", "53"), ("pm25_mean", "乙市", "<=", "32")]),
    ("1.市中心城区优良天数比率达到92%以上；甲区、乙区参照执行市中心城区环境空气质量目标。",
     [("aqi_good_ratio", "市中心城区", ">=", "92"), ("aqi_good_ratio", "甲区", ">=", "92"), ("aqi_good_ratio", "乙区", ">=", "92")]),
    ("1.其中，15个国考断面优良水体比例达到86.7%，甲县国省考断面优良水体比例达到100%。",
     [("sw_good_ratio", "15个国考断面", ">=", "86.7"), ("sw_good_ratio", "甲县国省考断面", ">=", "100")]),
    ("1.全市50个地表水国省考断面（详见附件1）达到或好于Ⅲ类水体比例达到90%以上，其中15个国考断面优Ⅲ水体比例达到86.7%，35个省考断面优Ⅲ水体比例达到91.4%以上。",
     [("sw_good_ratio", "全市50个地表水国省考断面", ">=", "90"), ("sw_good_ratio", "15个国考断面", ">=", "86.7"), ("sw_good_ratio", "35个省考断面", ">=", "91.4")]),
    ("1.分县区目标：甲县国省考断面优Ⅲ水体比例达到100%；乙县省考断面优Ⅲ水体比例达到93.8%。",
     [("sw_good_ratio", "甲县国省考断面", ">=", "100"), ("sw_good_ratio", "乙县省考断面", ">=", "93.8")]),
    ("1.我市水功能区达标率达到88%以上，降尘量低于2.6吨/平方千米·月。", [("wfz_rate", "全市", ">=", "88"), ("降尘量", "全市", "<=", "2.6")]),
    ("1.臭氧浓度力争不高于2020年水平。", [("o3_p90", "全市", "<=", "None")]),
    ("1.力争三分之一以上的乡镇建成示范乡镇。", [("乡镇建成示范乡镇", "全市", ">=", "1/3")]),
    ("1.煤炭消费总量只减不增。", [("煤炭消费总量", "全市", "<=", "0")]),
    ("1.单位地区生产总值能耗和二氧化碳排放分别比2020年下降15%、19%。",
     [("energy_per_gdp", "全市", ">=", "15"), ("co2_per_gdp_reduction", "全市", ">=", "19")]),
    ("1.二氧化硫（SO2）、氮氧化物（NOX）等主要污染物排放总量比2015年分别下降15%、10%。",
     [("二氧化硫（SO2）排放总量下降", "全市", ">=", "15"), ("nox_emission_reduction", "全市", ">=", "10")]),
    ("1.再生铜、再生铝产量分别达到40万吨、115万吨，新建绿色工厂200家、绿色园区10家。",
     [("再生铜产量", "全市", ">=", "400000"), ("再生铝产量", "全市", ">=", "1150000"), ("新建绿色工厂", "全市", ">=", "200"), ("绿色园区", "全市", ">=", "10")]),
    ("1.新增污水处理能力350万立方米/日，光伏装机5400万千瓦。",
     [("新增污水处理能力", "全市", ">=", "3500000"), ("光伏装机", "全市", ">=", "54000000")]),
    ("1.地级城市优良天数比例比2020年提高10个百分点以上。", [("优良天数比例提高", "地级城市", ">=", "10")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "targets"), GOALS, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_asked_for(words: str, targets: list[tuple[str, str, str, str]]) -> None:
    assert [(name, scope, op, value.rstrip("0").rstrip(".") if "." in value else value) for name, scope, op, value in told(words)] == targets  # fmt: skip


def test_a_date_reaches_over_a_semicolon() -> None:
    assert [t.deadline for t in goals("1.到2025年，森林覆盖率达到67%；优良天数比例达到92%。到年末另议。")] == [
        "2025",
        "2025",
    ]


def test_a_rise_is_not_judged_as_a_level() -> None:
    (target,) = goals("1.全市PM2.5平均浓度下降3%以上。")
    assert (target.indicator_id, target.change, target.value) == (None, True, 3)


def test_a_figure_aspired_to_stays_with_the_firm_one() -> None:
    (task,) = read_notice(HEAD + "一、任务\n1.甲。数据中心PUE降到1.3以下，力争PUE不超过1.25。（市水利局负责）\n").tasks
    assert [(c.op, str(c.value), str(c.aspired)) for c in task.commitments] == [("<=", "1.3", "1.25")]


FIGURES = [
    ("到2025年，创建省级以上绿色工厂500家、绿色园区50个，绿色供应链企业30家", ["500", "50", "30"]),
    ("省级以上园区循环化改造率达到75%、国家级园区全部实施循环化改造", ["75"]),
    ("城镇生活污水处理率和农村生活垃圾无害化处理率均达到97%以上", ["97", "97"]),
    ("煤电机组供电煤耗降至295克标准煤/千瓦时以下", ["295"]),
    ("对工作不力的3个市进行约谈，实行30%权重考核，每季度通报1次", []),
    ("绿色信贷增速高于各项贷款平均增速，对示范企业奖励100万元", []),
]


@pytest.mark.parametrize(("words", "values"), FIGURES)
def test_figures_promised_in_a_duty(words: str, values: list[str]) -> None:
    (task,) = read_notice(HEAD + f"一、任务\n1.甲。{words}。（市水利局负责）\n").tasks
    assert [str(c.value) for c in task.commitments] == values


def test_a_yearly_growth_does_not_make_the_next_figure_yearly() -> None:
    (task,) = read_notice(HEAD + "一、任务\n1.甲。货运量年均增长15%，建成示范城市3个以上。（市水利局负责）\n").tasks
    assert [c.frequency for c in task.commitments] == ["annual", ""]


TABLE = """某市“十四五”生态环境保护规划
一、规划目标
专栏1 主要指标
序号
指标名称
单位
2020年（现状值）
2025年（目标值）
指标属性
1
细颗粒物（PM2.5）年均浓度
微克/立方米
35
≤32
约束性
2
空气质量优良天数比例
%
88.2
≥90
约束性
3
公共供水管网漏损率（%）
12
<10
预期性
二、主要任务
（一）优化结构。加强管理。
"""


def test_a_table_of_indicators_one_cell_a_line() -> None:
    found = [(t.indicator_id, t.op, str(t.value), t.unit, t.deadline) for t in read_notice(TABLE).targets]
    assert found == [
        ("pm25_mean", "<=", "32", "ug/m3", "2025"),
        ("aqi_good_ratio", ">=", "90", "%", "2025"),
        (None, "<=", "10", "%", "2025"),
    ]


def test_a_table_of_tabs_is_read_as_its_cells() -> None:
    rows = "序号\t工作任务\t责任单位\t完成时限\n1\t编制规划\t市水利局\t6月底前\n2\t整治河道\t市财政局\t9月底前\n"
    plan = read_notice("某市2022年任务分解表\n" + rows)
    assert [(t.title, t.units, t.deadlines) for t in plan.tasks] == [
        ("编制规划", ("市水利局",), ("2022-06-30",)),
        ("整治河道", ("市财政局",), ("2022-09-30",)),
    ]


def test_headings_that_are_bodies_answer_for_what_is_below() -> None:
    plan = read_notice(
        "某县2022年责任清单\n一、县发展和改革局\n1.编制方案。\n2.新增光伏装机5万千瓦。\n二、县财政局\n1.保障资金。\n"
    )
    assert [(t.outline, t.units) for t in plan.tasks] == [
        ("一/1", ("县发展和改革局",)),
        ("一/2", ("县发展和改革局",)),
        ("二/1", ("县财政局",)),
    ]


@pytest.mark.parametrize("kind", ["关于加强某项工作的意见", "某事业发展规划"])
def test_an_opinion_in_prose_binds_nobody(kind: str) -> None:
    plan = read_notice(
        f"某省{kind}\n一、总体要求\n到2025年，覆盖率达到95%以上。\n二、任务\n（一）加强监测。到2025年，治理河道5000公里。\n"
    )
    assert plan.tasks == () and plan.targets == ()


def test_half_width_marks_of_a_web_page_part_clauses_as_full_ones_do() -> None:
    assert told("其中12个国考断面优Ⅲ水体比例达到86.7%,30个省考断面优Ⅲ水体比例达到91.4%以上。") == [
        ("sw_good_ratio", "12个国考断面", ">=", "86.7"),
        ("sw_good_ratio", "30个省考断面", ">=", "91.4"),
    ]


def test_a_count_that_tells_which_sections_is_no_target() -> None:
    assert told("60个市考以上断面水质优良率提升到65.7%。") == [("sw_good_ratio", "60个市考以上断面", ">=", "65.7")]


def test_a_share_of_sections_is_never_taken_for_one_of_days() -> None:
    assert {t.indicator_id for t in goals("优良率（达到或优于Ⅲ类以上）达到90%以上。")} == {"sw_good_ratio"}


def test_places_named_in_a_row_are_the_scope() -> None:
    (target,) = goals("甲江市、乙山市、丙河州可吸入颗粒物年均浓度较2020年下降8%。")
    assert (target.scope, target.indicator, target.change, target.baseline) == (
        "甲江市、乙山市、丙河州",
        "可吸入颗粒物年均浓度下降",
        True,
        "2020",
    )


def test_several_indicators_bound_to_what_the_level_above_assesses() -> None:
    found = goals("确保优良天数比率、PM2.5平均浓度、重度及以上污染天数比率等指标达到省考核要求。")
    assert [(t.indicator_id, t.op, t.reference) for t in found] == [
        ("aqi_good_ratio", "schedule", "省考核要求"),
        ("pm25_mean", "schedule", "省考核要求"),
        ("heavy_pollution_days", "schedule", "省考核要求"),
    ]
    assert [t.polarity.split(" ")[0] for t in found] == ["increase", "reduction", "reduction"]


def test_targets_among_general_words_are_not_lost() -> None:
    words = (
        "坚持精准治污。在空气质量方面，到2024年，市区空气质量优良天数比率不低于96.4%，PM2.5浓度不高于28.2微克/立方米。"
    )
    found = read_notice(HEAD + f"一、总体要求\n{words}\n二、任务\n1.做好某项。（责任单位：市水利局）\n").targets
    assert [(t.indicator_id, t.scope, t.op, str(t.value)) for t in found] == [
        ("aqi_good_ratio", "市区", ">=", "96.4"),
        ("pm25_mean", "市区", "<=", "28.2"),
    ]
    past = "坚持精准治污。去年全市优良天数比率达到95%，PM2.5浓度为30微克/立方米。"
    assert read_notice(HEAD + f"一、总体要求\n{past}\n二、任务\n1.做好某项。（责任单位：市水利局）\n").targets == ()


def test_zones_that_share_their_ending_are_bodies_each() -> None:
    words = "1.做好某项。加强监管。（市生态环境局牵头，甲江、乙山、丙河经济开发区管委会负责落实）"
    (task,) = read_notice(HEAD + f"一、任务\n{words}\n").tasks
    assert task.units == ("市生态环境局", "甲江经济开发区管委会", "乙山经济开发区管委会", "丙河经济开发区管委会")


def test_a_sites_own_lines_stay_out_of_the_head() -> None:
    text = (
        "关于印发某某市工作方案的通知\n添加时间：2022/3/15 【字体： 】 【打印】 【关闭\n某政发〔2022〕7号\n"
        "各镇人民政府，市政府各部门：\n现印发给你们，请认真组织实施。\n某某市人民政府\n2022年3月10日\n"
        "某某市工作方案\n一、任务\n1.做好某项。（责任单位：市水利局）\n"
    )
    head = read_notice(text).head
    assert (head.doc_number, str(head.issue_date), head.issuer) == ("某政发〔2022〕7号", "2022-03-10", "某某市人民政府")


def test_of_a_caption_and_a_title_the_papers_own_counts() -> None:
    title = "某某市人民政府关于印发行动计划（2021-2023年）的通知"
    head = read_notice(f"某某市人民政府关于印发行动计划(2021—2023年)的通知\n{title}\n某政发〔2021〕7号\n").head
    assert head.title == title


def test_a_plan_to_make_and_issue_is_named_without_its_verbs() -> None:
    plan = read_notice(HEAD + "一、任务\n1.做好规划。6月底前制定并印发实施某某达标规划。（责任单位：市水利局）\n")
    assert [paper.name for paper in plan.papers] == ["某某达标规划"]


def test_each_indicator_of_a_row_bound_to_the_level_above_is_a_target() -> None:
    rows = goals("细颗粒物（PM2.5）平均浓度、优良天数比例完成省下达的任务目标。")
    assert [(t.indicator_id, t.op) for t in rows] == [("pm25_mean", "schedule"), ("aqi_good_ratio", "schedule")]
    rows = goals("完成省下达的氮氧化物、挥发性有机物、化学需氧量、氨氮4项主要污染物年度减排目标。")
    assert [(t.indicator_id, t.op, t.value) for t in rows] == [
        ("nox_emission_reduction", "schedule", None),
        ("vocs_emission_reduction", "schedule", None),
        ("cod_emission_reduction", "schedule", None),
        ("nh3n_emission_reduction", "schedule", None),
    ]


def test_a_fall_on_the_basis_of_a_year_is_said_of_the_indicators_before() -> None:
    rows = goals("化学需氧量和氨氮排放量分别控制在3.5万吨、0.5万吨以内，在2020年的基础上分别减少7.2%和8.8%。")
    assert [(t.indicator, str(t.value), t.baseline, t.deadline) for t in rows[2:]] == [
        ("化学需氧量排放量减少", "7.2", "2020", ""),
        ("氨氮排放量减少", "8.8", "2020", ""),
    ]


def test_each_year_of_a_row_of_years_is_the_deadline_of_its_values() -> None:
    rows = goals("2022年，全市优良天数比率达到90%以上。\n2023年，全市优良天数比率达到91%以上。")
    assert [(str(t.value), t.deadline) for t in rows] == [("90", ""), ("91", "2023")]


def test_a_group_on_its_own_line_after_the_keys_answers_too() -> None:
    words = (
        "1.做好某项。10月底前完成。\n牵头单位：县水利局\n配合单位：县财政局、农业局\n各乡镇（街道）、某建管办负责落实"
    )
    (task,) = read_notice(HEAD + f"一、任务\n{words}\n").tasks
    assert (task.lead, task.coop) == (("县水利局",), ("县财政局", "县农业局"))
    assert set(task.units) == {"县水利局", "县财政局", "县农业局", "各乡镇（街道）", "某建管办"}


def test_a_paper_without_a_title_of_its_own_takes_that_of_what_it_sends() -> None:
    text = "各乡镇人民政府：\n《某县工作方案》已经县政府同意，现印发给你们。\n2022年4月9日\n某县工作方案\n一、任务\n1.做好某项。（责任单位：县水利局）\n"
    head = read_notice(text).head
    assert (head.title, str(head.issue_date)) == ("某县工作方案", "2022-04-09")


def test_a_sites_record_of_the_number_serves_where_the_paper_prints_none() -> None:
    text = (
        "某某市人民政府办公室关于印发某某市2022年持续打好\n水污染防治攻坚战工作方案的通知\n"
        "文号 某政办〔2022〕9号 索引号 005452065/2022-00017 主题分类 政府办文件\n各县（市、区）人民政府：\n现印发给你们。\n"
    )
    head = read_notice(text).head
    assert (head.doc_number, head.addressees) == ("某政办〔2022〕9号", ("各县（市、区）人民政府",))


@pytest.mark.parametrize("city", ["杭州市", "广州市", "兰州市"])
def test_a_city_whose_name_ends_in_zhou_is_a_city(city: str) -> None:
    text = f"{city}生态环境局关于印发2022年工作要点的通知\n一、主要目标\n1.{city}PM2.5浓度不高于30微克/立方米。\n2.优良天数比例达到86%以上。\n"
    plan = read_notice(text)
    assert plan.head.region == city
    assert [t.scope for t in plan.targets] == [city, "全市"]
    assert told(f"{city}、乙山市优良天数比例达到85%以上。")[0][1] == f"{city}、乙山市"


def test_what_the_state_asks_is_a_schedule() -> None:
    (target,) = goals("单位国内生产总值二氧化碳排放降低达到国家要求。")
    assert (target.indicator_id, target.op, target.reference) == ("co2_per_gdp_reduction", "schedule", "国家要求")


def test_the_names_of_several_signers_are_no_title() -> None:
    text = "各县（市、区）生态环境局：\n现将《某市协同方案》印发给你们。\n某市生态环境局 某市发展和改革委员会\n某市农业农村局\n2022年12月13日\n某市协同方案\n一、任务\n1.做好某项。（责任单位：市水利局）\n"
    assert read_notice(text).head.title == "某市协同方案"


def test_a_fall_of_water_used_for_output_has_its_card() -> None:
    (target,) = goals("万元地区生产总值用水量降低16%以上。")
    assert (target.indicator_id, target.op, str(target.value)) == ("water_per_gdp", ">=", "16")


def test_a_goal_to_strive_for_is_a_soft_target() -> None:
    rows = goals("PM2.5平均浓度奋斗目标33微克/立方米，优良天数比率奋斗目标87.7%。")
    assert [(t.indicator_id, t.op, t.soft) for t in rows] == [("pm25_mean", "<=", True), ("aqi_good_ratio", ">=", True)]


def test_a_number_after_a_comparison_is_said_of_what_was_compared() -> None:
    (target,) = goals("全市PM2.5平均浓度较2021年持平，达到41微克/立方米。")
    assert (target.indicator_id, target.op, str(target.value)) == ("pm25_mean", "<=", "41")


def test_the_year_before_the_verb_is_the_deadline_and_no_part_of_the_name() -> None:
    (target,) = goals("森林覆盖率2025年要达到24.1%。")
    assert (target.indicator, target.indicator_id, target.deadline) == ("森林覆盖率", "forest_cover", "2025")


def test_words_without_an_indicator_are_no_target() -> None:
    assert goals("完成省下达的约束性指标。") == ()


def test_a_table_with_a_column_of_sums() -> None:
    cells = [
        ["指标", "2015年", "2020年", "〔累计〕", "属性"],
        ["空气质量优良天数比率（%）", "76.7", ">80", "-", "约束性"],
        ["细颗粒物浓度下降（%）", "-", "-", "〔18〕", "约束性"],
        ["地下水质量极差比例（%）", "15.7", "15左右", "", "预期性"],
        ["森林覆盖率（%）", "21.66", "23.04", "〔1.38〕", "约束性"],
    ]
    text = HEAD + "一、主要目标\n" + "\n".join("\t".join(row) for row in cells) + "\n二、任务\n"
    assert [(t.indicator, t.op, str(t.value), t.change) for t in read_notice(text).targets] == [
        ("空气质量优良天数比率", ">", "80", False),
        ("细颗粒物浓度下降", ">=", "18", True),
        ("地下水质量极差比例", "~", "15", False),
        ("森林覆盖率", ">=", "23.04", False),
    ]


def test_a_district_of_a_great_city_speaks_of_itself() -> None:
    text = (
        "名 称: | 某海市某定区人民政府办公室关于转发《某方案》的通知 | ||\n文 号: | 某府办发〔2024〕23号 | 公开类型: | 主动公开 |\n"
        "各镇人民政府：\n现转发给你们。\n某海市某定区人民政府办公室\n2024年10月10日\n某方案\n一、主要目标\n1.优良天数比例达到86%以上。\n"
    )
    plan = read_notice(text)
    assert (plan.head.doc_number, plan.head.region) == ("某府办发〔2024〕23号", "某海市某定区")
    assert [t.scope for t in plan.targets] == ["全区"]


def test_handing_down_is_no_indicator_and_its_verb_is_not_cut() -> None:
    assert told("以改善水质为核心，确保按期完成国家和省下达我市的年度目标任务。") == []


def test_what_opens_a_list_of_goals_is_no_part_of_the_first() -> None:
    found = goals("主要指标为：全市地表水省控断面（水体）优良比例达到88.5%，劣Ⅴ类断面比例控制在0.5%以内。")
    assert [(t.scope, t.indicator, str(t.value)) for t in found] == [
        ("全市地表水省控断面（水体）", "优良比例", "88.5"),
        ("全市地表水省控断面（水体）", "劣Ⅴ类断面比例", "0.5"),
    ]


def test_sections_of_a_contract_are_the_scope() -> None:
    (found,) = goals("纳入省目标责任书的7个考核断面水质优良比例达到71.4%以上。")
    assert (found.scope, found.indicator) == ("纳入省目标责任书的7个考核断面", "水质优良比例")


def test_sections_that_keep_what_is_asked_of_them_are_no_count() -> None:
    (found,) = goals("9个国家“水十条”考核断面水质达到考核要求。")
    assert (found.scope, found.op, found.reference) == ("9个国家“水十条”考核断面", "schedule", "考核要求")


def test_thoroughly_gone_is_gone() -> None:
    assert told("市考断面优良比例达到80%以上，彻底消除劣Ⅴ类水体。")[1][1:] == ("市考断面", "<=", "0")


def test_shares_given_one_by_one_belong_to_the_sections_counted_before() -> None:
    found = goals("全市4个国考断面、21个省考以上断面水质持续改善，优良率分别达到100%和76.2%。")
    assert [(t.scope, str(t.value)) for t in found] == [("全市4个国考断面", "100"), ("21个省考以上断面", "76.2")]


def test_a_heading_before_the_first_indicator_is_no_part_of_it() -> None:
    assert [
        t.indicator for t in goals("1.环境空气：优良天数比例不低于93%。\n2.土壤：受污染耕地安全利用率不低于92%。")
    ] == [
        "优良天数比例",
        "受污染耕地安全利用率",
    ]
    shares = goals("总量减排：COD、氨氮、NOx重点工程减排量分别不低于100吨、6吨、20吨。")
    assert [(t.indicator, str(t.value), t.unit) for t in shares] == [
        ("COD重点工程减排量", "100", "吨"),
        ("氨氮重点工程减排量", "6", "吨"),
        ("NOx重点工程减排量", "20", "吨"),
    ]


def test_several_substances_kept_at_a_years_level_are_several_targets() -> None:
    found = goals("PM10、SO2年均浓度不高于2020年水平。")
    assert [(t.indicator, t.op, t.baseline) for t in found] == [
        ("PM10年均浓度", "<=", "2020"),
        ("SO2年均浓度", "<=", "2020"),
    ]


def test_a_season_has_its_own_period() -> None:
    found = goals(
        "2021年10-12月，全市PM2.5平均浓度控制在55微克/立方米以内；2022年1-3月，全市PM2.5平均浓度控制在66微克/立方米以内。"
    )
    assert [(t.period, str(t.value)) for t in found] == [
        ("2021-10-01..2021-12-31", "55"),
        ("2022-01-01..2022-03-31", "66"),
    ]


def test_labelled_bodies_at_the_end_of_a_duty() -> None:
    plan = read_notice(
        HEAD
        + "一、任务\n1.管控扬尘。工地达标率达到100%。牵头单位：市住建局；责任单位：市城管局、市水利局；完成时限：2022年6月30日。\n"
        + "2.2022年汛期前，完成排查。责任单位：市水利局。完成时限：2022年5月底前。\n"
    )
    assert [(t.outline, t.lead, t.units, t.deadlines) for t in plan.tasks] == [
        ("一/1", ("市住建局",), ("市住建局", "市城管局", "市水利局"), ("2022-06-30",)),
        ("一/2", (), ("市水利局",), ("2022-05-31",)),
    ]


def test_a_class_of_water_for_named_sections() -> None:
    found = goals("——水环境：甲河乙断面水质稳定保持Ⅱ类，3个省控断面水质达到Ⅲ类及以上，其中丙断面水质达到Ⅱ类标准。")
    assert [(t.scope, t.indicator, t.op, t.value, t.unit) for t in found] == [
        ("甲河乙断面", "水质", ">=", "Ⅱ类", "grade"),
        ("3个省控断面", "水质", ">=", "Ⅲ类", "grade"),
        ("丙断面", "水质", ">=", "Ⅱ类", "grade"),
    ]


def test_a_concentration_that_is_reached_is_not_to_be_exceeded() -> None:
    assert told("PM2.5未达标地区平均浓度达到41微克/立方米。") == [("PM2.5未达标地区平均浓度", "全市", "<=", "41")]


def test_each_of_several_amounts_handed_down() -> None:
    found = goals("——污染减排：化学需氧量、氨氮减排量分别完成省下达的任务指标。")
    assert [(t.indicator, t.op, t.reference) for t in found] == [
        ("化学需氧量减排量", "schedule", "省下达的任务指标"),
        ("氨氮减排量", "schedule", "省下达的任务指标"),
    ]
