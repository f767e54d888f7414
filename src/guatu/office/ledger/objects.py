"""The object register: one file per object; what may be the same is shown, a person decides, nothing merges unseen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Count

from guatu.act.alike import Likeness, alike
from guatu.act.credit_code import wrong_with
from guatu.act.problem import Problem as Item
from guatu.errors import ActError, Fault
from guatu.office import records
from guatu.office.ledger import declared
from guatu.office.ledger.models import Problem

KIND = "object"
KINDS = {
    "enterprise": ("QY", "企业"),
    "park": ("YQ", "工业园区"),
    "plot": ("DK", "建设用地地块"),
    "farmland": ("GD", "耕地单元"),
    "mine": ("KS", "矿山"),
    "outfall": ("PK", "入河排污口"),
    "section": ("DM", "断面"),
    "source": ("SY", "饮用水水源"),
    "pond": ("WK", "尾矿库"),
    "reserve": ("BH", "自然保护地"),
    "wetland": ("SD", "湿地"),
    "village": ("CZ", "村庄"),
    "facility": ("SS", "治理设施"),
}
FARMLAND = ("优先保护类", "安全利用类", "严格管控类")
FIELDS = ("kind", "name", "code", "county", "town", "longitude", "latitude", "class", "note")


def objects(kind: str = "", q: str = "") -> dict[str, dict[str, Any]]:
    """The register by number, of one kind, or whose name, number or code holds some words."""
    return {
        number: data
        for number, data in records.of_kind(KIND).items()
        if (not kind or data["kind"] == kind)
        and (not q or any(q in str(data.get(name, "")) for name in ("name", "code", "county")) or q in number)
    }


def get(number: str) -> dict[str, Any]:
    """One object. Raises ActError (G-LEDGER-21) where there is none."""
    data = records.get(f"{KIND}/{number}")
    if not data:
        raise ActError.of(f"no object {number}", "G-LEDGER-21", f"对象“{number}”", "没有登记", "无从查看", "核对编号")
    return data


def faults_of(fields: Mapping[str, str]) -> list[Fault]:
    """What is wrong with an object's fields: G-LEDGER-22, all at once."""
    where = f"对象“{fields.get('name') or '（无名）'}”"
    found = []

    def fault(what: str, remedy: str) -> None:
        found.append(Fault("G-LEDGER-22", where, what, "一企一档要认得准", remedy))

    if not fields.get("name"):
        fault("没有写名称", "填写全称")
    if fields.get("kind") not in KINDS:
        fault(f"没有“{fields.get('kind', '')}”这一类", f"从中选一：{'、'.join(word for _, word in KINDS.values())}")
    elif fields["kind"] == "enterprise" and not fields.get("code"):
        fault("企业没有写统一社会信用代码", "照营业执照填写 18 位代码")
    if fields.get("kind") == "enterprise" and fields.get("code") and (wrong := wrong_with(fields["code"])):
        fault(f"统一社会信用代码 {fields['code']} {wrong}", "照营业执照核对")
    if fields.get("kind") == "farmland" and fields.get("class") not in FARMLAND:
        fault("耕地单元没有写类别", f"从中选一：{'、'.join(FARMLAND)}")
    for name, word, most in (("longitude", "经度", 180), ("latitude", "纬度", 90)):
        text = fields.get(name, "")
        try:
            if text and not -most <= Decimal(text) <= most:
                fault(f"{word} {text} 超出范围", "写十进制度数，如 117.214664")
        except InvalidOperation:
            fault(f"{word}“{text}”不是数", "写十进制度数，如 117.214664")
    if bool(fields.get("longitude")) != bool(fields.get("latitude")):
        fault("经度、纬度只写了一个", "两个都写或都不写")
    return found


@transaction.atomic
def register(fields: Mapping[str, str], person: str) -> str:
    """Enter an object; its number is the kind's letters and a running number. Raises ActError: G-LEDGER-22, 53."""
    said = {name: str(fields.get(name, "")).strip() for name in FIELDS if str(fields.get(name, "")).strip()}
    faults = faults_of(said)
    if not faults and said.get("code"):
        same = [
            number
            for number, one in objects().items()
            if one.get("code") == said["code"] and one["kind"] == said["kind"]
        ]
        if same:
            remedy = "在原档里补充，或核对代码"
            faults = [
                Fault(
                    "G-LEDGER-23",
                    f"对象“{said['name']}”",
                    f"代码 {said['code']} 已登记为 {same[0]}",
                    "一企一档",
                    remedy,
                )
            ]
    if faults:
        raise ActError("object refused", faults)
    prefix = KINDS[said["kind"]][0]
    tails = [int(number[len(prefix) :]) for number in objects(said["kind"])]
    number = f"{prefix}{max(tails, default=0) + 1:05d}"
    records.change(f"{KIND}/{number}", "登记对象", said, person=person)
    return number


def change(number: str, fields: Mapping[str, str], person: str, *, seen: int | None = None, reason: str = "") -> bool:
    """Change an object's fields. Raises ActError: G-OFFICE-12 stale, 51, 52."""
    said = {name: str(fields[name]).strip() for name in FIELDS if name in fields}
    faults = faults_of({**get(number), **said})
    if faults:
        raise ActError("object refused", faults)
    return records.change(f"{KIND}/{number}", "更改对象", said, person=person, seen=seen, reason=reason)


@transaction.atomic
def decide(first: str, second: str, same: bool, person: str, reason: str = "") -> None:
    """A person says whether two objects are one; both files stay, each names the other, neither is asked again."""
    for one, other in ((first, second), (second, first)):
        data = get(one)
        name, word = ("same_as", "认定为同一对象") if same else ("apart_from", "认定为不同对象")
        said = sorted({*data.get(name, []), other})
        records.change(f"{KIND}/{one}", word, {name: said}, person=person, reason=reason)


def likely_same() -> tuple[Likeness, ...]:
    """Objects that may be one: same code, near places of one kind, like names in one county."""
    found: list[Likeness] = []
    of_kind: dict[str, list[Item]] = {}
    for number, data in objects().items():
        name = data["name"] + "　" * 6 if len(data["name"]) < 6 else data["name"]
        fields = {"text": name, "county": data.get("county", ""), "object_no": data.get("code", "")}
        fields |= {key: data[key] for key in ("longitude", "latitude") if data.get(key)}
        fields["also_in"] = [*data.get("same_as", []), *data.get("apart_from", [])]
        of_kind.setdefault(data["kind"], []).append(Item(KIND, number, "", fields))
    for items in of_kind.values():
        found += alike(items)
    return tuple(found)


def counts() -> dict[str, int]:
    """How many problems point at each object."""
    found = Problem.objects.exclude(object_no="").values_list("object_no").annotate(n=Count("pk")).order_by()
    return dict(found)


def ledgers_of(problems: list[Problem]) -> list[tuple[str, int]]:
    """The ledgers among some problems, with counts."""
    every = declared.ledgers()
    tally: dict[str, int] = {}
    for one in problems:
        tally[every[one.ledger].title] = tally.get(every[one.ledger].title, 0) + 1
    return list(tally.items())
