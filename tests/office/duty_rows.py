"""Two rows of a breakdown, a collection sent out and a reviewed heap, for tests of who may see what."""

from __future__ import annotations

import json

from guatu.act.registers import registers
from guatu.load.workspace import Workspace
from guatu.office import collecting, heap_folder, proof, records, registering
from tests.office import sample

HEAP = "0123456789ab"


def put(ws: Workspace) -> None:
    """M001 of 市住建局, M002 of all counties together."""
    rows = {
        "M001": {"text": "新建污水管网。", "spans": [[0, 7]], "lead": "市住建局", "done": "paper"},
        "M002": {"text": "整治农村黑臭水体。", "spans": [[7, 16]], "lead": "各县（市、区）政府"},
    }
    head = {"notice": "x", "status": "起草", "spans": [[0, 16]], "counties": ["乐平市"], "zones": ["高新区"]}
    records.change("breakdown/current", "开始分解", head, person="试")
    for name, data in rows.items():
        made = {"id": name, "task": "K01", "outline": "三/1", "done": "standing", **data}
        records.change(f"measure/{name}", "分解任务", made, person="试")
    collecting.begin("2021-09", sample.AS_OF, "试")
    scan = proof.keep_bytes(ws, "稿.pdf", b"%PDF-1.4")
    registering.add(registers()["paper"], {"name": "红线管理细则", "body": "市住建局"}, "试")
    met = {"name": "管网调度会", "kind": "调度会", "body": "市住建局", "file": scan}
    registering.add(registers()["meeting"], met, "试")
    item = {
        "kind": "会议议定",
        "origin": "市环委会全会",
        "on": "2021-03-01",
        "text": "整治黑臭水体",
        "body": "乐平市",
    }
    registering.add(registers()["item"], item, "试")
    folder = ws.folder / "collect" / "2021-09" / HEAP
    (folder / heap_folder.MARKED).mkdir(parents=True)
    empty = {name: [] for name in ("questions", "rows", "seen", "faults", "marks", "blanks", "files")}
    said = {"id": HEAP, "period": "2021-09", "received": "2021-10-12", **empty}
    (folder / heap_folder.REVIEW).write_text(json.dumps(said), encoding="utf-8")
