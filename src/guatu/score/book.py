"""Which scheme counts: those that come with guatu and an office's own, asked for by id or by family and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from guatu.errors import Fault, GuatuError
from guatu.score.definition import SchemeError, define, load
from guatu.score.scheme import Scheme
from guatu.score.shape import fault

OWN = "schemes"
NO_SCHEME = "G-SCORE-30"
"""The code of there being no scheme: a page then says how to bring one in."""


def schemes(folder: Path | None = None) -> Mapping[str, Scheme]:
    """Every scheme by id: those that come with guatu, then ``schemes/*.toml`` of a workspace.

    Raises SchemeError with all faults of all files; G-SCORE-11 where an id is used twice, or two editions of a family
    are in force on the same day.
    """
    own = folder / OWN if folder else None
    paths = sorted(own.glob("*.toml")) if own is not None and own.is_dir() else []
    return _every(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=8)
def _every(paths: tuple[tuple[Path, int], ...]) -> Mapping[str, Scheme]:
    found: dict[str, Scheme] = {}
    faults: list[Fault] = []
    given = [
        (item.name, item.read_text(encoding="utf-8"))
        for item in sorted(files("guatu.score").joinpath("schemes").iterdir(), key=lambda one: one.name)
        if item.name.endswith(".toml")
    ]
    for name, text in given:
        try:
            one = define(text, name)
        except SchemeError as error:
            faults.extend(error.faults)
            continue
        found[one.id] = one
    for path, _ in paths:
        try:
            one = load(path)
        except SchemeError as error:
            faults.extend(error.faults)
            continue
        faults.extend(_clashes(one, found, path.name))
        found[one.id] = one
    if faults:
        raise SchemeError(f"schemes have {len(faults)} faults", faults)
    return found


def scheme(name: str, folder: Path | None = None) -> Scheme:
    """One scheme by its id. Raises GuatuError (G-SCORE-30) where there is none."""
    every = schemes(folder)
    if name in every:
        return every[name]
    raise _none(f"细则“{name}”", f"从中选一个：{'、'.join(every)}")


def scheme_at(subjects: str, day: date, folder: Path | None = None, *, demo: bool = False) -> Scheme:
    """The complete scheme in force on a day for a kind of subjects (counties, bodies); an office's own goes first.

    demo: whether schemes that come with the demonstration may be taken; they never score a real city unasked.
    Raises GuatuError (G-SCORE-30) where there is none.
    """
    fits = [
        one
        for one in schemes(folder).values()
        if one.subjects == subjects and one.complete and one.since <= day and (one.until is None or day <= one.until)
    ]
    own = [one for one in fits if not one.demo] or [one for one in fits if demo]
    if own:
        return max(own, key=lambda one: one.since)
    raise _none(f"{day} 的考核细则", "把本级的细则写成 schemes/名称.toml 放进工作区")


def _clashes(one: Scheme, found: Mapping[str, Scheme], name: str) -> list[Fault]:
    faults = []
    for other in found.values():
        if other.id == one.id:
            faults.append(fault("G-SCORE-11", name, 1, f"代号“{one.id}”已用", "换一个代号"))
        elif other.family == one.family and _overlap(one, other):
            what = f"与“{other.id}”在同一段时间都有效"
            faults.append(fault("G-SCORE-11", name, 1, what, "给旧的写上 until"))
    return faults


def _overlap(one: Scheme, other: Scheme) -> bool:
    first, second = (one, other) if one.since <= other.since else (other, one)
    return first.until is None or second.since <= first.until


def _none(where: str, remedy: str) -> GuatuError:
    return GuatuError.of(f"no scheme: {where}", NO_SCHEME, where, "没有", "没有细则就没有分", remedy)
