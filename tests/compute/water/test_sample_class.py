from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.compute import surface_water
from guatu.errors import ComputeError, RuleError
from tests.compute.water import oracle

EDGES = sorted(
    {*oracle.OXYGEN, *(x for row in (*oracle.TABLE.values(), *oracle.PHOSPHORUS.values()) for x in row), "9", "6"}
)


def classes(**columns: list[object]) -> list[int | None]:
    return surface_water.sample_class(pl.DataFrame(columns, strict=False))["class"].to_list()


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("cod", 15, 1),  # Ⅰ and Ⅱ share the limit: the better class
        ("cod", 15.1, 3),
        ("bod5", 3, 1),
        ("hg", 0.00005, 1),
        ("pb", 0.01, 1),
        ("pb", 0.011, 3),
        ("cu", 1.0, 2),
        ("cu", 1.001, 6),
        ("do", 7.5, 1),
        ("do", 7.2, 2),
        ("do", 2.0, 5),
        ("do", 1.9, 6),
        ("ph", 6, 1),
        ("ph", 9, 1),
        ("ph", 5.99, 6),
        ("ph", 9.01, 6),
        ("nh3n", 1.004, 4),  # a sample is classed as it stands
        ("s", 1.0, 5),
        ("phenol", 0.1, 5),
    ],
)
def test_limits_belong_to_the_better_class(item: str, value: float, expected: int) -> None:
    assert classes(**{item: [value]}) == [expected]


def test_lakes_and_rivers_have_their_own_phosphorus() -> None:
    assert classes(tp=[0.06, 0.06], kind=["lake", "river"]) == [4, 2]
    assert classes(tp=[0.06, 0.06], kind=["湖库", "河流"]) == [4, 2]
    assert classes(tp=[0.06]) == [2]


def test_enough_oxygen_saturation_is_class_one_at_any_concentration() -> None:
    assert classes(do=[7.2, 7.2, 7.2, None], do_sat=[93, 90, 89.9, 95]) == [1, 1, 2, 1]


def test_nitrogen_and_bacteria_never_set_the_class() -> None:
    assert classes(codmn=[4.0], tn=[3.0], fecal=[90000]) == [2]


def test_a_missing_item_is_left_out_and_a_sample_of_nothing_has_no_class() -> None:
    got = surface_water.sample_class(pl.DataFrame({"codmn": [3.0, None, float("nan")], "nh3n": [None, 1.2, None]}))
    assert got["class"].to_list() == [2, 4, None]
    assert got["deciding"].to_list() == ["codmn", "nh3n", None]


def test_every_worst_item_decides_and_nothing_decides_class_one() -> None:
    got = surface_water.sample_class(pl.DataFrame({"codmn": [12.0, 1.0], "nh3n": [1.8, 0.1], "tp": [0.1, 0.01]}))
    assert got["deciding"].to_list() == ["codmn,nh3n", None]


def test_a_non_detect_counts_as_half_its_limit() -> None:
    assert classes(hg=["0.0001L", "<0.0001", "0.0001", "＜0.0001"]) == [1, 1, 3, 1]
    assert classes(nh3n=["0.025L", "0.3l", "0.31L", " 0.2 "]) == [1, 1, 2, 2]
    assert classes(hg=[0.0001, 0.0001], hg_below=[True, False]) == [1, 3]
    pair = pl.DataFrame({"hg": [{"value": 0.0001, "below": True}, {"value": 0.0001, "below": False}]})
    assert surface_water.sample_class(pair)["class"].to_list() == [1, 3]


def test_single_precision_is_read_by_its_shortest_writing() -> None:
    column = pl.Series("nh3n", [0.15, 0.5, 0.1500001], dtype=pl.Float32)
    assert surface_water.sample_class(pl.DataFrame([column]))["class"].to_list() == [1, 2, 2]


def test_every_bad_cell_is_named_at_once() -> None:
    with pytest.raises(ComputeError) as error:
        classes(codmn=["4.0", "四", None], nh3n=[-0.1, 0.2, 0.3], tp=["未检出", "0.1", "0.2"])
    assert set(error.value.codes) == {"G-WATER-01", "G-WATER-02", "G-WATER-03"}
    assert "第 2（四） 行" in str(error.value.faults[0])


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"x": [1]}, "G-WATER-04"),
        ({"codmn": [1.0], "class": [2]}, "G-WATER-05"),
        ({"codmn": [1.0], "kind": ["海水"]}, "G-WATER-07"),
        ({"codmn": [1.0], "time": ["昨天"]}, "G-WATER-08"),
    ],
)
def test_a_table_that_cannot_be_judged_says_so(columns: dict[str, list[object]], code: str) -> None:
    with pytest.raises(ComputeError) as error:
        surface_water.sample_class(pl.DataFrame(columns))
    assert error.value.codes == (code,)


def test_no_standard_no_class() -> None:
    with pytest.raises(RuleError):
        classes(codmn=[1.0], time=["2001-05-01"])


def test_only_items_of_the_21_can_be_chosen() -> None:
    with pytest.raises(ComputeError):
        surface_water.sample_class(pl.DataFrame({"tn": [1.0]}), items=["tn"])
    chosen = surface_water.sample_class(pl.DataFrame({"codmn": [9.0], "nh3n": [0.1]}), items=["nh3n"])
    assert chosen["class"].to_list() == [1]


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "arrow", "duckdb"])
def test_any_frame_comes_back_as_its_kind_with_its_rows(kind: str) -> None:
    table = pl.DataFrame({"section": ["乙", "甲"], "codmn": [5.0, 2.0], "remark": ["x", None]})
    if kind == "duckdb":
        import duckdb

        frame = duckdb.from_arrow(table.to_arrow())
    else:
        frame = {
            "polars": lambda: table, "lazy": table.lazy, "pandas": table.to_pandas, "arrow": table.to_arrow,
        }[kind]()  # fmt: skip
    got = surface_water.sample_class(frame)
    assert type(got) is type(frame)
    back = got.collect() if kind == "lazy" else got.pl() if kind == "duckdb" else pl.DataFrame(got)
    assert back.columns == ["section", "codmn", "remark", "class", "deciding"]
    assert back["section"].to_list() == ["乙", "甲"]
    assert back["class"].to_list() == [3, 1]


NUMBERS = st.one_of(
    st.none(),
    st.sampled_from(EDGES),
    st.tuples(st.sampled_from(EDGES), st.sampled_from([-1, 1])).map(
        lambda one: format(max(Fraction(one[0]) + Fraction(one[1], 10**7), Fraction(0)) * 10**7 // 1, "d").zfill(8)
    ).map(lambda digits: f"{digits[:-7]}.{digits[-7:]}"),
    st.decimals(0, 50, places=4).map(str),
    st.decimals("0.0001", 5, places=4).map(lambda one: f"{one}L"),
)  # fmt: skip
ITEMS = ("ph", "do", "codmn", "cod", "bod5", "nh3n", "tp", "cu", "hg")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.fixed_dictionaries(dict.fromkeys(ITEMS, NUMBERS)), st.sampled_from(["river", "lake"])),
        min_size=1,
        max_size=8,
    ),
    st.booleans(),
)
def test_the_slow_second_opinion_agrees(rows: list[tuple[dict[str, str | None], str]], as_numbers: bool) -> None:
    expected = [oracle.sample({item: oracle.reading(row[item]) for item in ITEMS}, kind) for row, kind in rows]
    columns: dict[str, object] = {
        item: pl.Series(item, [row[item] for row, _ in rows], dtype=pl.String) for item in ITEMS
    }
    if as_numbers and not any(text and text.endswith("L") for row, _ in rows for text in row.values()):
        columns = {item: column.cast(pl.Float64) for item, column in columns.items()}  # type: ignore[attr-defined]
    got = surface_water.sample_class(pl.DataFrame({**columns, "kind": [kind for _, kind in rows]}))
    assert list(zip(got["class"], got["deciding"], strict=True)) == expected
