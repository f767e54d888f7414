"""From TOML to a Ledger: a ledger takes the base and says only what is different in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guatu.act.deadlines import Term
from guatu.act.ledger import Field, Ledger, Move, Need, Obligation, Publicity, Role, Side, State
from guatu.act.shape import misshapen
from guatu.act.soundness import refuse, unsound
from guatu.errors import ActError, Fault


@cache
def ledgers() -> Mapping[str, Ledger]:
    """Every ledger that comes with guatu, by id. Raises ActError with all faults of all files."""
    found: dict[str, Ledger] = {}
    faults: list[Fault] = []
    for path in sorted(files("guatu.act").joinpath("ledgers").iterdir(), key=lambda item: item.name):
        if path.name.endswith(".toml") and path.name != "base.toml":
            try:
                one = define(path.read_text(encoding="utf-8"), path.name)
            except ActError as error:
                faults.extend(error.faults)
                continue
            if any(one.code == other.code or one.id == other.id for other in found.values()):
                faults.append(refuse("G-ACT-20", path.name, f"代号 {one.code} 或名称 {one.id} 已用", "换一个代号"))
            found[one.id] = one
    if faults:
        raise ActError("ledgers have faults", faults)
    return found


def load(path: Path) -> Ledger:
    """An office's own ledger from a TOML file in the same form. Raises ActError with all faults."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        told = refuse("G-ACT-20", path.name, "不是 UTF-8 文本", "另存为 UTF-8 再试")
        raise ActError(f"{path.name} is not UTF-8", [told]) from error
    return define(text, path.name)


def define(text: str, name: str) -> Ledger:
    """Read one ledger. Raises ActError: G-ACT-20 not TOML or keys wrong, G-ACT-21 … 29 what is unsound in it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ActError(f"{name} is not TOML", [refuse("G-ACT-20", name, f"不是 TOML：{error}", "改正写法")]) from error
    faults = list(misshapen(document, name))
    if faults:
        raise ActError(f"{name} has faults", faults)
    ledger = _build(_base(), document)
    faults = list(unsound(ledger, name))
    if faults:
        raise ActError(f"{name} has faults", faults)
    return ledger


@cache
def _base() -> Mapping[str, Any]:
    return tomllib.loads(files("guatu.act").joinpath("ledgers", "base.toml").read_text(encoding="utf-8"))


def _build(base: Mapping[str, Any], own: Mapping[str, Any]) -> Ledger:
    rename: Mapping[str, str] = own.get("rename", {})
    receipt = own.get("receipt", False)
    dropped = {*own.get("drop_moves", [])}
    moves: dict[str, dict[str, Any]] = {}
    for item in base["move"]:
        if item["id"] not in dropped and item.get("only", "both") in ("both", "receipt" if receipt else "office"):
            origins = [rename.get(one, one) for one in item["from"]]
            moves[item["id"]] = {**item, "from": origins, "to": rename.get(item["to"], item["to"])}
    for item in own.get("move", []):
        before = moves.get(item["id"], {})
        more = {key: [*before.get(key, []), *item.get(f"{key}_more", [])] for key in ("papers", "fields")}
        moves[item["id"]] = {**before, **more, **item}
    gone = {*own.get("drop_states", [])} | (set() if receipt else {"待上级回执"})
    states = {
        rename.get(item["name"], item["name"]): {**item, "name": rename.get(item["name"], item["name"])}
        for item in base["state"]
        if item["name"] not in gone
    }
    states |= {item["name"]: {**states.get(item["name"], {}), **item} for item in own.get("state", [])}
    fields = {item["id"]: _field(item) for item in [*base["field"], *own.get("field", [])]}
    made = {key: _move(item) for key, item in moves.items()}
    return Ledger(
        **{key: own.get(key, "") for key in ("id", "code", "title", "mark", "basis", "lead", "note")},
        fields=fields,
        sides={item["id"]: _of(Side, item, "fields") for item in [*base["side"], *own.get("side", [])]},
        roles={item["id"]: Role(**item) for item in [*base["role"], *own.get("role", [])]},
        states={key: State(**item) for key, item in states.items()},
        moves=made,
        initial=own.get("initial", rename.get(base["initial"], base["initial"])),
        publicity=_publicity(base["publicity"], own.get("publicity", {})),
        obligations=tuple(_obligation(item) for item in own.get("obligation", [])),
        urgency=own.get("urgency", base["urgency"]),
        columns=tuple(own.get("columns", base["columns"])),
        closing_papers=tuple(own.get("closing_papers", base["closing_papers"])),
        receipt=receipt,
        draft=own.get("draft", False),
        provisional=tuple(own.get("provisional", ())),
        leaving={state: tuple(move for move in made.values() if state in move.origins) for state in states},
    )


def _field(item: Mapping[str, Any]) -> Field:
    made = {"title": item["id"], **item}
    return Field(**{**made, "choices": tuple(made.get("choices", ()))})


def _move(item: Mapping[str, Any]) -> Move:
    said: dict[str, Any] = {"title": item["id"], "who": ()}
    said |= {key: item[key] for key in ("id", "title", "after", "again", "mark", "note") if key in item}
    said |= {key: tuple(item[key]) for key in ("who", "prepared_by", "fields", "may", "apart") if key in item}
    return Move(
        **said,
        origins=tuple(item.get("from", ())),
        target=item.get("to", ""),
        papers=tuple(_need(paper) for paper in item.get("papers", ())),
    )


def _need(item: Mapping[str, Any]) -> Need:
    givers = item.get("from", [])
    return Need(
        item.get("kind", ""),
        tuple([givers] if isinstance(givers, str) else givers),
        item.get("numbered", False),
        item.get("mark", "D"),
    )


def _of(kind: type[Side], item: Mapping[str, Any], listed: str) -> Side:
    return kind(**{**item, listed: tuple(item.get(listed, ()))})


def _term(item: Mapping[str, Any]) -> Term | str:
    if "rule" in item:
        return str(item["rule"])
    return Term(item["days"], item["working"], item["first_day_counts"])


def _obligation(item: Mapping[str, Any]) -> Obligation:
    return Obligation(item["title"], item["move"], item["starts"], _term(item), item.get("mark", "D"))


def _publicity(base: Mapping[str, Any], own: Mapping[str, Any]) -> Publicity:
    """The base's publicity with what is different; days of one's own take the place of the base's rule."""
    said = {**base, **own}
    term = _term({key: value for key, value in said.items() if key != "rule" or "days" not in own})
    return Publicity(term, tuple(said["columns"]), said.get("mark", "D"))
