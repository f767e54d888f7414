"""Official and computed side by side on sheet and page; a signature stops only while nothing and nobody explains."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guatu.cli import witnesses as commands
from guatu.cli.app import app
from guatu.errors import GuatuError
from guatu.load.official import store_official
from guatu.load.workspace import Workspace
from guatu.office import log, snapshots
from guatu.office.bulletins import shelf
from guatu.office.models import Entry, Role
from guatu.office.scoring import process, sheets
from guatu.office.witnesses import causes, pairs
from guatu.score.book import scheme
from tests.office_score.test_questions_by_page_and_by_command import COUNTIES, DAY, LAST, text

WHOLE, MONTH = "pm25_mean/浮梁县/2021", "pm25_mean/市中心城区/2021-08"


@pytest.fixture
def differing(office: Workspace, tmp_path: Path, settings: Any) -> Workspace:
    """The office with one more paper: a mean of the running year that no row can explain."""
    folder = tmp_path / "ws"
    shutil.copytree(office.folder, folder)
    settings.GUATU_WORKSPACE = folder
    ws = Workspace.open(folder)
    path = tmp_path / "paper.csv"
    path.write_text(
        "指标,范围,时段,数值,文号,发布日期\nPM2.5,浮梁县,2021,55.5,演示通报〔2021〕99号,2021-10-10\n", encoding="utf-8"
    )
    store_official(ws, path)
    return ws


def test_rows_explain_what_they_can(office: Workspace, client_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "opened", lambda _context: office)
    found = {one.address: one for one in pairs.pairs(office, DAY)}
    assert found[MONTH].found[0] == "不计站点 DEMO01 演示一号站，得 18.5" and found[MONTH].settled
    section = found["sw_good_ratio/全市地表水省控断面/2021"]
    assert section.found[0].startswith("演示断面7：公布Ⅳ") and section.difference == "-12.5"
    assert not found["pm25_mean/市中心城区/2021-07"].difference
    done = CliRunner().invoke(app, ["-C", str(office.folder), "witnesses", "--json", "--as-of", f"{DAY}"])
    told = json.loads(done.output)
    assert [(one["address"], one["official"], one["computed"]) for one in told] == [
        (one.address, one.official, one.computed) for one in pairs.pairs(office, DAY)
    ]
    shown = text(client_of(Role.LEADER).get("/witnesses/").content)
    for one in found.values():
        assert one.official in shown and one.computed in shown


def test_a_named_person_explains_the_rest_and_only_this_pair(differing: Workspace, client_of: Any) -> None:
    pair = pairs.pair_of(differing, WHOLE, DAY)
    assert pair is not None and not pair.settled and pair.official.startswith("55.5")
    clerk, county = client_of(Role.OFFICE_CLERK), client_of(Role.COUNTY, "浮梁县")
    said = {"address": WHOLE, "cause": "复核数据", "said": "总站复核，省厅〔2021〕12号"}
    assert county.post("/witnesses/name/", said).status_code == 403
    assert clerk.post("/witnesses/name/", {**said, "cause": "天气"}).status_code == 400
    assert clerk.post("/witnesses/name/", {**said, "said": ""}).status_code == 400
    assert clerk.post("/witnesses/name/", {**said, "address": "pm25_mean/市中心城区/2021-07"}).status_code == 400
    left = process.hinders(sheets.scores(differing, scheme(COUNTIES), DAY), scheme(COUNTIES))
    assert any("还没有说明" in words and "浮梁县" in words for words in left)
    page = text(client_of(Role.LEADER).get(f"/scores/{COUNTIES}/浮梁县/").content)
    assert f"通报 {pair.official}" in page and "还没有说明" in page
    assert clerk.post("/witnesses/name/", said).status_code == 302
    named = pairs.pair_of(differing, WHOLE, DAY)
    assert named is not None and named.settled and named.named is not None and named.named.cause == "复核数据"
    person = clerk.get("/witnesses/").context["user"].get_username()
    page = text(client_of(Role.LEADER).get(f"/scores/{COUNTIES}/浮梁县/").content)
    assert f"{person}说明：复核数据（总站复核，省厅〔2021〕12号" in page
    snapshots.refresh(differing)
    assert f"{person}说明：复核数据" in text(client_of(Role.ANALYST).get(f"/explain/{WHOLE}@{DAY}/").content)
    left = process.hinders(sheets.scores(differing, scheme(COUNTIES), DAY), scheme(COUNTIES))
    assert not any("还没有说明" in words for words in left)
    assert Entry.objects.filter(subject=f"cause/{WHOLE}", act="说明两数之差").count() == 1 and log.verify() == ()
    causes.name(differing, WHOLE, "复核数据", "旧", "某人", "55.6 µg/m³", pair.computed)
    again = pairs.pair_of(differing, WHOLE, DAY)
    assert again is not None and not again.settled, "what was said of other numbers does not stand for these"


def test_a_signature_stops_only_while_neither_is_there(differing: Workspace, client_of: Any) -> None:
    """A month whose published mean nothing explains cannot be issued; named, it can; explained by rows, it could."""
    path = differing.folder / "month.csv"
    path.write_text(
        "指标,范围,时段,数值,文号,发布日期\nPM2.5,浮梁县,2021-09,55.5,演示通报〔2021〕98号,2021-10-10\n",
        encoding="utf-8",
    )
    store_official(differing, path)
    made = shelf.make(differing, "monthly", "2021-09", DAY, "", "", "jingban")
    with pytest.raises(GuatuError) as caught:
        shelf.issue(made.name, "zhuren", "")
    assert caught.value.codes == ("G-WITNESS-04",) and "55.5" in str(caught.value.faults[0])
    pair = pairs.pair_of(differing, "pm25_mean/浮梁县/2021-09", DAY)
    assert pair is not None
    causes.name(differing, pair.address, "点位更替", "站点 9 月迁移", "fenxi", pair.official, pair.computed)
    shelf.issue(made.name, "zhuren", "")
    assert shelf.kept(made.name).issued
    assert process.hinders(sheets.scores(differing, scheme(LAST), date(2021, 1, 15)), scheme(LAST)) == []
