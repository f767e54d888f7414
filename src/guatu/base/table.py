"""Tables in files: CSV, Parquet and Excel in and out, as they stand."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from guatu.base.panics import panics_told
from guatu.base.workbooks import checked as sound_workbook
from guatu.errors import GuatuError

MISSING = ["", "NA", "NaN", "nan", "-", "--", "—", "——", "/"]
"""Marks that stand for a missing value in CSV files of this field."""


def read_table(path: Path) -> pl.DataFrame:
    """Read a file by its ending; the first sheet of a workbook, whose first row is the head.

    Raises GuatuError: G-FILE-01 (no such file), G-FILE-02 (not CSV, Parquet or Excel), G-FILE-03 (cannot be read).
    """
    if not path.is_file():
        raise GuatuError.of(f"no file {path}", "G-FILE-01", str(path), "没有这个文件", "无从读取", "核对文件名和文件夹")
    try:
        with panics_told():
            match path.suffix.lower():
                case ".csv":
                    return _csv(path)
                case ".parquet":
                    return pl.read_parquet(path)
                case ".xlsx" | ".xls":
                    return _excel(path)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError, ValueError) as error:
        raise GuatuError.of(
            f"cannot read {path}: {str(error).splitlines()[0] if str(error) else type(error).__name__}",
            "G-FILE-03",
            str(path),
            _reason(error),
            "内容与扩展名不符或文件已损坏",
            "用原软件打开后另存一份再试",
        ) from error
    raise _unknown(path)


def open_table(path: Path) -> pl.LazyFrame:
    """The same without loading a Parquet file: a national year then costs what its sums cost, not what it holds."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        return read_table(path).lazy()
    lazy = pl.scan_parquet(path)
    try:
        lazy.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        return read_table(path).lazy()
    return lazy


def write_table(table: pl.DataFrame | pl.LazyFrame, path: Path) -> None:
    """Write a file by its ending. Raises GuatuError G-FILE-02 (ending not known), G-FILE-04 (cannot be written)."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".parquet", ".xlsx"):
        raise _unknown(path)
    table = table.lazy().collect()
    try:
        if ending == ".csv":
            table.write_csv(path, include_bom=True, datetime_format="%Y-%m-%d %H:%M:%S")
        elif ending == ".parquet":
            table.write_parquet(path, compression="zstd")
        else:
            table.write_excel(path)
    except OSError as error:
        raise GuatuError.of(
            f"cannot write {path}",
            "G-FILE-04",
            str(path),
            "写不进去",
            "结果没有保存",
            "核对文件夹是否存在、文件是否被占用",
        ) from error


def _csv(path: Path) -> pl.DataFrame:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return pl.read_csv(text.encode(), null_values=MISSING, try_parse_dates=True, infer_schema_length=None)


def _excel(path: Path) -> pl.DataFrame:
    from python_calamine import CalamineError, CalamineWorkbook

    sound_workbook(path.read_bytes())
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=True)
    except CalamineError as error:
        raise ValueError(str(error)) from error
    if not rows:
        raise ValueError("第一个工作表是空的")
    head = [str(name).strip() for name in rows[0]]
    columns = {
        name: [None if cell in MISSING else cell for cell in column]
        for name, column in zip(head, zip(*rows[1:], strict=True), strict=True)
    }
    return pl.DataFrame(columns, strict=False, infer_schema_length=None)


def _reason(error: Exception) -> str:
    """Why a file cannot be read, in the words of the person who sent it."""
    if isinstance(error, UnicodeDecodeError):
        return "文字编码认不出，不是 UTF-8，也不是 GBK/GB18030"
    if isinstance(error, pl.exceptions.NoDataError):
        return "是空文件"
    if isinstance(error, pl.exceptions.ComputeError):
        return "切不成行和列，多半有一行的格数与表头不同，或引号没有成对"
    if isinstance(error, PermissionError):
        return "没有权限读它"
    return "打不开或读不懂"


def _unknown(path: Path) -> GuatuError:
    return GuatuError.of(
        f"unknown kind of file {path}",
        "G-FILE-02",
        str(path),
        f"扩展名“{path.suffix}”认不出来",
        "只认 .csv、.parquet、.xlsx、.xls（输出不能是 .xls）",
        "另存为其中一种",
    )
