"""Questions about problems, letters of the public and letters that press: 6-11, 15, 16, 26."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from docx import Document

from guatu.office.models import Role
from tests.office_questions.desk import Desk, Page, squeezed
from tests.office_questions.questions import LATE, PROBLEM, question


def bodies(page: Page) -> list[list[list[str]]]:
    """The bodies of the tables of a page, cells squeezed."""
    found: list[list[list[str]]] = []

    class Bodies(HTMLParser):
        inside, cell = False, False

        def handle_starttag(self, tag: str, _attrs: object) -> None:
            if tag == "table":
                found.append([])
            self.inside = self.inside or tag == "tbody"
            if self.inside and tag == "tr":
                found[-1].append([])
            elif self.inside and tag in ("td", "th"):
                found[-1][-1].append("")
                self.cell = True

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag != "tbody"
            self.cell = self.cell and tag not in ("td", "th")

        def handle_data(self, data: str) -> None:
            if self.cell:
                found[-1][-1][-1] += data

    Bodies().feed(page.html)
    return [[[squeezed(cell) for cell in row] for row in table] for table in found if table]


def the_same(desk: Desk, command: str, address: str) -> list[list[list[str]]]:
    """Command and page give the same words above and the same tables, cell by cell."""
    said = json.loads(desk.told(f"{command} --json"))
    desk.asked.append(command)
    page = desk.page(address)
    page.says(said["title"], *said["words"])
    tables = [[[squeezed(cell) for cell in row] for row in one["rows"]] for one in said["tables"] if one["rows"]]
    assert bodies(page) == tables and tables
    return tables


@question(
    6, "主任", "中央督察“回头看”问题完成多少，到期没完成的有哪些，谁的",
    ("guatu ledger due --ledger ZY --round 回头看（2018）",),
    ("/problems/due/?ledger=central_inspection&round=回头看（2018）",),
    "全部、到期、达到序时各几件；逐件写牵头、属地、领导、迟几天、原定时限",
)  # fmt: skip
def overdue_of_a_round(desk: Desk) -> None:
    the_same(desk, "guatu ledger due --ledger ZY --round 回头看（2018）",
             "/problems/due/?ledger=central_inspection&round=回头看（2018）")  # fmt: skip
    late = the_same(desk, "guatu ledger due --ledger ZY", "/problems/due/?ledger=central_inspection")
    assert any("195" in row for row in late[0])


@question(
    7, "督察科", "省督察 90%、“回头看” 80% 现在多少，分母是哪些",
    ("guatu ledger rates",), ("/problems/rates/",),
    "两张清单各算各的，只计需限期整改的，长期坚持另计，每个数可打开",
)  # fmt: skip
def rates_of_lists(desk: Desk) -> None:
    tables = the_same(desk, "guatu ledger rates", "/problems/rates/")
    assert "11/17（64.71%）" in tables[0][0] and any("4/11（36.36%）" in row for table in tables for row in table)


@question(
    8, "督察科", "某件问题销号还缺什么材料",
    (f"guatu ledger show {PROBLEM}",), (f"/problems/{PROBLEM}/",),
    "已有的、还缺的、由谁提供、下一步",
)  # fmt: skip
def what_closing_lacks(desk: Desk) -> None:
    said = json.loads(desk.told(f"guatu ledger show {PROBLEM} --json"))
    desk.asked.append(f"guatu ledger show {PROBLEM}")
    page = desk.page(f"/problems/{PROBLEM}/", Role.OFFICE_CLERK)
    lacking = " ".join(row[2] for row in said["tables"][0]["rows"])
    kinds = re.findall(r"缺“(.+?)”，由(.+?)提供", lacking)
    assert {kind for kind, _ in kinds} >= {"销号申请", "公示无异议说明", "销号请示", "市级核验意见"}
    page.says(*(f"“{kind}”，由{giver}提供" for kind, giver in kinds))
    papers = [(squeezed(row[0]), row[3]) for row in said["tables"][1]["rows"]]
    shown = next(table for table in bodies(page) if table[0][0] in dict(papers))
    assert sorted((row[0], row[2][:10]) for row in shown) == sorted(papers) and len(papers) == 12


@question(
    9, "督察科", "做销号申请表和公示稿，公示 10 个工作日到哪天",
    (f"guatu ledger form {PROBLEM} 申请表.docx",
     f"guatu ledger form {PROBLEM} 公示稿.docx --notice-from 2025-04-28"),
    (f"/problems/{PROBLEM}/closing.docx", f"/problems/{PROBLEM}/notice.docx?from=2025-04-28"),
    "Word；六栏表；止日按放假安排跳过节假日",
)  # fmt: skip
def forms_of_closing(desk: Desk) -> None:
    desk.told(f"guatu ledger form {PROBLEM} 申请表.docx")
    desk.told(f"guatu ledger form {PROBLEM} 公示稿.docx --notice-from 2025-04-28")
    closing = desk.got(f"/problems/{PROBLEM}/closing.docx", Role.OFFICE_CLERK).content
    notice = desk.got(f"/problems/{PROBLEM}/notice.docx?from=2025-04-28", Role.OFFICE_CLERK).content
    for name, content in (("申请表.docx", closing), ("公示稿.docx", notice)):
        assert words(Path(name).read_bytes()) == words(content), name
    assert "5月14日" in words(notice) or "2025-05-14" in words(notice), "1 to 5 May off, 27 April worked"


def words(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([*(one.text for one in paper.paragraphs), *cells]))


@question(
    10, "信访", "今天转来几件，编号、重点件、属地，哪些像是重复",
    ("guatu ledger received --ledger XF",), ("/problems/received/?ledger=petition",),
    "受理编号拆开，属地写明，可能重复的列出，不自动合并",
)  # fmt: skip
def letters_of_today(desk: Desk) -> None:
    (rows,) = the_same(desk, "guatu ledger received --ledger XF", "/problems/received/?ledger=petition")
    assert len(rows) == 3 and rows[0][3:5] == ["是", "昌江区"] and "文字相近" in rows[0][5]


@question(
    11, "信访", "累计交办多少件，办结、阶段性办结、未办结，按县区和类型",
    ("guatu ledger counts",), ("/problems/counts/",),
    "件数；一件可属多个类型，类型合计多出几件写明",
)  # fmt: skip
def letters_in_all(desk: Desk) -> None:
    counties, types = the_same(desk, "guatu ledger counts", "/problems/counts/")
    assert sum(int(row[1]) for row in counties) == 8 and sum(int(row[1]) for row in types) == 11


@question(
    15, "科员", "给某县区起草督办函",
    ("guatu ledger letters --body 浮梁县", f"guatu ledger letters --draft {LATE} --out 督办函.docx"),
    ("/letters/?body=浮梁县", f"/letters/draft/{LATE}/"),
    "事实取自台账，期限写好，文号留空；同一事由不发第二份",
)  # fmt: skip
def a_letter_that_presses(desk: Desk) -> None:
    said = json.loads(desk.told("guatu ledger letters --body 浮梁县 --json"))
    desk.asked.append("guatu ledger letters --body 浮梁县")
    page = desk.page("/letters/?body=浮梁县")
    causes = [row[0] for row in said["tables"][0]["rows"]]
    assert causes and [row[0] for row in bodies(page)[0]] == [squeezed(one) for one in causes]
    desk.told(f"guatu ledger letters --draft {LATE} --out 督办函.docx")
    told = desk.told(f"guatu ledger letters --draft {LATE}")
    draft = desk.page(f"/letters/draft/{LATE}/", Role.OFFICE_CLERK)
    for line in told.splitlines():
        name, colon, text = line.partition("：")
        if colon and name in ("主送", "事由", "完成时限", "抄送"):
            draft.says(name + text)
    assert "文号：（留空）" in told and "逾期 32 天" in told and "逾期32天" in draft.text
    content = desk.got(f"/letters/draft/{LATE}/letter.docx", Role.OFFICE_CLERK).content
    assert words(Path("督办函.docx").read_bytes()) == words(content)


@question(
    16, "主任", "哪些达到约谈条件",
    ("guatu ledger letters --letter 约谈",), ("/letters/?letter=约谈",),
    "触发条件、数字、以前发过的函；程序提出，人来定",
)  # fmt: skip
def who_is_to_be_called_in(desk: Desk) -> None:
    said = json.loads(desk.told("guatu ledger letters --letter 约谈 --json"))
    desk.asked.append("guatu ledger letters --letter 约谈")
    rows = said["tables"][0]["rows"]
    page = desk.page("/letters/?letter=约谈")
    shown = bodies(page)[0]
    assert len(rows) == len(shown) >= 5
    for row, cells in zip(rows, shown, strict=True):
        assert cells[0] == squeezed(row[0]) and all(squeezed(cell) in "".join(cells) for cell in row[6:8])


@question(
    26, "生态科", "绿盾点位和督察问题是不是同一个地方",
    ("guatu ledger same ZY LD",), ("/problems/same/",),
    "相距不远的逐对列出，由人确认，各清单件数不变",
)  # fmt: skip
def one_place_in_two_lists(desk: Desk) -> None:
    (rows,) = the_same(desk, "guatu ledger same ZY LD", "/problems/same/")
    assert len(rows) == 2 and all("相距" in row[2] for row in rows)
