"""A bulletin made from a Word template an office has edited; what the template may say and what it may not."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.report.carried import issue_of, paragraphs_of
from guatu.report.check import HAND, checked
from guatu.report.facts import Office
from guatu.report.issuing import TEMPLATE, issued, rechecked
from guatu.report.kinds import kind_of
from guatu.report.paper import Paper
from guatu.report.slots import block_slots, number_slots
from guatu.report.template import built_in, filled
from tests.report.test_every_number_of_a_bulletin_can_be_checked import altered


def template(*lines: str, header: str = "") -> bytes:
    document = Document()
    for words in lines:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def codes(content: bytes, paper: Paper) -> list[str]:
    with pytest.raises(GuatuError) as error:
        filled(content, paper, "x.docx")
    return [fault.code for fault in error.value.faults]


def test_the_form_that_comes_with_guatu_holds_the_whole_paper(monthly: Paper) -> None:
    for content in (built_in(kind_of("monthly")), built_in(kind_of("monthly"), monthly)):
        made = filled(content, monthly, "monthly.docx")
        path = io.BytesIO(made)
        assert zipfile.ZipFile(path).testzip() is None
        words = "".join(paragraphs_of(made))
        for number in monthly.numbers().values():
            assert number.text in words
        assert filled(content, monthly, "monthly.docx") == made, "the same inputs are the same bytes"


def test_each_number_of_an_edited_template_is_a_bookmark_and_one_digit_is_found(monthly: Paper, tmp_path: Path) -> None:
    slots = number_slots(monthly)
    name = next(one for one, number in slots.items() if number.key == "市中心城区/pm25_mean")
    content = template("本局编：{{ 标题 }}（{{ 时段 }}）", f"浓度 {{{{ {name} }}}} 微克，再说一遍{{{{{name}}}}}。",
                       "{{ 表_县_市_区_环境空气质量排名 }}", "{{ 编制依据 }}")  # fmt: skip
    assert "表_县_市_区_环境空气质量排名" in block_slots(monthly)
    made = filled(content, monthly, "m.docx")
    path = tmp_path / "a.docx"
    path.write_bytes(made)
    issue = issue_of(path)
    assert [one.stands for one in issue.numbers] == [one.printed for one in issue.numbers]
    assert [one.key for one in issue.numbers].count("市中心城区/pm25_mean") == 2
    assert all(one.address or one.of for one in issue.numbers)
    assert checked(issue, monthly, paragraphs_of(made)) == ()
    text = zipfile.ZipFile(path).read("word/document.xml").decode()
    printed = slots[name].text
    at = next(at for at, one in enumerate(issue.numbers) if one.key == "市中心城区/pm25_mean")
    start = text.index(f'w:name="guatu_{at + 1:04d}"')
    piece = text[start : text.index(f">{printed}<", start) + len(printed) + 2]
    file = altered(made, (piece, piece.replace(f">{printed}<", ">9.9<")), tmp_path / "b.docx")
    assert HAND in {one.kind for one in checked(issue_of(file), monthly, paragraphs_of(made))}


ATTACKS = (
    "{{ ''.__class__.__mro__ }}", "{{ 标题.__class__ }}", "{{ 标题|upper }}", "{{ range(10**9) }}", "{{ 7*7 }}",
    "{% for x in 标题 %}{{ x }}{% endfor %}", "{% set a = 1 %}", "{% import 'os' as os %}", "{{ self }}{{ 标题() }}",
    "{% if 标题 == 'x' %}y{% endif %}", "{{r 标题 }}", "{{ 标题[0] }}", "{% include 'a' %}", "{{ 标题",
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_anything_but_a_slot_is_refused(attack: str, monthly: Paper) -> None:
    assert set(codes(template("{{ 标题 }}", attack), monthly)) <= {"G-REPORT-21", "G-REPORT-22"}


def test_an_attack_in_the_properties_of_the_file_is_not_run(monthly: Paper) -> None:
    document = Document(io.BytesIO(template("{{ 标题 }}")))
    document.core_properties.comments = "{{ ''.__class__ }}"
    out = io.BytesIO()
    document.save(out)
    made = filled(out.getvalue(), monthly, "x.docx")
    assert b"class" not in zipfile.ZipFile(io.BytesIO(made)).read("docProps/core.xml")


def test_a_slot_there_is_not_is_named_with_those_there_are(monthly: Paper) -> None:
    with pytest.raises(GuatuError) as error:
        filled(template("{{ 标题 }}{{ 没有的槽 }}"), monthly, "x.docx")
    (fault,) = error.value.faults
    assert fault.code == "G-REPORT-22" and "没有的槽" in fault.what and "标题" in fault.remedy
    made = filled(template("{{ 标题 }}{% if 没有的槽 %}有{{ 没有的槽 }}{% endif %}"), monthly, "x.docx")
    assert paragraphs_of(made)[0] == monthly.title
    name = next(iter(number_slots(monthly)))
    assert codes(template("{{ 标题 }}", header=f"{{{{ {name} }}}}"), monthly) == ["G-REPORT-22"]


def test_what_is_no_plain_word_file_is_refused(monthly: Paper) -> None:
    good = template("{{ 标题 }}")
    rel = b'<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://x/y.dotm" TargetMode="External"/>'

    def changed(part: str, change: tuple[bytes, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as given, zipfile.ZipFile(out, "w") as made:
            for name in given.namelist():
                made.writestr(name, given.read(name).replace(*change) if name == part else given.read(name))
        return out.getvalue()

    away = changed("word/_rels/document.xml.rels", (b"</Relationships>", rel + b"</Relationships>"))
    entity = changed("word/document.xml", (b"<w:document", b'<!DOCTYPE a [<!ENTITY x "y">]><w:document'))
    for content in (b"", b"PK", away, entity):
        assert codes(content, monthly) == ["G-REPORT-20"]


def test_the_template_of_the_workspace_is_used_recorded_and_checked_against(
    city: Workspace, monthly: Paper, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    shutil.copytree(city.folder, folder)
    ws = Workspace.open(folder)
    (folder / "templates").mkdir()
    own = folder / "templates" / "monthly.docx"
    own.write_bytes(template("《{{ 标题 }}》", "{{ 正文 }}", "第 3 版"))
    paper, content = issued(ws, monthly)
    assert "SHA-256" in dict(paper.made_of)[TEMPLATE]
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert paragraphs_of(content)[0] == f"《{monthly.title}》"
    own.write_bytes(template("{{ 标题 }}", "改过的模板"))
    facts = lambda *_: Office()  # noqa: E731
    assert rechecked(ws, plan_of(ws), issue_of(path), facts) == (), "checked against the template it was made from"
    forged = altered(content, ("第 3 版", "第 4 版"), tmp_path / "b.docx")
    assert [one.kind for one in rechecked(ws, plan_of(ws), issue_of(forged), facts)] == [HAND]
    assert "内置" in dict(issued(ws, monthly, plain=True)[0].made_of)[TEMPLATE]
