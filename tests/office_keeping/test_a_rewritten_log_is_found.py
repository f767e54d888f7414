"""A log whose chain was computed anew, tip and all, is found by the ends noted outside the database."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import connection

from guatu.act import log as chain
from guatu.act.log import BEIJING
from guatu.office import log, records
from guatu.office.keeping import noted, whole
from guatu.office.models import Entry, Record, Role, Tip
from tests.office.conftest import city, office, person, quick_passwords  # noqa: F401
from tests.office_keeping.city import guatu, make, python

pytestmark = pytest.mark.django_db


def five() -> None:
    for number in range(5):
        moment = datetime(2030, 9, number + 1, 9, tzinfo=BEIJING)
        records.change(f"measure/M{number:03d}", "分解任务", {"text": f"第{number}条"}, person="经办", moment=moment)


def rehash(altered: dict[int, dict[str, object]], keep: int) -> None:
    """As somebody does who has database and program: alter entries, cut the end, chain all anew, mend the records."""
    last, sealed = None, []
    for one in log.entries()[:keep]:
        said = {name: getattr(one, name) for name in chain.Entry.__slots__ if name not in ("number", "before", "hash")}
        last = chain.sealed(last, {**said, **altered.get(one.number, {})})
        sealed.append(last)
    Entry.objects.all()._raw_delete("default")
    Entry.objects.bulk_create(Entry(**{name: getattr(one, name) for name in one.__slots__}) for one in sealed)
    Tip.objects.filter(pk=1).update(number=last.number, hash=last.hash)
    state = chain.fold(sealed)
    for one in Record.objects.all():
        if one.subject in state:
            Record.objects.filter(pk=one.pk).update(data=state[one.subject])
        else:
            one.delete()


def test_a_chain_made_anew_passes_the_chains_own_check_and_is_found_by_the_note(office):  # noqa: F811
    five()
    noted.note(office.folder)
    assert whole.faults() == ()
    rehash({Entry.objects.count() - 2: {"new": {"text": "改过的"}}}, keep=Entry.objects.count())
    assert log.verify() == (), "the chain itself cannot tell"
    assert {fault.code for fault in whole.faults()} == {"G-KEEP-02"}


def test_an_end_cut_off_with_its_tip_is_found_by_the_note(office):  # noqa: F811
    five()
    noted.note(office.folder)
    rehash({}, keep=Entry.objects.count() - 1)
    assert log.verify() == () and [fault.code for fault in whole.faults()] == ["G-KEEP-02"]


def test_an_end_written_down_by_hand_is_compared(office):  # noqa: F811
    five()
    number, mark = log.tip()
    assert whole.faults(f"{number}:{mark}") == whole.faults(f"{number}:{mark[:12].upper()}") == ()
    assert [fault.code for fault in whole.faults(f"{number + 1}:{mark}")] == ["G-KEEP-02"]
    assert [fault.code for fault in whole.faults(f"{number}:{'0' * 64}")] == ["G-KEEP-02"]
    assert [fault.code for fault in whole.faults("末笔")] == ["G-KEEP-03"]


def test_a_note_is_added_once_and_a_broken_note_is_said(office):  # noqa: F811
    five()
    for _ in range(3):
        noted.note(office.folder)
    path = office.folder / noted.FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    path.write_text("乱写一行\n", encoding="utf-8")
    assert [fault.code for fault in whole.faults()] == ["G-KEEP-01"]


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE office_entry SET new=\'{{"text":"x"}}\' WHERE number={n}',
        "UPDATE office_entry SET time='2030-09-03T10:00:00+08:00' WHERE number={n}",
        "UPDATE office_entry SET person='x', hash='{zeros}' WHERE number={n}",
        "DELETE FROM office_entry WHERE number={n}",
        "DELETE FROM office_entry",
        "DELETE FROM office_record WHERE subject='measure/M002'",
        "UPDATE office_record SET data='{{\"text\":\"x\"}}' WHERE subject='measure/M002'",
        "INSERT INTO office_record (subject, kind, data, version) VALUES ('measure/X','measure','{{\"a\":\"b\"}}',1)",
    ],
)
def test_every_kind_of_alteration_is_found_and_said_on_the_page(office, person, sql):  # noqa: F811
    five()
    with connection.cursor() as cursor:
        cursor.execute(sql.format(n=Entry.objects.count() - 2, zeros="0" * 64))
    assert whole.faults()
    page = person(Role.AUDITOR).get("/log/?verify=1").content.decode()
    assert "留痕完好" not in page and re.search(r"G-(ACT|OFFICE)-\d+", page)


PAGE = """
import html, os, re; os.environ["GUATU_DEBUG"] = "1"
import django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS.append("testserver")
from django.contrib.auth import get_user_model
from django.test import Client
browser = Client(); user = get_user_model().objects.get(username="auditor")
browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
page = browser.get("/log/past/?at=2030-09-03&kind=measure").content.decode()
for row in re.findall("<tr>(.*?)</tr>", page, re.S):
    cells = [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall("<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
    print("\\t".join(cells))
"""


def test_the_state_of_a_past_day_is_the_same_by_command_and_page_cell_by_cell(tmp_path):
    folder = tmp_path / "ws"
    make(folder)
    python(
        folder,
        "import django; django.setup()\nfrom tests.office_keeping.test_a_rewritten_log_is_found import five\nfive()",
    )
    lines = guatu(folder, "log", "at", "2030-09-03", "--kind", "measure").stdout.splitlines()
    middle = next(number for number, line in enumerate(lines) if "此后改过" in line)
    assert any("measure/M002\t" in line for line in lines[:middle])
    assert not any("measure/M003\t" in line for line in lines[:middle]) and "measure/M003" in "".join(lines[middle:])
    assert [line for line in lines if line != lines[middle]] == python(folder, PAGE).splitlines()
    assert guatu(folder, "log", "verify").returncode == 0
    assert (folder / noted.FILE).exists()
