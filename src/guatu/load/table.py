"""A file of rows, whatever its form: CSV in UTF-8 or GB18030, Excel, Parquet; every cell as text with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from guatu.base.panics import panics_told
from guatu.base.workbooks import checked as sound_workbook
from guatu.errors import Fault, LoadError
from guatu.load import hearing

HEAD = 20  # lines from the top in which the row of headings is looked for
CHUNK = 200_000  # rows turned into a frame at a time, so that memory stays bounded
RESIDUE = 1e-9  # what binary floats add to a decimal of a concentration
FOREIGN = {
    b"%PDF": "PDF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"SQLite": "数据库",
}
Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: its name (empty where the form has none), its first lines, and all lines again."""

    file: str
    name: str
    form: str
    encoding: str
    source: Any

    @property
    def head(self) -> list[Line]:
        """The first lines that are not blank, each with its number from 1."""
        found: list[Line] = []
        for number, cells in self.lines():
            if any(cells):
                found.append((number, cells))
            if len(found) == HEAD:
                break
        return found

    @property
    def size(self) -> int:
        """How many lines there are, near enough to say how far one is."""
        if self.form == "CSV":
            text: str = self.source[0]
            return text.count("\n") + (not text.endswith("\n"))
        return len(self.source)

    def where(self, line: int, column: str = "") -> str:
        """How a person finds a cell: file, sheet, line, column."""
        sheet = f"工作表“{self.name}”" if self.name else ""
        return f"{self.file} {sheet}第 {line} 行" + (f"“{column}”列" if column else "")

    def lines(self) -> Iterator[Line]:
        """Every line as text cells; raises LoadError (G-LOAD-05) where a CSV line cannot be cut into cells.

        In the lines where headings may stand, what a person says a heading means stands in its place.
        """
        for count, (number, cells) in enumerate(self._as_written()):
            yield number, hearing.as_said(self.name, number, cells) if count < HEAD else cells

    def written(self, line: int) -> list[str]:
        """The cells of one of the first lines as they are written in the file."""
        return next((cells for number, cells in islice(self._as_written(), HEAD) if number == line), [])

    def _as_written(self) -> Iterator[Line]:
        if self.form == "Parquet":
            yield 0, self.source.columns
            for number, row in enumerate(self.source.iter_rows(), 1):
                yield number, [_text(cell) for cell in row]
        elif self.form == "Excel":
            for number, row in enumerate(self.source, 1):
                yield number, [_text(cell) for cell in row]
        else:
            text, delimiter = self.source
            reader = csv.reader(_cut(text), delimiter=delimiter)
            try:
                for cells in reader:
                    yield reader.line_num, [cell.strip() for cell in cells]
            except csv.Error as error:
                raise LoadError.of(
                    f"{self.file}: line {reader.line_num}: {error}",
                    "G-LOAD-05",
                    self.where(reader.line_num),
                    "切不成一格一格",
                    "可能引号没有成对，或不是表格",
                    "用表格软件打开核对，另存为 CSV 再传",
                ) from None

    def columns(self, after: int, width: int, wanted: dict[str, int]) -> tuple[pl.DataFrame, list[Fault]]:
        """The wanted columns as text below the row of headings, with `line`; and the lines that have another width.

        Wholly blank lines are passed over. Columns out: line int, then the wanted names, text (blank is "").
        """
        schema = {"line": pl.Int32, **dict.fromkeys(wanted, pl.String)}
        if self.form == "Parquet":
            names = self.source.columns
            texts = [_as_text(self.source[names[at]]).alias(name) for name, at in wanted.items()]
            frame = pl.DataFrame(texts).with_row_index("line", offset=1)
            return frame.with_columns(pl.col("line").cast(pl.Int32), pl.col(list(wanted)).fill_null("")), []
        frames, uneven = [pl.DataFrame(schema=schema)], []
        chunk: dict[str, list[Any]] = {name: [] for name in schema}
        for number, cells in self.lines():
            if number <= after or not any(cells):
                continue
            if number % hearing.EACH == 0:
                hearing.step("读取各行", number, self.size)
            if len(cells) < width or any(cells[width:]):
                uneven.append((number, len(cells)))
                continue
            chunk["line"].append(number)
            for name, at in wanted.items():
                chunk[name].append(cells[at])
            if len(chunk["line"]) == CHUNK:
                frames.append(pl.DataFrame(chunk, schema=schema))
                chunk = {name: [] for name in schema}
        frames.append(pl.DataFrame(chunk, schema=schema))
        return pl.concat(frames), [
            Fault(
                "G-LOAD-05",
                self.where(number),
                f"有 {count} 格，表头有 {width} 格",
                "格数不同，分不清哪一格是哪一列",
                "补齐或删去多余的格",
            )
            for number, count in uneven
        ]


def sheets_of(path: Path) -> list[Sheet]:
    """Open a file of rows.

    Raises LoadError: G-LOAD-01 cannot be opened, G-LOAD-02 empty, G-LOAD-03 not a table, G-LOAD-04 text in an
    unknown encoding.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused("G-LOAD-01", path, "打不开", _why_shut(path, error), "核对路径和权限") from None
    if not content.strip():
        raise _refused("G-LOAD-02", path, "是空文件", "没有可读的数据", "核对导出是否成功，重新导出")
    if content.startswith(b"PAR1"):
        try:
            with panics_told():
                return [Sheet(path.name, "", "Parquet", "", pl.read_parquet(content))]
        except (pl.exceptions.PolarsError, OSError, ValueError):
            raise _refused("G-LOAD-03", path, "Parquet 内容损坏", "读不出表", "重新导出") from None
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, content)
    for magic, kind in FOREIGN.items():
        if content.startswith(magic):
            raise _refused("G-LOAD-03", path, f"是{kind}，不是表格", "读不出行和列", "换成 CSV、Excel 或 Parquet 文件")
    text, encoding = _decoded(path, content)
    return [Sheet(path.name, "", "CSV", encoding, (text, _delimiter(text)))]


def _workbook(path: Path, content: bytes) -> list[Sheet]:
    try:
        sound_workbook(content)
        with panics_told():
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            pages = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
            sheets = [(name, page.to_python(skip_empty_area=False)) for name, page in pages]
    except (CalamineError, OSError, ValueError):
        raise _refused(
            "G-LOAD-03", path, "是压缩包或损坏的 Excel，不是表格", "读不出工作表", "用表格软件另存为 xlsx 再传"
        ) from None
    filled = [Sheet(path.name, name, "Excel", "", rows) for name, rows in sheets if rows]
    if not filled:
        raise _refused("G-LOAD-02", path, "每个工作表都是空的", "没有可读的数据", "核对导出是否成功，重新导出")
    return filled


def _decoded(path: Path, content: bytes) -> tuple[str, str]:
    start = content[:65536]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\0" in start or sum(start.count(byte) for byte in range(1, 9)) > len(start) // 100:
            raise _refused(
                "G-LOAD-03", path, "不是文本，也不是认得的表格文件", "读不出行和列", "换成 CSV、Excel 或 Parquet 文件"
            )
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\n" not in text[:65536]:
            text = text.replace("\r", "\n")
        return text, {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}[encoding]
    raise _refused(
        "G-LOAD-04", path, "文字编码认不出", "不是 UTF-8，也不是 GBK/GB18030", "另存为 UTF-8 编码的 CSV 再传"
    )


def _cut(text: str) -> Iterator[str]:
    """The lines of a text one by one, so that its head is read without a copy of the whole."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _delimiter(text: str) -> str:
    lines = [line for line in text[:65536].splitlines() if line.strip()][:HEAD]
    return max((",", "\t", ";"), key=lambda mark: sum(line.count(mark) for line in lines))


def _why_shut(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if path.is_dir():
        return "它是文件夹，不是文件"
    return "没有权限读它" if isinstance(error, PermissionError) else "操作系统读不出来"


def _refused(code: str, path: Path, what: str, why: str, remedy: str) -> LoadError:
    return LoadError.of(f"{path}: {code}", code, path.name, what, why, remedy)


def _as_text(column: pl.Series) -> pl.Series:
    if column.dtype.is_temporal() and column.dtype != pl.Date:
        return column.dt.strftime("%Y-%m-%d %H:%M:%S")
    if column.dtype.is_float():
        return _without_residue(column.fill_nan(None)).cast(pl.String).str.strip_suffix(".0")
    return column.cast(pl.String)


def _without_residue(column: pl.Series) -> pl.Series:
    """0.7000000000000001 means 0.7: a double holds 15 digits, what follows is not the writer's."""
    if column.dtype != pl.Float64:
        return column
    near = column.round(6)
    return near.zip_with(((column - near).abs() < RESIDUE).fill_null(False), column)


def _text(cell: Any) -> str:
    """A typed cell as text, a number to the 15 digits a spreadsheet shows; Excel times to the nearest second."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(sep=" ")
    if isinstance(cell, date):  # a spreadsheet's midnight comes without its hour
        return f"{cell.isoformat()} 00:00:00"
    return str(cell).strip()


def spans(lines: Iterable[int]) -> str:
    """Line numbers in words: 3、5、7–9."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
