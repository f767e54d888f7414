"""述职: facts drafted, the body's own words, signed by its head, received by the office; each step in its order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guatu.errors import ActError
from guatu.office.bulletins import duty_round
from guatu.report.carried import issue_of
from tests.office import duty_rows

YEAR, BODY, DAY = 2021, "市住建局", date.today()
WORDS = {part: f"{name}写在这里。" for part, name in duty_round.PARTS.items()}


@pytest.mark.django_db
def test_a_report_goes_from_draft_to_received_and_each_step_in_its_order(office: Any, tmp_path: Any) -> None:
    def now() -> str:
        return duty_round.report(YEAR, BODY)["status"]

    duty_rows.put(office)
    with pytest.raises(ActError) as error:
        duty_round.sign(office, YEAR, BODY, "juzhang")
    assert error.value.faults[0].code == "G-REPORT-30"
    with pytest.raises(ActError) as error:
        duty_round.save(office, YEAR, BODY, {"duty": "只写了一段"}, "danwei", DAY, True)
    assert error.value.faults[0].code == "G-REPORT-31"
    duty_round.save(office, YEAR, BODY, WORDS, "danwei", DAY, True)
    assert now() == duty_round.SENT
    with pytest.raises(ActError):
        duty_round.save(office, YEAR, BODY, WORDS, "danwei", DAY, False)
    duty_round.give_back(YEAR, BODY, "juzhang", "补一个数", by_office=False)
    assert now() == duty_round.RETURNED
    duty_round.save(office, YEAR, BODY, WORDS, "danwei", DAY, True)
    duty_round.sign(office, YEAR, BODY, "juzhang")
    assert now() == duty_round.SIGNED
    content = duty_round.file_of(office, YEAR, BODY, DAY)
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    issue = issue_of(path)
    text = "\n".join(issue.paragraphs)
    assert all(said in text for said in WORDS.values()) and "初稿" not in text and issue.numbers
    duty_round.receive(YEAR, BODY, "jingban")
    assert now() == duty_round.RECEIVED
    with pytest.raises(ActError):
        duty_round.give_back(YEAR, BODY, "jingban", "晚了", by_office=True)
    (office.folder / "reports" / f"{duty_round.report(YEAR, BODY)['sha256']}.docx").write_bytes(b"changed")
    with pytest.raises(ActError) as error:
        duty_round.file_of(office, YEAR, BODY, DAY)
    assert error.value.faults[0].code == "G-REPORT-14"
