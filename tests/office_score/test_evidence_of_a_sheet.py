"""The evidence of a sheet: numbered, whole, the same bytes, missing things named, nobody's secret in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from typer.testing import CliRunner

from guatu.cli import score as commands
from guatu.cli.app import app
from guatu.demo.papers import page as pdf
from guatu.load.workspace import Workspace
from guatu.office.ledger.models import Complainant, PaperProof, Problem
from guatu.office.models import Entry, Role
from guatu.office.scoring import acting, entered, evidence_zip, sheets
from guatu.office.scoring.evidence import FIGURE, FILE, LACKS, ROWS, Folder, folder_of
from guatu.score.book import scheme

DAY = date(2021, 10, 11)
COUNTIES, CITY = "demo-counties-2021", "demo-province-2021"


def folder(ws: Workspace, subject: str = "浮梁县", name: str = COUNTIES) -> Folder:
    by = scheme(name)
    return folder_of(ws, by, sheets.scores(ws, by, DAY).of(subject), acting.text_of(ws, by))


@pytest.fixture
def command(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(commands, "opened", lambda _context: office)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(office.folder), *words])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    return run


def test_every_item_has_its_numbered_exhibits_and_the_archive_opens_by_its_contents(office: Workspace) -> None:
    found = folder(office)
    sheet = sheets.scores(office, scheme(COUNTIES), DAY).of("浮梁县")
    assert [one.item for one in found.chapters] == ["00", *(line.item for line in sheet.lines)]
    for chapter in found.chapters:
        assert [one.number for one in chapter.exhibits] == [
            f"{chapter.item}-{at:02d}" for at in range(1, len(chapter.exhibits) + 1)
        ]
    content = evidence_zip.archive_of(found)
    assert content == evidence_zip.archive_of(folder(office)), "the same sheet, the same bytes"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        assert {"目录.html", "目录.xlsx", "目录.docx"} <= names
        html = archive.read("目录.html").decode()
        linked = set(re.findall(r'href="([^"#]+)"', html))
        assert linked == names - {"目录.html", "目录.xlsx", "目录.docx"} and len(linked) > 30
        book = load_workbook(io.BytesIO(archive.read("目录.xlsx"))).active
        targets = set(
            re.findall(r'HYPERLINK\("([^"]+)"', " ".join(str(cell.value) for row in book.iter_rows() for cell in row))
        )
        assert targets == linked
        assert len([*book.iter_rows(min_row=3)]) >= len(found.exhibits)
        toml = next(name for name in names if name.endswith(".toml"))
        assert hashlib.sha256(archive.read(toml)).hexdigest() == sheet.sha256, "the very text of the scheme"


def test_figures_rows_and_papers_are_those_behind_the_points(office: Workspace) -> None:
    found = folder(office, "乐平市")
    sheet = sheets.scores(office, scheme(COUNTIES), DAY).of("乐平市")
    air = next(one for one in found.chapters if one.item == "A1")
    tree = next(one for one in air.exhibits if one.title == "本期值的来历")
    assert tree.kind == FIGURE and tree.address == sheet.line("A1").facts["x"].address  # type: ignore[union-attr]
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(tree.content())).active.iter_rows() for cell in row]  # type: ignore[misc]
    assert any("30.8" in cell for cell in cells), "the explanation carries the figure the points rest on"
    done = sheet.line("R1").facts["done"].rows  # type: ignore[union-attr]
    numbers = {row.address.partition("/")[2] for row in done}
    papers = {
        one.title for chapter in found.chapters if chapter.item == "R1" for one in chapter.exhibits if one.kind == FILE
    }
    wanted = {f"问题 {one.problem.number} {one.kind}" for one in PaperProof.objects.filter(problem__number__in=numbers)}
    assert wanted and papers == wanted
    sections = next(one for one in found.exhibits if one.title == "断面月度类别表")
    assert sections.kind == ROWS and sections.content is not None


def test_what_is_missing_is_named_with_who_owes_it_until_it_is_brought(
    office: Workspace, command: Any, client_of: Any, tmp_path: Path
) -> None:
    lacking = {(one.number.split("-")[0], one.title): one for one in folder(office).lacking}
    assert lacking["W3", "污水处理厂运行月报"].owes == "浮梁县（市住建局收）"
    assert "没有附文件" in lacking["T3", "评分佐证"].said and lacking["T3", "评分佐证"].owes == "市环委办"
    path = tmp_path / "月报.pdf"
    path.write_bytes(pdf(("演示数据，非实测", "污水处理厂运行月报")))
    assert "污水处理厂运行月报" in command("score", "evidence", "浮梁县")
    said = command("score", "prove", "浮梁县", "W3", str(path), "--as", "污水处理厂运行月报", "--person", "fuliang")
    assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in said
    brought = folder(office)
    assert ("W3", "污水处理厂运行月报") not in {(one.number.split("-")[0], one.title) for one in brought.lacking}
    one = next(one for one in brought.exhibits if one.title == "污水处理厂运行月报")
    assert one.content is not None and one.content() == path.read_bytes()
    assert Entry.objects.filter(subject=f"evidence/{COUNTIES}/浮梁县/W3", act="交佐证").count() == 1
    rows = json.loads(command("score", "evidence", "浮梁县", "--json"))
    assert [row["编号"] for row in rows] == [one.number for one in brought.exhibits]
    own, other = client_of(Role.COUNTY, "浮梁县"), client_of(Role.COUNTY, "乐平市")
    address = f"/scores/{COUNTIES}/浮梁县/evidence/"
    shown = own.get(address).content.decode()
    assert all(f'id="{one.number}"' in shown for one in brought.exhibits)
    assert all(one.owes in shown for one in brought.lacking)
    assert other.get(address).status_code == 403 and other.get(f"{address[:-1]}.zip").status_code == 403
    upload = {"item": "S1", "title": "核算表", "file": SimpleUploadedFile("a.pdf", path.read_bytes())}
    assert other.post(f"{address}file/", upload).status_code == 403
    upload["file"] = SimpleUploadedFile("a.pdf", b"<html>")
    assert own.post(f"{address}file/", upload).status_code == 400, "no pdf by its bytes"
    upload["file"] = SimpleUploadedFile("a.pdf", path.read_bytes())
    assert own.post(f"{address}file/", upload).status_code == 302


def test_no_complainant_and_nothing_one_may_not_open_goes_in(office: Workspace, client_of: Any) -> None:
    petition = Problem.objects.filter(ledger="petition", county="浮梁县").first()
    assert petition is not None
    Complainant.objects.create(problem=petition, identity="王某某 13800001111")
    PaperProof.objects.create(
        problem=petition, sha256="0" * 64, kind="转办单", giver="市环委办", name="王某某来信.pdf", ending=".pdf",
        size=1, uploaded_by="x",
    )  # fmt: skip
    entered.enter(scheme(COUNTIES), "浮梁县", "T3", "points", "5", "jingban", "王某某 13800001111 反映属实", proof=None)
    found = folder(office)
    assert any(one.title == f"问题 {petition.number} 的材料" and one.content is None for one in found.exhibits)
    with zipfile.ZipFile(io.BytesIO(evidence_zip.archive_of(found))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            inside = [content]
            if name.endswith((".xlsx", ".docx")):
                with zipfile.ZipFile(io.BytesIO(content)) as parts:
                    inside = [parts.read(one) for one in parts.namelist()]
            assert "王某某" not in name and all(b"13800001111" not in one for one in inside), name
    own = client_of(Role.COUNTY, "浮梁县")
    content = own.get(f"/scores/{COUNTIES}/浮梁县/evidence.zip").content
    assert content[:2] == b"PK"


def test_points_by_hand_carry_their_file(office: Workspace, command: Any, client_of: Any) -> None:
    clerk, content = client_of(Role.OFFICE_CLERK), pdf(("述职测评表", "演示数据，非实测"))
    address = f"/scores/{COUNTIES}/乐平市/"
    said = {"what": "T3|points", "value": "5.5", "reason": "测评表", "proof": SimpleUploadedFile("测评.pdf", content)}
    assert clerk.post(f"{address}enter/", said).status_code == 302
    fact = sheets.scores(office, scheme(COUNTIES), DAY).of("乐平市").line("T3").facts["points"]  # type: ignore[union-attr]
    kept = hashlib.sha256(content).hexdigest() + ".pdf"
    assert fact.proof == (("测评.pdf", kept),)
    page = clerk.get(address).content.decode()
    assert f"{quote(address)}proof/{kept}/" in page and kept[:12] in page
    own, other = client_of(Role.COUNTY, "乐平市"), client_of(Role.COUNTY, "浮梁县")
    assert b"".join(own.get(f"{address}proof/{kept}/").streaming_content) == content
    assert other.get(f"{address}proof/{kept}/").status_code == 403
    assert own.get(f"/scores/{COUNTIES}/乐平市/proof/{'0' * 64}.pdf/").status_code == 404
    exhibits = {one.title: one for one in folder(office, "乐平市").exhibits if one.number.startswith("T3")}
    assert exhibits["评分佐证"].kind == FILE and exhibits["评分佐证"].content() == content  # type: ignore[misc]


def test_the_citys_own_evidence_for_the_province(
    office: Workspace, command: Any, client_of: Any, tmp_path: Path
) -> None:
    """The scheme of the level above scores the city itself; its evidence covers all counties' problems and sections."""
    found = folder(office, office.name, CITY)
    assert [one.item for one in found.chapters][1:] == [f"P{n}" for n in range(1, 12)]
    owed = {one.title: one.owes for one in found.lacking}
    assert owed["民调结果通报"] == f"{office.name}（省统计局收）" and "省厅年度通报" in owed
    assert {one.kind for one in found.exhibits} == {FIGURE, ROWS, FILE, LACKS}
    out = tmp_path / "佐证.zip"
    assert "已写出" in command("score", "evidence", office.name, "--scheme", CITY, "-o", str(out))
    page = client_of(Role.OFFICE_DIRECTOR).get(f"/scores/{CITY}/{office.name}/evidence.zip?day={DAY}")
    assert page.content == out.read_bytes(), "the same archive by page as by command"
