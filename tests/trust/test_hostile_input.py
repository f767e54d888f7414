"""A short run of the long one: changed files of every form are read or refused in words; and what it found, mended."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.base.panics import panics_told
from guatu.errors import GuatuError
from guatu.load import words
from tests.trust.fuzz import change, seeds
from tests.trust.fuzz.readers import READERS, grown
from tests.trust.fuzz.run import tried

INPUTS = 4
"""Inputs of each reader in CI; the long run makes hundreds of thousands."""


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_read_or_refused_in_words(tmp_path: Path, name: str) -> None:
    reader, rng = READERS[name], Random(name)
    path = tmp_path / f"input{reader.ending}"
    for data in [*grown(name), *(reader.made(rng) for _ in range(INPUTS))]:
        path.write_bytes(data)
        outcome, what = tried(reader, path)
        assert outcome != "finding", what


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_whatever_is_typed_as_a_day_or_number_is_one_or_none(text: str) -> None:
    words.day(text)
    words.number(text)


def test_circled_figures_are_no_serial_number_of_a_day() -> None:
    assert words.day("①") is None and words.day("４４０００").isoformat() == "2020-06-18"


def test_a_panic_of_a_reader_is_an_error_like_others() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(ValueError), panics_told():
        raise panic("range end index 64 out of range")
    with pytest.raises(KeyboardInterrupt), panics_told():
        raise KeyboardInterrupt


def refused(name: str, data: bytes, folder: Path) -> tuple[str, ...]:
    path = folder / f"input{READERS[name].ending}"
    path.write_bytes(data)
    with pytest.raises(GuatuError) as caught:
        READERS[name].read(path)
    return caught.value.codes


def test_toml_of_the_wrong_shape_or_encoding_is_refused(tmp_path: Path) -> None:
    assert refused("sections.toml", b"section = 7\nlist = [1]\n", tmp_path) == ("G-WORK-21", "G-WORK-21")
    shape = b'[[section]]\nid = "a"\nname = "b"\n[[list]]\nname = "c"\nsections = 2021-02-28\n'
    assert "G-WORK-21" in refused("sections.toml", shape, tmp_path)
    assert refused("ledger.toml", "标题".encode("gb18030"), tmp_path) == ("G-ACT-20",)
    assert refused("plan.toml", "标题".encode("gb18030"), tmp_path) == ("G-JUDGE-01",)
    assert "G-READ-12" in refused("plan.toml", b"targets = 2021-01-01T00:00:00\ntarget = 1979-05-27\n", tmp_path)
    assert refused("cards.toml", seeds_card(b'better = "higher"', b"better = [1]"), tmp_path)[0] == "G-WORK-43"
    assert refused("cards.toml", seeds_card(b'id = "bamboo_cover"', b"id = [1]"), tmp_path)[0] == "G-WORK-43"


def test_a_backup_whose_parts_do_not_unpack_is_damaged(tmp_path: Path) -> None:
    """Deflate without a valid block: zlib's own error, which is no ValueError."""
    out = io.BytesIO()
    given = io.BytesIO(grown("backup.zip")[0])
    with zipfile.ZipFile(given) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        at = new.getinfo("guatu.toml")
        start = at.header_offset + 30 + len(at.filename)
    data = bytearray(out.getvalue())
    data[start] = 0xFF
    assert refused("backup.zip", bytes(data), tmp_path) == ("G-KEEP-12",)


def seeds_card(old: bytes, new: bytes) -> bytes:
    return grown("cards.toml")[0].replace(old, new)


def test_an_encoding_nobody_knows_inside_a_document_is_damage(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(grown("notice.docx")[0])) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'encoding="UTF-8"', b'encoding="UTF-2"'))
    assert refused("notice.docx", out.getvalue(), tmp_path) == ("G-READ-20",)


def test_bombs_are_refused(tmp_path: Path) -> None:
    """A part that swells, an entity that swells, too many parts, depth without end."""
    many = {"word/document.xml": b"", **{f"word/{n}": b"" for n in range(6000)}}
    for parts in ({"word/document.xml": b"0" * 30_000_000}, many):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**parts, "[Content_Types].xml": b"<a/>"}.items():
                archive.writestr(name, content)
        assert refused("notice.docx", out.getvalue(), tmp_path) == ("G-READ-22",)
    body = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' + b"<w>" * 9
    assert refused("notice.docx", made_docx(body), tmp_path) == ("G-READ-22",)
    assert refused("notice.docx", made_docx(b"<w>" * 1000 + b"</w>" * 1000), tmp_path) == ("G-READ-22",)


def made_docx(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<a/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b'mergeCells count="1"', b'mergeCells count="4294967295"'),
        ("xl/worksheets/sheet1.xml", b'r="A2"', b'r="XFD1048576"'),
        ("xl/sharedStrings.xml", b"uniqueCount=", b'uniqueCount="99999999999" x='),
    ],
)
def test_a_workbook_that_lies_about_its_size_ends_no_process(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    """One such file took the whole program down: the reader asked the system for 1.6 TB and was ended."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seeds.workbook(seeds.WATER))) as book, zipfile.ZipFile(out, "w") as new_book:
        for name in book.namelist():
            content = book.read(name)
            assert name != part or old in content
            new_book.writestr(name, content.replace(old, new) if name == part else content)
    for reader in ("water.xlsx", "notice.xlsx", "bare.xlsx", "ledger.xlsx", "answers.xlsx", "returned.xlsx"):
        path = tmp_path / "input.xlsx"
        path.write_bytes(out.getvalue())
        assert tried(READERS[reader], path)[0] == "refusal" or reader == "returned.xlsx", reader
        assert tried(READERS[reader], path)[0] != "finding", reader


def test_changes_are_the_same_for_the_same_seed() -> None:
    for name in ("notice.docx", "water.csv", "scheme.toml"):
        assert READERS[name].made(Random(5)) == READERS[name].made(Random(5))
    assert pl.read_parquet(io.BytesIO(seeds.parquet(seeds.WATER))).height == 3 and change.WORDS
