"""What touches an object: problems, papers, measures and figures tied to it; likely ones are offered, a person ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction

from guatu.act.measure_rows import FIELD, Measure, measures_of
from guatu.act.problem import Person
from guatu.errors import GuatuError
from guatu.judge.sections_now import roman, sections_now
from guatu.load.kept import known
from guatu.load.lists import OBJECTS
from guatu.office import records, snapshots
from guatu.office.ledger import declared, objects, storage
from guatu.office.ledger.models import PaperProof, Problem

SHORTEST = 3
"""A name of fewer characters is in too many sentences to be offered by."""
MOST = 20
MEASURE, FIGURE, PROBLEM = "measure", "figure", "problem"
TIED = {MEASURE: "measures", FIGURE: "figures"}
LIST_WORDS = {
    "plots": "建设用地地块清单", "farmland": "受污染耕地清单", "villages": "村庄污水清单", "sources": "水源地清单",
    "county_black_water": "黑臭水体清单", "rural_black_water": "农村黑臭水体清单", "problems": "问题清单",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that touches an object or may: what it is, its key, its words, and what it says now."""

    what: str
    key: str
    words: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Touching:
    """What a person or the ledger has tied to an object, and what is offered to be tied."""

    problems: list[Problem]
    papers: list[PaperProof]
    measures: list[Tie]
    figures: list[Tie]
    offered: list[Tie] = field(default_factory=list)
    steps: list[tuple[Problem, Measure, int]] = field(default_factory=list)
    """Measures inside the problems, each with its problem and the days it is late."""


def touching(number: str) -> Touching:
    """What touches an object and those a person said are the same; nothing is tied by its name alone."""
    data = objects.get(number)
    files = [data, *(objects.get(other) for other in data.get("same_as", []))]
    codes = [number, *data.get("same_as", []), *(one["code"] for one in files if one.get("code"))]
    problems = list(Problem.objects.filter(object_no__in=codes).order_by("number"))
    papers = list(PaperProof.objects.filter(problem__in=problems).select_related("problem"))
    tied = {name: {key for one in files for key in one.get(name, [])} for name in TIED.values()}
    measures = [one for one in _measures() if one.key in tied["measures"]]
    everything = _figures()
    figures = [one for one, _ in everything if one.key in tied["figures"]]
    gone = [
        Tie(FIGURE, key, key, "数据里已没有") for key in sorted(tied["figures"] - {one.key for one, _ in everything})
    ]
    names = {one["name"] for one in files if len(one["name"]) >= SHORTEST}
    refused = {key for one in files for key in one.get("not_tied", [])}
    offered = [one for one in _measures() if any(name in one.words for name in names) and one not in measures]
    offered += [one for one, called in everything if names & set(called) and one not in figures]
    offered += _likely_problems(names)
    offered = [one for one in offered if f"{one.what}:{one.key}" not in refused]
    return Touching(problems, papers, measures, [*figures, *gone], offered[:MOST], _steps(problems))


def _steps(problems: list[Problem]) -> list[tuple[Problem, Measure, int]]:
    day = declared.today()
    return [
        (row, one, one.late(day))
        for row in problems
        for one in measures_of(storage.item_of(row).fields.get(FIELD))
    ]  # fmt: skip


@transaction.atomic
def decide(number: str, what: str, key: str, yes: bool, person: Person, reason: str = "") -> None:
    """A person ties something to an object, unties it, or says that it is another's; each decision is logged.

    Raises ActError: G-LEDGER-12 no such problem, 21 no such object; GuatuError G-LEDGER-26 nothing of the kind.
    """
    data = objects.get(number)
    there = {MEASURE: {one.key for one in _measures()}, FIGURE: {one.key for one, _ in _figures()}}
    if what == PROBLEM:
        row = storage.get(key)
        if yes:
            storage.note(key, {"object_no": number}, person, version=row.version, reason=reason)
    elif key not in there.get(what, set()) | set(data.get(TIED.get(what, ""), [])):
        raise GuatuError.of(
            f"no {what} {key}", "G-LEDGER-26", f"对象 {number}", f"没有“{key}”这一项", "无从关联", "在档案页上选"
        )
    mark = f"{what}:{key}"
    refused = {*data.get("not_tied", [])} - {mark} if yes else {*data.get("not_tied", []), mark}
    changes: dict[str, Any] = {"not_tied": sorted(refused)}
    if what in TIED:
        tied = {*data.get(TIED[what], [])}
        changes[TIED[what]] = sorted(tied | {key} if yes else tied - {key})
    act = "关联" if yes else "认定无关"
    records.change(f"{objects.KIND}/{number}", act, changes, person=person.name, reason=reason or mark)


def _measures() -> list[Tie]:
    return [Tie(MEASURE, name, str(one.get("text", ""))) for name, one in records.of_kind("measure").items()]


def _figures() -> list[tuple[Tie, tuple[str, ...]]]:
    """Figures of single objects, with the names these bear there: sections by class, items of counted lists."""
    try:
        return [*_sections(), *_listed()]
    except GuatuError:
        return []


def _sections() -> Iterator[tuple[Tie, tuple[str, ...]]]:
    ws, day = snapshots.opened(), declared.today()
    for one in sections_now(ws, day):
        aim = f"，目标{roman(one.section.aim)}类" if one.section.aim else ""
        said = f"{one.month.words}{roman(one.grade)}类{aim}" + (f"，{one.factors}" if one.factors else "")
        names = (one.section.name, *one.section.also)
        yield Tie(FIGURE, f"断面/{one.section.id}", f"断面 {one.section.name}", said), names


def _listed() -> Iterator[tuple[Tie, tuple[str, ...]]]:
    """The newest state of every item of a counted list."""
    rows = known(snapshots.opened().data, OBJECTS, declared.today())
    newest = rows.sort("last").group_by("list", "label", "object", maintain_order=True).agg(pl.all().last())
    for row in newest.iter_rows(named=True):
        title = LIST_WORDS.get(row["list"], row["list"]) + (f"（{row['label']}）" if row["label"] else "")
        late = row["deadline"] and not row["done"] and row["deadline"] < declared.today()
        state = "已完成" if row["done"] else "未完成" + ("，逾期" if late else "")
        words = f"{title} {row['object']}"
        key = f"清单/{row['list']}/{row['label'] or ''}/{row['object']}"
        yield Tie(FIGURE, key, words, f"{_day(row)}{state}"), (row["object"],)


def _day(row: dict[str, Any]) -> str:
    last: date | None = row["last"]
    return f"截至 {last} " if last else ""


def _likely_problems(names: set[str]) -> list[Tie]:
    """Problems that name an object and point at none."""
    found: list[Tie] = []
    for name in sorted(names):
        rows = Problem.objects.filter(object_no="", title__contains=name).order_by("number")[:MOST]
        found += [Tie(PROBLEM, one.number, one.title, f"{one.stage}，{one.state}") for one in rows]
    return found
