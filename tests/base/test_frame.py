"""The door for frames: the kind that came in goes out; NaN is a missing value."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from guatu.base.frame import enter
from guatu.errors import ComputeError

COLUMNS = {"station": ["a", "b"], "pm25": [1.0, float("nan")]}


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(COLUMNS), pl.LazyFrame(COLUMNS), pd.DataFrame(COLUMNS), pa.table(COLUMNS)],
    ids=["polars", "lazy", "pandas", "arrow"],
)
def test_same_kind_out_and_nan_becomes_null(frame: object) -> None:
    inside, back = enter(frame)
    assert inside.collect()["pm25"].to_list() == [1.0, None]
    assert type(back(inside)) is type(frame)


def test_duckdb_relation() -> None:
    relation = duckdb.sql("select 'a' as station, 1.5 as pm25")
    inside, back = enter(relation)
    out = back(inside)
    assert type(out) is type(relation)
    assert out.fetchall() == [("a", inside.collect()["pm25"][0])]


def test_anything_else_is_refused() -> None:
    with pytest.raises(ComputeError) as refused:
        enter({"station": ["a"]})
    assert refused.value.codes == ("G-FRAME-01",)


def test_numbers_among_text_in_a_pandas_column_arrive_as_text() -> None:
    import pandas as pd

    lazy, _ = enter(pd.DataFrame({"nh3n": [0.2, "0.01L", None], "n": [1, 2, 3]}))
    assert lazy.collect().to_dict(as_series=False) == {"nh3n": ["0.2", "0.01L", None], "n": [1, 2, 3]}
