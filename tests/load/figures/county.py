"""A small city that reports, and LibreOffice as the person who fills its tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from guatu.base.place import Place
from guatu.load.city import City
from guatu.load.workspace import Workspace

CITY = City(
    "试验市",
    places=(
        Place("1", "甲区", "区"),
        Place("2", "浮梁县", "县"),
        Place("3", "高新区", "功能区"),
    ),
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def workspace(folder: Path) -> Workspace:
    ws = Workspace.create(folder / "ws", CITY)
    return ws


def soffice() -> str:
    """The program; skips where it is not installed, fails in CI."""
    found = shutil.which("soffice")
    if found is None:
        message = "需要 LibreOffice（soffice），此处没有"
        if os.environ.get("GUATU_CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def convert(path: Path, form: str, folder: Path) -> Path:
    """Open a file in LibreOffice and save it in another form."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [soffice(), profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{form}"


def fill(opened: Path, cells: dict[tuple[str, str], str | float], folder: Path) -> Path:
    """A template opened in LibreOffice, cells by (sheet, address) written, and saved as a workbook."""
    flat = shutil.copy(opened, folder / "filled.fods")
    for _, (prefix, address) in ET.iterparse(flat, events=["start-ns"]):  # LibreOffice wants its own prefixes
        ET.register_namespace(prefix, address)
    tree = ET.parse(flat)
    for (name, address), said in cells.items():
        sheet = next(s for s in tree.iter(f"{_TABLE}table") if s.get(f"{_TABLE}name") == name)
        _write(_cell(sheet, address), said)
    tree.write(flat, encoding="utf-8", xml_declaration=True)
    return convert(flat, "xlsx", folder)


def _cell(sheet: ET.Element, address: str) -> ET.Element:
    column, line = ord(address[0]) - ord("A"), int(address[1:]) - 1
    rows = _single(sheet, f"{_TABLE}table-row", "number-rows-repeated", line)
    cells = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
    return _single(rows, cells, "number-columns-repeated", column)


def _single(parent: ET.Element, tag: str | tuple[str, ...], repeated: str, wanted: int) -> ET.Element:
    """The child at a place, cut out of a run of equal ones where the file writes it as a run."""
    at = 0
    for child in list(parent):
        if child.tag != tag and child.tag not in tag:
            if child.tag == f"{_TABLE}table-row-group" or child.tag == f"{_TABLE}table-header-rows":
                raise AssertionError("rows are grouped")
            continue
        run = int(child.get(f"{_TABLE}{repeated}", "1"))
        if at + run > wanted:
            place = list(parent).index(child)
            parts = []
            for count in (wanted - at, 1, at + run - wanted - 1):
                copy = ET.fromstring(ET.tostring(child))
                if count:
                    copy.set(f"{_TABLE}{repeated}", str(count))
                    parts.append((count, copy))
            parent.remove(child)
            for offset, (_, copy) in enumerate(parts):
                parent.insert(place + offset, copy)
            return parts[1 if wanted > at else 0][1]
        at += run
    raise AssertionError(f"no cell at {wanted}")


def _write(cell: ET.Element, said: str | float) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in [key for key in cell.attrib if key.endswith(("formula", "value", "value-type", "date-value"))]:
        del cell.attrib[name]
    if isinstance(said, str):
        cell.set(f"{_OFFICE}value-type", "string")
    else:
        cell.set(f"{_OFFICE}value-type", "float")
        cell.set(f"{_OFFICE}value", repr(said))
    text = ET.SubElement(cell, f"{_TEXT}p")
    text.text = str(said)
