"""Every address of problems, objects and letters, asked by every role: the answers are the tables, none is missing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guatu.act.definition import ledgers
from guatu.office.ledger import objects, people, storage
from guatu.office.ledger.models import Complainant, PaperProof, Problem
from guatu.office.ledger.urls import urlpatterns
from tests.act.people import ACCEPTOR, COUNTY, UNIT, opening
from tests.office_ledger.conftest import HANDS

ALL = set(HANDS)
BUSINESS = ALL - {"administrator"}
WHOLE = {"leader", "office_director", "office_clerk", "analyst", "inspector"}
OWN = WHOLE | {"unit_contact", "unit_head", "acceptor_contact", "acceptor_head", "county"}
KEEPERS = {"office_clerk", "office_director"}
LETTERS = KEEPERS | {"leader", "inspector"}

GETS = {
    "problems": ("/problems/", BUSINESS),
    "problems-export": ("/problems/export.xlsx?ledger=provincial_inspection", BUSINESS),
    "problems-rates": ("/problems/rates/", WHOLE),
    "problems-due": ("/problems/due/", WHOLE),
    "problems-received": ("/problems/received/", WHOLE),
    "problems-counts": ("/problems/counts/", WHOLE),
    "problems-visits": ("/problems/visits/", WHOLE),
    "problems-same": ("/problems/same/", WHOLE),
    "problems-new": ("/problems/new/", KEEPERS),
    "problems-imports": ("/problems/imports/", KEEPERS),
    "problems-import": ("/problems/imports/{sheet}/", KEEPERS),
    "problem": ("/problems/{number}/", OWN),
    "problem-move": ("/problems/{number}/move/assign/", OWN),
    "problem-measures": ("/problems/{number}/measures/", KEEPERS | {"unit_contact", "unit_head", "county"}),
    "problem-closing": ("/problems/{number}/closing.docx", OWN),
    "problem-notice": ("/problems/{number}/notice.docx?from=2021-04-06", OWN),
    "problem-paper": ("/problems/{number}/papers/{paper}/", OWN),
    "objects": ("/objects/", WHOLE),
    "objects-new": ("/objects/new/", KEEPERS),
    "object": ("/objects/QY00001/", WHOLE),
    "letters": ("/letters/", LETTERS),
    "letters-authority": ("/letters/authority/", LETTERS),
    "letters-reminders": ("/letters/reminders/", LETTERS),
}
REFUSED = {  # who is refused by 403; the others get something else than 403
    "problems-import-export": ("get", "/problems/imports/{sheet}/export.xlsx", ALL - KEEPERS),
    "letters-draft": ("get", "/letters/draft/{number}/", ALL - LETTERS),
    "letters-document": ("get", "/letters/draft/{number}/letter.docx", ALL - LETTERS),
    "problem-papers": ("post", "/problems/{number}/papers/", ALL - OWN),
    "problem-note": ("post", "/problems/{number}/note/", (ALL - OWN) | {"leader", "analyst"}),
    "problem-handlers": ("post", "/problems/{number}/handlers/", ALL - {"office_director"}),
    "letters-scan": ("get", "/letters/0001/scans/签发/", ALL - LETTERS),
    "problem-complainant": ("post", "/problems/{number}/complainant/", ALL - {"office_clerk"}),
    "objects-tie": ("post", "/objects/QY00001/tie/", ALL - KEEPERS),
    "objects-decide": ("post", "/objects/decide/", ALL - KEEPERS),
    "letters-step": ("post", "/letters/0001/step/", ALL - KEEPERS),
}
SECRET = "赵小某 13800000000"


@pytest.fixture
def addresses(office: Any, user: Any, client_of: Any) -> dict[str, Any]:
    """One problem with a paper and an identity, one object, one sheet on its way."""
    from guatu.office.ledger.models import TakenSheet

    ledger = ledgers()["provincial_inspection"]
    told = {key: "；".join(v) if isinstance(v, list) else v for key, v in opening(ledger).items()}
    told |= {"county": COUNTY, "lead_unit": UNIT, "acceptance_unit": ACCEPTOR, "complainant": SECRET}
    number = client_of("office_clerk").post(f"/problems/new/?ledger={ledger.id}", told).url.split("/")[2]
    client_of("office_clerk").post(
        f"/problems/{number}/papers/",
        {"version": "1", "kind": "交办单", "from": "office/", "giver": "市环委办", "day": "2021-04-01",
         "file": SimpleUploadedFile("交办单.pdf", b"%PDF-1.4 x")},
    )  # fmt: skip
    objects.register({"kind": "enterprise", "name": "某陶瓷厂", "code": "91110000802100433B"}, "经办")
    layout = {"head": 1, "columns": [["问题原文", "text", False]], "same": {}}
    sheet = TakenSheet.objects.create(
        ledger=ledger.id, name="a.xlsx", year=2021, since="2021-04-01", layout=layout, by="x"
    )
    return {"number": number, "paper": PaperProof.objects.get().pk, "sheet": sheet.pk}


def test_the_tables_have_every_address() -> None:
    assert {one.name for one in urlpatterns} == set(GETS) | set(REFUSED)


def test_each_role_gets_what_the_table_says(addresses: dict[str, Any], client_of: Any) -> None:
    wrong = []
    for name, (address, allowed) in GETS.items():
        for hand in HANDS:
            status = client_of(hand).get(address.format(**addresses)).status_code
            if status != (200 if hand in allowed else 403):
                wrong.append((name, hand, status))
    for name, (method, address, refused) in REFUSED.items():
        for hand in HANDS:
            status = getattr(client_of(hand), method)(address.format(**addresses)).status_code
            if (status == 403) != (hand in refused):
                wrong.append((name, hand, status))
    assert wrong == []


def test_nobody_sees_anything_without_logging_in(addresses: dict[str, Any]) -> None:
    for address in [one for one, _ in GETS.values()] + [one for _, one, _ in REFUSED.values()]:
        answer = Client().get(address.format(**addresses))
        assert answer.status_code == 302 and answer.url.startswith("/login/")


def test_units_and_counties_list_their_own_only(addresses: dict[str, Any], client_of: Any, user: Any) -> None:
    number = addresses["number"]
    for hand in HANDS:
        if hand != "administrator":
            assert (number in client_of(hand).get("/problems/").content.decode()) == (hand in OWN), hand
        assert people.visible(user(hand)).filter(number=number).exists() == (hand in OWN)


def test_a_complainant_is_known_to_the_handler_and_nowhere_else(
    addresses: dict[str, Any], client_of: Any, office: Any
) -> None:
    import gzip

    from guatu.act.log import canonical
    from guatu.office import log

    number = addresses["number"]
    assert Complainant.objects.get().identity == SECRET
    seen = client_of("office_clerk").post(f"/problems/{number}/complainant/")
    assert SECRET in seen.content.decode() and seen["Cache-Control"] == "no-store"
    assert all(SECRET.encode() not in canonical(one.new) + canonical(one.old) for one in log.entries())
    assert [one.act for one in log.entries()][-1] == "查看来信来电人"
    row = Problem.objects.get(number=number)
    assert SECRET not in str(vars(row)) + str(row.content.data) and storage.faults() == ()
    for hand in WHOLE | {"county"}:
        for address in (
            f"/problems/{number}/",
            f"/problems/?q={SECRET[:3]}",
            "/problems/received/",
            "/problems/export.xlsx?ledger=provincial_inspection",
        ):
            content = client_of(hand).get(address).content
            assert SECRET not in content.decode(errors="ignore") and SECRET.encode() not in content
    assert number not in client_of("leader").get(f"/problems/?q={SECRET[:3]}").content.decode().split("<table")[-1]
    for path in office.folder.rglob("*"):
        if path.is_file() and path.suffix != ".sqlite3":
            raw = path.read_bytes()
            assert SECRET.encode() not in (gzip.decompress(raw) if path.suffix == ".gz" else raw)


def test_the_director_names_who_may_read_an_identity(addresses: dict[str, Any], client_of: Any, user: Any) -> None:
    from guatu.office import log

    number = addresses["number"]
    user("inspector")
    director, inspector = client_of("office_director"), client_of("inspector")
    assert inspector.post(f"/problems/{number}/complainant/").status_code == 403
    unknown = director.post(f"/problems/{number}/handlers/", {"handler": "没有这个人"})
    assert unknown.status_code == 400 and "G-LEDGER-29" in unknown.content.decode()
    assert director.post(f"/problems/{number}/handlers/", {"handler": "inspector"}).status_code == 302
    assert SECRET in inspector.post(f"/problems/{number}/complainant/").content.decode()
    assert director.post(f"/problems/{number}/complainant/").status_code == 403
    said = [(one.act, one.person, one.reason) for one in log.entries() if one.act.startswith("指定")]
    assert said == [("指定来信来电经办", "office_director", "inspector")]


def test_an_identity_is_in_its_own_table_and_nowhere_else(
    addresses: dict[str, Any], client_of: Any, office: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A dump of every other table, every export, every command's words and all that was logged, searched."""
    from django.apps import apps

    from guatu.cli import ledger as commands

    number = addresses["number"]
    caplog.set_level("DEBUG")
    monkeypatch.setattr(commands, "opened", lambda _context: office)
    clerk = client_of("office_clerk")
    clerk.post(f"/problems/{number}/complainant/")
    client_of("leader").post(f"/problems/{number}/complainant/")
    clerk.post(f"/problems/{number}/note/", {"version": "2", "progress": "已开工"})
    dump = {model.__name__: str(list(model._default_manager.values())) for model in apps.get_models()}
    parts = SECRET.split()
    assert all(part in dump["Complainant"] for part in parts)
    holding = [name for name, rows in dump.items() if any(part in rows for part in parts)]
    assert holding == ["Complainant"]
    assert len(dump) > 20
    commands.show(None, number, as_json=True)
    commands.show_list(None, q=number)
    commands.export(None, tmp_path / "a.xlsx", ledger="SJ")
    commands.form(None, number, tmp_path / "a.docx")
    said = capsys.readouterr()
    written = [said.out, said.err, caplog.text]
    files = [(tmp_path / name).read_bytes() for name in ("a.xlsx", "a.docx")]
    files += [
        clerk.get(address).content
        for address in (
            "/problems/export.xlsx?ledger=provincial_inspection", f"/problems/{number}/closing.docx",
            f"/problems/{number}/notice.docx",
        )
    ]  # fmt: skip
    for content in files:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            written += [book.read(name).decode(errors="replace") for name in book.namelist()]
    assert number in "".join(written)
    assert [part for part in parts if any(part in text for text in written)] == []


def test_a_paper_must_be_typed_dated_and_from_its_side(addresses: dict[str, Any], client_of: Any) -> None:
    number = addresses["number"]
    right = {"version": "2", "kind": "整改方案", "from": f"unit/{UNIT}", "day": "2021-04-01", "giver": ""}
    for change, code in (
        ({"kind": ""}, "G-LEDGER-14"),
        ({"day": ""}, "G-LEDGER-14"),
        ({"day": "2031-01-01"}, "G-LEDGER-14"),
        ({"from": f"acceptor/{ACCEPTOR}"}, "G-LEDGER-14"),
        ({"from": "superior/"}, "G-LEDGER-14"),
        ({"from": "unit/市林业局"}, "G-LEDGER-14"),
        ({"version": "1"}, "G-ACT-31"),
    ):
        file = SimpleUploadedFile("方案.pdf", b"%PDF-1.4 plan")
        answer = client_of("unit_contact").post(f"/problems/{number}/papers/", {**right, **change, "file": file})
        assert answer.status_code in (400, 409) and code in answer.content.decode(), (change, code)
    fake = SimpleUploadedFile("方案.pdf", b"MZ\x90 not a pdf")
    answer = client_of("unit_contact").post(f"/problems/{number}/papers/", {**right, "file": fake})
    assert "G-ACT-61" in answer.content.decode()
    assert PaperProof.objects.count() == 1


def test_one_file_for_two_papers_is_asked_about(addresses: dict[str, Any], client_of: Any) -> None:
    number = addresses["number"]
    told = {"version": "2", "kind": "整改方案", "from": f"unit/{UNIT}", "day": "2021-04-01"}
    same = b"%PDF-1.4 x"
    clerk = client_of("unit_contact")
    answer = clerk.post(f"/problems/{number}/papers/", {**told, "file": SimpleUploadedFile("b.pdf", same)})
    assert answer.status_code == 400 and "是否确实可以共用" in answer.content.decode()
    told["shared"] = "on"
    answer = clerk.post(f"/problems/{number}/papers/", {**told, "file": SimpleUploadedFile("b.pdf", same)})
    assert answer.status_code == 302 and PaperProof.objects.count() == 2


def test_the_second_of_two_who_save_at_once_is_told(addresses: dict[str, Any], client_of: Any) -> None:
    number = addresses["number"]
    address = f"/problems/{number}/note/"
    assert client_of("office_clerk").post(address, {"version": "2", "progress": "已开工"}).status_code == 302
    late = client_of("unit_contact").post(address, {"version": "2", "progress": "已完工"})
    assert late.status_code == 409 and "G-ACT-31" in late.content.decode()
    assert Problem.objects.get(number=number).content.data["fields.progress"] == "已开工"
