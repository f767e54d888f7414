"""The surface forms of real notices, one small notice each: numbering, unit blocks, values, scopes, dates, parts."""

# ruff: noqa: E501 — tables of real surface forms, one a line

from __future__ import annotations

from decimal import Decimal

import pytest

from guatu.read import read_notice
from guatu.read.plan import Plan, Target, Task

HEAD = "某某市生态环境局关于印发2022年工作要点的通知\n"


def tasks(body: str) -> tuple[Task, ...]:
    return read_notice(HEAD + "一、重点任务\n" + body + "\n").tasks


def targets(body: str) -> tuple[Target, ...]:
    return read_notice(HEAD + "一、主要目标\n" + body + "\n").targets


BLOCKS = [
    # 责任单位, in every bracket and with groups
    ("（责任单位：市水利局、市财政局，各市人民政府）", ["市水利局", "市财政局", "各市人民政府"], [], []),
    ("(责任单位：市水利局、市财政局)", ["市水利局", "市财政局"], [], []),
    ("〔责任单位：市水利局〕", ["市水利局"], [], []),
    ("【责任单位：市水利局】", ["市水利局"], [], []),
    ("（责任部门：市水利局；各县（市、区）人民政府）", ["市水利局", "各县（市、区）人民政府"], [], []),
    ("（责任单位：市交通委（市道运局）、市水利局）", ["市交通委（市道运局）", "市水利局"], [], []),
    ("（责任单位：各市（含定州、辛集市）人民政府）", ["各市（含定州、辛集市）人民政府"], [], []),
    ("（责任单位：各市州人民政府和兰州新区管委会）", ["各市州人民政府", "兰州新区管委会"], [], []),
    ("（责任单位：各县（市、区）党委、政府）", ["各县（市、区）党委", "各县（市、区）政府"], [], []),
    # a date or a status before the assessing lead
    ("（6月底完成，牵头考核单位：市发改委、市财政局）", ["市发改委", "市财政局"], ["市发改委", "市财政局"], []),
    ("（持续推进，牵头考核单位：市发改委）", ["市发改委"], ["市发改委"], []),
    # by role
    ("（省商务厅牵头，合肥海关配合）", ["省商务厅", "合肥海关"], ["省商务厅"], ["合肥海关"]),
    ("（合肥海关牵头，省贸促会、省商务厅按职责分工配合）", ["合肥海关", "省贸促会", "省商务厅"], ["合肥海关"], ["省贸促会", "省商务厅"]),
    ("（合肥海关牵头，省港航集团、省机场集团按职责分工负责）", ["合肥海关", "省港航集团", "省机场集团"], ["合肥海关"], []),
    ("（生态环境部牵头负责）", ["生态环境部"], ["生态环境部"], []),
    ("（市水利局负责）", ["市水利局"], [], []),
    ("（市水利局牵头，市财政局、各乡镇配合，全年推进）", ["市水利局", "市财政局", "各乡镇"], ["市水利局"], ["市财政局", "各乡镇"]),
    ("（6月底前完成，市水利局负责）", ["市水利局"], [], []),
    ("（市水利局、市财政局等按职责分工负责）", ["市水利局", "市财政局"], [], []),
    ("（市水利局、市财政局等部门按职责分工负责；各区政府）", ["市水利局", "市财政局", "各区政府"], [], []),
    ("（市水利局牵头，市财政局、市林业局参与）", ["市水利局", "市财政局", "市林业局"], ["市水利局"], ["市财政局", "市林业局"]),
    # keys
    (
        "（牵头单位：市水利局；责任单位：市财政局；配合单位：市林业局；完成时限：2022年6月底）",
        ["市水利局", "市财政局", "市林业局"],
        ["市水利局"],
        ["市林业局"],
    ),
    ("（主责：市水利局；协办：市财政局）", ["市水利局", "市财政局"], ["市水利局"], ["市财政局"]),
    ("（牵头部门：市水利局，配合部门：市财政局）", ["市水利局", "市财政局"], ["市水利局"], ["市财政局"]),
    # a level written once
    ("（省生态环境厅、发展改革委、市场监管局、能源局按职责分工负责）", ["省生态环境厅", "省发展改革委", "省市场监管局", "省能源局"], [], []),
    ("（责任单位：市市场监管局、生态环境局、市场监管局）", ["市市场监管局", "市生态环境局"], [], []),
    ("（省财政厅、地方金融监管局、人民银行南京分行、江苏银保监局按职责分工负责）",
     ["省财政厅", "省地方金融监管局", "人民银行南京分行", "江苏银保监局"], [], []),
    ("（责任单位：省管局、南昌铁路局、省机场集团公司）", ["省管局", "南昌铁路局", "省机场集团公司"], [], []),
    ("（各相关部门、地方按职责分工负责）", ["各相关部门", "各地方"], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("block", "units", "lead", "coop"), BLOCKS, ids=lambda v: v if isinstance(v, str) else "")
def test_a_unit_block_gives_its_bodies_by_role(block: str, units: list[str], lead: list[str], coop: list[str]) -> None:
    found = tasks(f"1.做好某项工作。完善机制，加强管理。{block}\n2.做好另一项。（责任单位：市教育局）")
    assert [task.outline for task in found] == ["一/1", "一/2"]
    assert (list(found[0].units), list(found[0].lead), list(found[0].coop)) == (units, lead, coop)


@pytest.mark.parametrize(
    "words",
    [
        "（以下统称专区监管部门）",
        "（含工业园区）",
        "（见附件，由市局另行公布）",
        "（PM2.5）",
        "（2021—2023年）",
        "（市级以上）",
    ],
)
def test_other_brackets_are_no_unit_block(words: str) -> None:
    assert tasks(f"1.做好某项工作。完善机制{words}，加强管理。") == ()


def test_a_body_as_a_subject_in_prose_is_no_unit_block() -> None:
    assert tasks("（一）市水利局负责统筹协调，市财政局配合。\n（二）某大学。负责统筹第三方工作。") == ()


def test_unit_lines_without_brackets_are_read() -> None:
    found = tasks(
        "1.做好某项工作\n完善机制。\n责任单位：市水利局、市财政局\n2.做好另一项\n加强管理。\n牵头单位：市教育局 责任单位：市司法局 完成时限：2022年11月底"
    )
    assert [(t.outline, t.units, t.lead, t.deadlines) for t in found] == [
        ("一/1", ("市水利局", "市财政局"), (), ()),
        ("一/2", ("市教育局", "市司法局"), ("市教育局",), ("2022-11-30",)),
    ]


def test_the_first_body_leads_where_the_notice_says_so() -> None:
    found = tasks(
        "1.做好某项。加强管理。（责任单位：市水利局、市财政局。排在前位为牵头部门，下同）\n2.做好另一项。（责任单位：市教育局、市司法局）"
    )
    assert [(t.units, t.lead) for t in found] == [
        (("市水利局", "市财政局"), ("市水利局",)),
        (("市教育局", "市司法局"), ("市教育局",)),
    ]


@pytest.mark.parametrize(
    ("clause", "bodies"),
    [
        ("以下均需各县（市、区）党委、政府落实，不再列出", ("各县（市、区）党委", "各县（市、区）政府")),
        ("以下均需各区人民政府落实，不再逐一列出", ("各区人民政府",)),
        ("本方案部署的以下工作均需各区、县（市）人民政府落实，不再列出", ("各区、县（市）人民政府",)),
    ],
)
def test_implied_bodies_are_on_every_later_task_only(clause: str, bodies: tuple[str, ...]) -> None:
    found = tasks(
        f"1.做好某项。加强管理。（责任单位：市水利局，{clause}）\n2.做好另一项。（责任单位：市教育局）\n3.再做一项。（市司法局负责）"
    )
    assert [t.implicit_units for t in found] == [(), bodies, bodies]
    assert found[0].units[0] == "市水利局"


NUMBERINGS = [
    ("（一）甲。做好甲。{}\n二、其他\n（二）乙。做好乙。{}", ["一/（一）", "二/（二）"]),
    ("(一) 甲。做好甲。{}\n（二）乙。做好乙。{}", ["一/（一）", "一/（二）"]),
    ("1．甲。做好甲。{}\n2﹒乙。做好乙。{}", ["一/1", "一/2"]),
    ("- 1. 甲。做好甲。{}\n- 2.乙。做好乙。{}", ["一/1", "一/2"]),
    ("1、甲。做好甲。{}\n2、乙。做好乙。{}", ["一/1", "一/2"]),
    ("1.甲。\n（1）甲一。做好。{}\n(2)甲二。做好。{}", ["一/1/（1）", "一/1/（2）"]),
    ("1甲事项。做好甲。{}\n2乙事项。做好乙。{}", ["一/1", "一/2"]),
    ("（一）甲\n做好甲。\n{}\n（二）乙\n做好乙。\n{}", ["一/（一）", "一/（二）"]),
    ("（一）甲。做好甲。{}做好甲二。{}", ["一/（一）#1", "一/（一）#2"]),
]


@pytest.mark.parametrize(("form", "paths"), NUMBERINGS, ids=lambda v: v if isinstance(v, str) else "")
def test_numbering(form: str, paths: list[str]) -> None:
    found = tasks(form.format("（责任单位：市水利局）", "（责任单位：市教育局）"))
    assert [t.outline for t in found] == paths
    assert [t.units for t in found] == [("市水利局",), ("市教育局",)]


VALUES = [
    ("全市PM2.5平均浓度控制在30微克/立方米以内", "<=", "30", "ug/m3", None),
    ("全市PM2.5年均浓度不高于30微克每立方米", "<=", "30", "ug/m3", None),
    ("全市PM2.5年均浓度降至30微克/立方米", "<=", "30", "ug/m3", None),
    ("全市PM2.5年均浓度达到30μg/m3", "<=", "30", "ug/m3", None),
    ("全市PM2.5年均浓度控制在30微克/立方米以下，力争达到29微克/立方米", "<=", "30", "ug/m3", "29"),
    ("全市优良天数比例控制在92%以上", ">=", "92", "%", None),
    ("全市优良天数比率达到92.5%（力争93%）", ">=", "92.5", "%", "93"),
    ("全市优良天数比例不低于92％", ">=", "92", "%", None),
    ("全市优良天数比例92%以上、力争93%", ">=", "92", "%", "93"),
    ("全市受污染耕地安全利用率≥93%", ">=", "93", "%", None),
    ("全市受污染耕地安全利用率提升至93%", ">=", "93", "%", None),
    ("全市森林覆盖率稳定在67%以上", ">=", "67", "%", None),
    ("全市生态保护红线占国土面积比例稳定在35%左右", "~", "35", "%", None),
    ("全市新增培训超过3万名", ">", "30000", "名", None),
    ("全市新能源装机突破1.5亿千瓦", ">", "150000000", "kW", None),
    ("全市重污染天数不超过2天", "<=", "2", "天", None),
    ("全市劣Ⅴ类断面比例为零", "<=", "0", "%", None),
    ("全市农田灌溉水有效利用系数达到0.58", ">=", "0.58", "", None),
    ("全市城市生活污水集中收集率提高4个百分点", ">=", "4", "pp", None),
    ("全市单位地区生产总值能耗下降3%", ">=", "3", "%", None),
    ("全市氮氧化物排放总量比2020年下降10%以上", ">=", "10", "%", None),
]


@pytest.mark.parametrize(("words", "op", "value", "unit", "stretch"), VALUES, ids=lambda v: str(v))
def test_a_value(words: str, op: str, value: str, unit: str, stretch: str | None) -> None:
    (found,) = targets(f"1.{words}。")
    assert (found.op, found.value, found.unit or "") == (op, Decimal(value), unit)
    assert found.stretch == (Decimal(stretch) if stretch else None)
    assert found.scope == "全市"


SERIES = [
    ("单位地区生产总值能耗、用水量较2020年分别下降13.5%、15%", [("13.5"), ("15")]),
    ("全市化肥、农药利用率均达到43%以上", ["43", "43"]),
    ("城镇生活污水处理率95%以上，农村生活污水治理率22%以上", ["95", "22"]),
    ("培育3家综合平台，20家专业平台，100家企业平台", ["3", "20", "100"]),
    ("全市化学需氧量、氨氮排放总量分别下降1%、2%", ["1", "2"]),
]


@pytest.mark.parametrize(("words", "values"), SERIES, ids=lambda v: str(v))
def test_values_of_one_sentence_part_by_order(words: str, values: list[str]) -> None:
    assert [t.value for t in targets(f"1.{words}。")] == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    "words",
    [
        "加快“三线一单”落地，做好最后“100米”",
        "推进30万千瓦及以上燃煤机组供热改造",
        "完善常住人口100万以上城市的管网",
        "对评估达标企业给予一次性奖补50万元",
        "按设备购置额的10%给予补助，最高500万元",
        "针对首年关税为零的2034种商品加大开拓力度",
        "贷款期不超过3年",
        "推广IPv6、5G和B5燃料，淘汰国三车辆",
        "依据《某某20条》推进333行动",
        "依托15分钟生活圈建设慢行空间",
    ],
)
def test_numbers_of_names_money_and_qualifiers_promise_nothing(words: str) -> None:
    found = tasks(f"1.做好某项。{words}。（责任单位：市水利局）")
    assert found[0].commitments == ()


DATES = [
    ("到2025年，完善机制", ["2025"]),
    ("到2025年底，完善机制", ["2025-12-31"]),
    ("2025年底前，完善机制", ["2025-12-31"]),
    ("6月底完成排查", ["2022-06-30"]),
    ("6月底前完成排查", ["2022-06-30"]),
    ("2022年9月底前完成排查", ["2022-09-30"]),
    ("11月取得进展", ["2022-11"]),
    ("2022年1季度基本完成", ["2022Q1"]),
    ("2022年第三季度完成", ["2022Q3"]),
    ("年底前完成排查", ["2022-12-31"]),
    ("到2025年和2030年，占比分别提升至15%、20%以上", ["2025", "2030"]),
    ("2022年10月15日前报送总结", ["2022-10-15"]),
    ("持续推进排查", []),
    ("每年开展一次排查", []),
    ("2016年督察及2018年“回头看”反馈问题整改", []),
    ("比2020年有所改善，2021年起执行", []),
    ("贯彻《某规划（到2035年）》", []),
    ("“十四五”期间有序推进", []),
]


@pytest.mark.parametrize(("words", "dates"), DATES, ids=lambda v: str(v))
def test_a_deadline(words: str, dates: list[str]) -> None:
    found = tasks(f"1.做好某项。{words}。（责任单位：市水利局）")
    assert list(found[0].deadlines) == dates


SCOPES = [
    ("全市含各县（市、区）优良天数比例92%以上", "全市含各县（市、区）"),
    ("市中心城区优良天数比例92%以上", "市中心城区"),
    ("市中心城区（包括甲区、乙区）优良天数比例92%以上", "市中心城区（包括甲区、乙区）"),
    ("县级及以上城市集中式饮用水水源达标率100%", "县级及以上城市"),
    ("县级城市建成区黑臭水体消除比例90%以上", "县级城市建成区"),
    ("全市地表水省控断面水质达到或好于Ⅲ类断面比例达到90%", "全市地表水省控断面"),
    ("国考断面水质优良比例90%以上", "国考断面"),
    ("国控、省控断面水质优良比例90%以上", "国控、省控断面"),
    ("地下水国考点位质量Ⅴ类水比例控制在30%以内", "地下水国考点位"),
    ("森林覆盖率67%以上", "全市"),
]


@pytest.mark.parametrize(("words", "scope"), SCOPES, ids=lambda v: str(v))
def test_a_scope(words: str, scope: str) -> None:
    (found,) = targets(f"1.{words}。")
    assert found.scope == scope


def two_parts() -> Plan:
    return read_notice(
        "某省人民政府办公厅关于印发若干政策和行动计划的通知\n某政办〔2021〕8号\n各市人民政府：\n现印发给你们。\n"
        "某省人民政府办公厅\n2021年9月2日\n支持某业若干政策\n一、支持平台\n培育平台。重点培育。（责任单位：省财政厅）\n"
        "推动上云。加快推动。（责任单位：省科技厅）\n二、支持人才\n培养人才。加强培养。（责任单位：省教育厅）\n"
        "某省某业行动计划\n一、目标\n到2023年，占比超过30%。\n二、行动\n1.建网。建好网。（责任单位：省商务厅）\n"
    )


def test_two_attachments_keep_their_outlines_apart() -> None:
    assert [t.outline for t in two_parts().tasks] == ["政策/一/p1", "政策/一/p2", "政策/二/p1", "计划/二/1"]


def test_a_regulation_in_articles_is_no_plan() -> None:
    body = "".join(f"第{n}条 市水利局应当在5日内办结，达标率90%以上。（责任单位：市水利局）\n" for n in "一二三四五六")
    plan = read_notice("某市某办法\n第一章 总则\n" + body)
    assert plan.targets == () and plan.tasks == ()


def test_boxes_belong_to_no_task() -> None:
    found = tasks(
        "1.做好某项。加强管理。（责任单位：市水利局）\n专栏1 某工程\n到2023年建成10个基地。\n2.做好另一项。（责任单位：市教育局）"
    )
    assert [(t.outline, t.deadlines, t.commitments) for t in found] == [("一/1", (), ()), ("一/2", (), ())]


def test_an_annex_of_people_adds_nothing() -> None:
    found = tasks(
        "1.做好某项。加强管理。（责任单位：市水利局）\n附件\n领导小组名单\n组长：张三 市长\n（责任单位：市教育局）"
    )
    assert [t.units for t in found] == [("市水利局",)]


def test_a_table_one_cell_a_line() -> None:
    plan = read_notice(
        "某县2022年考核细则\n序号\n工作任务\n工作内容\n责任单位\n完成时限\n1\n健全体系\n进一步健全体系，\n完善制度。\n县水利局\n县财政局\n"
        "2022年6月底前\n2\n强化督查\n严格督查。\n县河长办\n2022年9月底前\n"
    )
    assert [(t.outline, t.title, t.units, t.deadlines) for t in plan.tasks] == [
        ("1", "健全体系", ("县水利局", "县财政局"), ("2022-06-30",)),
        ("2", "强化督查", ("县河长办",), ("2022-09-30",)),
    ]


def test_a_table_whose_rows_begin_with_the_body() -> None:
    plan = read_notice(
        "某县2022年任务分解表\n责任单位\n工作任务\n完成时限\n县水利局\n健全河长体系\n2022年6月底前\n县财政局\n县审计局\n管好资金\n2022年9月底前\n"
    )
    assert [(t.outline, t.title, t.units, t.deadlines) for t in plan.tasks] == [
        ("1", "健全河长体系", ("县水利局",), ("2022-06-30",)),
        ("2", "管好资金", ("县财政局", "县审计局"), ("2022-09-30",)),
    ]


def test_a_share_of_places_inherits_what_it_is_a_share_of() -> None:
    found = tasks("1.抓扬尘。城市建成区机械化清扫率达到90%以上，各县达到80%以上。（责任单位：市城管局）")
    assert [(c.indicator, c.scope, c.value) for c in found[0].commitments] == [
        ("机械化清扫率", "城市建成区", 90),
        ("机械化清扫率", "各县", 80),
    ]


def test_targets_of_named_places_inherit_the_indicator() -> None:
    found = targets(
        "1.全市PM2.5平均浓度控制在30微克/立方米以内；甲县控制在28微克/立方米以内，乙市控制在31微克/立方米以内。"
    )
    assert [(t.scope, t.indicator_id, t.value) for t in found] == [
        ("全市", "pm25_mean", 30),
        ("甲县", "pm25_mean", 28),
        ("乙市", "pm25_mean", 31),
    ]


def test_a_level_of_an_earlier_year_is_a_target_without_a_number() -> None:
    (found,) = targets("1.臭氧浓度不高于2021年水平。")
    assert (found.op, found.value, found.baseline, found.indicator_id) == ("<=", None, "2021", "o3_p90")


def test_inferior_water_removed_is_zero() -> None:
    (found,) = targets("1.全面消除劣Ⅴ类断面。")
    assert (found.op, found.value, found.unit, found.indicator_id) == ("<=", 0, "%", "sw_inferior_v_ratio")


def test_targets_in_prose_before_the_first_number_are_read() -> None:
    plan = read_notice(
        HEAD
        + "总体要求是：坚决打好攻坚战。\n主要目标是：全市优良天数比例96%以上；完成省下达的主要污染物总量减排任务。\n一、任务\n1.甲。做好。（市水利局负责）\n"
    )
    assert [(t.indicator_id, t.op, t.value) for t in plan.targets] == [
        ("aqi_good_ratio", ">=", 96),
        (None, "schedule", None),
    ]


def test_a_date_in_the_unit_block_is_a_deadline() -> None:
    found = tasks("1.做好某项。加强管理。（6月底前完成，市水利局负责）")
    assert found[0].deadlines == ("2022-06-30",)
